"""What can be chosen in the forms of a plan, and the one way all of them are shown and sent."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest
from wayhome.access.submitting import SubmittedForm, send
from wayhome.kernel.clock import london_day
from wayhome.partnership.queries import agencies, bodies, teams
from wayhome.partnership.queries.governance import posts
from wayhome.strategy.commands.changing import Stale
from wayhome.strategy.models import Plan, StrategyDocument
from wayhome.strategy.rules.due import written
from wayhome.strategy.rules.listing import AXES
from wayhome.strategy.rules.plan_file import GroupingFact, PlanFile
from wayhome.web.forms.reading import read_number
from wayhome.web.pages import render

NONE = ("", "None")
# What the draft of something that is not there yet is about.
NEW = "new"
Pairs = list[tuple[str, str]]


def body_choices(on: date) -> Pairs:
    """Groups and boards, with none."""
    return [NONE, *((str(each.pk), each.name) for each in bodies(on))]


def post_choices(on: date) -> Pairs:
    """Posts with their agency, with none."""
    named = (
        (str(each.pk), f"{each.title}, {each.agency.name}" if each.agency else each.title)
        for each in posts(on)
    )
    return [NONE, *named]


def agency_choices(on: date) -> Pairs:
    """Agencies, with none."""
    return [NONE, *((str(each.pk), each.name) for each in agencies(on))]


def team_choices(on: date) -> Pairs:
    """Teams with their agency, with none."""
    return [NONE, *((str(each.pk), f"{each.name}, {each.agency.name}") for each in teams(on))]


def document_choices() -> Pairs:
    """Strategies that are not over, with none."""
    rows = StrategyDocument.objects.exclude(state__in=("refreshed", "closed")).order_by("title", "-version")
    return [NONE, *((str(each.pk), f"{each.title}, version {each.version}") for each in rows)]


def plan_choices() -> Pairs:
    """Plans that are not over, with none."""
    rows = Plan.objects.exclude(state__in=("refreshed", "closed")).order_by("title")
    return [NONE, *((str(each.pk), each.title) for each in rows)]


def grouping_choices(groupings: Iterable[GroupingFact], axis: str = "") -> Pairs:
    """Headings of one kind, or all, with none."""
    return [NONE, *((str(each.id), named(each)) for each in groupings if axis in ("", each.axis))]


def named(grouping: GroupingFact) -> str:
    """A heading with its reference."""
    return f"{grouping.reference} {grouping.title}".strip()


def action_choices(plan: PlanFile, but: UUID | None = None) -> Pairs:
    """Actions of a plan that are not ended, by reference."""
    return [
        (str(each.id), f"{each.reference} {each.title or each.text}"[:140])
        for each in plan.actions
        if each.id != but and each.state not in ("cancelled", "superseded")
    ]


def offer_groupings(form: SubmittedForm, plan: PlanFile) -> None:
    """Sets the headings and objectives of a plan where a form asks for them. What a plan has none of is not asked."""
    objectives = [(str(each.id), f"{each.reference} {each.text}".strip()[:140]) for each in plan.objectives]
    offered = {f"{axis}_id": grouping_choices(plan.groupings, axis) for axis in AXES}
    for name, choices in (offered | {"objective_id": [NONE, *objectives]}).items():
        if name in form.fields and len(choices) > 1:
            form.offer(name, choices)
        else:
            form.fields.pop(name, None)


def edition_of(data: dict[str, Any]) -> int | None:
    """The edition that was read when the form was opened."""
    return read_number(data.get("edition") or "", digits=9)


def sent(
    request: ViewerRequest,
    form: SubmittedForm,
    *,
    name: str,
    subject: UUID | str | None,
    do: Callable[[dict[str, Any]], str],
    context: dict[str, Any],
    edition: Callable[[], int | str] | None = None,
    template: str = "strategy/form.html",
) -> HttpResponse:
    """Send a form, or show it again: with what somebody faster wrote, if somebody was.

    `edition`: reads the present edition, so that the next save is over what was shown.
    """
    stale: list[Stale] = []
    about = str(subject or NEW)

    def watched(data: dict[str, Any]) -> str:
        try:
            return do(data)
        except Stale as found:
            stale.append(found)
            raise

    done = send(request, form, name=name, subject=about, do=watched)
    if done:
        return done
    if stale and edition:
        form.carry("edition", str(edition()))
    both = both_versions(form, stale[0].theirs) if stale else []
    shown = {"form": form, "both": both, "draft_name": name, "draft_subject": about, "is_grave": False}
    return render(request, template, shown | {"hint": "", "today": london_day(request.now)} | context)


def both_versions(form: SubmittedForm, theirs: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What it is, what is kept now, what was typed: of the fields of the form only where they differ."""
    found = []
    for name, value in theirs.items():
        if name not in form.fields:
            found.append((name, str(value), ""))
        elif (kept := in_words(form, name, value)) != (
            typed := in_words(form, name, form.cleaned_data.get(name))
        ):
            found.append((str(form.fields[name].label), kept, typed))
    return found


def in_words(form: SubmittedForm, name: str, value: Any) -> str:
    """A value of a field as it is read: choices by their words, days written out."""
    field = form.fields[name]
    labels = {choice.value: choice.label for choice in getattr(field, "options", ())}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(each), day(each)) for each in values if each not in (None, ""))


def day(value: Any) -> str:
    """A day as it is written, anything else as it is."""
    return written(value) if isinstance(value, date) else str(value)
