"""Fields for instants: a day in three boxes and a time as people write it, on a London clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

from wayhome.kernel.clock import from_wall_clock, london, start_of_day, utc_now, wall_clock_is_ambiguous
from wayhome.web.forms.base import GovukField, Params
from wayhome.web.forms.dates import DayField, TypedDay, read_day
from wayhome.web.forms.reading import read_time
from wayhome.web.govuk import govuk

FUTURE = "{label} must be in the past. Check the date and time"
CLOCKS_WENT_BACK = "The clocks went back that night. First or second time round?"
ROUNDS = (("first", "First time round, before the clocks went back"), ("second", "Second time round, after"))


class Certainty(StrEnum):
    """How well a time is known."""

    EXACT = "exact"
    ABOUT = "about"
    DAY_ONLY = "day"


CERTAINTIES = (
    (Certainty.EXACT, "This time is exact"),
    (Certainty.ABOUT, "About this time"),
    (Certainty.DAY_ONLY, "Only the day is known"),
)


@dataclass(frozen=True, slots=True)
class RoughMoment:
    """An instant and how well it is known. If only the day is, `at` is the start of it in London."""

    at: datetime
    certainty: Certainty


class TypedMoment(NamedTuple):
    """Everything that was typed or chosen."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""
    certainty: str = ""
    round: str = ""

    @property
    def typed_day(self) -> TypedDay:
        """The three boxes of the day."""
        return TypedDay(self.day, self.month, self.year)

    def is_blank(self) -> bool:
        """True if neither a day nor a time was given."""
        return not any(text.strip() for text in (*self.typed_day, self.time))


class MomentBoxes(forms.Widget):
    """Takes day, time, certainty and round out of what was sent."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedMoment:
        return TypedMoment(*(str(data.get(f"{name}-{part}", "")) for part in TypedMoment._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-day" not in data and f"{name}-time" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_


class MomentField(GovukField):
    """An instant in UTC, or None. `past` refuses what has not happened yet."""

    widget = MomentBoxes

    def __init__(self, label: str, *, past: bool = False, **options: Any) -> None:
        self.past = past
        super().__init__(label, **options)

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> Any:
        typed: TypedMoment = value or TypedMoment()
        if typed.is_blank():
            self.allow_nothing()
            return None
        moment = self.read(typed)
        if self.past and moment > utc_now():
            raise forms.ValidationError(FUTURE.format(label=self.name_in_errors()), code="future")
        return moment

    def allow_nothing(self) -> None:
        """Refuses an empty answer where one is needed."""
        if self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def read(self, typed: TypedMoment) -> datetime:
        """The instant that was typed; an error that says what is missing or wrong."""
        day = read_day(typed.typed_day, self.name_in_errors())
        at = self.read_time(typed)
        if wall_clock_is_ambiguous(day, at) and not typed.round:
            raise forms.ValidationError(CLOCKS_WENT_BACK, code="clocks_went_back")
        return on_the_wall(day, at, typed.round)

    def read_time(self, typed: TypedMoment) -> time:
        """The time of day."""
        if not typed.time.strip():
            raise forms.ValidationError(f"{self.name_in_errors()} must include a time", code="no_time")
        at = read_time(typed.time)
        if at is None:
            raise forms.ValidationError("Enter a time, like 10:30pm or 22:30", code="invalid_time")
        return at

    def name_in_errors(self) -> str:
        """The label inside a sentence: a question makes no subject."""
        return "The date and time" if str(self.label).endswith("?") else str(self.label)

    def draw(self, bound: BoundField) -> Markup:
        typed = bound.value() or TypedMoment()
        said = self.hint_and_error(bound)
        parts = [
            self.said_above(bound, said),
            self.draw_boxes(bound, typed),
            *self.draw_questions(bound, typed),
        ]
        fieldset = self.fieldset_params(bound) | {
            "describedBy": " ".join(f"{bound.id_for_label}-{kind}" for kind in self.kinds(said)),
            "role": "group",
            "html": Markup("\n").join(parts),
        }
        wrong = " govuk-form-group--error" if bound.errors else ""
        return Markup('<div class="govuk-form-group wh-moment{}">{}</div>').format(
            wrong, govuk("fieldset", fieldset)
        )

    def kinds(self, said: Params) -> list[str]:
        """Which of hint and error there are, as their ids end."""
        return [kind for kind, name in (("hint", "hint"), ("error", "errorMessage")) if name in said]

    def said_above(self, bound: BoundField, said: Params) -> Markup:
        """Hint and error, above the boxes."""
        parts = [Markup("")]
        if "hint" in said:
            parts.append(govuk("hint", said["hint"] | {"id": f"{bound.id_for_label}-hint"}))
        if "errorMessage" in said:
            parts.append(govuk("error-message", said["errorMessage"] | {"id": f"{bound.id_for_label}-error"}))
        return Markup("").join(parts)

    def draw_boxes(self, bound: BoundField, typed: TypedMoment) -> Markup:
        """Day, month, year and time in one row."""
        wrong = self.wrong_boxes(bound, typed)
        day = DayField("day")
        items = [day.box(name, getattr(typed, name), is_wrong=name in wrong) for name in TypedDay._fields]
        time_box = {
            "name": "time",
            "value": typed.time,
            "inputmode": "text",
            "classes": "govuk-input--width-5" + (" govuk-input--error" if "time" in wrong else ""),
        }
        boxes: Params = {"id": bound.id_for_label, "namePrefix": bound.html_name, "items": [*items, time_box]}
        return govuk("date-input", boxes)

    def wrong_boxes(self, bound: BoundField, typed: TypedMoment) -> set[str]:
        """The boxes that the first error is about."""
        if not bound.errors:
            return set()
        code = bound.errors.as_data()[0].code
        if code in ("no_time", "invalid_time"):
            return {"time"}
        if code == "clocks_went_back":
            return set()
        if typed.is_blank():
            return {*TypedDay._fields, "time"}
        return set(typed.typed_day.missing()) or {*TypedDay._fields, "time"}

    def draw_questions(self, bound: BoundField, typed: TypedMoment) -> list[Markup]:
        """What is asked below the boxes: which round of an hour that came twice, if it did."""
        return (
            [self.radios(bound, "round", CLOCKS_WENT_BACK, ROUNDS, typed.round or "first")]
            if is_twice(typed)
            else []
        )

    def radios(
        self, bound: BoundField, part: str, question: str, answers: tuple[tuple[str, str], ...], chosen: str
    ) -> Markup:
        """A small question beside the boxes."""
        return govuk(
            "radios",
            {
                "name": f"{bound.html_name}-{part}",
                "idPrefix": f"{bound.id_for_label}-{part}",
                "classes": "govuk-radios--small",
                "fieldset": {"legend": {"text": question}},
                "formGroup": {"classes": "wh-moment__question"},
                "items": [{"value": str(value), "text": text} for value, text in answers],
                "value": chosen,
            },
        )

    def focus_id(self, bound: BoundField) -> str:
        typed = bound.value() or TypedMoment()
        wrong = self.wrong_boxes(bound, typed)
        first = next((name for name in TypedMoment._fields if name in wrong), "round")
        return f"{bound.id_for_label}-{first}"


class RoughMomentField(MomentField):
    """An instant with how well it is known. Gives a `RoughMoment`, or None."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, RoughMoment):
            return super().prepare_value(value)
        typed = as_typed(value.at)._replace(certainty=value.certainty)
        return typed._replace(time="") if value.certainty == Certainty.DAY_ONLY else typed

    def clean(self, value: Any) -> RoughMoment | None:
        at = super().clean(value)
        return None if at is None else RoughMoment(at, certainty_of(value))

    def read(self, typed: TypedMoment) -> datetime:
        if certainty_of(typed) == Certainty.DAY_ONLY:
            return start_of_day(read_day(typed.typed_day, self.name_in_errors()))
        return super().read(typed)

    def read_time(self, typed: TypedMoment) -> time:
        if not typed.time.strip():
            sentence = "Enter a time, or say that only the day is known"
            raise forms.ValidationError(sentence, code="no_time")
        return super().read_time(typed)

    def draw_questions(self, bound: BoundField, typed: TypedMoment) -> list[Markup]:
        chosen = certainty_of(typed)
        how_well = self.radios(bound, "certainty", "How well is the time known?", CERTAINTIES, chosen)
        return [*super().draw_questions(bound, typed), how_well]


def certainty_of(typed: TypedMoment) -> Certainty:
    """What was chosen; exact if nothing was."""
    return Certainty(typed.certainty) if typed.certainty in list(Certainty) else Certainty.EXACT


def as_typed(instant: datetime) -> TypedMoment:
    """An instant as a person would type it."""
    shown = london(instant)
    which = (
        ("second" if shown.fold else "first") if wall_clock_is_ambiguous(shown.date(), shown.time()) else ""
    )
    return TypedMoment(str(shown.day), str(shown.month), str(shown.year), f"{shown:%H:%M}", round=which)


def on_the_wall(day: date, at: time, which_round: str) -> datetime:
    """The instant at which a London clock showed this."""
    try:
        return from_wall_clock(day, at, second_time_round=which_round == "second")
    except ValueError as skipped:
        raise forms.ValidationError(str(skipped), code="skipped_hour") from None


def is_twice(typed: TypedMoment) -> bool:
    """True if what was typed is a time that a London clock showed twice."""
    at = read_time(typed.time)
    try:
        day = read_day(typed.typed_day, "")
    except forms.ValidationError:
        return False
    return at is not None and wall_clock_is_ambiguous(day, at)
