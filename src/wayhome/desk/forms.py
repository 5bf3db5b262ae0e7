from typing import Any

from django.core.exceptions import ValidationError

from wayhome.people.rules import name_words
from wayhome.web import forms

NOTHING_TO_ASK = "Enter their whole name and date of birth, or an NHS number or UPN"
NOT_A_WHOLE_NAME = "Enter their given name and their family name"


class Search(forms.Form):
    """Sent by GET, so that going back from a record leads to the results."""

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

    name = forms.TextField(
        "Whole name",
        hint="Given name and family name, in any order",
        max_length=100,
        autocomplete="off",
        spellcheck=False,
        required=False,
    )
    born_on = forms.DateField("Date of birth", hint="For example, 5 6 2011", required=False)
    number = forms.TextField(
        "NHS number or UPN", width=20, max_length=40, autocomplete="off", spellcheck=False, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors or cleaned["number"]:
            return cleaned
        if not cleaned["name"] or not cleaned["born_on"]:
            raise ValidationError(NOTHING_TO_ASK)
        if len(name_words(cleaned["name"])) < 2:
            self.add_error("name", NOT_A_WHOLE_NAME)
        return cleaned
