"""The forms of a plan, its key, its headings and its commitments."""

from typing import Any
from uuid import UUID

from wayhome.access.submitting import SubmittedForm
from wayhome.strategy.commands.grouping import GroupingDetails
from wayhome.strategy.commands.plan import KeyEntry, PlanDetails
from wayhome.strategy.models import Grouping, KeyWord, Objective, Plan
from wayhome.strategy.vocabulary import Axis, FourP
from wayhome.web import forms

COLOURS = {"blue": "Blue", "green": "Green", "amber": "Amber", "red": "Red"}
REMEDY = [("yes", "This colour needs remedial action")]


def chosen(value: str | None) -> UUID | None:
    """What was chosen in a list of ours; None where nothing was."""
    return UUID(value) if value else None


def select(label: str, *, hint: str = "", required: bool = False) -> forms.ChoiceField:
    """A list whose choices depend on the plan or the day."""
    return forms.ChoiceField(label, [], hint=hint, shape="select", required=required)


class PlanForm(SubmittedForm):
    title = forms.TextField("Title of the plan", max_length=200)
    body_id = select("Which group answers for it?")
    document_id = select("Which strategy does it belong to?")
    starts_on = forms.DateField("First day", required=False)
    ends_on = forms.DateField("Last day", required=False)
    stale_after_days = forms.NumberField(
        "After how many days does a rating go stale?",
        hint="A rating that nobody confirmed for so long is shown as stale. 7 to 730 days.",
        at_least=7,
        at_most=730,
    )
    ask_days_before = forms.NumberField(
        "How many days before a meeting are owners asked?", at_least=1, at_most=90
    )
    edition = forms.HiddenKey()

    def details(self) -> PlanDetails:
        """What was typed, as the command takes it."""
        data = self.cleaned_data
        return PlanDetails(
            title=data["title"],
            body_id=chosen(data["body_id"]),
            document_id=chosen(data["document_id"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            stale_after_days=data["stale_after_days"],
            ask_days_before=data["ask_days_before"],
        )


def plan_as_typed(plan: Plan | None) -> dict[str, Any]:
    """The fields of a plan as its form shows them first."""
    if plan is None:
        return {"stale_after_days": 120, "ask_days_before": 10, "edition": "1"}
    return {
        "title": plan.title,
        "body_id": str(plan.body_id or ""),
        "document_id": str(plan.document_id or ""),
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "stale_after_days": plan.stale_after_days,
        "ask_days_before": plan.ask_days_before,
        "edition": str(plan.edition),
    }


class KeyForm(SubmittedForm):
    """What each colour means, and which ones need remedial action."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rating, name in COLOURS.items():
            self.fields[rating] = forms.TextField(f"{name} means", max_length=120)
            self.fields[f"{rating}_remedy"] = forms.MultiChoiceField(
                f"{name}: remedial action", REMEDY, shape="small", required=False
            )

    def key(self) -> dict[str, KeyEntry]:
        """What was typed, by colour."""
        data = self.cleaned_data
        return {
            rating: KeyEntry(data[rating], "yes" in (data[f"{rating}_remedy"] or ())) for rating in COLOURS
        }


def key_as_typed(words: list[KeyWord]) -> dict[str, Any]:
    """The key of a plan as its form shows it first."""
    said: dict[str, Any] = {word.rating: word.words for word in words}
    return said | {f"{word.rating}_remedy": ["yes"] if word.needs_remedy else [] for word in words}


class GroupingForm(SubmittedForm):
    axis = forms.ChoiceField("What is it?", Axis.choices, shape="small")
    reference = forms.TextField(
        "Reference", hint="As people call it, such as 2 or 7.0. It stays.", required=False, width=10
    )
    title = forms.TextField("Title", max_length=300)
    aim = forms.TextAreaField("What it is to reach", rows=3, required=False)
    approach = forms.TextAreaField("How", rows=3, required=False)
    lead = forms.TextField("Who leads it, in words", required=False)
    lead_post_id = select("The post that leads it")
    four_p = forms.MultiChoiceField(
        "Which of the four does it serve?", FourP.choices, shape="small", required=False
    )

    def details(self) -> GroupingDetails:
        """What was typed, as the command takes it."""
        data = self.cleaned_data
        return GroupingDetails(
            title=data["title"],
            aim=data["aim"],
            approach=data["approach"],
            lead=data["lead"],
            lead_post_id=chosen(data["lead_post_id"]),
            four_p=tuple(data["four_p"] or ()),
        )


def grouping_as_typed(row: Grouping) -> dict[str, Any]:
    """A heading as its form shows it first."""
    return {
        "title": row.title,
        "aim": row.aim,
        "approach": row.approach,
        "lead": row.lead,
        "lead_post_id": str(row.lead_post_id or ""),
        "four_p": row.four_p,
    }


class ObjectiveForm(SubmittedForm):
    reference = forms.TextField("Reference", hint="It stays once it is given.", required=False, width=10)
    text = forms.TextAreaField("What is to be reached", rows=3)
    priority_id = select("Priority")
    section_id = select("Section")


def objective_as_typed(row: Objective) -> dict[str, Any]:
    """An objective as its form shows it first."""
    return {
        "text": row.text,
        "priority_id": str(row.priority_id or ""),
        "section_id": str(row.section_id or ""),
    }


class MoveForm(SubmittedForm):
    """The step from one state of a plan to the next: confirmed, nothing to type."""


class CommitmentForm(SubmittedForm):
    text = forms.TextAreaField("What is promised", rows=3)
    grouping_id = select("Under which heading?")


class ServeForm(SubmittedForm):
    action_ids = forms.MultiChoiceField(
        "Which actions serve it?",
        [],
        hint="Tick every action by which this promise is kept.",
        shape="small",
        required=False,
    )


class BecauseForm(SubmittedForm):
    because = forms.TextAreaField("Why?", rows=3, required_message="Say why")
