from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from wayhome.access.submitting import SubmittedForm
from wayhome.strategy.models import Guidance, HorizonItem
from wayhome.strategy.vocabulary import HorizonDecision
from wayhome.web import forms


class GuidanceForm(SubmittedForm):
    title = forms.TextField(
        "What is it called?", heading="m", required_message="Say what the document is called"
    )
    publisher = forms.TextField("Who publishes it?", heading="m", required_message="Say who publishes it")
    version = forms.TextField("Version", hint="As it calls itself.", width=20, heading="m", required=False)
    published_on = forms.DateField("When was it published?", heading="m", required=False)
    address = forms.TextField(
        "Where can it be read?",
        hint="A web address or a folder. It is shown, and never opened from here.",
        heading="m",
        required=False,
    )
    local = forms.YesNoField("Is it the partnership's own?", heading="m")
    audience = forms.MultiChoiceField(
        "Which agencies are to read it?", (), shape="small", heading="m", required=False
    )
    next_check_on = forms.DateField(
        "When should somebody look if it is still the newest?", heading="m", required=False
    )
    edition = forms.HiddenKey()

    def ask_about(self, agencies: Iterable[tuple[str, str]]) -> None:
        """The agencies that can be asked."""
        self.offer("audience", agencies)

    def show(self, row: Guidance, audience: Iterable[UUID]) -> None:
        """Start with what is known."""
        for name in ("title", "publisher", "version", "published_on", "address", "local", "next_check_on"):
            self.fields[name].initial = getattr(row, name)
        self.fields["local"].initial = "yes" if row.local else "no"
        self.fields["audience"].initial = [str(each) for each in audience]
        self.fields["edition"].initial = str(row.edition)


class CheckGuidance(SubmittedForm):
    next_check_on = forms.DateField(
        "When should somebody look again?",
        hint="Leave it empty if nobody has to.",
        heading="m",
        required=False,
    )
    edition = forms.HiddenKey()


class ReplaceGuidance(SubmittedForm):
    by = forms.ChoiceField(
        "Which document replaces it?",
        (),
        shape="select",
        heading="m",
        required=False,
        hint="Add the newer one to the library first.",
    )
    edition = forms.HiddenKey()


class Acknowledge(SubmittedForm):
    note = forms.TextAreaField(
        "What should the partnership know?",
        hint="For example, whom you told, or what stands in the way.",
        rows=3,
        at_most=1000,
        required=False,
    )


class HorizonForm(SubmittedForm):
    title = forms.TextField("What is coming?", heading="m", required_message="Say what is coming")
    why = forms.TextAreaField("Why does it matter here?", rows=3, heading="m", required=False)
    expected_on = forms.DateField("When is it expected?", heading="m", required=False)
    address = forms.TextField(
        "Where can it be read?", hint="It is shown, and never opened from here.", heading="m", required=False
    )
    owner_post = forms.ChoiceField(
        "Which post looks after it?", (), shape="select", heading="m", required=False
    )
    owner_words = forms.TextField("Or who, in words", required=False)
    guidance = forms.ChoiceField(
        "Which document of the library is it about?", (), shape="select", heading="m", required=False
    )
    edition = forms.HiddenKey()

    def ask_about(self, posts: Iterable[tuple[str, str]], documents: Iterable[tuple[str, str]]) -> None:
        """The posts and documents to choose from."""
        self.offer("owner_post", [("", "None"), *posts])
        self.offer("guidance", [("", "None"), *documents])

    def show(self, row: HorizonItem) -> None:
        """Start with what is known."""
        for name in ("title", "why", "expected_on", "address", "owner_words"):
            self.fields[name].initial = getattr(row, name)
        self.fields["owner_post"].initial = str(row.owner_post_id or "")
        self.fields["guidance"].initial = str(row.guidance_id or "")
        self.fields["edition"].initial = str(row.edition)

    def told(self) -> dict[str, Any]:
        """What was typed, as the command takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("title", "why", "expected_on", "address", "owner_words")},
            "owner_post_id": known_id(data["owner_post"]),
            "guidance_id": known_id(data["guidance"]),
        }


class DecideHorizon(SubmittedForm):
    decision = forms.ChoiceField(
        "What was decided?",
        [(str(each.value), str(each.label)) for each in HorizonDecision if each != HorizonDecision.OPEN],
        heading="m",
        required_message="Choose what was decided",
    )
    because = forms.TextAreaField("Why?", rows=3, heading="m", required_message="Say why this was decided")
    decided_on = forms.DateField(
        "On which day?", heading="m", required_message="Enter the day of the decision"
    )
    edition = forms.HiddenKey()

    def show(self, row: HorizonItem, today: date) -> None:
        """Start with what was decided before, or with today."""
        is_open = row.decision == HorizonDecision.OPEN
        self.fields["decision"].initial = "" if is_open else row.decision
        self.fields["because"].initial = row.decided_because
        self.fields["decided_on"].initial = row.decided_on or today
        self.fields["edition"].initial = str(row.edition)


def known_id(typed: str) -> UUID | None:
    """What was chosen from a list; nothing where nothing was."""
    return UUID(typed) if typed else None


def edition_of(data: dict[str, Any]) -> int:
    """Which edition was on the page; one that nobody has, if it does not say."""
    typed = str(data.get("edition", ""))
    return int(typed) if typed.isdecimal() else 0
