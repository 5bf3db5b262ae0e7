"""GOV.UK form fields as Django form fields: each knows how it is drawn, and keeps what was typed."""

from wayhome.web.forms.base import Form
from wayhome.web.forms.choices import Choice, ChoiceField, MultiChoiceField, YesNoField
from wayhome.web.forms.dates import DateField, PartialDate, PartialDateField
from wayhome.web.forms.files import FileField
from wayhome.web.forms.moments import Certainty, MomentField, RoughMoment, RoughMomentField
from wayhome.web.forms.text import EmailField, HiddenKey, NumberField, PasswordField, TextAreaField, TextField

__all__ = [
    "Certainty",
    "Choice",
    "ChoiceField",
    "DateField",
    "EmailField",
    "FileField",
    "Form",
    "HiddenKey",
    "MomentField",
    "MultiChoiceField",
    "NumberField",
    "PartialDate",
    "PartialDateField",
    "PasswordField",
    "RoughMoment",
    "RoughMomentField",
    "TextAreaField",
    "TextField",
    "YesNoField",
]
