"""What the words around the tables say of the plan as a whole: its title, vision, statement and key."""

import re
from collections.abc import Iterator, Sequence

from wayhome.strategy.imports.blocks import Block, Document, Heading, Row, Table
from wayhome.strategy.imports.draft import KeyEntry, Section
from wayhome.strategy.imports.markup import one_line
from wayhome.strategy.imports.understand.priorities import is_title
from wayhome.strategy.rules.ratings import Rating

_KEY = re.compile(r"(?P<colour>blue|green|amber|red)\s*[=:–-]\s*(?P<meaning>\S.*)", re.IGNORECASE | re.DOTALL)
_VISION = re.compile(r"(?:our\s+|the\s+|shared\s+)*vision(?:\s+statement)?", re.IGNORECASE)
_STATEMENT = re.compile(
    r"(?:our\s+)?(?:statement of (?:intent|purpose|commitment)|mission(?: statement)?|purpose statement)",
    re.IGNORECASE,
)


def title_of(document: Document) -> tuple[Section | None, str]:
    """The title, and why we think so: the first heading, the line above everything in a sheet, what the file says."""
    for block in document.blocks:
        if isinstance(block, Table):
            top = title_above(block)
            if top:
                return top, "It stands alone above everything else in the first sheet."
            break
        if is_title(block):
            return Section(block.line, one_line(block.text)), "It is the first heading."
    return None, "No heading stands before its first table."


def title_above(table: Table) -> Section | None:
    """The first row of a sheet, where it has words in one cell only; of a CSV file, where nothing stands below it."""
    rows = [row for row in table.rows if row.filled]
    if table.may_be_split or len(rows) < 2 or len(rows[0].filled) != 1:
        return None
    if not table.sheet and rows[1].line == rows[0].line + 1:
        return None
    return Section(rows[0].line, one_line(rows[0].cells[rows[0].filled[0]].text))


def under(blocks: Sequence[Block], heading: re.Pattern[str]) -> str:
    """The paragraphs under a heading, or the words after it on the same line."""
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            continue
        name, colon, rest = block.text.partition(":")
        if not heading.fullmatch(name.strip()):
            continue
        if rest.strip():
            return rest.strip()
        if colon or is_title(block):
            return "\n\n".join(_until_next_heading(blocks[place + 1 :]))
    return ""


def _until_next_heading(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading | Table) or is_title(block):
            return
        yield block.text


def vision_of(blocks: Sequence[Block]) -> str:
    """What the partnership wants for children, in its own words."""
    return under(blocks, _VISION)


def statement_of(blocks: Sequence[Block]) -> str:
    """What the partnership declares."""
    return under(blocks, _STATEMENT)


def key_of(blocks: Sequence[Block]) -> tuple[KeyEntry, ...]:
    """What the colours mean in this plan: each the first time it is said."""
    found: dict[Rating, KeyEntry] = {}
    for text in _short_texts(blocks):
        said = _KEY.fullmatch(text)
        if said:
            rating = Rating(said["colour"].casefold())
            found.setdefault(rating, KeyEntry(rating, said["meaning"].strip()))
    return tuple(found.values())


def _short_texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (key for row in block.rows if (key := text_of_key_row(row)))
        else:
            yield from block.text.split("\n")


def text_of_key_row(row: Row) -> str:
    """A row that explains a colour ("Blue", "Complete") as one text, else nothing."""
    words = [row.cells[place].text for place in row.filled]
    if not 0 < len(words) <= 2 or len(words[0]) > 200 or row.filled[0] or len(words[-1]) == 1:
        return ""  # further right it is a word of its column; and a letter explains nothing
    text = one_line(" = ".join(words))
    return text if _KEY.fullmatch(text) else ""
