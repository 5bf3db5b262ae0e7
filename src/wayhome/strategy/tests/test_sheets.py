"""A plan in Excel: several tables and sheets, merged cells, dates and numbers, colours, hidden sheets."""

from datetime import date

import pytest

from wayhome.strategy.imports.refusals import TooLargeFile
from wayhome.strategy.rules.ratings import Rating
from wayhome.strategy.tests.files import SIX, THREE, excel
from wayhome.strategy.tests.reading import plan_of, said

ROW = ("Ask children", "Hold a panel", "Police", "May 2031", "Notes", "G")


def test_a_title_above_the_names_is_the_title_of_the_plan():
    draft = plan_of(excel({"Plan": [["Lantern Plan 2031"], [], SIX, ROW]}))
    assert draft.title == "Lantern Plan 2031"
    assert draft.sections == ()
    assert draft.rows[0].line == 4
    assert draft.rows[0].rating is Rating.GREEN


def test_two_tables_in_one_sheet_above_each_other():
    rows = [SIX, ROW, [], ["Second theme"], THREE, ("Mend the gate", "Wood came", "R")]
    draft = plan_of(excel({"Plan": rows}))
    assert [(row.section, row.action, row.rating) for row in draft.rows] == [
        ("", "Hold a panel", Rating.GREEN),
        ("Second theme", "Mend the gate", Rating.RED),
    ]


def test_two_tables_in_one_sheet_beside_each_other():
    rows = [
        (*THREE, "", *THREE),
        ("Light", "Came", "G", "", "Mend", "Wood", "R"),
        ("Sow", "", "", "", "Reap", "", "A"),
    ]
    draft = plan_of(excel({"Plan": rows}))
    found = [(row.action, row.progress, row.rating) for row in draft.rows]
    assert found == [
        ("Light", "Came", Rating.GREEN),
        ("Sow", "", None),
        ("Mend", "Wood", Rating.RED),
        ("Reap", "", Rating.AMBER),
    ]


def test_sheets_are_sections_where_there_are_several():
    draft = plan_of(excel({"Voice": [SIX, ROW], "Safety": [SIX, ROW]}))
    assert [row.section for row in draft.rows] == ["Voice", "Safety"]


def test_a_hidden_sheet_is_left_out_and_it_is_said():
    draft = plan_of(
        excel(
            {"Plan": [SIX, ROW], "Old": [SIX, ROW]}, lambda book, _: book.get_worksheet_by_name("Old").hide()
        )
    )
    assert len(draft.rows) == 1
    assert "The sheet “Old” was left out. It is hidden." in said(draft)


def test_merged_cells_and_colours():
    def build(book, sheet):
        sheet.merge_range(1, 0, 2, 0, "Ask children")
        sheet.write_blank(2, 5, None, book.add_format({"bg_color": "#FFC000"}))

    rows = [SIX, ROW, ("", "Write a letter", "Health", "", "", "")]
    draft = plan_of(excel({"Plan": rows}, build))
    assert [row.objective for row in draft.rows] == ["Ask children"] * 2
    assert [row.rating for row in draft.rows] == [Rating.GREEN, Rating.AMBER]


def test_dates_and_numbers_are_written_as_people_write_them():
    def build(book, sheet):
        sheet.write_datetime(1, 3, date(2031, 3, 31), book.add_format({"num_format": "dd/mm/yyyy"}))

    rows = [("Ref", "Action", "Lead", "Due", "Evidence", "RAG"), (1.1, "Light", "Police", "", 45, "G")]
    (row,) = plan_of(excel({"Plan": rows}, build)).rows
    assert (row.reference, row.timescale, row.evidence) == ("1.1", "31/03/2031", "45")


def test_a_tenth_action_that_excel_took_for_a_number_keeps_its_reference():
    rows = [("Ref", *THREE), *((float(f"7.{number}"), "Light", "", "G") for number in range(1, 13))]
    draft = plan_of(excel({"Plan": rows}))
    assert [row.reference for row in draft.rows] == [f"7.{number}" for number in range(1, 13)]
    assert "“7.1” was read as 7.10" in said(draft)


def test_an_objective_without_an_action_yet_is_a_row_of_its_own():
    draft = plan_of(excel({"Plan": [SIX, ROW, ("Know the places", "", "", "", "", "")]}))
    assert [row.objective for row in draft.rows] == ["Ask children", "Know the places"]


def test_a_word_in_the_last_cell_of_a_sheet_does_not_fill_the_memory():
    with pytest.raises(TooLargeFile):
        plan_of(excel({"Plan": [SIX, ROW]}, lambda _, sheet: sheet.write(1_048_575, 16_383, "x")))
