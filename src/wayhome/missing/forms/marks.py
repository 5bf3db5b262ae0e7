"""What is asked when words of a return interview are marked, and when a mark is answered."""

from collections.abc import Sequence
from typing import Any

from wayhome.missing.forms.acting import Acting
from wayhome.missing.queries.marks import Suggestion
from wayhome.missing.rules.mentions import Mention
from wayhome.missing.rules.sentences import Span
from wayhome.missing.vocabulary import MarkKind, MarkState
from wayhome.web import forms

HINTS = {
    MarkKind.PLAN_CHANGE: "The worker who leads sees it on their first page and when they write the analysis.",
    MarkKind.INTELLIGENCE: "A draft. Nothing is sent from here, and staff of homes never see it.",
    MarkKind.PLACE: "An address, a shop, a park, a street.",
    MarkKind.PERSON: "Anybody the child spoke of, by any name.",
}
KEEP, NONE, LATER = "keep", "none", "later"


def where(span: Span) -> str:
    """A part of an answer as a form sends it."""
    return f"{span.start}-{span.end}"


def as_span(typed: str) -> Span | None:
    """The part of an answer that a form names; None if it names none."""
    parts = typed.split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    return Span(int(parts[0]), int(parts[1]))


class MarkSentence(Acting):
    """`words`: the sentences of the answer, and words of it that were chosen by hand."""

    where = forms.ChoiceField(
        "Which words?", (), shape="small", heading="m", required_message="Choose the words you mean"
    )
    kind = forms.ChoiceField(
        "What are they?",
        [forms.Choice(kind.value, kind.label, hint=HINTS.get(kind, "")) for kind in MarkKind],
        shape="small",
        heading="m",
        required_message="Choose what these words are",
    )
    value = forms.TextField(
        "How is it written elsewhere?",
        hint="The whole number, registration, postcode or name, if it is one of these.",
        width=20,
        spellcheck=False,
        max_length=200,
        required=False,
    )
    note = forms.TextAreaField(
        "What is to change, or what else do you know?",
        hint="In your words. Do not write who told you, if it was not the child.",
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, words: Sequence[tuple[Span, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("where", [(where(span), quote) for span, quote in words])


class AnswerMark(Acting):
    state = forms.ChoiceField(
        "What became of it?", (), heading="m", required_message="Choose what became of it"
    )
    note = forms.TextAreaField(
        "How, or why not?",
        hint="For example which step of the plan it is now, or in which record it stands.",
        rows=3,
        heading="m",
        required_message="Say what became of it",
    )

    def __init__(self, *args: Any, may_take_up: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken_up = [(MarkState.TAKEN_UP.value, "It is taken up")] if may_take_up else []
        self.offer("state", [*taken_up, (MarkState.WITHDRAWN.value, "Nothing is to be done about it")])


class DecideMentions(Acting):
    """For each mention: keep it, or it is none. What is decided later is asked again."""

    def __init__(self, *args: Any, found: Sequence[tuple[Suggestion, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for suggestion, words in found:
            self._ask(name_of(suggestion), suggestion.mention, words)

    def _ask(self, name: str, mention: Mention, words: str) -> None:
        keep = forms.Choice(KEEP, "Keep it", reveals=(f"{name}-value",))
        self.fields[name] = forms.ChoiceField(
            f"{mention.kind.label}: {words}",
            [keep, (NONE, "It is not what it looks like"), (LATER, "Decide later")],
            shape="small",
            required_message=f"Choose what “{words}” is",
        )
        self.fields[f"{name}-value"] = forms.TextField(
            "How is it written elsewhere?", width=20, spellcheck=False, max_length=200, required=False
        )
        self.initial.update({name: LATER, f"{name}-value": mention.value})


def name_of(suggestion: Suggestion) -> str:
    """What the answers about one mention are called in the form."""
    mention = suggestion.mention
    return f"{mention.kind.value}-{suggestion.field}-{mention.start}-{mention.end}"
