from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import SafeAndWellOutcome
from wayhome.web import forms


class Check(Acting):
    checks_read = forms.HiddenKey(required=False)
    outcome = forms.ChoiceField(
        "What did the check find?",
        SafeAndWellOutcome.choices,
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
        hint="Name, rank or role, and agency.",
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
