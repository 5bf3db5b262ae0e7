"""Fields for choosing: radios, a select for long lists, checkboxes, yes or no."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

from wayhome.web.forms.base import GovukField, Params, field
from wayhome.web.govuk import govuk


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. `reveals` names the fields asked only with it; `divider` is a word put before it ("or")."""

    value: str
    label: str
    hint: str = ""
    reveals: tuple[str, ...] = ()
    divider: str = ""


Offered = Iterable[Choice | tuple[str, str]]


def as_choices(offered: Offered) -> tuple[Choice, ...]:
    """The choices, also from pairs of value and label (as a Django enumeration gives)."""
    return tuple(each if isinstance(each, Choice) else Choice(str(each[0]), str(each[1])) for each in offered)


class Choosing(GovukField):
    """What choosing one and choosing several share."""

    options: tuple[Choice, ...]
    choices: Any  # Django's own, in pairs

    def offer(self, offered: Offered) -> None:
        """Sets what can be chosen: for a form whose choices depend on the reader."""
        self.options = as_choices(offered)
        self.choices = [(each.value, each.label) for each in self.options]

    def ask_for(self, label: str) -> str:
        return (
            f"Answer the question “{label}”"
            if label.endswith("?")
            else f"Choose {label[:1].lower()}{label[1:]}"
        )

    def revealed_by(self, bound: BoundField) -> Mapping[str, Sequence[str]]:
        return {each.value: each.reveals for each in self.options if each.reveals}

    def items(self, bound: BoundField, chosen: Sequence[str]) -> list[Params]:
        """The answers as the component wants them."""
        items: list[Params] = []
        for each in self.options:
            items += [{"divider": each.divider}] if each.divider else []
            items.append(self.item(bound, each, is_chosen=each.value in chosen))
        return items

    def item(self, bound: BoundField, choice: Choice, *, is_chosen: bool) -> Params:
        """One answer, with what it reveals."""
        item: Params = {"value": choice.value, "text": choice.label, "checked": is_chosen}
        if choice.hint:
            item["hint"] = {"text": choice.hint}
        if choice.reveals:
            html = Markup("\n").join(field(bound.form[name]) for name in choice.reveals)
            item["conditional"] = {"html": html}
        return item

    def group_params(self, bound: BoundField, chosen: Sequence[str], classes: str) -> Params:
        """A fieldset of answers."""
        return super().params(bound) | {
            "idPrefix": bound.id_for_label,
            "fieldset": self.fieldset_params(bound),
            "items": self.items(bound, chosen),
            "classes": classes,
        }


class ChoiceField(Choosing, forms.ChoiceField):
    """One of several. `shape` is "radios", "small" or "inline" radios, or "select" for a long list."""

    def __init__(self, label: str, choices: Offered = (), *, shape: str = "radios", **options: Any) -> None:
        self.shape = shape
        super().__init__(label, **options)
        self.offer(choices)
        self.error_messages["invalid_choice"] = (
            f"{self.error_messages['required']}: the one sent is not offered"
        )

    def draw(self, bound: BoundField) -> Markup:
        if self.shape == "select":
            return govuk("select", self.select_params(bound))
        classes = "" if self.shape == "radios" else f"govuk-radios--{self.shape}"
        return govuk("radios", self.group_params(bound, [self.chosen(bound)], classes))

    def chosen(self, bound: BoundField) -> str:
        """The value now chosen, as text."""
        value = bound.value()
        return "" if value is None else str(value)

    def select_params(self, bound: BoundField) -> Params:
        """A drop-down list, beginning with nothing chosen."""
        chosen = self.chosen(bound)
        items = [{"value": "", "text": "Choose one"}] + [
            {"value": each.value, "text": each.label, "selected": each.value == chosen}
            for each in self.options
        ]
        return self.params(bound) | {"label": self.label_params(bound), "items": items}


class MultiChoiceField(Choosing, forms.MultipleChoiceField):
    """Any number of several, as checkboxes."""

    def __init__(self, label: str, choices: Offered = (), *, shape: str = "", **options: Any) -> None:
        self.shape = shape
        super().__init__(label, **options)
        self.offer(choices)

    def draw(self, bound: BoundField) -> Markup:
        chosen = [str(each) for each in bound.value() or ()]
        classes = f"govuk-checkboxes--{self.shape}" if self.shape else ""
        return govuk("checkboxes", self.group_params(bound, chosen, classes))


class YesNoField(ChoiceField):
    """Yes or no; None if it may be left open and was. `yes` and `no` name what each answer reveals."""

    def __init__(
        self, label: str, *, yes: tuple[str, ...] = (), no: tuple[str, ...] = (), **options: Any
    ) -> None:
        choices = (Choice("yes", "Yes", reveals=yes), Choice("no", "No", reveals=no))
        super().__init__(label, choices, shape="radios" if yes or no else "inline", **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))
