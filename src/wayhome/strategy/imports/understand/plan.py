"""Walks through a document once and gathers what it says of the plan."""

from collections.abc import Iterable
from dataclasses import replace

from wayhome.strategy.imports.blocks import Bullet, Document, Heading, Paragraph, Table
from wayhome.strategy.imports.draft import Guess, PlanDraft, Section, in_order
from wayhome.strategy.imports.refusals import NoPlanInFile
from wayhome.strategy.imports.understand.ambitions import Ambitions
from wayhome.strategy.imports.understand.gathering import Gathering
from wayhome.strategy.imports.understand.naming import (
    guesses_of_names,
    guesses_of_numbering,
    with_whole_references,
)
from wayhome.strategy.imports.understand.priorities import is_title, priorities_of
from wayhome.strategy.imports.understand.promises import promises_in
from wayhome.strategy.imports.understand.prose import key_of, statement_of, title_of, vision_of


def understand(document: Document) -> PlanDraft:
    """The plan that a document holds. Raises NoPlanInFile where there is neither a row nor a commitment."""
    promised, blocks = promises_in(document.blocks)
    document = replace(document, blocks=blocks)
    key = key_of(document.blocks)
    title, why = title_of(document)
    ambitions = Ambitions()
    gathering = Gathering(ambitions, tuple((entry.rating, entry.meaning) for entry in key))
    _walk(document, gathering, ambitions, title)
    priorities, found = priorities_of(document.blocks)
    priorities = (*priorities, *promised)
    if not gathering.rows and not priorities:
        raise NoPlanInFile
    rows, mended = with_whole_references(gathering.rows)
    guesses: Iterable[Guess] = (
        *(Guess(note.line, note.what, note.why) for note in document.notes),
        Guess(title.line, f"The plan is called “{title.title}”.", why)
        if title
        else Guess(1, "The plan has no title.", why),
        *found,
        *mended,
        *gathering.guesses,
        *gathering.about_rows(),
        *gathering.about_ratings(),
        *guesses_of_numbering(gathering.sections),
        *guesses_of_names(rows),
    )
    return PlanDraft(
        title=title.title if title else "",
        vision=vision_of(document.blocks),
        statement=statement_of(document.blocks),
        sections=tuple(gathering.sections),
        priorities=priorities,
        ambitions=tuple(ambitions),
        rows=rows,
        key=key,
        guesses=in_order(guesses),
    )


def _walk(document: Document, gathering: Gathering, ambitions: Ambitions, title: Section | None) -> None:
    sheets = {block.sheet for block in document.blocks if isinstance(block, Table)}
    for block in document.blocks:
        if isinstance(block, Table):
            if len(sheets) > 1:
                gathering.pass_title(block.line, block.sheet)
            gathering.take(block, title)
        elif not ambitions.take(block.line, block.text) and is_title(block) and not _is(title, block):
            gathering.pass_title(block.line, block.text)


def _is(title: Section | None, block: Heading | Paragraph | Bullet) -> bool:
    """The marked title of the plan is no section of it."""
    return isinstance(block, Heading) and title is not None and block.line == title.line
