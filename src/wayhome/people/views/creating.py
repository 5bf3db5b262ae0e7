from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wayhome.access.commands import Opening
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Scope, Verb
from wayhome.access.submitting import form_for, send
from wayhome.access.vocabulary import Basis
from wayhome.kernel.clock import london_day
from wayhome.kernel.partial_date import Precision
from wayhome.kernel.viewer import Viewer
from wayhome.people import commands
from wayhome.people.commands import NewPerson, PersonDetails
from wayhome.people.forms import CreateForm
from wayhome.people.queries import IndexCard, PersonCard, kept_search
from wayhome.web.pages import render

REASON = "Created the record"


@allowed_to(Verb.CREATE_CHILD)
def create_person(request: ViewerRequest) -> HttpResponse:
    """After a search only; and once more it is asked whether the child is one of those already known."""
    search = kept_search(request.GET.get("search", ""), viewer=request.viewer, now=request.now)
    first = named(search.q) if search else {}
    form = form_for(request, CreateForm, name="create_person", today=london_day(request.now), initial=first)
    if request.method != "POST" and not search and not form.saved_at:
        return redirect("find")
    known = already_known(request, form)
    if known is not None:
        form.carry("looked_at", looked_at(form.details()))
        context: dict[str, object] = {"form": form, **known}
        return render(request, "people/create.html", context)

    def do(_: dict[str, Any]) -> str:
        new = NewPerson(**details_in(form), openings=openings_for(request.viewer))
        made = commands.create_person(new=new, viewer=request.viewer, now=request.now)
        return reverse("child", args=[made])

    done = send(request, form, name="create_person", do=do)
    return done or render(request, "people/create.html", {"form": form, "matches": [], "cards": []})


def named(searched: str) -> dict[str, str]:
    """The words that were searched for, as they were probably meant."""
    words = [word for word in searched.split() if not any(c.isdigit() for c in word)]
    return {"given_name": " ".join(words[:-1] or words), "family_name": " ".join(words[1:][-1:])}


def details_in(form: CreateForm) -> dict[str, Any]:
    details = form.details()
    return {name: getattr(details, name) for name in PersonDetails.__dataclass_fields__}


def looked_at(details: PersonDetails) -> str:
    """What the likely matches were looked up by: if it changes, they are looked up again."""
    return f"{details.given_name} {details.family_name} {details.date_of_birth}"


def already_known(
    request: ViewerRequest, form: CreateForm
) -> dict[str, list[PersonCard] | list[IndexCard]] | None:
    """Those who may be this child, if there are any and the viewer has not said yet that it is none of them."""
    if request.method != "POST" or not form.is_valid():
        return None
    details = form.details()
    if form.cleaned_data["looked_at"] == looked_at(details):
        return None
    name = f"{details.given_name} {details.family_name}".strip()
    born = details.date_of_birth if details.birth_precision == Precision.DAY else None
    year = details.date_of_birth.year if details.date_of_birth else None
    asked: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    matches = commands.find(typed=name, year=year, **asked)[:10] if name else []
    cards = commands.ask_index(name=name, born=born, number="", **asked) if name and born else []
    seen = {match.id for match in matches}
    cards = [card for card in cards if card.person_id not in seen]
    return {"matches": matches, "cards": cards} if matches or cards else None


def openings_for(viewer: Viewer) -> tuple[Opening, ...]:
    """Who sees the new record: the teams of the one who creates it, or they alone if they are in none."""
    basis = Basis.INVOLVEMENT if viewer.has(Scope.PRACTITIONER) else Basis.REPORT
    if not viewer.team_ids:
        return (Opening(basis=basis, reason=REASON, user_id=viewer.user_id),)
    return tuple(Opening(basis=basis, reason=REASON, team_id=team_id) for team_id in sorted(viewer.team_ids))
