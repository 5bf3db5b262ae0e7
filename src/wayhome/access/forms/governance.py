from collections.abc import Iterable
from datetime import time
from typing import Any
from uuid import UUID

from wayhome.access.submitting import SubmittedForm
from wayhome.partnership.queries.governance import SeatAsked
from wayhome.partnership.vocabulary import AttendanceKind, BodyKind, SeatRole
from wayhome.web import forms


class BodyForm(SubmittedForm):
    kind = forms.ChoiceField("What is it?", BodyKind.choices, shape="inline")
    purpose = forms.TextAreaField("What is it for?", rows=3, required=False)
    meets = forms.TextField(
        "How often does it meet?", hint="For example, every quarter", required=False, width=30
    )
    reports_to = forms.ChoiceField("To whom does it report?", shape="select", required=False)
    reviewed_on = forms.DateField(
        "When was it last asked whether it is still needed?", hint="For example, 27 3 2026", required=False
    )


class TermsForm(SubmittedForm):
    text = forms.TextAreaField(
        "The terms of reference",
        hint="The text itself, or what changed and where the paper is kept.",
        rows=12,
        required_message="Write the terms of reference, or where they are kept",
    )
    cohort = forms.TextAreaField(
        "Which children come to it?",
        hint="Of a panel. Say which children, never who.",
        rows=3,
        required=False,
    )
    threshold = forms.TextAreaField("From which threshold on?", hint="Of a panel.", rows=2, required=False)
    quorum = forms.NumberField("How many seats make it quorate?", required=False, at_least=1, at_most=100)
    agreed_on = forms.DateField("When were they agreed?", required_message="Enter the day they were agreed")
    review_on = forms.DateField("When are they reviewed?", required=False)


class SeatForm(SubmittedForm):
    agency = forms.ChoiceField("Whose seat is it?", shape="select", required_message="Choose an agency")
    post = forms.ChoiceField("For which post?", shape="select", required=False)
    role = forms.ChoiceField("In which part?", SeatRole.choices, required_message="Choose a part")
    required = forms.YesNoField("Does the body need somebody in this seat?")
    since = forms.DateField("From which day on?", required_message="Enter the first day")


class DayForm(SubmittedForm):
    on = forms.DateField("From which day on?", required_message="Enter the day")


class PostForm(SubmittedForm):
    title = forms.TextField(
        "What is the post called?", width=30, required_message="Say what the post is called"
    )
    agency = forms.ChoiceField("Whose post is it?", shape="select", required=False)
    since = forms.DateField("Since when is there this post?", required_message="Enter the first day")


class HolderForm(SubmittedForm):
    account = forms.ChoiceField(
        "Do they have an account here?",
        hint="Whoever has one sees on Today what is asked of the post.",
        shape="select",
        required=False,
    )
    name = forms.TextField("Their name", width=30, autocomplete="off", required=False)
    email = forms.EmailField("Their email address", autocomplete="off", required=False)
    since = forms.DateField("From which day on?", required_message="Enter their first day")


class MeetingForm(SubmittedForm):
    held_on = forms.DateField("On which day?", required_message="Enter the day of the meeting")
    starts_at = forms.TextField(
        "At what time?", hint="For example, 10:30", required=False, width=5, max_length=5, inputmode="numeric"
    )
    place = forms.TextField("Where?", width=30, required=False)

    def clean_starts_at(self) -> time | None:
        """The time as it was typed, on the 24-hour clock."""
        typed = (self.cleaned_data["starts_at"] or "").strip().replace(".", ":")
        if not typed:
            return None
        try:
            return time.fromisoformat(typed.zfill(5))
        except ValueError:
            self.add_error("starts_at", "Enter the time as hours and minutes, such as 10:30")
            return None


class CancelForm(SubmittedForm):
    because = forms.TextAreaField(
        "Why is it cancelled?", rows=2, at_most=500, required_message="Say why the meeting is cancelled"
    )


class AttendanceForm(SubmittedForm):
    """Two questions about each seat."""

    def __init__(
        self,
        *args: Any,
        seats: Iterable[SeatAsked] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        for seat in self.seats:
            self.fields[f"kind_{seat.id.hex}"] = forms.ChoiceField(
                seat.name, AttendanceKind.choices, shape="small", required=False, initial=seat.kind
            )
            self.fields[f"name_{seat.id.hex}"] = forms.TextField(
                "Who sat there?", width=20, required=False, autocomplete="off", initial=seat.sat
            )

    def came(self) -> dict[UUID, tuple[str, str]]:
        """The answers by seat."""
        answers = {
            seat.id: (
                self.cleaned_data[f"kind_{seat.id.hex}"],
                self.cleaned_data[f"name_{seat.id.hex}"] or "",
            )
            for seat in self.seats
        }
        return {seat_id: answer for seat_id, answer in answers.items() if answer[0]}
