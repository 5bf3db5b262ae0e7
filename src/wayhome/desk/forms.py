from django.core.exceptions import ValidationError

from wayhome.access.submitting import SubmittedForm
from wayhome.people.rules import name_words
from wayhome.web import forms

NOT_A_WHOLE_NAME = "Enter their given name and their family name"


class Search(forms.Form):
    """Sent by POST, so that no name stands in an address."""

    q = forms.TextField(
        "Name or number",
        hint="A name, part of a name, an NHS number or another number the child is known by",
        max_length=100,
        autocomplete="off",
        spellcheck=False,
        required_message="Enter a name or a number",
    )
    year = forms.NumberField(
        "Year of birth",
        hint="For example, 2011",
        at_least=1900,
        at_most=2100,
        required=False,
        width=4,
    )

    def clean_q(self) -> str:
        """As it would be written."""
        return " ".join(self.cleaned_data["q"].split())


class AskIndex(forms.Form):
    """Sent by POST, so that neither name nor number stays in an address."""

    by = forms.ChoiceField(
        "What do you know about the child?",
        [
            forms.Choice("name", "Their whole name and date of birth", reveals=("name", "born_on")),
            forms.Choice("number", "Their NHS number or UPN", reveals=("number",)),
        ],
        required_message="Choose what you know about the child",
    )
    name = forms.TextField(
        "Whole name",
        hint="Given name and family name, in any order",
        width=30,
        max_length=100,
        autocomplete="off",
        spellcheck=False,
    )
    born_on = forms.DateField("Date of birth", hint="For example, 5 6 2011")
    number = forms.TextField(
        "NHS number or UPN",
        required_message="Enter an NHS number or UPN",
        width=20,
        max_length=40,
        autocomplete="off",
        spellcheck=False,
    )

    def clean_name(self) -> str:
        """A whole name: one word alone would be a way to fish for children."""
        name: str = self.cleaned_data["name"]
        if len(name_words(name)) < 2:
            raise ValidationError(NOT_A_WHOLE_NAME)
        return name


class LinkForm(SubmittedForm):
    user_id = forms.ChoiceField("Who is linked to the home?", shape="select")
    since = forms.DateField("From which day?", hint="For example, 27 3 2026")


class EndLinkForm(SubmittedForm):
    on = forms.DateField("From which day are they not linked any more?", hint="For example, 27 3 2026")
