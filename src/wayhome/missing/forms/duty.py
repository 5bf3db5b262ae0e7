from typing import Any

from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import NOTICES, DutyOutcome, WallDuty
from wayhome.web import forms

WITH_WHOM = {
    WallDuty.STRATEGY_DISCUSSION: "Who took part?",
    WallDuty.OFFER_AGAIN: "Who was asked, and by whom?",
}
WHAT = {
    WallDuty.STRATEGY_DISCUSSION: "What was agreed?",
    WallDuty.OFFER_AGAIN: "What was the answer?",
}
NOT_NEEDED = forms.Choice(
    DutyOutcome.NOT_NEEDED,
    "It is not needed",
    hint="A decision, with a reason. Your name stands beside it.",
    reveals=("why_not",),
)


def _done(*reveals: str) -> forms.Choice:
    return forms.Choice(DutyOutcome.DONE, "It is done", reveals=reveals)


class AnswerDuty(Acting):
    outcome = forms.ChoiceField(
        "What came of it?",
        [_done("with_whom", "note", "received"), NOT_NEEDED],
        heading="m",
        required_message="Say whether it is done",
    )
    with_whom = forms.TextField(
        "Who was told?",
        hint="Name, role and agency.",
        required_message="Write who took part, or who was told",
    )
    note = forms.TextAreaField(
        "What were they told?", rows=4, required_message="Write what was agreed or told"
    )
    received = forms.TextField(
        "Who said that they have it?",
        hint="Their name, if they did. You can add it later.",
        required=False,
    )
    why_not = forms.TextAreaField("Why not?", rows=4, required_message="Write why it is not needed")
    done_at = forms.MomentField(
        "When was that?", hint="When it was done, or when it was decided.", heading="m", past=True
    )

    def __init__(self, *args: Any, duty: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_whom"].label = WITH_WHOM.get(WallDuty(duty), "Who was told?")
        self.fields["note"].label = WHAT.get(WallDuty(duty), "What were they told?")
        if duty not in NOTICES:
            del self.fields["received"]
            self.offer("outcome", [_done("with_whom", "note"), NOT_NEEDED])


class Receipt(Acting):
    received_by = forms.TextField(
        "Who said that they have it?",
        hint="Name, role and agency.",
        heading="m",
        required_message="Write who said that they have it",
    )
    received_at = forms.MomentField("When did they say so?", heading="m", past=True)


class WhyLate(Acting):
    reason = forms.TextAreaField(
        "Why was it not done in time?",
        hint="What stood in the way, and what was tried. An inspector may read this in two years.",
        rows=5,
        heading="m",
        required_message="Write why it was not done in time",
    )
