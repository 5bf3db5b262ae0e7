"""Fields for days, in three boxes that take what people type: "3", "mar", "26"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from wayhome.kernel.clock import london_day, utc_now
from wayhome.kernel.partial_date import Precision
from wayhome.web.forms.base import GovukField, Params
from wayhome.web.forms.reading import read_month, read_number, read_year

WIDTHS = {"day": 2, "month": 3, "year": 4}  # a month may be a word


class TypedDay(NamedTuple):
    """The three boxes as they were typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    def missing(self) -> list[str]:
        """The names of the boxes left empty."""
        return [name for name, text in zip(self._fields, self, strict=True) if not text.strip()]


class DayBoxes(forms.Widget):
    """Takes the three boxes out of what was sent."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedDay:
        return TypedDay(*(str(data.get(f"{name}-{part}", "")) for part in TypedDay._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-day" not in data and f"{name}-year" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_


def listed(names: list[str]) -> str:
    """What is missing, in words: "a day", "a day and month"."""
    return "a " + " and ".join(names)


class DayField(GovukField):
    """What the date fields share: the drawing, and the reading of the boxes."""

    component = "date-input"
    widget = DayBoxes

    def allow_nothing(self) -> None:
        """Refuses an empty answer where one is needed."""
        if self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def name_in_errors(self) -> str:
        """The label inside a sentence: a question makes no subject."""
        return "The date" if str(self.label).endswith("?") else str(self.label)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, date):
            return TypedDay(str(value.day), str(value.month), str(value.year))
        return value

    def params(self, bound: BoundField) -> Params:
        typed = bound.value() or TypedDay()
        wrong = self.wrong_boxes(typed) if bound.errors else set()
        return super().params(bound) | {
            "namePrefix": bound.html_name,
            "fieldset": self.fieldset_params(bound) | {"role": "group"},
            "items": [self.box(name, text, is_wrong=name in wrong) for name, text in typed._asdict().items()],
        }

    def box(self, name: str, text: str, *, is_wrong: bool) -> Params:
        """One of the three. A month may be a word, so its keyboard has letters."""
        width = f"govuk-input--width-{WIDTHS[name]}"
        return {
            "name": name,
            "value": text,
            "classes": f"{width} govuk-input--error" if is_wrong else width,
            "inputmode": "text" if name == "month" else "numeric",
        }

    def wrong_boxes(self, typed: TypedDay) -> set[str]:
        """The boxes that the error is about: those left empty, else all."""
        return set(typed.missing()) or set(TypedDay._fields)

    def focus_id(self, bound: BoundField) -> str:
        typed = bound.value() or TypedDay()
        return f"{bound.id_for_label}-{(typed.missing() or ['day'])[0]}"


def read_day(typed: TypedDay, label: str) -> date:
    """The day that was typed; an error that says what is missing or wrong."""
    if typed.missing():
        raise forms.ValidationError(f"{label} must include {listed(typed.missing())}", code="incomplete")
    day, month = read_number(typed.day), read_month(typed.month)
    year = read_year(typed.year, london_day(utc_now()))
    if day is None or month is None or year is None:
        raise forms.ValidationError(f"{label} must be a real date, like 27 3 2026", code="invalid")
    try:
        return date(year, month, day)
    except ValueError:
        raise forms.ValidationError(
            f"{label} must be a real date: that month is shorter", code="invalid"
        ) from None


class DateField(DayField):
    """A day. Gives a `date`, or None."""

    def clean(self, value: Any) -> date | None:
        typed: TypedDay = value or TypedDay()
        if len(typed.missing()) == len(typed):
            self.allow_nothing()
            return None
        return read_day(typed, self.name_in_errors())


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known. `day` is the first day it can have been."""

    day: date
    precision: Precision


class PartialDateField(DayField):
    """A date of which the day, or the day and month, may be left empty. Gives a `PartialDate`, or None."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, PartialDate):
            return super().prepare_value(value)
        known = TypedDay(str(value.day.day), str(value.day.month), str(value.day.year))
        if value.precision == Precision.DAY:
            return known
        return known._replace(day="", month=known.month if value.precision == Precision.MONTH else "")

    def clean(self, value: Any) -> PartialDate | None:
        typed: TypedDay = value or TypedDay()
        label = self.name_in_errors()
        match typed.missing():
            case ["day", "month", "year"]:
                self.allow_nothing()
                return None
            case []:
                return PartialDate(read_day(typed, label), Precision.DAY)
            case ["day"]:
                return PartialDate(read_day(typed._replace(day="1"), label), Precision.MONTH)
            case ["day", "month"]:
                return PartialDate(read_day(typed._replace(day="1", month="1"), label), Precision.YEAR)
        raise forms.ValidationError(f"{label} must include {listed(typed.missing())}", code="incomplete")

    def wrong_boxes(self, typed: TypedDay) -> set[str]:
        needed = {"year"} if not typed.year.strip() else set()
        needed |= {"month"} if typed.day.strip() and not typed.month.strip() else set()
        return needed or set(TypedDay._fields)

    def focus_id(self, bound: BoundField) -> str:
        typed = bound.value() or TypedDay()
        first = next(name for name in TypedDay._fields if name in self.wrong_boxes(typed))
        return f"{bound.id_for_label}-{first}"
