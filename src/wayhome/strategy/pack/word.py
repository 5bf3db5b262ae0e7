"""The board pack as a Word document: the same words in the same order, for those who edit, annotate or read aloud.

Headings are headings, tables repeat their first row, charts have words, the language is said. Tables are laid whole:
python-docx looks through the whole table for each cell it is asked for.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from wayhome.strategy.pack.action_words import ActionBlock, Labelled
from wayhome.strategy.pack.content import Asked, Notice, PackContent, PlanPart
from wayhome.strategy.pack.drawing import FILLS, measure_chart, rating_bars
from wayhome.strategy.pack.framed import asked_words, bars_in_words, chart_in_words, framed
from wayhome.strategy.pack.measured import MeasureBlock
from wayhome.strategy.pack.word_tables import Cell, Run, add_table, bold, plain
from wayhome.web.printing import as_pictures

PICTURE = Path(__file__).with_name("picture.typ")
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INK = RGBColor(0x0B, 0x0F, 0x1A)
DOTS = 150
WIDE = 176  # millimetres between the margins


def as_board_word(pack: PackContent, *, at: datetime) -> bytes:
    """The pack as a file."""
    document = _empty(pack, at)
    _summary(document, pack)
    _rated(document, pack)
    _decisions(document, pack.decisions)
    _movement(document, pack)
    _notices(document, pack.notices)
    _promises(document, pack)
    _measures(document, pack.measures)
    _plan(document, pack.parts)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _empty(pack: PackContent, at: datetime) -> WordDocument:
    document = Document()
    told, core = framed(pack), document.core_properties
    core.title, core.author, core.language = f"{pack.title}: board pack", told["made_by"], "en-GB"
    core.comments, core.created, core.modified = pack.headline, at, at
    core.last_modified_by = told["made_by"]
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin = section.bottom_margin = Mm(19)
    section.header.paragraphs[0].text = f"{pack.title}\t{told['as_at']}"
    foot = section.footer.paragraphs[0]
    foot.text = f"{told['made']}\tPage "
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    for paragraph in (section.header.paragraphs[0], foot):
        style: Any = paragraph.style
        stops = style.paragraph_format.tab_stops
        # The stops of the empty document are made for another paper: the page number would fall onto a second line.
        stops.clear_all()
        stops.add_tab_stop(Mm(WIDE), WD_TAB_ALIGNMENT.RIGHT)
        for run in paragraph.runs:
            run.font.size = Pt(8.5)
    return document


def _styles(document: WordDocument) -> None:
    """Black, one typeface that every Word has, and the language of a reader aloud."""
    sizes = {"Normal": 10.0, "Title": 21.0, "Heading 1": 15.0, "Heading 2": 12.0, "Heading 3": 11.0}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[theme]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), "Arial")
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(5)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    language = OxmlElement("w:lang")
    for script in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(script), "en-GB")
    properties = normal.element.get_or_add_rPr()
    for earlier in properties.findall(qn("w:lang")):
        properties.remove(earlier)
    properties.append(language)


def _field(paragraph: Any, instruction: str) -> None:
    """A number that Word counts itself."""
    for kind, words in (("begin", ""), ("", instruction), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(words if kind == "shown" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif words and kind == "":
            told = OxmlElement("w:instrText")
            told.text = words
            run._r.append(told)


def _summary(document: WordDocument, pack: PackContent) -> None:
    told = framed(pack)
    document.add_paragraph(pack.title, style="Title")
    _paragraph(document, pack.about)
    _paragraph(document, told["standing"], is_bold=True)
    _paragraph(document, told["signed"])
    _paragraph(document, pack.headline, is_bold=True)
    _paragraph(document, pack.beneath)
    rows = [
        [_rating(each.letter, each.name), plain(each.means), plain(each.actions)] for each in pack.ratings
    ]
    add_table(document, ("Rating", "What it means in this plan", "Actions"), (32, 120, 24), rows)
    document.add_heading("What needs the reader's eye", 1)
    noticed = [[plain(each.title), plain(each.sentence), plain(each.first or "–")] for each in pack.notices]
    unserved = str(len(pack.promises)) if pack.promises else "None"
    noticed.append([plain("Commitments without a live action"), plain(unserved), plain(pack.promised)])
    add_table(document, ("What", "How many", "Which"), (66, 36, 74), noticed)
    _paragraph(document, f"{pack.movement.title}: {pack.movement.sentence}")
    _paragraph(document, f"Decisions asked for: {asked_words(pack)}")


def _rated(document: WordDocument, pack: PackContent) -> None:
    document.add_heading(f"Rating by {pack.by}", 1)
    _picture(document, rating_bars(pack.groups), bars_in_words(pack))
    names = [each.name for each in pack.ratings]
    rows = [[plain(each.title), *map(plain, each.counts), plain(each.total)] for each in pack.groups]
    widths = (86, *(15,) * len(names), 15)
    add_table(document, (pack.by.capitalize(), *names, "All"), widths, rows)


def _decisions(document: WordDocument, decisions: Sequence[Asked]) -> None:
    document.add_heading("Decisions asked for", 1)
    if not decisions:
        _paragraph(document, "No decision is asked for.")
    for number, asked in enumerate(decisions, start=1):
        _paragraph(document, f"{number}. {asked.question}", is_bold=True)
        _labelled(document, "Recommended", asked.recommended)
        when = f"Decided, {asked.when}" if asked.outcome else "Decided"
        _labelled(document, when, asked.outcome or " ")


def _movement(document: WordDocument, pack: PackContent) -> None:
    moved = pack.movement
    if not (moved.ratings or moved.dates or moved.others):
        return
    document.add_heading(moved.title, 1)
    for name, moves in (("Rating", moved.ratings), ("Due", moved.dates)):
        if moves:
            rows = [
                [plain(each.reference), *map(plain, (each.what, each.before, each.after))] for each in moves
            ]
            columns = ("Action", "What", f"{name} then", f"{name} now")
            add_table(document, columns, (20, 96, 30, 30), rows)
            _paragraph(document, " ")
    for words in moved.others:
        document.add_paragraph(words, style="List Bullet")


def _notices(document: WordDocument, notices: Iterable[Notice]) -> None:
    there = [each for each in notices if each.noted]
    if there:
        document.add_heading("What needs the reader's eye, action by action", 1)
    for notice in there:
        document.add_heading(f"{notice.title}: {notice.sentence}", 2)
        rows = [
            [
                _rating(each.letter, each.reference),
                plain(each.what),
                plain(each.lead),
                plain(each.said or "–"),
            ]
            for each in notice.noted
        ]
        add_table(document, ("Action", "What", "Lead", "Why it is here"), (22, 66, 38, 50), rows)


def _promises(document: WordDocument, pack: PackContent) -> None:
    if pack.promises:
        document.add_heading("Commitments without a live action", 1)
        _paragraph(document, pack.promised)
        rows = [[plain(each.group), plain(each.text)] for each in pack.promises]
        add_table(document, ("Where it stands", "What was promised"), (56, 120), rows)


def _measures(document: WordDocument, measures: Iterable[MeasureBlock]) -> None:
    blocks = list(measures)
    if blocks:
        document.add_heading("Measures", 1)
        _paragraph(document, MEASURES_ARE)
    for block in blocks:
        document.add_heading(f"{block.name}, {block.words}", 2)
        _paragraph(document, f"{block.latest} {block.usual} ({block.as_at})")
        # The words stay on the page of their picture.
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        _picture(document, measure_chart(block), chart_in_words(block))
        for words in block.judges:
            document.add_paragraph(words, style="List Bullet")
        rows = [[plain(line.month), plain(line.words), plain(line.signal or "–")] for line in block.months]
        figure = "Share" if block.unit else "Count"
        add_table(document, ("Month", figure, "Signal"), (46, 30, 100), rows)


MEASURES_ARE = (
    "Counts of the whole partnership, by month. Counts from 1 to 4 are held back, with those by which they could be "
    "worked out. The line across is the mean; between the dashes lies what chance alone does. A diamond is a signal."
)


def _plan(document: WordDocument, parts: Sequence[PlanPart]) -> None:
    document.add_heading("The plan", 1).paragraph_format.page_break_before = True
    if not parts:
        _paragraph(document, "There is no action in this plan yet.")
    for part in parts:
        document.add_heading(part.title, 2)
        for words in part.about:
            _paragraph(document, words)
        if not part.actions:
            _paragraph(document, "No action.")
            continue
        rows = [_action(each) for each in part.actions]
        add_table(document, ("Action", "What, who and when", "How it goes"), (18, 74, 84), rows)


def _action(block: ActionBlock) -> list[Cell]:
    what: list[tuple[Run, ...]] = [(bold(block.title),)] if block.title else []
    what += [(Run(block.text),)] if block.text else []
    what += [(Run(owner),) for owner in block.owners]
    what += [(Run(f"{block.due}. {block.state}."),), *_told(block.about)]
    how: list[tuple[Run, ...]] = [(bold(flag),) for flag in block.flags]
    if len(block.history) > 1:
        strip = [_square(letter) for letter, _on in block.history]
        how.append((*strip, Run(f" since {block.history[0][1]}")))
    how += _told(block.told)
    return [Cell(((_square(block.letter),), (bold(block.reference),))), Cell(tuple(what)), Cell(tuple(how))]


def _told(pairs: Labelled) -> list[tuple[Run, ...]]:
    return [(bold(f"{label}: "), Run(words)) for label, words in pairs]


def _rating(letter: str, words: str) -> Cell:
    return Cell(((_square(letter), Run(f" {words}")),))


def _square(letter: str) -> Run:
    """The letter on its colour, with a line round it: read in black and white."""
    fill, ink = FILLS[letter]
    return Run(f" {letter} ", is_bold=True, fill=fill, ink=ink)


def _paragraph(document: WordDocument, words: str, *, is_bold: bool = False) -> None:
    if words:
        document.add_paragraph().add_run(words).bold = is_bold or None


def _labelled(document: WordDocument, label: str, words: str) -> None:
    if words:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(words)


def _picture(document: WordDocument, svg: str, words: str) -> None:
    """A drawing as a picture with its words."""
    (drawn,) = as_pictures(PICTURE, {"drawn": list(svg.encode())}, dots_per_inch=DOTS)
    shape = document.add_picture(BytesIO(drawn), width=Mm(176))
    shape._inline.docPr.set("descr", words)
    shape._inline.docPr.set("title", words.split(".")[0])


__all__ = ["MIME", "as_board_word"]
