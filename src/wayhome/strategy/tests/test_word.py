"""A plan in Word: tables between headings, merged cells, lists, colours, and words where nobody looks."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from wayhome.strategy.imports.refusals import NoPlanInFile
from wayhome.strategy.rules.ratings import Rating
from wayhome.strategy.tests.files import SIX, THREE, add_table, shade, word
from wayhome.strategy.tests.reading import plan_of, said


def test_headings_tables_and_lists_are_found_in_their_order():
    def build(document):
        document.add_heading("Lantern Plan", 0)
        document.add_heading("Safer evenings", 1)
        document.add_paragraph("Objective: Streets where children are known.")
        document.add_paragraph("We will:")
        document.add_paragraph("Walk with youth workers", style="List Bullet")
        document.add_paragraph("Ask the shops", style="List Bullet")
        document.add_heading("1. Being heard", 1)
        add_table(document, [SIX, ("Ask children", "Hold a panel", "Police", "May 2031", "Notes", "G")])
        document.add_heading("2. Being safe", 1)
        add_table(document, [SIX, ("Know places", "Draw a map", "Health", "Ongoing", "Map", "A")])

    draft = plan_of(word(build), "plan.docx")
    assert draft.title == "Lantern Plan"
    assert [row.section for row in draft.rows] == ["1. Being heard", "2. Being safe"]
    assert [row.rating for row in draft.rows] == [Rating.GREEN, Rating.AMBER]
    assert [made.text for _, made in draft.commitments()] == ["Walk with youth workers", "Ask the shops"]


def test_the_colour_of_an_empty_rating_cell_is_the_rating_and_it_is_said():
    def build(document):
        table = add_table(document, [THREE, ("Light the path", "Lamps came", ""), ("Mend the gate", "", "")])
        shade(table.rows[1].cells[2], "92D050")

    draft = plan_of(word(build))
    assert [row.rating for row in draft.rows] == [Rating.GREEN, None]
    assert "The row is rated green. The rating cell has no word, but this colour." in said(draft)


def test_a_word_goes_before_the_colour_behind_it():
    def build(document):
        table = add_table(document, [THREE, ("Light the path", "Lamps came", "Amber")])
        shade(table.rows[1].cells[2], "00B050")

    assert plan_of(word(build)).rows[0].rating is Rating.AMBER


def test_a_cell_over_several_rows_speaks_for_all_of_them():
    def build(document):
        rows = [
            SIX,
            ("Ask children", "Hold a panel", "Police", "May 2031", "", "G"),
            ("", "Write", "Health", "", "", "A"),
        ]
        table = add_table(document, rows)
        table.cell(1, 0).merge(table.cell(2, 0))

    draft = plan_of(word(build))
    assert [row.objective for row in draft.rows] == ["Ask children", "Ask children"]
    assert [row.action for row in draft.rows] == ["Hold a panel", "Write"]
    assert "One cell lies over both rows." in said(draft)


def test_a_row_merged_over_all_columns_is_a_section():
    def build(document):
        rows = [SIX, ("Being heard", *[""] * 5), ("Ask", "Hold a panel", "Police", "May 2031", "Notes", "G")]
        table = add_table(document, rows)
        table.cell(1, 0).merge(table.cell(1, 5))

    draft = plan_of(word(build))
    assert [(row.section, row.action) for row in draft.rows] == [("Being heard", "Hold a panel")]


def test_a_table_that_goes_on_over_a_page_keeps_its_columns():
    def build(document):
        add_table(document, [THREE, ("Light the path", "Lamps came", "G")])
        document.add_paragraph("")
        add_table(document, [("Mend the gate", "Wood came", "R")])

    draft = plan_of(word(build))
    assert [(row.action, row.rating) for row in draft.rows] == [
        ("Light the path", Rating.GREEN),
        ("Mend the gate", Rating.RED),
    ]
    assert "goes on with the columns of the table before" in said(draft)


@pytest.mark.parametrize(
    ("xml", "kept"),
    [
        ("<w:ins {} w:id='1' w:author='a'><w:r><w:t>inserted</w:t></w:r></w:ins>", True),
        ("<w:sdt {}><w:sdtContent><w:r><w:t>controlled</w:t></w:r></w:sdtContent></w:sdt>", True),
        ("<w:del {} w:id='1' w:author='a'><w:r><w:delText>deleted</w:delText></w:r></w:del>", False),
        ("<w:r {}><w:instrText>HYPERLINK</w:instrText></w:r>", False),
    ],
)
def test_words_are_read_wherever_they_stand_but_not_what_was_deleted(xml, kept):
    def build(document):
        table = add_table(document, [THREE, ("Light", "Came", "G")])
        paragraph = table.rows[1].cells[1].paragraphs[0]
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))

    text = plan_of(word(build)).rows[0].progress
    assert (text != "Came") is kept


def test_lists_inside_cells_keep_their_items():
    def build(document):
        table = add_table(document, [THREE, ("Light", "First", "G")])
        table.rows[1].cells[1].add_paragraph("Second", style="List Bullet")
        inner = table.rows[1].cells[1].add_table(1, 2)
        inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "Third", "Fourth"

    assert plan_of(word(build)).rows[0].progress == "First\n• Second\nThird Fourth"


def test_a_letter_is_no_plan():
    with pytest.raises(NoPlanInFile):
        plan_of(word(lambda document: document.add_paragraph("Dear all, thank you for the meeting.")))


NUMBERING = (
    ("decimal", "%1.", "Heading1"),
    ("decimal", "%1.%2", ""),
    ("lowerLetter", "(%3)", ""),
    ("upperRoman", "%4:", ""),
)


def counting(document):
    """Gives the document a list of four levels, the first of them for its headings, and one that begins at 7."""
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{f"""<w:pStyle w:val="{style}"/>""" if style else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text, style) in enumerate(NUMBERING)
    )
    root = document.part.numbering_part.element
    names = nsdecls("w")
    root.insert(0, parse_xml(f'<w:abstractNum {names} w:abstractNumId="90">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {names} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    root.append(parse_xml(f'<w:num {names} w:numId="91"><w:abstractNumId w:val="90"/>{start}</w:num>'))


def numbered(paragraph, level, number=90):
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def test_numbers_that_word_counts_are_references_and_are_told():
    def build(document):
        counting(document)
        document.add_heading("Lantern Plan", 0)
        numbered(document.add_heading("Being heard", 1), 0)
        table = add_table(
            document,
            [("Ref", *THREE), *[("", f"Step {letter}", "", "G") for letter in "abc"], ("", "x", "", "A")],
        )
        for row in table.rows[1:4]:
            numbered(row.cells[0].paragraphs[0], 1)
        numbered(document.add_heading("Being safe", 1), 0)
        table = add_table(document, [("Ref", *THREE), ("", "Step d", "", "A")])
        numbered(table.rows[1].cells[0].paragraphs[0], 1)

    draft = plan_of(word(build))
    assert [(row.section, row.reference) for row in draft.rows] == [
        ("1. Being heard", "1.1"),
        ("1. Being heard", "1.2"),
        ("1. Being heard", "1.3"),
        ("1. Being heard", ""),
        ("2. Being safe", "2.1"),
    ]
    assert "The number 1.2 was counted." in said(draft)


def test_numbered_items_outside_tables_keep_their_numbers_and_still_name_the_priorities():
    def build(document):
        counting(document)
        document.add_paragraph("Our priorities are:")
        for name in ("Being heard", "Being safe"):
            numbered(document.add_paragraph(name), 0)
        document.add_heading("Being safe", 1)
        for promised in ("Keep the lamps lit", "Mend the boats"):
            numbered(document.add_paragraph(promised), 2)

    draft = plan_of(word(build))
    (priority,) = draft.priorities
    assert priority.title == "Being safe"
    assert [made.text for made in priority.commitments] == ["(a) Keep the lamps lit", "(b) Mend the boats"]
    assert "The number (a) was counted for “Keep the lamps lit”." in said(draft)


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ((0, 0), "1. one\n2. two"),
        ((2, 2), "(a) one\n(b) two"),
        ((3, 3), "I: one\nII: two"),
        ((1, 0), "1.1 one\n1. two"),
    ],
)
def test_numbered_items_in_a_cell_keep_their_numbers(levels, told):
    def build(document):
        counting(document)
        table = add_table(document, [THREE, ("one", "", "G")])
        cell = table.rows[1].cells[0]
        cell.add_paragraph("two")
        for paragraph, level in zip(cell.paragraphs, levels, strict=True):
            numbered(paragraph, level)

    assert plan_of(word(build)).rows[0].action == told


def test_a_list_that_begins_elsewhere_begins_there():
    def build(document):
        counting(document)
        table = add_table(document, [("Ref", *THREE), ("", "one", "", "G"), ("", "two", "", "G")])
        for row in table.rows[1:]:
            numbered(row.cells[0].paragraphs[0], 0, 91)

    assert [row.reference for row in plan_of(word(build)).rows] == ["7.", "8."]
