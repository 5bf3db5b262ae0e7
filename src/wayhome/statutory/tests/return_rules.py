"""The rules of the return on missing episodes, restated from their published wording, to hold our rows against.

Written from the outside: it reads the files that we wrote and shares no code with what wrote them.
"""

import csv
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def day(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007  # a date, not an instant


def broken_rules(folder: Path, ends_in: int) -> set[str]:
    """The numbers of the rules that these files break."""
    header = {row["CHILD"]: row for row in read_table(folder / "header.csv")}
    care: dict[str, list[tuple[date, date | None]]] = {}
    for row in read_table(folder / "episodes.csv"):
        care.setdefault(row["CHILD"], []).append((day(row["DECOM"]), day(row["DEC"])))
    missing: dict[str, list[dict[str, str]]] = {}
    for row in read_table(folder / "missing.csv"):
        missing.setdefault(row["CHILD"], []).append(row)
    broken: set[str] = set()
    for child, rows in missing.items():
        spans = [(day(row["MIS_START"]), day(row["MIS_END"])) for row in rows]
        broken |= {rule for row in rows for rule in _row_rules(row, header.get(child), ends_in)}
        broken |= _between_rows(spans)
        broken |= {rule for span in spans for rule in _care_rules(span, sorted(care.get(child, []), key=str))}
    return broken


def _row_rules(row: dict[str, str], header: dict[str, str] | None, ends_in: int) -> set[str]:
    start, end = day(row["MIS_START"]), day(row["MIS_END"])
    first, last = date(ends_in - 1, 4, 1), date(ends_in, 3, 31)
    checks = {
        "564": start is None,
        "1006": row["MISSING"] not in ("M", "A"),
        "567": bool(start and end and end < start),
        "570": bool(start and start > last),
        "571": bool(end and not first <= end <= last),
        "586": bool(start and day(row["DOB"]) and start <= day(row["DOB"])),
        "INT04": header is None,
        "INT13": header is not None and header["DOB"] != row["DOB"],
    }
    return {rule for rule, is_broken in checks.items() if is_broken}


def _between_rows(spans: list[tuple[date, date | None]]) -> set[str]:
    ordered = sorted(spans, key=lambda span: (span[1] or span[0], span[0]))
    clash = any(before[1] is None or after[0] < before[1] for before, after in pairwise(ordered))
    return {"574"} if clash else set()


def _care_rules(span: tuple[date, date | None], care: list[tuple[date, date | None]]) -> set[str]:
    start, end = span
    inside = [(first, last) for first, last in care if first <= start <= (last or date.max)]
    periods = _periods(care)
    broken = set() if inside else {"581"}
    if not care:
        broken.add("1012")
    if end is None and any(last for _, last in inside):
        broken.add("575")
    if not any(first <= start <= last for first, last in periods):
        broken.add("578")
    if not any(first <= start and (end or date.max) <= last for first, last in periods):
        broken.add("577")
    return broken


def _periods(care: list[tuple[date, date | None]]) -> list[tuple[date, date]]:
    periods: list[tuple[date, date]] = []
    for first, last in sorted((first, last or date.max) for first, last in care):
        if periods and first <= periods[-1][1]:
            periods[-1] = (periods[-1][0], max(periods[-1][1], last))
        else:
            periods.append((first, last))
    return periods
