"""The forms of the missing pack's kept-current part, and of plans."""

from typing import Any

from wayhome.access.submitting import SubmittedForm
from wayhome.people.commands import Describing, Judging
from wayhome.people.commands.photographs import KINDS
from wayhome.people.vocabulary import PlaceSafety, PlanKind
from wayhome.web import forms

LINE = 200  # characters
FEW_LINES = 500


def _line(label: str, hint: str = "") -> forms.TextField:
    return forms.TextField(label, hint=hint, required=False, max_length=LINE)


def _lines(label: str, hint: str = "") -> forms.TextAreaField:
    return forms.TextAreaField(label, hint=hint, rows=2, required=False, at_most=FEW_LINES)


class DescriptionForm(SubmittedForm):
    """Each answer fits the one page that an officer gets."""

    height = _line("Height", "As well as you know it. For example, 165 cm, up to my shoulder")
    build = _line("Build")
    hair = _line("Hair", "Colour, length, how it is worn. A wig or extensions count")
    eyes = _line("Eyes and glasses")
    marks = _lines("Scars, tattoos, piercings, braces", "What does not change with the clothes")
    clothes = _lines("Clothes, shoes and bags they like to wear")
    phones = _lines("Phones", "Numbers, network, make. Also second and borrowed phones")
    online_names = _lines("Names they use online", "With the app or game. Do not write passwords here")
    money = _lines("Money", "Bank card and bank, cash, who sends them money. No card numbers")
    transport = _lines("How they get about", "Bus pass, Oyster card, bicycle, car, who drives them")
    friends = _lines("Friends, and those they may be with", "Names, and how to reach them")
    health = _lines("Health", "Allergies, conditions, pregnancy. What happens if it is not looked after")
    medicines = _lines("Medicines", "What, when, and when it becomes dangerous to be without")
    communication = _lines("How best to talk with them", "Language, hearing, autism, how they say no")
    calming = _lines("What calms them, and what frightens them", "Uniforms, dogs, being held, loud voices")
    version = forms.HiddenKey()

    def describing(self) -> Describing:
        """What was typed, for the command."""
        names = Describing.__dataclass_fields__
        return Describing(**{name: self.cleaned_data[name].strip() for name in names})


LABELS = {
    name: str(field.label)
    for name, field in DescriptionForm.base_fields.items()
    if name in Describing.__dataclass_fields__
}

WHY_SAFE = "Who lives there, what is known, what to do there. The officer at the door reads this."


class PlaceForm(SubmittedForm):
    place = forms.TextField(
        "Which place is it?", hint="An address, or words by which it is found", max_length=LINE
    )
    why = _lines("Why may they go there?", "Who is there, when they were last there")
    safety = forms.ChoiceField(
        "Is it safe for the child to be there?",
        [
            forms.Choice(PlaceSafety.SAFE, "Safe for the child", reveals=("safe_because",)),
            forms.Choice(PlaceSafety.UNSAFE, "Not safe for the child", reveals=("unsafe_because",)),
            forms.Choice(PlaceSafety.NOT_ASSESSED, "Nobody has judged it yet", divider="or"),
        ],
    )
    safe_because = forms.TextAreaField("Why is it safe?", hint=WHY_SAFE, rows=2, at_most=FEW_LINES)
    unsafe_because = forms.TextAreaField("Why is it not safe?", hint=WHY_SAFE, rows=2, at_most=FEW_LINES)
    is_masked = forms.YesNoField(
        "Has this place to be kept from view?",
        hint="A refuge, or a witness’s home. The police and the child’s workers see it if they ask, and that is "
        "recorded. Others see only that there is such a place.",
    )
    # The judgement that this one replaces.
    over = forms.HiddenKey(required=False)

    def judging(self) -> Judging:
        """What was typed, for the command."""
        data = self.cleaned_data
        return Judging(
            place=data["place"].strip(),
            why=data["why"].strip(),
            safety=data["safety"],
            safety_reason=(data["safe_because"] or data["unsafe_because"] or "").strip(),
            is_masked=bool(data["is_masked"]),
        )


def place_as_typed(place: Any) -> dict[str, Any]:
    """What the form shows of a place as judged now."""
    return {
        "place": place.place,
        "why": place.why,
        "safety": place.safety,
        "safe_because": place.safety_reason if place.safety == PlaceSafety.SAFE else "",
        "unsafe_because": place.safety_reason if place.safety == PlaceSafety.UNSAFE else "",
        "is_masked": place.is_masked,
        "over": str(place.pk),
    }


class PhotoForm(SubmittedForm):
    file = forms.FileField(
        "Photograph",
        hint="A recent one, of the face. JPEG, PNG or WebP, up to 15 MB. Only the picture is kept: nothing of the "
        "camera, and not where it was taken.",
        accept=tuple(f"image/{kind.lower()}" for kind in KINDS),
        required_message="Choose a photograph",
    )
    taken_on = forms.DateField(
        "When was it taken?", hint="If you know. For example, 27 3 2026", required=False
    )


class ConfirmForm(SubmittedForm):
    """Nothing but the key: a question that is answered by the button."""


class PlanForm(SubmittedForm):
    kind = forms.ChoiceField("Which plan is it?", PlanKind.choices)
    since = forms.DateField("From which day?", hint="For example, 27 3 2026")
    note = forms.TextField("What should others know?", required=False, max_length=LINE)


class EndPlanForm(SubmittedForm):
    on = forms.DateField("Last day", hint="For example, 27 3 2026")
