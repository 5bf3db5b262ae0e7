from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access import commands as access
from wayhome.access import queries
from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.audit.queries import log_page
from wayhome.people import commands
from wayhome.people.forms import LiftForm, RestrictForm
from wayhome.people.masked import told_who_sees, without_kept_homes
from wayhome.web.pages import page_number, render


@allowed_to(Verb.READ_CHILD)
def who_sees(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """Everyone who can see this child, each with the reason."""
    child = commands.open_record(person_id=person_id, page="who sees", viewer=request.viewer, now=request.now)
    reasons = told_who_sees(queries.who_sees(person_id), person_id, request.viewer)
    restriction = queries.restriction_of(person_id)
    context = {
        "child": child,
        "own": {request.viewer.user_id, *request.viewer.team_ids},
        "sees": [each for each in reasons if not each.held_back],
        "held_back": [each for each in reasons if each.held_back],
        "restriction": restriction,
        "restricted_by": queries.names_of({restriction.restricted_by_id}) if restriction else {},
        "may_restrict": may(request.viewer, Verb.RESTRICT_CHILD),
    }
    return render(request, "people/who_sees.html", context)


@allowed_to(Verb.READ_CHILD)
def reads(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """Who did what with this record, for those who see the child."""
    child = commands.open_record(person_id=person_id, page="who read", viewer=request.viewer, now=request.now)
    number = page_number(request)
    context = {"child": child, "log": log_page(person_id=person_id, page=number), "page": number}
    return render(request, "people/reads.html", context)


@allowed_to(Verb.RESTRICT_CHILD)
def restrict(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    child = commands.open_record(person_id=person_id, page="restrict", viewer=request.viewer, now=request.now)
    form = form_for(request, RestrictForm, name="restrict", subject=str(person_id))
    told = without_kept_homes(queries.who_sees(person_id), person_id, request.viewer)
    colleagues = queries.who_could_be_named(told, request.now)
    others = [(str(pk), name) for pk, name in colleagues if pk != request.viewer.user_id]
    form.offer("named", others)

    def do(data: dict[str, Any]) -> str:
        access.restrict(
            person_id=person_id,
            named=frozenset({request.viewer.known_user_id, *map(UUID, data["named"])}),
            reason=data["reason"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("who_sees", args=[person_id])

    done = send(request, form, name="restrict", subject=str(person_id), do=do)
    return done or render(request, "people/restrict.html", {"form": form, "child": child})


@allowed_to(Verb.RESTRICT_CHILD)
def lift(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    child = commands.open_record(person_id=person_id, page="lift", viewer=request.viewer, now=request.now)
    form = form_for(request, LiftForm, name="lift_restriction", subject=str(person_id))

    def do(data: dict[str, Any]) -> str:
        access.lift_restriction(
            person_id=person_id, reason=data["reason"], viewer=request.viewer, now=request.now
        )
        return reverse("who_sees", args=[person_id])

    done = send(request, form, name="lift_restriction", subject=str(person_id), do=do)
    reasons = told_who_sees(queries.who_sees(person_id), person_id, request.viewer)
    held_back = [each for each in reasons if each.held_back]
    context = {"form": form, "child": child, "held_back": held_back}
    return done or render(request, "people/lift.html", context)
