"""Helpers of these tests: a plan from a text, and words as they are counted."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from wayhome.strategy.imports.draft import TEXTS, PlanDraft
from wayhome.strategy.imports.opening import read
from wayhome.strategy.imports.understand import understand

SHARED = next(
    (up / "shared" for up in Path(__file__).resolve().parents if (up / "shared/seeds").is_dir()), None
)
needs_shared = pytest.mark.skipif(SHARED is None, reason="the source documents lie beside the repository")


def plan_of(text: str | bytes, name: str = "plan.txt") -> PlanDraft:
    return understand(read(text if isinstance(text, bytes) else text.encode(), name))


def table(*rows: Iterable[str]) -> str:
    """Rows with tabs between their cells."""
    return "\n".join("\t".join(row) for row in rows) + "\n"


def said(draft: PlanDraft) -> str:
    """What the guesses say, one a line."""
    return "\n".join(f"{guess.line}: {guess.what} {guess.why}" for guess in draft.guesses)


def words_of(*texts: str) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"\w+", text))


def words_in(draft: PlanDraft) -> Counter[str]:
    """Every word of the rows, ambitions, headings and of the key, which may stand as the last rows of a table."""
    told = [getattr(row, name) for row in draft.rows for name in TEXTS if name != "section"]
    told += [section.title for section in draft.sections]
    told += [text for a in draft.ambitions for text in (a.reference, a.title, a.lead, a.approach)]
    told += [text for entry in draft.key for text in (entry.rating, entry.meaning)]
    return words_of(*told)
