"""What is right at first sight is what reading with care accepts without a word: the two ways give the same."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wayhome.statutory.ssda903 import quick
from wayhome.statutory.ssda903.checks import RowReader
from wayhome.statutory.ssda903.reading import FolderReading
from wayhome.statutory.tests.folders import (
    ASHA,
    ASHA_IN_CARE,
    ASHA_MISSING,
    BRYN,
    BRYN_IN_CARE,
    write_folder,
)

GOOD = ("7001", "7002", "7003")
DAYS = ("05/06/2010", "01/05/2025", "02/05/2025", "10/06/2025", "01/02/2026", "31/03/2026")
ODD_DAYS = ("", "1/5/2025", " 01/05/2025", "31/02/2025", "01/04/2026", "01/05/1825", "+1/05/2025", "1é")
UPNS = ("B801200005001", "b801200005001", "A801200005001", "UN1", "UN9", "", "R80120000501A")


def mostly(good, odd):
    """Good values nine times in ten, so that whole rows are often right."""
    return st.integers(0, 9).flatmap(lambda tenth: st.sampled_from(odd if tenth == 0 else good))


days = mostly(DAYS, ODD_DAYS)
children = mostly(GOOD, ("", " 7001", "7009", '"7001"', "7" * 120))
headers = st.tuples(
    children,
    mostly(("F", "M"), ("", "f", "1", "X")),
    mostly(("05/06/2010",), ODD_DAYS),
    mostly(("WBRI", "APKN"), ("", "wbri", "Z")),
    mostly(("UN2", *UPNS[:1]), UPNS),
    mostly(("", "0", "1"), ("1.0",)),
    mostly(("",), DAYS + ODD_DAYS),
)
ENDS = (("", ""), ("", ""), ("01/02/2026", "X1"), ("10/06/2025", "E13"), ("", "X1"), ("10/06/2025", ""))
episodes = st.tuples(
    children,
    days,
    mostly(("S", "P"), ("", "Q")),
    mostly(("C2",), ("", "c2")),
    mostly(("N1",), ("", "N9")),
    mostly(("K2", "U4"), ("H5", "")),
    mostly(("PR4", ""), ("PR9",)),
    st.sampled_from(ENDS),
    mostly(("", "CARPL"), ("WHIM",)),
    mostly(("HU17 9BA", ""), ("hu17 9ba ",)),
).map(lambda row: (*row[:7], *row[7], *row[8:], "YO16 4LZ", "1234567"))
missing = st.tuples(
    children,
    mostly(("05/06/2010",), ODD_DAYS),
    mostly(("M", "A"), ("", "m", "X")),
    days,
    mostly((*DAYS, ""), ODD_DAYS),
)


def lines(rows):
    return st.lists(
        st.one_of(rows.map(",".join), rows.map(",".join), mostly(("",), ("   ", ",,", '"', ",,,,,,,,,,,,"))),
        max_size=9,
    ).map(tuple)


def everything(folder, *, batch):
    reading = FolderReading(folder, as_at=date(2026, 3, 31), batch=batch)
    rows = [
        row for way in (reading.headers, reading.episodes, reading.missing) for rows in way() for row in rows
    ]
    told = reading.report
    counts = {name: count.as_dict() for name, count in told.files.items()}
    return rows, sorted(told.rejections), sorted(told.warnings), counts


def read_with_care(folder):
    at_first_sight = quick.QuickTable.survey

    def nothing_is_right(self, chunk, order):
        return at_first_sight(self, chunk, order).with_columns(pl.lit(False).alias("is_right"))

    with patch.object(quick.QuickTable, "survey", nothing_is_right):
        return everything(folder, batch=20_000)


@given(lines(headers), lines(episodes), lines(missing), st.sampled_from([1, 2, 3, 20_000]))
@example((ASHA, BRYN), (ASHA_IN_CARE, BRYN_IN_CARE), (ASHA_MISSING,), 2)
@example((ASHA, BRYN), (ASHA_IN_CARE,), (ASHA_MISSING, ASHA_MISSING, BRYN), 2)
@example((BRYN, ASHA, f'"7003",{ASHA[5:]}'), (), (), 20_000)
@settings(max_examples=60, deadline=None)
def test_both_ways_of_reading_give_the_same(header_lines, episode_lines, missing_lines, batch):
    with TemporaryDirectory() as folder:
        write_folder(Path(folder), header=header_lines, episodes=episode_lines, missing=missing_lines)
        assert everything(Path(folder), batch=batch) == read_with_care(Path(folder))


def test_a_return_without_a_fault_is_never_read_with_care(tmp_path):
    with patch.object(RowReader, "read", side_effect=AssertionError):
        rows, _, _, _ = everything(write_folder(tmp_path), batch=20_000)
    assert [row.row for row in rows] == [2, 3, 2, 3, 2]
