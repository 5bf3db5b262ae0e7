"""The pages on which something is added to a child's record, or ended. They differ in form and command only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.queries import places
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import SubmittedForm, form_for, send
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.partnership.queries import teams
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people import commands, forms, pack
from wayhome.people.models import CareEpisode, Involvement, Person
from wayhome.people.queries import refuse_another_childs
from wayhome.web.pages import render

Data = dict[str, Any]  # a form's cleaned data
Common = Mapping[str, Any]  # viewer and now, as every command takes them
Offering = Callable[[SubmittedForm, datetime], None]


def nothing_to_offer(form: SubmittedForm, now: datetime) -> None:
    """For forms whose choices are always the same."""


@dataclass(frozen=True, slots=True)
class Adding:
    """One such page."""

    title: str
    button: str
    form: type[SubmittedForm]
    do: Callable[[UUID, Data, Common], object]
    offer: Offering = nothing_to_offer
    is_dated: bool = False
    explained: str = ""


def offer_teams(form: SubmittedForm, now: datetime) -> None:
    """Teams, and under each its workers, in one list."""
    workers: dict[UUID, list[tuple[str, str]]] = {}
    for place in places(now):
        workers.setdefault(place.team_id, []).append((f"{place.team_id} {place.user_id}", place.name))
    choices = []
    for team in teams(london_day(now)):
        label = f"{team.name}, {team.agency.name}"
        choices.append((str(team.pk), label))
        choices += [(value, f"{label}: {name}") for value, name in workers.get(team.pk, [])]
    form.offer("who", choices)


def offer_homes(form: SubmittedForm, now: datetime) -> None:
    """Children's homes of the partnership."""
    homes = teams(london_day(now), kind=TeamKind.HOME)
    form.offer("home_team_id", [(str(home.pk), f"{home.name}, {home.agency.name}") for home in homes])


def do_involvement(person_id: UUID, data: Data, common: Common) -> object:
    team, _, worker = data["who"].partition(" ")
    return commands.begin_involvement(
        person_id=person_id,
        team_id=UUID(team),
        worker_id=UUID(worker) if worker else None,
        service=data["service"],
        is_lead=data["is_lead"],
        since=data["since"],
        **common,
    )


def do_care(person_id: UUID, data: Data, common: Common) -> object:
    home = data.pop("home_team_id")
    new = commands.NewCareEpisode(**_told(data), home_team_id=UUID(home) if home else None)
    return commands.begin_care_episode(person_id=person_id, new=new, **common)


def do_identifier(person_id: UUID, data: Data, common: Common) -> object:
    return commands.add_identifier(
        person_id=person_id, type_=data["type"], value=data["value"], issuer=data["issuer"], **common
    )


def _told(data: Data) -> Data:
    """What the form says, without its key."""
    return {name: value for name, value in data.items() if name != "submission_key"}


NOUNS: dict[str, Adding] = {
    "name": Adding(
        "Add another name",
        "Add the name",
        forms.NameForm,
        lambda person_id, data, common: commands.add_name(person_id=person_id, **_told(data), **common),
        explained="The child is then found by it as well.",
    ),
    "number": Adding("Add a number", "Add the number", forms.IdentifierForm, do_identifier),
    "address": Adding(
        "Add an address",
        "Add the address",
        forms.AddressForm,
        lambda person_id, data, common: commands.add_address(person_id=person_id, **_told(data), **common),
        explained="A new home address ends the one before it on that day.",
    ),
    "someone": Adding(
        "Add someone around the child",
        "Add them",
        forms.RelationshipForm,
        lambda person_id, data, common: commands.add_relationship(
            person_id=person_id, **_told(data), **common
        ),
    ),
    "team": Adding(
        "A team begins to work with the child",
        "Save",
        forms.InvolvementForm,
        do_involvement,
        offer=offer_teams,
        explained="Everyone in the team sees the record from now on.",
    ),
    "placement": Adding(
        "A placement begins",
        "Save the placement",
        forms.CareForm,
        do_care,
        offer=offer_homes,
        is_dated=True,
        explained="Or the legal status changes. These are the words of the SSDA903 return.",
    ),
    "plan": Adding(
        "A plan begins",
        "Save the plan",
        forms.PlanForm,
        lambda person_id, data, common: commands.begin_plan(person_id=person_id, **_told(data), **common),
    ),
}


@allowed_to(Verb.EDIT_CHILD)
def add_to_person(request: ViewerRequest, person_id: UUID, noun: str) -> HttpResponse:
    adding = NOUNS.get(noun)
    if adding is None:
        raise NotFound
    return page(request, person_id, adding, name=f"add_{noun}", subject=str(person_id))


@allowed_to(Verb.EDIT_CHILD)
def end_involvement(request: ViewerRequest, person_id: UUID, involvement_id: UUID) -> HttpResponse:
    refuse_another_childs(Involvement, involvement_id, person_id)

    def do(_: UUID, data: Data, common: Common) -> object:
        return commands.end_involvement(involvement_id=involvement_id, on=data["on"], **common)

    explained = "The team stops seeing the record, unless it has another reason to."
    ending = Adding("A team’s work with the child ends", "Save", forms.EndForm, do, explained=explained)
    return page(request, person_id, ending, name="end_involvement", subject=str(involvement_id))


@allowed_to(Verb.EDIT_CHILD)
def end_care(request: ViewerRequest, person_id: UUID, care_episode_id: UUID) -> HttpResponse:
    refuse_another_childs(CareEpisode, care_episode_id, person_id)

    def do(_: UUID, data: Data, common: Common) -> object:
        return commands.end_care_episode(care_episode_id=care_episode_id, **_told(data), **common)

    explained = "The home stops seeing the record. If the child moves, add the new placement next."
    ending = Adding("The placement ends", "Save", forms.EndCareForm, do, is_dated=True, explained=explained)
    return page(request, person_id, ending, name="end_care", subject=str(care_episode_id))


@allowed_to(Verb.EDIT_CHILD)
def end_plan(request: ViewerRequest, person_id: UUID, plan_id: UUID) -> HttpResponse:
    plan = pack.plan(person_id, plan_id)

    def do(_: UUID, data: Data, common: Common) -> object:
        return commands.end_plan(plan_id=plan_id, on=data["on"], **common)

    ending = Adding(f"{plan} ends", "Save", forms.EndPlanForm, do)
    return page(request, person_id, ending, name="end_plan", subject=str(plan_id))


def page(request: ViewerRequest, person_id: UUID, adding: Adding, *, name: str, subject: str) -> HttpResponse:
    """Show the form, or do what it asks for and go back to the page for editing."""
    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    child: Person = commands.open_record(person_id=person_id, page=name, **common)
    options = {"today": london_day(request.now)} if adding.is_dated else {}
    form = form_for(request, adding.form, name=name, subject=subject, **options)
    adding.offer(form, request.now)

    def do(data: Data) -> str:
        adding.do(person_id, data, common)
        return reverse("edit_person", args=[person_id]) + "#more"

    done = send(request, form, name=name, subject=subject, do=do)
    context = {"form": form, "child": child, "adding": adding, "name": name, "subject": subject}
    return done or render(request, "people/add.html", context)
