from collections.abc import Iterable
from uuid import UUID

from wayhome.access.submitting import SubmittedForm
from wayhome.missing.models import SeminarInvitation
from wayhome.missing.vocabulary import Invited, OfferChannel
from wayhome.web import forms

CAME = {"yes": True, "no": False, "unknown": None}


class PlannedSeminar(SubmittedForm):
    held_at = forms.MomentField("When is it?", heading="m", required_message="Enter when the seminar is")
    place = forms.TextField("Where is it?", heading="m", required_message="Say where the seminar is")
    note = forms.TextAreaField(
        "What those who invite should know",
        hint="Who leads it, how people get there. No names of children.",
        heading="m",
        required=False,
    )


class Invitation(SubmittedForm):
    seminar = forms.ChoiceField("Which seminar?", heading="m", required_message="Choose a seminar")
    invited = forms.MultiChoiceField(
        "Whom did you invite?",
        Invited.choices,
        hint="The child and the parents are invited separately, and each may come without the other.",
        heading="m",
        required_message="Choose whom you invited",
    )
    channel = forms.ChoiceField(
        "How did you ask them?",
        OfferChannel.choices,
        heading="m",
        required_message="Choose how you asked them",
    )
    note = forms.TextAreaField("What they answered", heading="m", required=False)


class Attendance(SubmittedForm):
    """One question for each invitation."""

    def ask(self, invitations: Iterable[SeminarInvitation]) -> None:
        """Put the questions, with what is known already."""
        known = {value: word for word, value in CAME.items()}
        for each in invitations:
            name = f"came_{each.pk.hex}"
            self.fields[name] = forms.ChoiceField(
                f"{each.episode.person}: {each.get_invited_display().lower()}",
                (("yes", "Came"), ("no", "Did not come"), ("unknown", "Not known yet")),
                shape="inline",
                required=False,
            )
            self.fields[name].initial = known[each.attended]

    def came(self) -> dict[UUID, bool | None]:
        """The answers by invitation."""
        answers = ((name, value) for name, value in self.cleaned_data.items() if name.startswith("came_"))
        return {UUID(hex=name.removeprefix("came_")): CAME[value] for name, value in answers if value}
