"""A file is known by its column names."""

import pytest

from wayhome.statutory.ssda903.tables import EPISODES, HEADER, MISSING, TABLES, recognise, why_unknown


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_known_by_its_columns_in_any_order(table):
    assert recognise(table.columns) is table
    assert recognise(tuple(reversed(table.columns))) is table


def test_no_two_tables_have_the_same_columns():
    assert len({frozenset(table.columns) for table in TABLES}) == len(TABLES)


def test_small_letters_and_spaces_in_column_names_do_no_harm():
    assert recognise([" child", "dob ", "Missing", "MIS_START", "MIS_END"]) is MISSING


@pytest.mark.parametrize(
    "header",
    [HEADER.columns[:-1], (*HEADER.columns, "NAME"), (*HEADER.columns, "CHILD"), (), ("",)],
    ids=["one missing", "one more", "one twice", "none", "blank"],
)
def test_any_other_set_of_columns_is_unknown(header):
    assert recognise(header) is None
    assert why_unknown(header)


def test_the_reason_names_the_nearest_table_and_what_differs():
    reason = why_unknown(("CHILD", "DOB", "MISSING", "MIS_START", "RETURNED"))
    assert "Missing" in reason
    assert "missing MIS_END" in reason
    assert "unexpected RETURNED" in reason


def test_the_reason_names_a_column_that_stands_twice():
    assert "unexpected CHILD" in why_unknown((*EPISODES.columns, "CHILD"))


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_the_reason_recognises_another_separator(mark, word):
    assert word in why_unknown((mark.join(HEADER.columns),))
