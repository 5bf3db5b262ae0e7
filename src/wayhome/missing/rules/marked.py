"""What of a return interview can be marked, and how a mark comes to be taken up. Pure.

Basis: the partnership's task that what a child says in a return interview informs their plan and reaches those who can
disrupt exploitation; each thing done can be traced back to the sentence.
"""

from wayhome.kernel.refusal import Refusal
from wayhome.missing.rules.sentences import Span, trimmed
from wayhome.missing.vocabulary import MarkKind, MarkState

# The answers that are text, in the order of the talk, with what they are called beside the text.
ANSWERS = {
    "own_words": "What the child said, in their own words",
    "before": "Before",
    "during": "While they were away",
    "where_been": "Where they were",
    "with_whom": "With whom",
    "travel": "How they travelled",
    "after": "Coming back",
    "since_return": "Since the return",
    "harm": "Harm",
    "substances": "Alcohol and drugs",
    "would_help": "What would help, in the child's view",
    "carer_view": "What parents or carers say",
}
# These are about something with a number or name; it is written in one way wherever it appears.
NAMED = frozenset({MarkKind.PLACE, MarkKind.PERSON, MarkKind.PHONE, MarkKind.VEHICLE, MarkKind.HANDLE})


class NothingToMark(Refusal):
    """There are no words of a return interview to mark here: none was held, or it is not yours to read."""


class WordsNotThere(Refusal):
    """Choose the words again: they are not in the answer as it is now."""

    field = "where"


class MarkKindMissing(Refusal):
    """Choose what these words are."""

    field = "kind"


class AnswerMissing(Refusal):
    """Say what became of it."""

    field = "note"


class MarkAnsweredAlready(Refusal):
    """A colleague has taken this up or withdrawn it already. Look at what they wrote first."""


def words_at(answers: dict[str, str], field: str, start: int, end: int) -> Span:
    """The words that are marked, without white space round them. Raises WordsNotThere."""
    span = trimmed(answers.get(field, ""), Span(start, end))
    if span is None:
        raise WordsNotThere
    return span


def check_kind(kind: str) -> None:
    """Raises MarkKindMissing."""
    if kind not in MarkKind.values:
        raise MarkKindMissing


def check_answer(state: str, *, to: str, note: str) -> None:
    """A mark that waits is taken up or withdrawn, with a note. Raises MarkAnsweredAlready, AnswerMissing."""
    if state != MarkState.WAITING or to not in (MarkState.TAKEN_UP, MarkState.WITHDRAWN):
        raise MarkAnsweredAlready
    if not note.strip():
        raise AnswerMissing


def still_there(answers: dict[str, str], field: str, start: int, end: int, quote: str) -> bool:
    """Whether the words stand where they were marked. If the text was corrected since, the quote is what is left."""
    return answers.get(field, "")[start:end] == quote
