from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from wayhome.access.submitting import SubmittedForm
from wayhome.strategy.commands.by_link import Said
from wayhome.strategy.forms.action import STATES, rating_fields
from wayhome.strategy.queries.asking import Part
from wayhome.strategy.queries.by_link import OwnPart
from wayhome.strategy.rules.plan_file import KeyFact
from wayhome.web import forms

WORDS = ("achieved", "next_steps", "blocker")
RATED = ("rating", "reason", "evidence", "remedy")


class UpdateByLink(SubmittedForm):
    """One page with a few questions about each action that is theirs."""

    def __init__(
        self, *args: Any, parts: Iterable[OwnPart] = (), key: Sequence[KeyFact] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(parts)
        for part in self.parts:
            self._ask(part)
            if part.leads:
                self._ask_to_rate(part, key)

    def _ask(self, part: OwnPart) -> None:
        key = part.owner_id.hex
        asked = {
            "achieved": forms.TextAreaField("What has been achieved?", rows=3, required=False),
            "next_steps": forms.TextAreaField("What comes next?", rows=3, required=False),
            "blocker": forms.TextAreaField("What is in the way?", rows=2, required=False),
            "state": forms.ChoiceField("How is your part going?", STATES, shape="small", required=False),
            "edition": forms.HiddenKey(),
        }
        for name, field in asked.items():
            self.fields[f"{name}_{key}"] = field
        self.fields[f"state_{key}"].initial = part.state
        self.fields[f"edition_{key}"].initial = str(part.edition)

    def _ask_to_rate(self, part: OwnPart, key: Sequence[KeyFact]) -> None:
        names = {name: f"{name}_{part.owner_id.hex}" for name in (*RATED, "is_rated")}
        fields = rating_fields(key)
        self.fields[names["is_rated"]] = forms.ChoiceField(
            "Do you rate this action anew?",
            [
                ("no", "No, leave its rating as it is"),
                forms.Choice("yes", "Yes", reveals=tuple(names[each] for each in RATED)),
            ],
            shape="small",
            required=False,
        )
        self.fields[names["is_rated"]].initial = "no"
        for each in RATED:
            self.fields[names[each]] = fields[each]

    def names(self, part: OwnPart) -> list[str]:
        """The fields about one part, in their order. Those of a rating are drawn with the choice that asks for it."""
        asked = ("state", *WORDS, *(("is_rated",) if part.leads else ()), "edition")
        return [f"{name}_{part.owner_id.hex}" for name in asked]

    def said(self) -> list[Said]:
        """What was typed, by part."""
        data = self.cleaned_data
        return [
            Said(
                action_id=part.action.id,
                owner_id=part.owner_id,
                **{name: data.get(f"{name}_{part.owner_id.hex}") or "" for name in WORDS},
                state=data.get(f"state_{part.owner_id.hex}") or part.state,
                edition=_number(data.get(f"edition_{part.owner_id.hex}")),
                is_rated=data.get(f"is_rated_{part.owner_id.hex}") == "yes",
                **{name: data.get(f"{name}_{part.owner_id.hex}") or "" for name in RATED},
            )
            for part in self.parts
        ]

    def read_again(self) -> None:
        """Somebody was faster: what they said is on the page now, and what is sent next knows it."""
        for part in self.parts:
            self.carry(f"edition_{part.owner_id.hex}", str(part.edition))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


class MakeLink(SubmittedForm):
    owners = forms.MultiChoiceField(
        "Which actions is it for?", (), heading="m", required_message="Choose at least one action"
    )
    name = forms.TextField(
        "Name of who gets the link",
        hint="It stands beside everything they write.",
        width=30,
        autocomplete="off",
        required_message="Enter the name of who gets the link",
    )
    email = forms.EmailField("Their email address", autocomplete="off")
    days = forms.NumberField(
        "For how many days should it work?",
        hint="At most 90. You can end it any time.",
        at_least=1,
        at_most=90,
    )
    send = forms.ChoiceField(
        "How do they get it?",
        (("mail", "Wayhome sends it to them now"), ("self", "I send it myself")),
        required_message="Say how they get it",
    )

    def ask_about(self, parts: Iterable[Part], *, has_mail: bool) -> None:
        """The actions to choose from, and whether Wayhome can send mails."""
        self.offer("owners", [(str(part.owner.id), labelled(part)) for part in parts])
        if not has_mail:
            del self.fields["send"]

    def chosen(self) -> list[UUID]:
        """The parts that were chosen."""
        return [UUID(each) for each in self.cleaned_data["owners"]]


def labelled(part: Part) -> str:
    """An owner's part as it is chosen from a list."""
    what = part.action.title or part.action.text
    short = what if len(what) <= 70 else f"{what[:70].rsplit(' ', 1)[0]} …"
    return f"{part.action.reference} {short}: {part.owner.name}"


class Because(SubmittedForm):
    because = forms.TextAreaField(
        "Why is it no longer asked for?",
        rows=3,
        at_most=500,
        required_message="Say why the update is no longer asked for",
    )


class TakeSnapshot(SubmittedForm):
    meeting = forms.ChoiceField(
        "At which meeting is it presented?", (), heading="m", required_message="Choose a meeting"
    )
    body = forms.ChoiceField("Which body?", (), shape="select", required_message="Choose a body")
    presented_on = forms.DateField("On which day?", required_message="Enter the day it is presented")

    def ask_about(
        self, meetings: Iterable[tuple[str, str]], bodies: Iterable[tuple[str, str]], *, body: str
    ) -> None:
        """The meetings of the plan's body, or any body and a day."""
        elsewhere = forms.Choice(
            "other", "Somewhere else, or on another day", reveals=("body", "presented_on")
        )
        self.offer("meeting", [*meetings, elsewhere])
        self.offer("body", bodies)
        self.fields["body"].initial = body


class SignOff(SubmittedForm):
    note = forms.TextAreaField(
        "What should stand beside your name?",
        hint="For example, what you asked to be mended before the meeting.",
        rows=3,
        at_most=1000,
        required=False,
    )


class Compare(forms.Form):
    before = forms.ChoiceField("Compare", (), shape="select")
    after = forms.ChoiceField("With", (), shape="select")

    def ask_about(self, states: Iterable[tuple[str, str]]) -> None:
        """The snapshots of the plan, and today."""
        states = list(states)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.offer(states)
