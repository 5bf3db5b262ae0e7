"""Words outside tables: a paragraph, or the items of a list that stand in one."""

from collections.abc import Iterator

from wayhome.strategy.imports.blocks import Bullet, Paragraph
from wayhome.strategy.imports.markup import BULLET, plain


def passages(line: int, text: str) -> Iterator[Paragraph | Bullet]:
    """The paragraphs and list items of a text."""
    for part in plain(text).split("\n"):
        if part.startswith(BULLET):
            yield Bullet(line, part.removeprefix(BULLET).strip())
        elif part:
            yield Paragraph(line, part)
