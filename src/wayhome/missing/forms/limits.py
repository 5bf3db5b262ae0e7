from wayhome.access.submitting import SubmittedForm
from wayhome.web import forms


class ChangeLimit(SubmittedForm):
    value = forms.NumberField("The limit", heading="m", at_least=1, at_most=999, width=3)
    source = forms.TextField(
        "Which local document says so?",
        hint="For example, your runaway and missing from home and care protocol, with its date.",
        heading="m",
        required_message="Write which local document says so",
    )
