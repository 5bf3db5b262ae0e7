"""Plans as text: pasted from Word or Excel, Markdown, CSV in any encoding, and everything that goes wrong in them."""

import pytest

from wayhome.strategy.rules.ratings import Rating
from wayhome.strategy.tests.files import SIX, THREE
from wayhome.strategy.tests.reading import plan_of, said, table

ROW = ("Ask children", "Hold a panel", "Police", "May 2031", "Notes", "G")
GREEN, AMBER, RED, BLUE = Rating.GREEN, Rating.AMBER, Rating.RED, Rating.BLUE


@pytest.mark.parametrize(
    "names",
    [
        SIX,
        ("AIM", "KEY ACTIONS", "LEAD OFFICER", "DEADLINE", "SUCCESS MEASURES", "RAG STATUS"),
        (
            "What do we want to achieve?",
            "How will we do it?",
            "By whom",
            "By when",
            "How will we know?",
            "Status",
        ),
        ("Objetive", "Actoin", "Responsability", "Timscale", "Evidance", "BRAG"),
        ("Goals", "Tasks", "Who", "When", "Impact", "RAG rating"),
        ("Recommendation", "Actions required", "Owner(s)", "Target date", "Outcome / impact", "B RAG"),
    ],
)
def test_a_column_is_known_by_many_names(names):
    (row,) = plan_of(table(names, ROW)).rows
    assert (row.objective, row.action, row.responsibility) == ("Ask children", "Hold a panel", "Police")
    assert (row.timescale, row.evidence, row.rating) == ("May 2031", "Notes", GREEN)


def test_columns_may_stand_in_any_order():
    names = ("RAG", "Timescale", "Lead", "Progress update", "Action", "Ref")
    (row,) = plan_of(table(names, ("A", "June 2031", "Health", "Began", "Hold a panel", "2.1"))).rows
    assert (row.reference, row.action, row.progress) == ("2.1", "Hold a panel", "Began")
    assert (row.responsibility, row.timescale, row.rating) == ("Health", "June 2031", AMBER)


def test_a_misspelt_name_is_a_guess():
    assert "“objetive” was read as “objective”" in said(plan_of(table(("Objetive", *SIX[1:]), ROW)))


def test_names_that_are_repeated_make_no_row():
    draft = plan_of(table(SIX, ROW, SIX, ROW))
    assert len(draft.rows) == 2


@pytest.mark.parametrize("title", ["Being heard", "2. Being heard", "IV. Being heard"])
def test_a_title_stands_before_the_table_or_in_its_first_row(title):
    above = f"{title}\n\n" + table(SIX, ROW)
    inside = table((title, *[""] * 5), SIX, ROW)
    assert plan_of(above).rows[0].section == title
    assert plan_of(inside).rows[0].section == title


def test_a_row_split_over_lines_is_one_row():
    text = table(
        SIX,
        ("Ask children and", "Hold a panel", "Police", "May 2031", "• Notes", "G"),
        ("their families", "•", "", "", "", ""),
        ("They are the ones who know.", "", "", "", "", ""),
        ("", "", "", "", "• A film", ""),
        ("Know places", "Draw", "Health", "", "", ""),
    )
    draft = plan_of(text)
    assert [row.objective for row in draft.rows] == [
        "Ask children and their families\nThey are the ones who know.",
        "Know places",
    ]
    assert draft.rows[0].evidence == "• Notes\n• A film"
    assert [line for line in said(draft).splitlines() if "goes on with the row of line 2" in line]


def test_an_objective_said_once_is_for_all_its_actions():
    text = table(SIX, ROW, ("", "Write a letter", "Health", "", "", "R"))
    draft = plan_of(text)
    assert [row.objective for row in draft.rows] == ["Ask children", "Ask children"]
    assert "The objective of line 2 was taken for this row too." in said(draft)


def test_a_missing_title_and_one_that_begins_mid_sentence_are_said():
    text = table(("", *THREE), ("3.1", "", "Began", ""), ("3.2", "and at the weekend", "Began", "G"))
    draft = plan_of(text)
    assert [row.reference for row in draft.rows] == ["3.1", "3.2"]
    assert "3.1 has no title of its action." in said(draft)
    assert "3.2 starts mid-sentence: “and at the weekend”." in said(draft)


def test_lists_and_breaks_of_html_become_lines():
    cell = "<ul><li>Hold a panel</li><li>Write &amp; ask</li></ul>"
    (row,) = plan_of(
        table(SIX, ("<p>Ask</p><p>Listen</p>", cell, "Police<br>Health", "", "<5 children", "G"))
    ).rows
    assert row.action == "• Hold a panel\n• Write & ask"
    assert (row.objective, row.responsibility, row.evidence) == (
        "Ask\nListen",
        "Police\nHealth",
        "<5 children",
    )


def test_a_column_that_no_plan_has_goes_to_the_evidence_with_its_name():
    draft = plan_of(table((*THREE, "Cost"), ("Light", "Came", "G", "9 lamps")))
    assert draft.rows[0].evidence == "Cost: 9 lamps"
    assert "The words under “Cost” were put with the evidence." in said(draft)


def test_a_rating_that_says_more_keeps_its_words():
    draft = plan_of(table(THREE, ("Light", "Came", "Amber - no lamps"), ("Mend", "", "In progress")))
    assert [(row.rating, row.progress) for row in draft.rows] == [
        (AMBER, "Came\nAmber - no lamps"),
        (None, "In progress"),
    ]


def test_of_two_rating_columns_the_last_counts_and_the_first_is_kept():
    draft = plan_of(table(("Action", "RAG March", "RAG June"), ("Light", "R", "G"), ("Mend", "A", "")))
    assert [(row.rating, row.progress) for row in draft.rows] == [(GREEN, "RAG March: R"), (AMBER, "")]


def test_the_key_of_the_plan_is_no_row_of_it():
    text = (
        table(THREE, ("Light", "Came", "Finished for good"))
        + "\nBLUE = Finished for good\nRED: Nobody began\n"
    )
    draft = plan_of(text)
    assert [(entry.rating, entry.meaning) for entry in draft.key] == [
        (BLUE, "Finished for good"),
        (RED, "Nobody began"),
    ]
    assert draft.rows[0].rating is BLUE


def test_a_table_without_names_that_ends_in_ratings_is_read_and_it_is_said():
    draft = plan_of(table(("Light the path", "Lamps came", "G"), ("Mend the gate", "Wood came", "R")))
    assert [(row.action, row.progress, row.rating) for row in draft.rows][1] == (
        "Mend the gate",
        "Wood came",
        RED,
    )
    assert "The columns were read as action, progress, rating." in said(draft)


def test_another_table_is_left_out_and_it_is_said():
    draft = plan_of(
        table(THREE, ("Light", "Came", "G")) + "\nFigures\n\n" + table(("Year", "Children"), ("2030", "12"))
    )
    assert len(draft.rows) == 1
    assert "is not part of the plan" in said(draft)


def test_tables_of_pipes_are_read():
    text = "# Plan\n\n| Action | Progress | RAG |\n|---|---|---|\n| Light \\| lamp | **Came** | G |\n"
    (row,) = plan_of(text).rows
    assert (row.action, row.progress, row.rating) == ("Light | lamp", "Came", GREEN)


def test_a_cell_in_quotes_may_hold_line_breaks():
    text = 'Action\tProgress\tRAG\nLight\t"It said ""yes""\nand came"\tG\nMend\t"never closed\tA\n'
    rows = plan_of(text).rows
    assert [row.progress for row in rows] == ['It said "yes"\nand came', '"never closed']
    assert [row.rating for row in rows] == [GREEN, AMBER]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_every_encoding_and_separator(encoding, separator):
    text = (
        separator.join(THREE) + "\r\n" + separator.join(("Café", '"It came; then, it\nwent"', "G")) + "\r\n"
    )
    (row,) = plan_of(text.encode(encoding), "plan.csv").rows
    assert (row.action, row.progress, row.rating) == ("Café", "It came; then, it\nwent", GREEN)


def test_a_priority_is_a_heading_with_an_objective_or_one_of_a_list_of_priorities():
    text = (
        "Our Plan\n\nOur priorities are:\n- Streets & parks\n- Schools\n\nStreets and parks\n\nWe will:\n\n"
        "- Walk\n- Ask\n\nSchools\nAim: Every school knows.\nWe will do this by:\n• Teaching\n\n"
        "Meetings\n\nThe group:\n- meets\n"
    )
    draft = plan_of(text)
    assert [(p.title, p.objective, [c.text for c in p.commitments]) for p in draft.priorities] == [
        ("Streets and parks", "", ["Walk", "Ask"]),
        ("Schools", "Every school knows.", ["Teaching"]),
    ]


def test_vision_and_statement_are_kept():
    text = (
        "Plan\n\nOur vision: Every child is home.\n\nStatement of Intent\n\nWe mean it, all of us.\n\n"
        + table(SIX, ROW)
    )
    draft = plan_of(text)
    assert (draft.vision, draft.statement) == ("Every child is home.", "We mean it, all of us.")


def test_ambitions_of_several_numbers():
    text = table(
        ("1.0 Our ambition: Homes", "", ""),
        ("Lead: Head of Homes", "", ""),
        ("", *THREE),
        ("1.1", "Light", "", "G"),
    )
    text += table(
        ("2.0 Ambition - Streets", "", ""), ("Approach: Walk", "", ""), ("", *THREE), ("2.1", "Mend", "", "")
    )
    draft = plan_of(text)
    assert [(a.reference, a.title, a.lead, a.approach) for a in draft.ambitions] == [
        ("1.0", "Homes", "Head of Homes", ""),
        ("2.0", "Streets", "", "Walk"),
    ]
    assert [(row.reference, row.section) for row in draft.rows] == [("1.1", "Homes"), ("2.1", "Streets")]


def test_a_row_that_was_broken_inside_a_cell_is_one_row():
    text = (
        table(SIX, ROW)
        + "Know places\tDraw\tHealth\t\t• A map\n• A list\tR\nSow\tReap and\nmow\tHealth\t\t\tA\n"
    )
    draft = plan_of(text)
    assert [(row.action, row.evidence, row.rating) for row in draft.rows[1:]] == [
        ("Draw", "• A map\n• A list", RED),
        ("Reap and mow", "", AMBER),
    ]
    assert "Line 4 goes on with the row of line 3." in said(draft)


def test_numbered_items_after_a_lead_in_are_items_and_a_number_above_a_table_is_a_heading():
    text = "Priority 1: Homes\n\nWe will:\n\n1. Ring\n2. Listen\n\nDates:\n\n3. Streets\n\n" + table(
        THREE, ("Light", "", "G")
    )
    draft = plan_of(text)
    assert [made.text for _, made in draft.commitments()] == ["1. Ring", "2. Listen"]
    assert draft.rows[0].section == "3. Streets"


@pytest.mark.parametrize("title", ["OBJECTIVE TWO: HOMES", "Priority 2", "Theme B: Homes"])
def test_a_title_between_rows_begins_a_section(title):
    draft = plan_of(table(SIX, ROW, (title, *[""] * 5), ROW))
    assert [row.section for row in draft.rows] == ["", title]


def test_a_line_above_the_names_that_is_no_heading_is_left_out_and_it_is_said():
    draft = plan_of(table(("Updated: 3 June 2031", *[""] * 5), SIX, ROW))
    assert draft.sections == ()
    assert "“Updated: 3 June 2031” was left out." in said(draft)
