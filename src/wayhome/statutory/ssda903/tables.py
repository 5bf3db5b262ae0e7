"""The tables of the return. A file is known by its exact set of column names, not its name or their order."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the return: its name, its columns in the order they are written, its usual file."""

    name: str
    columns: tuple[str, ...]
    file_name: str
    is_imported: bool = False

    def order_in(self, header: Sequence[str]) -> tuple[int, ...]:
        """Where in a file with this header each of the columns stands."""
        names = [clean_name(name) for name in header]
        return tuple(names.index(column) for column in self.columns)


def _table(name: str, file_name: str, columns: str, *, is_imported: bool = False) -> Table:
    return Table(name, tuple(columns.split()), file_name, is_imported)


HEADER = _table("Header", "header.csv", "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB", is_imported=True)
EPISODES = _table(
    "Episodes",
    "episodes.csv",
    "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
    is_imported=True,
)
MISSING = _table("Missing", "missing.csv", "CHILD DOB MISSING MIS_START MIS_END", is_imported=True)

TABLES = (
    HEADER,
    EPISODES,
    MISSING,
    _table("Reviews", "reviews.csv", "CHILD DOB REVIEW REVIEW_CODE"),
    _table("UASC", "uasc.csv", "CHILD SEX DOB DUC"),
    _table(
        "OC2",
        "oc2.csv",
        "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT"
        " SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    ),
    _table("OC3", "oc3.csv", "CHILD DOB IN_TOUCH ACTIV ACCOM"),
    _table("AD1", "ad1.csv", "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR"),
    _table(
        "PlacedAdoption",
        "placed_for_adoption.csv",
        "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    ),
    _table("PrevPerm", "previous_permanence.csv", "CHILD DOB PREV_PERM LA_PERM DATE_PERM"),
    _table("SWEpisodes", "sw_episodes.csv", "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON"),
    _table("DoLo", "dolo.csv", "CHILD DOB DOLO_START DOLO_END"),
)


def clean_name(name: str) -> str:
    """A column name as the return writes it: capitals, no spaces round it."""
    return name.strip().upper()


def recognise(header: Sequence[str]) -> Table | None:
    """The table whose columns these are, in any order; None if they are no table's."""
    names = sorted(clean_name(name) for name in header)
    return next((table for table in TABLES if sorted(table.columns) == names), None)


def why_unknown(header: Sequence[str]) -> str:
    """What stands between these column names and the nearest table, for whoever has to mend the file."""
    names = [clean_name(name) for name in header]
    nearest = max(TABLES, key=lambda table: len(set(names) & set(table.columns)))
    if not set(names) & set(nearest.columns):
        return f"No table of the return has these columns: {', '.join(names)}.{wrong_separator(header)}"
    missing = [column for column in nearest.columns if column not in names]
    unexpected = [name for place, name in enumerate(names) if _is_surplus(name, names[:place], nearest)]
    return _difference(nearest, missing, unexpected)


def wrong_separator(header: Sequence[str]) -> str:
    """What to say of a line of column names that is no list separated by commas; nothing if it is one."""
    separators = {";": "semicolons", "\t": "tabs", "|": "bars"}
    found = next((word for mark, word in separators.items() if len(header) == 1 and mark in header[0]), None)
    return f" They seem to be separated by {found}: save the file with commas." if found else ""


def _is_surplus(name: str, before: Sequence[str], table: Table) -> bool:
    return name not in table.columns or name in before


def _difference(table: Table, missing: Sequence[str], unexpected: Sequence[str]) -> str:
    parts = [f"The columns are not those of a table of the return. The nearest is {table.name}:"]
    if missing:
        parts.append(f"missing {', '.join(missing)};")
    if unexpected:
        parts.append(f"unexpected {', '.join(name or '(blank)' for name in unexpected)};")
    return " ".join(parts).rstrip(";") + "."
