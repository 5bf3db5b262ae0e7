from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import SafeAndWellOutcome
from wayhome.web import forms

NOT_DONE = "This is a try: the check stays due until the child was seen."
HINTS = {
    SafeAndWellOutcome.REFUSED: NOT_DONE,
    SafeAndWellOutcome.NOT_POSSIBLE: NOT_DONE,
    SafeAndWellOutcome.NO_FURTHER_TRY: "Only after a try. Say why: others will rely on it.",
}


class Check(Acting):
    checks_read = forms.HiddenKey(required=False)
    outcome = forms.ChoiceField(
        "What did the check find?",
        [forms.Choice(each.value, each.label, hint=HINTS.get(each, "")) for each in SafeAndWellOutcome],
        heading="m",
        required_message="Choose what the check found",
    )
    checked_at = forms.MomentField(
        "When was it?",
        hint="If it could not be done, when you last tried.",
        heading="m",
        past=True,
        required_message="Enter when it was",
    )
    checked_by = forms.TextField(
        "Who saw the child?",
        hint="Or tried to. Name, rank or role, and agency. If no further try is made, who decides that.",
        heading="m",
        required_message="Say who saw the child, or tried to",
    )
    seen_alone = forms.YesNoField("Was the child seen alone?", heading="m", required=False)
    account = forms.TextAreaField(
        "What was seen and said?",
        hint="Injuries, what the child said, anything that has to be acted on now. If the check was not done, why.",
        heading="m",
        required=False,
    )
