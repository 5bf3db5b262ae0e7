from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import TriggerAnswer
from wayhome.web import forms


class RepeatDecision(Acting):
    answer = forms.ChoiceField(
        "What follows from this?",
        TriggerAnswer.choices,
        heading="m",
        required_message="Choose what follows from this",
    )
    note = forms.TextAreaField(
        "What was decided, and why",
        hint="When and with whom. If nothing more is needed, say why.",
        heading="m",
        required=False,
    )
