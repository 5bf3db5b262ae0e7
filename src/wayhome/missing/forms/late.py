from wayhome.web import forms


class Period(forms.Form):
    """Days from the first to the last, both of them counted."""

    since = forms.DateField("From", hint="For example, 27 3 2026", required=False)
    until = forms.DateField("To", hint="For example, 2 4 2026", required=False)
