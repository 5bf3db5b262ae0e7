"""The board pack as files: a PDF that says what it is to those who do not see it, and a Word document that holds."""

import re
from io import BytesIO
from itertools import pairwise

import pytest
from docx import Document

from wayhome.strategy.pack.drawing import FILLS, measure_chart, rating_bars
from wayhome.strategy.pack.pdf import as_board_pdf, sheet
from wayhome.strategy.pack.word import as_board_word
from wayhome.strategy.rules.plan_file import MeasurePoint
from wayhome.strategy.tests.facts import AT_NOON, action_fact, measure, plan_of
from wayhome.strategy.tests.packs import ASKED, ROSE, earlier, large_plan, mixed_plan, pack

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def whole():
    plan = mixed_plan()
    return pack(plan, earlier=earlier(plan), decisions=ASKED)


PACKS = {
    "mixed": whole,
    "empty": lambda: pack(plan_of(groupings=())),
    "very long": lambda: pack(large_plan(3, words=4000)),
    "unbroken": lambda: pack(
        plan_of(action_fact(title="x" * 500, text="https://wayhome.example/" + "y" * 900))
    ),
    "many lines": lambda: pack(plan_of(action_fact(text="\n".join(["• one", "• two"] * 60)))),
    "marked up": lambda: pack(plan_of(action_fact(title="#set page() <b>&amp;</b> $x$ *y* _z_ @a \\u{1}"))),
}


@pytest.mark.parametrize("name", PACKS)
class TestEveryPack:
    def test_is_an_accessible_pdf(self, name):
        made = as_board_pdf(PACKS[name](), at=AT_NOON)
        assert made.startswith(b"%PDF")
        assert b"<pdfuaid:part>1<" in made

    def test_opens_as_a_word_document(self, name):
        document = Document(BytesIO(as_board_word(PACKS[name](), at=AT_NOON)))
        assert document.paragraphs[0].text


def test_the_pdf_has_its_title_its_language_and_its_bookmarks():
    made = as_board_pdf(whole(), at=AT_NOON)
    assert b"/Lang(en-GB)" in made
    assert b"/Outlines" in made
    assert b"/StructTreeRoot" in made


def test_the_pdf_is_told_words_for_every_chart():
    told = sheet(whole())
    assert told["bars_alt"].startswith("A square for each action, by priority. P1 Prevention: 5 green")
    assert told["measures"][0]["alt"].startswith(
        "Line chart of episodes, by month, January 2025 to May 2026."
    )


def word_xml(made):
    document = Document(BytesIO(made))
    return document.element, document.styles.element.xml


class TestWord:
    def test_every_table_repeats_its_first_row_and_cuts_none(self):
        body, _styles = word_xml(as_board_word(whole(), at=AT_NOON))
        tables = list(body.iter(f"{W}tbl"))
        assert len(tables) > 8
        for table in tables:
            rows = list(table.iter(f"{W}tr"))
            assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
            assert len({len(row.findall(f"{W}tc")) for row in rows}) == 1

    def test_pictures_have_words_and_the_text_its_language(self):
        body, styles = word_xml(as_board_word(whole(), at=AT_NOON))
        names = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        told = [each.get("descr", "") for each in body.iter(names)]
        assert len(told) == 2
        assert all(len(words) > 40 for words in told)
        assert 'w:lang w:val="en-GB"' in styles

    def test_headings_go_down_one_step_at_a_time(self):
        document = Document(BytesIO(as_board_word(whole(), at=AT_NOON)))
        steps = [
            int(found[1])
            for each in document.paragraphs
            if (found := re.fullmatch(r"Heading (\d)", each.style.name))
        ]
        assert steps[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(steps))

    def test_says_the_same_as_the_pdf(self):
        made, content = Document(BytesIO(as_board_word(whole(), at=AT_NOON))), whole()
        cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
        text = "\n".join([*(each.text for each in made.paragraphs), *cells])
        for notice in content.notices:
            assert notice.title in text
        for part in content.parts:
            for action in part.actions:
                assert action.text in text
                assert all(words in text for _label, words in action.told)
        assert ASKED[0].question in text

    def test_page_numbers_are_counted_by_word(self):
        document = Document(BytesIO(as_board_word(whole(), at=AT_NOON)))
        foot = document.sections[0].footer.paragraphs[0]._p.xml
        assert "PAGE" in foot
        assert "NUMPAGES" in foot


class TestPictures:
    def test_there_is_a_lettered_square_for_each_action(self):
        drawn = rating_bars(whole().groups)
        assert drawn.count("<rect") == 8
        assert len(re.findall(">G</text>", drawn)) == 5

    def test_a_long_bar_goes_on_in_the_next_line(self):
        drawn = rating_bars(pack(large_plan(80)).groups)
        assert len(set(re.findall(r'<rect x="[\d.]+" y="([\d.]+)"', drawn))) == 3

    def test_a_signal_is_a_diamond_and_a_gap_breaks_the_line(self):
        held = measure(*ROSE)
        points = [
            MeasurePoint(point.month, None if place == 5 else point.value)
            for place, point in enumerate(held.points)
        ]
        (block,) = pack(plan_of(action_fact(measures=(measure(*[each.value for each in points]),)))).measures
        drawn = measure_chart(block)
        assert drawn.count("<circle") + drawn.count("l10 10l-10") == len(ROSE) - 1
        assert len(re.findall(r'd="M[\d.]+ [\d.]+L', drawn)) == 2
        assert "stroke-dasharray" in drawn

    def test_words_of_a_plan_cannot_become_drawing(self):
        group = pack().groups[0]
        assert "<script" not in rating_bars([type(group)("<script>", "G", (0, 1, 0, 0, 0))])

    def test_letters_stand_out_from_their_square(self):
        def light(colour):
            parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
            linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

        for fill, ink in FILLS.values():
            high, low = sorted((light(fill), light(ink)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 7


def test_the_page_number_stands_at_the_right_margin_of_the_same_line():
    section = Document(BytesIO(as_board_word(whole(), at=AT_NOON))).sections[0]
    between = section.page_width - section.left_margin - section.right_margin
    for paragraph in (section.header.paragraphs[0], section.footer.paragraphs[0]):
        assert paragraph.text.count("\t") == 1
        (stop,) = paragraph.style.paragraph_format.tab_stops
        assert abs(stop.position - between) < 1_000


def test_the_words_about_a_measure_stay_on_the_page_of_its_picture():
    paragraphs = Document(BytesIO(as_board_word(whole(), at=AT_NOON))).paragraphs
    (place,) = (number for number, each in enumerate(paragraphs) if each.text.startswith("May 2026: 94"))
    assert paragraphs[place].paragraph_format.keep_with_next
    assert paragraphs[place + 1]._p.findall(f".//{W}drawing")
