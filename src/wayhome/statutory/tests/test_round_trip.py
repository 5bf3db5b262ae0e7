"""A good return comes out as it went in."""

from datetime import date, time
from pathlib import Path

import pytest

from wayhome.kernel.clock import from_wall_clock
from wayhome.statutory.ssda903.facts import CareEpisode, ChildFacts, ChildRecord, MissingEpisode
from wayhome.statutory.ssda903.reading import FolderReading
from wayhome.statutory.ssda903.writing import postcode, write_return
from wayhome.statutory.ssda903.years import CollectionYear
from wayhome.statutory.tests.folders import ASHA, BRYN, write_folder

RETURNS = Path(__file__).parents[5] / "shared/data/903"
TABLES = ("header.csv", "episodes.csv", "missing.csv")
AS_AT = date(2026, 3, 31)


def instant(day):
    return from_wall_clock(day, time(12)) if day else None


def records(folder, as_at):
    """What the reading gives, as the facts that the writing takes."""
    reading = FolderReading(folder, as_at=as_at)
    headers = [row for rows in reading.headers() for row in rows]
    episodes = [row for rows in reading.episodes() for row in rows]
    missing = [row for rows in reading.missing() for row in rows]
    for row in headers:
        yield ChildRecord(
            ChildFacts(
                row.child,
                row.sex,
                row.born_on,
                row.ethnicity,
                row.upn,
                row.mother,
                row.mother_of_child_born_on,
            ),
            tuple(CareEpisode(*each[2:]) for each in episodes if each.child == row.child),
            tuple(
                MissingEpisode(instant(each.started_on), instant(each.ended_on), each.kind)
                for each in missing
                if each.child == row.child
            ),
        )


def assert_same(one, other):
    for name in TABLES:
        assert (one / name).read_text(encoding="utf-8") == (other / name).read_text(encoding="utf-8")


def test_a_good_return_comes_out_equal(tmp_path):
    came = write_folder(
        tmp_path / "in",
        header=(ASHA, BRYN, "7003,F,17/01/2009,NOBT,UN2,1,02/03/2025"),
        episodes=(
            "7001,01/05/2024,S,C2,N1,U4,PR1,12/06/2025,X1,CARPL,HU17 9BA,HU17 7DP,SC123456",
            "7001,12/06/2025,P,C2,N1,K2,PR4,,,,HU17 9BA,HU17 7DP,1234567",
            "7002,10/06/2025,S,V2,N5,R5,PR3,01/12/2025,E13,,,,XXXXXXX",
            "7003,10/06/2025,S,J1,N5,T1,,,,,YO15 2AA,YO16 4LZ,",
        ),
        missing=(
            "7001,05/06/2010,M,10/03/2025,10/07/2025",
            "7001,05/06/2010,A,12/07/2025,12/07/2025",
            "7003,17/01/2009,M,30/03/2026,",
        ),
    )
    report = write_return(
        records(came, AS_AT), CollectionYear(2026), authority="E06000011", to=tmp_path / "out"
    )
    assert_same(came, tmp_path / "out")
    assert report.adjustments == []


def test_an_old_return_comes_out_in_the_codes_of_its_year(tmp_path):
    came = write_folder(
        tmp_path / "in",
        header=("7001,2,05/06/2010,WBRI,UN1,0,",),
        episodes=("7001,01/05/2017,S,C2,N1,H5,PR4,,,,HU17 9BA,HU17 7DP,1234567",),
        missing=(),
    )
    written = records(came, date(2018, 3, 31))
    write_return(written, CollectionYear(2018), authority="E06000011", to=tmp_path / "out")
    assert_same(came, tmp_path / "out")


def test_the_adjustments_are_no_table_of_the_return(tmp_path):
    care = CareEpisode(date(2025, 5, 1), "S", "C2", "N1", "K2", "PR4")
    away = MissingEpisode(instant(date(2025, 4, 10)), instant(date(2025, 4, 11)), "M")
    child = ChildRecord(ChildFacts("7001", "F", date(2010, 6, 5), "", "UN1"), (care,), (away,))
    report = write_return([child], CollectionYear(2026), authority="E06000011", to=tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == sorted(TABLES)
    told = (tmp_path / "adjustments.txt").read_text(encoding="utf-8").splitlines()
    assert told[0] == "Looked-after children return 2025/26, E06000011"
    assert told[4].startswith("PUT RIGHT\t7001\tMissing\tM 10/04/2025 to 11/04/2025\t")
    assert told[5].startswith("adjusted\t7001\tHeader")
    assert report.as_dict() == {
        "year": "2025/26",
        "authority": "E06000011",
        "rows": {"header.csv": 1, "episodes.csv": 1, "missing.csv": 0},
        "adjustments": 2,
        "need_attention": 1,
        "missing_from_home": 0,
    }


@pytest.mark.parametrize(("text", "written"), [("hu179ba", "HU17 9BA"), ("YO15 2AA", "YO15 2AA"), ("", "")])
def test_postcodes_are_written_with_one_space(text, written):
    assert postcode(text) == written


@pytest.mark.shared
@pytest.mark.skipif(
    not RETURNS.is_dir(), reason="the example returns lie beside the repository, and are not here"
)
def test_the_example_of_a_good_return_comes_out_equal(tmp_path):
    write_return(records(RETURNS / "clean", AS_AT), CollectionYear(2026), authority="E06000011", to=tmp_path)
    assert_same(RETURNS / "clean", tmp_path)


@pytest.mark.shared
@pytest.mark.skipif(
    not RETURNS.is_dir(), reason="the example returns lie beside the repository, and are not here"
)
@pytest.mark.parametrize(
    ("name", "as_at", "rows"),
    [
        ("fake", date(2018, 3, 31), {"header.csv": 2675, "episodes.csv": 5050, "missing.csv": 43}),
        ("bad", AS_AT, {"header.csv": 2, "episodes.csv": 2, "missing.csv": 9}),
        ("clean", AS_AT, {"header.csv": 2, "episodes.csv": 2, "missing.csv": 3}),
    ],
)
def test_every_row_of_the_example_returns_is_accounted_for(name, as_at, rows):
    report = FolderReading(RETURNS / name, as_at=as_at).run()
    assert {file: count.rows for file, count in report.files.items()} == rows
    assert all(count.accepted + count.rejected == count.rows for count in report.files.values())
    assert len({(each.file, each.row) for each in report.rejections}) == report.rejected
