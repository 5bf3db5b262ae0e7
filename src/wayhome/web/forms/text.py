"""Fields for words and numbers."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

from wayhome.web.forms.base import GovukField, Params
from wayhome.web.forms.reading import read_number
from wayhome.web.govuk import govuk

WIDTHS = (2, 3, 4, 5, 10, 20, 30)
# Where the list of the language mirror is (assets/scripts/mirror.js).
MIRROR = "/wording/list"


class TextField(GovukField, forms.CharField):
    """One line. `width` in characters (2, 3, 4, 5, 10, 20 or 30) says how long an answer is expected."""

    input_type = "text"

    def __init__(
        self,
        label: str,
        *,
        width: int | None = None,
        autocomplete: str = "",
        inputmode: str = "",
        spellcheck: bool | None = None,
        **options: Any,
    ) -> None:
        self.width = width
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        self.spellcheck = spellcheck
        super().__init__(label, **options)

    def params(self, bound: BoundField) -> Params:
        value = bound.value()
        return super().params(bound) | {
            "label": self.label_params(bound),
            "type": self.input_type,
            "value": "" if value is None else str(value),
            "classes": f"govuk-input--width-{self.width}" if self.width else "",
            "autocomplete": self.autocomplete,
            "inputmode": self.inputmode,
            "spellcheck": self.spellcheck,
        }


class EmailField(TextField, forms.EmailField):
    """An e-mail address."""

    input_type = "email"

    def __init__(self, label: str, **options: Any) -> None:
        wrong = "Enter an email address in the correct format, like name@example.com"
        options.setdefault("autocomplete", "email")
        super().__init__(label, spellcheck=False, error_messages={"invalid": wrong}, **options)


class PasswordField(TextField):
    """A password: kept as typed, never shown again."""

    component = "password-input"

    def __init__(self, label: str, *, autocomplete: str = "current-password", **options: Any) -> None:
        super().__init__(label, autocomplete=autocomplete, strip=False, **options)

    def params(self, bound: BoundField) -> Params:
        return super().params(bound) | {"value": ""}


class NumberField(TextField):
    """A whole number, from a text box: browsers' number boxes change when the page is scrolled."""

    def __init__(
        self, label: str, *, at_least: int | None = None, at_most: int | None = None, **options: Any
    ) -> None:
        self.at_least, self.at_most = at_least, at_most
        super().__init__(label, inputmode="numeric", spellcheck=False, **{"width": 5, **options})

    def clean(self, value: Any) -> int | None:
        typed = str(super().clean(value)).replace(",", "")
        if not typed:
            return None
        number = read_number(typed.removeprefix("-"), digits=9)
        if number is None:
            raise forms.ValidationError(f"{self.label} must be a whole number, like 3")
        return self.within(-number if typed.startswith("-") else number)

    def within(self, number: int) -> int:
        """The number, if it lies between the limits."""
        if self.at_least is not None and number < self.at_least:
            raise forms.ValidationError(f"{self.label} must be {self.at_least} or more")
        if self.at_most is not None and number > self.at_most:
            raise forms.ValidationError(f"{self.label} must be {self.at_most} or less")
        return number


class TextAreaField(GovukField, forms.CharField):
    """Several lines. `at_most` counts the characters as they are typed; `own_words` is the largest box there is.

    The longest text is refused, never cut. Words that blame a child are pointed out under it, but for their own words.
    """

    def __init__(
        self,
        label: str,
        *,
        rows: int = 5,
        at_most: int | None = None,
        own_words: bool = False,
        **options: Any,
    ) -> None:
        self.rows = max(rows, 10) if own_words else rows
        self.own_words = own_words
        too_long = f"{label} must be {at_most} characters or less"
        super().__init__(label, max_length=at_most, error_messages={"max_length": too_long}, **options)

    def draw(self, bound: BoundField) -> Markup:
        return govuk("character-count" if self.max_length else "textarea", self.params(bound))

    def params(self, bound: BoundField) -> Params:
        counted: Params = {"maxlength": self.max_length} if self.max_length else {}
        return (
            super().params(bound)
            | counted
            | {
                "label": self.label_params(bound),
                "value": bound.value() or "",
                "rows": self.rows,
                "attributes": {} if self.own_words else {"data-mirror": MIRROR},
                "classes": "wh-own-words" if self.own_words else "",
            }
        )


class HiddenKey(GovukField, forms.CharField):
    """A value the page carries and nobody sees: a version, an idempotency key, the way back."""

    widget = forms.HiddenInput

    def __init__(self, *, required: bool = True, **options: Any) -> None:
        lost = "Something is missing from this page. Open it again from the start"
        super().__init__("key", required=required, required_message=lost, **options)

    def draw(self, bound: BoundField) -> Markup:
        value = bound.value()
        return Markup('<input type="hidden" name="{}" id="{}" value="{}">').format(
            bound.html_name, bound.id_for_label, "" if value is None else value
        )
