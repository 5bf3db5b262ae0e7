"""The board pack of a plan of three hundred actions, from the plan to the file: as PDF, and as Word.

Beside it the same pages without tags for those who do not see them; and the same cells written one by one with
python-docx, as its manual does.
"""

import json
from collections.abc import Callable
from io import BytesIO

import typst
from docx import Document

from bench.measure import Row, alternating, median
from wayhome.strategy.pack.content import PackContent
from wayhome.strategy.pack.pdf import TEMPLATE, as_board_pdf, sheet
from wayhome.strategy.pack.word import as_board_word
from wayhome.strategy.tests.facts import AT_NOON
from wayhome.strategy.tests.packs import ASKED, large_plan, pack
from wayhome.web.printing import our_fonts

ACTIONS, TIMES = 300, 4
AT_MOST = 5.0  # seconds


def measure() -> list[Row]:
    """Two rows. The limit is what a reader waits for a download."""
    plan = large_plan(ACTIONS)

    def content() -> PackContent:
        return pack(plan, decisions=ASKED)

    return [
        _row("PDF", lambda: as_board_pdf(content(), at=AT_NOON), "no tags", lambda: _untagged(content())),
        _row("Word", lambda: as_board_word(content(), at=AT_NOON), "by cells", lambda: _by_cells(content())),
    ]


def _row(kind: str, ours: Callable[[], object], name: str, other: Callable[[], object]) -> Row:
    mine, theirs = alternating([ours] * TIMES, [other] * TIMES)
    return Row(
        f"board pack of {ACTIONS} actions, {kind}",
        "s",
        median(mine) / 1000,
        name,
        median(theirs) / 1000,
        limit=AT_MOST,
    )


def _untagged(content: PackContent) -> bytes | list[bytes] | None:
    told = {"told": json.dumps(sheet(content))}
    source = TEMPLATE.read_bytes()
    compiler = typst.Compiler(source, root=TEMPLATE.parent, font_paths=our_fonts(), sys_inputs=told)
    return compiler.compile(format="pdf", pdf_tags=False)


def _by_cells(content: PackContent) -> bytes:
    document = Document()
    table = document.add_table(rows=0, cols=3)
    for part in content.parts:
        for action in part.actions:
            cells = table.add_row().cells
            cells[0].text = f"{action.letter}\n{action.reference}"
            cells[1].text = "\n".join(
                [action.title, action.text, *action.owners, *map(": ".join, action.about)]
            )
            cells[2].text = "\n".join([*action.flags, *map(": ".join, action.told)])
    out = BytesIO()
    document.save(out)
    return out.getvalue()
