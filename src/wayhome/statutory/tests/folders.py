"""Small returns for the tests, written as files. All children are invented."""

from pathlib import Path

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"

ASHA = "7001,F,05/06/2010,WBRI,B801200005001,0,"
BRYN = "7002,M,17/01/2009,MWBC,UN4,,"
ASHA_IN_CARE = "7001,01/05/2025,S,C2,N1,K2,PR4,,,,HU17 9BA,HU17 7DP,1234567"
BRYN_IN_CARE = "7002,10/06/2025,S,C2,N5,U4,PR1,,,,YO15 2AA,YO16 4LZ,7654321"
ASHA_MISSING = "7001,05/06/2010,M,10/07/2025,11/07/2025"


def write_folder(
    folder: Path,
    *,
    header: tuple[str, ...] = (ASHA, BRYN),
    episodes: tuple[str, ...] = (ASHA_IN_CARE, BRYN_IN_CARE),
    missing: tuple[str, ...] = (ASHA_MISSING,),
) -> Path:
    """A return of these lines, in three files."""
    folder.mkdir(exist_ok=True)
    for name, columns, lines in (
        ("header", HEADER, header),
        ("episodes", EPISODES, episodes),
        ("missing", MISSING, missing),
    ):
        (folder / f"{name}.csv").write_text("\n".join((columns, *lines)) + "\n", encoding="utf-8")
    return folder
