from wayhome.missing.vocabulary import PrintPurpose
from wayhome.web import forms

MASKED = "masked"


class PrintForm(forms.Form):
    """Not a SubmittedForm: a second press is a second print, and both are on the record."""

    purpose = forms.ChoiceField("What do you print it for?", PrintPurpose.choices, shape="small")
    masked = forms.MultiChoiceField(
        "Places and homes kept from view",
        [(MASKED, "Print them as well")],
        hint="That you do is kept.",
        shape="small",
        required=False,
    )
