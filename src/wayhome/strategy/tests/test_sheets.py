"""A plan in Excel: several tables and sheets, merged cells, dates and numbers, colours, hidden sheets."""

from datetime import date

import pytest

from wayhome.strategy.imports.refusals import TooLargeFile
from wayhome.strategy.rules.ratings import Rating
from wayhome.strategy.tests.files import SIX, THREE, excel, open_document
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


PLAN = (SIX, ("Boats are safe", "Mend the boat", "Pilots", "March 2027", "It floats", "G"))
COUNTS = (("Measure", "Target", "Summer", "Autumn"), ("Boats out", 10, 8, "9%"), ("Lamps lit", 5, 4, 5))


@pytest.mark.parametrize("above", [(), (("Figures",),)])
def test_a_table_of_figures_below_the_plan_is_no_part_of_it_and_all_its_words_are_told(above):
    draft = plan_of(excel({"Plan": (*PLAN, (), *above, *COUNTS)}), "plan.xlsx")
    assert [row.action for row in draft.rows] == ["Mend the boat"]
    assert "Measure, Target, Summer, Autumn; Boats out, 10, 8, 9%; Lamps lit, 5, 4, 5" in said(draft)


@pytest.mark.parametrize(
    "row",
    [
        ("Lamps are lit", "Buy oil", "Keepers", "2027", "", "A"),
        ("", "Buy oil", "", "2027", "50%", ""),
        ("Lamps are lit", "12 lamps", "", "", "", ""),
    ],
)
def test_an_action_below_an_empty_row_is_one_though_it_has_numbers(row):
    draft = plan_of(excel({"Plan": (*PLAN, (), row)}), "plan.xlsx")
    assert [each.action for each in draft.rows] == ["Mend the boat", row[1]]


def test_figures_right_below_an_action_are_a_row_that_is_asked_about():
    draft = plan_of(excel({"Plan": (*PLAN, ("2031", "2032"), ("12", "14"))}), "plan.xlsx")
    assert [row.action for row in draft.rows] == ["Mend the boat", "2032", "14"]
    assert "3: The row was taken as an action. It may be none." in said(draft)


def test_names_of_columns_over_two_rows_are_read_as_one():
    rows = (
        ("Objective", "Action", "Responsibility", "", "Progress", ""),
        ("", "", "Lead", "Support", "Update", "RAG"),
        ("Boats are safe", "Mend the boat", "Pilots", "Harbour Group", "Half done", "G"),
    )

    def build(_, sheet):
        sheet.merge_range(0, 0, 1, 0, "Objective")
        sheet.merge_range(0, 1, 1, 1, "Action")
        sheet.merge_range(0, 2, 0, 3, "Responsibility")
        sheet.merge_range(0, 4, 0, 5, "Progress")

    draft = plan_of(excel({"Plan": rows}, build), "plan.xlsx")
    (row,) = draft.rows
    assert (row.responsibility, row.progress, row.rating) == (
        "Pilots\nHarbour Group",
        "Half done",
        Rating.GREEN,
    )
    assert "The names of the columns were read from two rows." in said(draft)


def test_a_first_row_below_names_is_no_second_row_of_them():
    rows = (("Objective", "Action", "Progress", "", "RAG"), ("Lead the way", "Review", "Update", "More", "A"))
    draft = plan_of(excel({"Plan": rows}), "plan.xlsx")
    assert [(row.objective, row.action, row.progress, row.rating) for row in draft.rows] == [
        ("Lead the way", "Review", "Update\nMore", Rating.AMBER)
    ]


def test_an_open_document_sheet_is_read_with_merged_and_repeated_cells():
    wide = (
        '<table:table-cell table:number-columns-spanned="6" office:value-type="string">'
        "<text:p>2. Homes</text:p></table:table-cell>"
        '<table:covered-table-cell table:number-columns-repeated="5"/>'
    )
    gap = '<table:table-cell table:number-columns-repeated="3"/>'
    data = open_document(
        {
            "Plan": (
                SIX,
                ("Boats are safe", "Mend the boat\nPaint it", "Pilots", "March 2027", "a < b & c", "G"),
                (wide,),
                ("Lamps burn", "Buy oil", gap, "A"),
            )
        }
    )
    draft = plan_of(data, "plan.ods")
    assert [(row.section, row.action, row.evidence, row.rating) for row in draft.rows] == [
        ("", "Mend the boat\nPaint it", "a < b & c", Rating.GREEN),
        ("2. Homes", "Buy oil", "", Rating.AMBER),
    ]


def test_asterisks_in_a_sheet_are_words():
    draft = plan_of(
        excel({"Plan": (SIX, ("Boats", "Mend *the* boat", "**Pilots**", "", "", "G"))}), "plan.xlsx"
    )
    assert (draft.rows[0].action, draft.rows[0].responsibility) == ("Mend *the* boat", "**Pilots**")
