from datetime import date
from typing import Any

from wayhome.access.submitting import SubmittedForm
from wayhome.codelists import load
from wayhome.kernel.partial_date import Precision
from wayhome.kernel.refusal import Refusal
from wayhome.people.commands import PersonDetails
from wayhome.people.models import Person
from wayhome.people.vocabulary import AddressKind, IdentifierType, NameKind, RelationshipKind
from wayhome.web import forms

ESTIMATE = "estimate"
# UPN codes such as UN1 say why there is no number, and checks of numbers are explained once, here.
NUMBER_HINT = "NHS numbers and UPNs have a check digit: a slip of the finger is noticed when you save."
SINCE = "For example, 27 3 2026. Today if you are not sure."


class DetailsForm(SubmittedForm):
    """What is said about a person on the first page."""

    given_name = forms.TextField(
        "Given names",
        hint="As they like to be called",
        width=30,
        max_length=100,
        required=False,
        spellcheck=False,
    )
    family_name = forms.TextField("Family name", width=30, max_length=100, required=False, spellcheck=False)
    born = forms.PartialDateField(
        "Date of birth", hint="As much as is known. The year alone is a help.", required=False
    )
    is_estimate = forms.MultiChoiceField(
        "Is the date of birth certain?", [(ESTIMATE, "It is an estimate")], shape="small", required=False
    )
    sex = forms.ChoiceField("Sex", shape="select", required=False)
    gender = forms.TextField("Gender, in their own words", width=20, required=False)
    ethnicity = forms.ChoiceField("Ethnicity", shape="select", required=False)
    language = forms.ChoiceField("First language", shape="select", required=False)
    needs_interpreter = forms.YesNoField("Do they need an interpreter?", required=False)
    pronunciation = forms.TextField(
        "How is the name said?", hint="For example, “Sha-VAWN”", width=20, required=False, spellcheck=False
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("sex", "ethnicity", "language"):
            self.offer(name, load(name).choices(today))

    def refuse(self, refusal: Refusal) -> None:
        """The commands speak of the date of birth; here it is one question with how well it is known."""
        if refusal.field == "date_of_birth":
            refusal.field = "born"
        super().refuse(refusal)

    def details(self) -> PersonDetails:
        """What was typed, for the commands."""
        data = self.cleaned_data
        born = data["born"]
        precision = born.precision if born else Precision.UNKNOWN
        texts = ("given_name", "family_name", "sex", "gender", "ethnicity", "language", "pronunciation")
        return PersonDetails(
            **{name: data[name].strip() for name in texts},
            date_of_birth=born.day if born else None,
            birth_precision=Precision.ESTIMATED if born and data["is_estimate"] else precision,
            needs_interpreter=bool(data["needs_interpreter"]),
        )


def as_typed(person: Person) -> dict[str, Any]:
    """What the form shows of a person as recorded."""
    same = ("given_name", "family_name", "sex", "gender", "ethnicity", "language", "pronunciation", "version")
    born = person.date_of_birth
    is_estimate = person.birth_precision == Precision.ESTIMATED
    precision = Precision.YEAR if is_estimate else Precision(person.birth_precision)
    return {name: getattr(person, name) for name in same} | {
        "born": forms.PartialDate(born, precision) if born else None,
        "is_estimate": [ESTIMATE] if is_estimate else [],
        "needs_interpreter": person.needs_interpreter or None,
    }


class CreateForm(DetailsForm):
    # What the viewer was shown as already known, when they said that it is none of these.
    looked_at = forms.HiddenKey(required=False)


class EditForm(DetailsForm):
    version = forms.HiddenKey()


class NameForm(SubmittedForm):
    kind = forms.ChoiceField(
        "What kind of name is it?",
        [(kind.value, str(kind.label)) for kind in (NameKind.ALIAS, NameKind.FORMER)],
        shape="inline",
    )
    given_name = forms.TextField("Given names", width=30, max_length=100, required=False, spellcheck=False)
    family_name = forms.TextField("Family name", width=30, max_length=100, required=False, spellcheck=False)
    source = forms.TextField("Who knows them by it?", width=30, required=False)


class IdentifierForm(SubmittedForm):
    type = forms.ChoiceField("What number is it?", IdentifierType.choices, shape="select")
    value = forms.TextField("Number", hint=NUMBER_HINT, width=20, spellcheck=False)
    issuer = forms.TextField(
        "Who gave it?", hint="The agency, if more than one gives such numbers", width=30, required=False
    )


class AddressForm(SubmittedForm):
    kind = forms.ChoiceField("What kind of address is it?", AddressKind.choices)
    lines = forms.TextAreaField("Address", rows=3)
    postcode = forms.TextField("Postcode", width=10, required=False, spellcheck=False)
    since = forms.DateField("From which day?", hint=SINCE)
    is_masked = forms.YesNoField(
        "Has this address to be kept from view?",
        hint="A refuge, or where someone must not find them. It is then shown only to those who ask for it, and that "
        "is recorded.",
    )


class RelationshipForm(SubmittedForm):
    kind = forms.ChoiceField("Who are they to the child?", RelationshipKind.choices, shape="select")
    name = forms.TextField("Name", width=30, spellcheck=False)
    phone = forms.TextField("Phone", width=20, required=False, inputmode="tel")
    has_parental_responsibility = forms.YesNoField("Do they have parental responsibility?", required=False)
    is_safe_to_contact = forms.YesNoField("Are they safe to contact?", required=False)
    note = forms.TextField(
        "What should others know?", hint="For example, when to ring, or what not to say", required=False
    )


class InvolvementForm(SubmittedForm):
    who = forms.ChoiceField("Team, and worker if named", shape="select")
    service = forms.TextField(
        "What do they do with the child?",
        hint="For example, child in need, early help, school nurse",
        width=30,
    )
    is_lead = forms.YesNoField("Do they lead the work?", hint="The lead passes on from whoever has it now.")
    since = forms.DateField("Since when?", hint=SINCE)


class EndForm(SubmittedForm):
    on = forms.DateField("Last day", hint=SINCE)


class CareForm(SubmittedForm):
    started_on = forms.DateField("First day", hint=SINCE)
    start_reason = forms.ChoiceField("Why does it start?", shape="select")
    legal_status = forms.ChoiceField("Legal status", shape="select")
    need = forms.ChoiceField("Need", shape="select", required=False)
    placement = forms.ChoiceField("Kind of placement", shape="select")
    placement_provider = forms.ChoiceField("Who provides it?", shape="select", required=False)
    home_team_id = forms.ChoiceField(
        "Home, if it is one of ours",
        hint="Its staff see the child while they live there.",
        shape="select",
        required=False,
    )
    urn = forms.TextField("Ofsted number (URN)", width=10, required=False, spellcheck=False)
    placed_by = forms.TextField(
        "Which authority placed the child, if it is not ours?",
        hint="For a child placed here by others",
        width=30,
        max_length=100,
        required=False,
    )
    placed_in = forms.TextField(
        "In which authority’s area is the placement, if not in ours?",
        hint="For a child of ours placed elsewhere",
        width=30,
        max_length=100,
        required=False,
    )
    placement_postcode = forms.TextField("Postcode of the placement", width=10, required=False)
    home_postcode = forms.TextField("Postcode of home", width=10, required=False)

    LISTS = (
        ("start_reason", "episode_reason"),
        ("legal_status", "legal_status"),
        ("need", "cin_need"),
        ("placement", "placement"),
        ("placement_provider", "placement_provider"),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for field, codes in self.LISTS:
            self.offer(field, load(codes).choices(today))


class EndCareForm(SubmittedForm):
    ended_on = forms.DateField("Last day", hint=SINCE)
    end_reason = forms.ChoiceField("Why does it end?", shape="select")
    placement_change_reason = forms.ChoiceField(
        "Why does the placement change?", shape="select", required=False
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("end_reason", load("placement_end_reason").choices(today))
        self.offer("placement_change_reason", load("placement_change_reason").choices(today))


class RestrictForm(SubmittedForm):
    named = forms.MultiChoiceField(
        "Who keeps sight of the record?",
        hint="You are always among them. Everyone else stops seeing that there is such a record.",
        shape="small",
        required=False,
    )
    reason = forms.TextAreaField(
        "Why is it restricted?", hint="Those named can read this.", rows=3, at_most=500
    )


class LiftForm(SubmittedForm):
    reason = forms.TextAreaField("Why can it be open again?", rows=3, at_most=500)
