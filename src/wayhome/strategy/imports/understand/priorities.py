"""Priorities: a heading, what it is for, and a list of what was promised under it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from wayhome.strategy.imports.blocks import Block, Bullet, Heading, Paragraph, Table
from wayhome.strategy.imports.draft import Commitment, Guess, Priority

_OBJECTIVE = re.compile(
    r"(?:(?:our|the|key|strategic|overall)\s+)*(?:objective|aim|goal|purpose|outcome)s?\s*[:–-]\s*(?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(
    r"(?:strategic\s+|key\s+)?(?:priority|objective|aim|theme|pillar|goal)\s*(?:area\s*)?(?:\d+|[IVX]+|one|two|three|four"
    r"|five|six|seven|eight)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ITEM = re.compile(r"^\(?[0-9a-z]{1,3}[.)]\s+", re.IGNORECASE)
_LISTS_PRIORITIES = re.compile(r"\b(?:priorit(?:y|ies)|themes|pillars|strategic aims)\b", re.IGNORECASE)
_PROMISES = re.compile(
    r"\b(?:we|partners|the partnership|agencies)\s+(?:will|are going to|commit)\b|\bachieve this\b|\bwe'll\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"\b(?:we|will|by|include|includes|including|following|are|is|that)\b", re.IGNORECASE)
PROMISING = "To achieve this we will:"
LONGEST_TITLE = 14
LONGEST_NAME_IN_A_LIST = 8


@dataclass(slots=True)
class Part:
    """A title and what stands under it, up to the next title or table."""

    line: int
    title: str
    objective: str = ""
    leads_in: bool = False
    # Its list begins with the very words by which a plan that is taken out says so.
    is_said: bool = False
    bullets: list[Bullet] = field(default_factory=list)


def is_title(block: Block) -> bool:
    """Whether a block is a heading: marked as one, or short words with a capital and no full stop."""
    if isinstance(block, Heading):
        return True
    if not isinstance(block, Paragraph):
        return False
    text = block.text.strip()
    if "\n" in text or not 0 < len(text.split()) <= LONGEST_TITLE or "://" in text:
        return False
    if not (text[0].isupper() or text[0].isdigit()) or text[-1] in ".;,!?":
        return False
    return not _is_lead_in(text) and not _OBJECTIVE.fullmatch(text)


def _is_lead_in(text: str) -> bool:
    """The words before a list: "We will do this by:"."""
    return text.endswith(":") and bool(_LEAD_IN.search(text) or _PROMISES.search(text))


def priorities_of(blocks: Sequence[Block]) -> tuple[tuple[Priority, ...], tuple[Guess, ...]]:
    """The priorities with their commitments. Weaker signs count only in a plan that has no stronger ones."""
    parts = [part for part in _parts(blocks) if part.bullets]
    listed = _listed(blocks)
    strong = [
        part
        for part in parts
        if part.is_said or part.objective or _name(part.title) in listed or _NUMBERED.fullmatch(part.title)
    ]
    strong = [
        part for part in strong if not _LISTS_PRIORITIES.search(part.title) or part.objective or part.leads_in
    ]
    weak = [] if strong else [part for part in parts if part.leads_in]
    guesses = [_guess_of(part, _why(part, listed)) for part in strong or weak]
    return tuple(_priority(part) for part in strong or weak), tuple(guesses)


def _why(part: Part, listed: frozenset[str]) -> str:
    if part.objective:
        return "It is a heading with an objective and a list under it."
    if _name(part.title) in listed:
        return "The plan names it in its list of priorities, and a list stands under it."
    if part.is_said:
        return "It is a heading with a list of what will be done."
    if _NUMBERED.fullmatch(part.title):
        return "It is a numbered heading with a list under it."
    return (
        "It is a heading with a list of what will be done; nothing else in the plan is marked as a priority."
    )


def _guess_of(part: Part, why: str) -> Guess:
    count = len(part.bullets)
    words = "commitment" if count == 1 else "commitments"
    return Guess(part.line, f"“{part.title}” is a priority with {count} {words}.", why)


def _priority(part: Part) -> Priority:
    made = tuple(Commitment(bullet.line, bullet.text) for bullet in part.bullets)
    return Priority(part.line, part.title, part.objective, made)


def _parts(blocks: Iterable[Block]) -> Iterator[Part]:
    part: Part | None = None
    for block in blocks:
        if isinstance(block, Table):
            if part:
                yield part
            part = None
        elif is_title(block):
            if part:
                yield part
            part = Part(block.line, _text(block).rstrip(":").strip())
        elif part:
            _add(part, block)
    if part:
        yield part


def _text(block: Block) -> str:
    return "" if isinstance(block, Table) else block.text


def _add(part: Part, block: Block) -> None:
    if isinstance(block, Bullet):
        part.bullets.append(block)
        return
    text = _text(block)
    objective = _OBJECTIVE.fullmatch(text)
    if objective and not part.objective:
        part.objective = objective["words"].strip()
    elif text.strip() == PROMISING:
        part.leads_in = part.is_said = True
    elif _PROMISES.search(text) and text.rstrip().endswith((":", "by")):
        part.leads_in = True


def _listed(blocks: Sequence[Block]) -> frozenset[str]:
    """The names that the plan gives its priorities, in a list of its own."""
    names: set[str] = set()
    is_listing = False
    for block in blocks:
        text = _text(block)
        if isinstance(block, Bullet):
            if is_listing and len(text.split()) <= LONGEST_NAME_IN_A_LIST:
                names |= {_name(text), _name(_ITEM.sub("", text, count=1))}
        else:
            is_listing = bool(_LISTS_PRIORITIES.search(text)) and not isinstance(block, Table)
    return frozenset(names)


def _name(text: str) -> str:
    """A name as it is compared: "Safety & Care:" is "safety and care"."""
    words = re.findall(r"\w+", text.casefold().replace("&", " and "))
    return " ".join(words)
