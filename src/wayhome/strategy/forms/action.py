"""The forms of an action: what it is, who does it, what it needs, and how it goes."""

from collections.abc import Sequence
from typing import Any

from django.forms import Field

from wayhome.access.submitting import SubmittedForm
from wayhome.strategy.commands.action import ActionDetails
from wayhome.strategy.commands.progress import SAID_STATES
from wayhome.strategy.forms.plan import chosen, select
from wayhome.strategy.models import Action
from wayhome.strategy.rules.plan_file import KeyFact
from wayhome.strategy.rules.standing import needs_remedy
from wayhome.strategy.vocabulary import (
    ActionState,
    DueKind,
    FourP,
    Frequency,
    Level,
    OwnerKind,
    OwnerPart,
    RatingValue,
    ResourceState,
)
from wayhome.web import forms

STATES = [(state.value, str(ActionState(state).label)) for state in SAID_STATES]
DUE = [
    forms.Choice(DueKind.DATE, "By a date", reveals=("due_on",)),
    forms.Choice(DueKind.MONTH, "By the end of a month", reveals=("due_month",)),
    forms.Choice(DueKind.RECURRING, "Reviewed again and again", reveals=("frequency", "review_body_id")),
    forms.Choice(DueKind.OPEN, "No date"),
]
RATINGS = {
    "blue": forms.Choice("blue", "B – Blue"),
    "green": forms.Choice("green", "G – Green"),
    "amber": forms.Choice("amber", "A – Amber"),
    "red": forms.Choice("red", "R – Red"),
    "not_rated": forms.Choice("not_rated", "– Not rated"),
}


class ActionForm(SubmittedForm):
    reference = forms.TextField("Reference", hint="It never changes, and no other action gets it.", width=10)
    title = forms.TextField("Short title", required=False, max_length=200)
    text = forms.TextAreaField("What is to be done", rows=4)
    evidence = forms.TextAreaField("What will show that it worked", rows=3, required=False)
    priority_id = select("Priority")
    section_id = select("Section")
    ambition_id = select("Ambition")
    objective_id = select("Objective")
    four_p = forms.MultiChoiceField(
        "Which of the four does it serve?", FourP.choices, shape="small", required=False
    )
    level = forms.ChoiceField("Level", Level.choices, shape="small")
    due_kind = forms.ChoiceField("When is it due?", DUE)
    due_on = forms.DateField("The day", hint="For example, 31 3 2027", required=False)
    due_month = forms.DateField("A day of that month", hint="The last of that month counts", required=False)
    frequency = forms.ChoiceField("How often?", Frequency.choices, shape="select", required=False)
    review_body_id = select("By which group?")
    due_words = forms.TextField("Timescale as the plan words it", required=False)
    owner_words = forms.TextField("Responsible, as the plan words it", required=False)
    edition = forms.HiddenKey()

    def details(self) -> ActionDetails:
        """What was typed, as the command takes it."""
        data = self.cleaned_data
        is_month = data["due_kind"] == DueKind.MONTH
        return ActionDetails(
            text=data["text"],
            title=data["title"],
            evidence=data["evidence"],
            objective_id=chosen(data.get("objective_id")),
            priority_id=chosen(data.get("priority_id")),
            section_id=chosen(data.get("section_id")),
            ambition_id=chosen(data.get("ambition_id")),
            four_p=tuple(data["four_p"] or ()),
            level=data["level"],
            due_kind=data["due_kind"],
            due_on=data["due_month"] if is_month else data["due_on"],
            frequency=data["frequency"] or "",
            review_body_id=chosen(data["review_body_id"]),
            due_words=data["due_words"],
            owner_words=data["owner_words"],
        )


def action_as_typed(row: Action) -> dict[str, Any]:
    """An action as its form shows it first."""
    ids = ("objective_id", "priority_id", "section_id", "ambition_id", "review_body_id")
    plain = (
        "title",
        "text",
        "evidence",
        "four_p",
        "level",
        "due_kind",
        "frequency",
        "due_words",
        "owner_words",
    )
    return (
        {name: getattr(row, name) for name in plain}
        | {name: str(getattr(row, name) or "") for name in ids}
        | {"due_on": row.due_on, "due_month": row.due_on, "edition": str(row.edition)}
    )


class EndActionForm(SubmittedForm):
    because = forms.TextAreaField("Why is it ended?", rows=3, required_message="Say why")
    superseded_by = select("Which action replaces it?", hint="Leave empty if it is cancelled.")


class UpdateForm(SubmittedForm):
    """Phone first: how it is, then three boxes."""

    owner_id = forms.ChoiceField("Which part do you speak for?", [], shape="small")
    state = forms.ChoiceField("How is it going?", STATES, shape="small")
    achieved = forms.TextAreaField("What has been achieved?", rows=4, required=False)
    next_steps = forms.TextAreaField("What comes next?", rows=3, required=False)
    blocker = forms.TextAreaField(
        "What is in the way?",
        hint="Needed if it is stalled, so that somebody can help.",
        rows=2,
        required=False,
    )
    edition = forms.HiddenKey()


class RateForm(SubmittedForm):
    """A colour needs what shows it; not rated does not."""

    rating = forms.ChoiceField("How does it stand?", list(RATINGS.values()))
    reason = forms.TextAreaField("Why?", rows=3)
    evidence = forms.TextAreaField(
        "What shows it?", hint="A document, a figure, who saw it. Not needed if it is not rated.", rows=2
    )
    remedy = forms.TextAreaField("Remedial action", rows=3, required=False)
    edition = forms.HiddenKey()

    def __init__(self, *args: Any, needing: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("rating") == RatingValue.NOT_RATED:
            self.fields["evidence"].required = False
        asked = "What is being done about it, by whom and by when."
        needed = f" {' and '.join(needing).capitalize()} need it." if needing else ""
        self.fields["remedy"].help_text = asked + needed


def needing_remedy(key: Sequence[KeyFact]) -> list[str]:
    """The colours that need remedial action in this plan."""
    return [rating for rating in RATINGS if rating != "not_rated" and needs_remedy(rating, key)]


def rating_fields(key: Sequence[KeyFact]) -> dict[str, Field]:
    """The fields of a rating among others: none of them is demanded before it is said that there is one."""
    rate = RateForm(needing=needing_remedy(key))
    rate.offer("rating", rating_choices({fact.rating: fact.words for fact in key}))
    fields = {name: rate.fields[name] for name in ("rating", "reason", "evidence", "remedy")}
    for field in fields.values():
        field.required = False
    return fields


def rating_choices(key: dict[str, str]) -> list[forms.Choice]:
    """The colours with what they mean in this plan."""
    told = {rating: key.get(rating, "") for rating in RatingValue.values}
    told["not_rated"] = told["not_rated"] or "It cannot be judged yet"
    return [forms.Choice(rating, RATINGS[rating].label, hint=told[rating]) for rating in RatingValue.values]


WHO = [
    forms.Choice(OwnerKind.POST, "A post, and whoever holds it", reveals=("post_id",)),
    forms.Choice(OwnerKind.AGENCY, "An agency", reveals=("agency_id",)),
    forms.Choice(OwnerKind.BODY, "A group or board", reveals=("body_id",)),
    forms.Choice(OwnerKind.TEAM, "A team", reveals=("team_id",)),
    forms.Choice(OwnerKind.UNRESOLVED, "Not known yet: keep the words", reveals=("words",)),
]


class OwnerForm(SubmittedForm):
    part = forms.ChoiceField("Lead or contributor?", OwnerPart.choices, shape="inline")
    kind = forms.ChoiceField("Who is it?", WHO)
    post_id = select("Which post?")
    agency_id = select("Which agency?")
    body_id = select("Which group?")
    team_id = select("Which team?")
    words = forms.TextField("As the plan words it", required=False)
    since = forms.DateField("From which day on?")


class EndOwnerForm(SubmittedForm):
    on = forms.DateField("Last day")


class ResourceForm(SubmittedForm):
    what = forms.TextField("What is needed?", hint="A post, money, a room.")
    state = forms.ChoiceField("Is it there?", ResourceState.choices, shape="small")
    funder = forms.TextField("Who pays for it?", required=False)
    note = forms.TextField("Note", required=False)


class LinkForm(SubmittedForm):
    to_plan_id = select("A plan that is kept here")
    to_reference = forms.TextField("Reference of its action", required=False, width=10)
    words = forms.TextField("Or in words", hint="A plan that is kept elsewhere.", required=False)
