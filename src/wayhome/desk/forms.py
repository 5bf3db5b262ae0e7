from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from wayhome.access.submitting import SubmittedForm
from wayhome.people.rules import name_words
from wayhome.web import forms

NOT_A_WHOLE_NAME = "Enter their given name and their family name"


class Search(forms.Form):
    """Sent by POST, so that no name stands in an address."""

    q = forms.TextField(
        "Name or number",
        hint="A name, part of a name, an NHS number or another number the child is known by",
        max_length=100,
        autocomplete="off",
        spellcheck=False,
        required_message="Enter a name or a number",
    )
    year = forms.NumberField(
        "Year of birth",
        hint="For example, 2011",
        at_least=1900,
        at_most=2100,
        required=False,
        width=4,
    )

    def clean_q(self) -> str:
        """As it would be written."""
        return " ".join(self.cleaned_data["q"].split())


class AskIndex(forms.Form):
    """Sent by POST, so that neither name nor number stays in an address."""

    by = forms.ChoiceField(
        "What do you know about the child?",
        [
            forms.Choice("name", "Their whole name and date of birth", reveals=("name", "born_on")),
            forms.Choice("number", "Their NHS number or UPN", reveals=("number",)),
        ],
        required_message="Choose what you know about the child",
    )
    name = forms.TextField(
        "Whole name",
        hint="Given name and family name, in any order",
        width=30,
        max_length=100,
        autocomplete="off",
        spellcheck=False,
    )
    born_on = forms.DateField("Date of birth", hint="For example, 5 6 2011")
    number = forms.TextField(
        "NHS number or UPN",
        required_message="Enter an NHS number or UPN",
        width=20,
        max_length=40,
        autocomplete="off",
        spellcheck=False,
    )

    def clean_name(self) -> str:
        """A whole name: one word alone would be a way to fish for children."""
        name: str = self.cleaned_data["name"]
        if len(name_words(name)) < 2:
            raise ValidationError(NOT_A_WHOLE_NAME)
        return name


class LinkForm(SubmittedForm):
    user_id = forms.ChoiceField("Who is linked to the home?", shape="select")
    since = forms.DateField("From which day?", hint="For example, 27 3 2026")


class EndLinkForm(SubmittedForm):
    on = forms.DateField("From which day are they not linked any more?", hint="For example, 27 3 2026")


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """An episode that can be handed over, as it is offered."""

    episode_id: UUID
    who: str
    open_duties: str
    is_missing: bool = False
    is_late: bool = False


SHOWN = {"": "All", "missing": "Missing now", "late": "Something is late"}
ALL_MISSING = "all-missing"


def shown(offered: Iterable[ToHandOver], show: str, chosen: Iterable[str]) -> list[ToHandOver]:
    """Those that a filter leaves, and those that are chosen already: what is written beside them is not lost."""
    wanted = {"missing": lambda each: each.is_missing, "late": lambda each: each.is_late}.get(show)
    kept = set(chosen)
    return [each for each in offered if not wanted or wanted(each) or str(each.episode_id) in kept]


class HandOver(SubmittedForm):
    """Which children, to whom, and what the next worker has to know about each."""

    to = forms.ChoiceField(
        "Who takes over?", shape="select", heading="m", required_message="Choose who takes over"
    )
    note = forms.TextAreaField(
        "What does the next worker need to know about all of it?",
        hint="Whoever may see all the children you hand over can read it. Write about one child beside that child.",
        rows=3,
        heading="m",
        required=False,
    )
    episodes = forms.MultiChoiceField(
        "Which children?",
        hint="What is open is written down with each, as it is now.",
        heading="m",
        required_message="Choose at least one child",
    )

    def __init__(
        self, *args: Any, offered: Sequence[ToHandOver], takers: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", takers)
        choices = []
        missing = sum(each.is_missing for each in offered)
        if missing:
            words = f"All who are missing now: {missing}"
            choices.append(
                forms.Choice(ALL_MISSING, words, "Write a note beside a child below, if one needs it.")
            )
        for each in offered:
            name = f"note_{each.episode_id.hex}"
            self.fields[name] = forms.TextAreaField("What is to be known or done?", rows=2, required=False)
            choices.append(forms.Choice(str(each.episode_id), each.who, each.open_duties, reveals=(name,)))
        self.offer("episodes", choices)


def notes_of(said: Mapping[str, Any], offered: Iterable[ToHandOver]) -> dict[UUID, str]:
    """The chosen episodes with the note on each."""
    chosen = {UUID(each) for each in said["episodes"] if each != ALL_MISSING}
    if ALL_MISSING in said["episodes"]:
        chosen |= {each.episode_id for each in offered if each.is_missing}
    return {episode_id: said.get(f"note_{episode_id.hex}") or "" for episode_id in chosen}
