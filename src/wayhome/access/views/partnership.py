from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access import forms
from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to, signed_in
from wayhome.access.roles import Verb
from wayhome.access.submitting import SubmittedForm, form_for, send
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.partnership import commands
from wayhome.partnership.queries import agencies, bodies, directory, noun_called, the_partnership
from wayhome.partnership.vocabulary import AgencyKind, NounKind, TeamKind
from wayhome.web.pages import render

OPENING: dict[str, tuple[str, type[SubmittedForm]]] = {
    NounKind.AGENCY: ("Add an agency", forms.OpenAgencyForm),
    NounKind.TEAM: ("Add a team or a home", forms.OpenTeamForm),
    NounKind.BODY: ("Add a group", forms.OpenBodyForm),
}


@signed_in
def partnership(request: ViewerRequest) -> HttpResponse:
    today = london_day(request.now)
    context = {
        "partnership": the_partnership(),
        "directory": directory(today),
        "today": today,
        "agency_kinds": dict(AgencyKind.choices),
        "team_kinds": dict(TeamKind.choices),
        "may_manage": may(request.viewer, Verb.MANAGE_PARTNERSHIP),
    }
    return render(request, "access/partnership.html", context)


def _shown(
    request: ViewerRequest, form: SubmittedForm, title: str, button: str, **more: object
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button} | more
    return render(request, "access/partnership_form.html", context)


@allowed_to(Verb.MANAGE_PARTNERSHIP)
def open_noun(request: ViewerRequest, noun: str) -> HttpResponse:
    if noun not in OPENING:
        raise NotFound
    title, kind = OPENING[noun]
    form = form_for(request, kind, name=f"open_{noun}")
    _offer(form, request)

    def do(data: dict[str, Any]) -> str:
        _open(noun, data, request)
        return reverse("partnership")

    return send(request, form, name=f"open_{noun}", do=do) or _shown(request, form, title, "Add")


def _offer(form: SubmittedForm, request: ViewerRequest) -> None:
    today = london_day(request.now)
    if isinstance(form, forms.OpenTeamForm):
        form.offer("agency_id", [(str(each.pk), each.name) for each in agencies(today)])
    if isinstance(form, forms.OpenBodyForm):
        form.offer("reports_to", [(str(each.pk), each.name) for each in bodies(today)])


def _open(noun: str, data: dict[str, Any], request: ViewerRequest) -> None:
    told = {name: value for name, value in data.items() if name != "submission_key"}
    told |= {"viewer": request.viewer, "now": request.now}
    if noun == NounKind.TEAM:
        commands.open_team(**told | {"agency_id": UUID(told["agency_id"])})
        return
    ours = the_partnership()
    if ours is None:
        raise NotFound
    if noun == NounKind.AGENCY:
        commands.open_agency(partnership_id=ours.pk, **told)
    else:
        above = UUID(told["reports_to"]) if told["reports_to"] else None
        commands.open_body(partnership_id=ours.pk, **told | {"reports_to": above})


@allowed_to(Verb.MANAGE_PARTNERSHIP)
def rename(request: ViewerRequest, noun: str, noun_id: UUID) -> HttpResponse:
    subject = noun_called(noun, noun_id)
    form = form_for(request, forms.RenameForm, name="rename", subject=str(noun_id))

    def do(data: dict[str, Any]) -> str:
        commands.rename(
            noun=noun,
            noun_id=noun_id,
            name=data["name"],
            on=data["on"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("partnership")

    done = send(request, form, name="rename", subject=str(noun_id), do=do)
    return done or _shown(request, form, f"Give {subject.name} a new name", "Rename")


@allowed_to(Verb.MANAGE_PARTNERSHIP)
def phones(request: ViewerRequest, noun: str, noun_id: UUID) -> HttpResponse:
    if noun == NounKind.BODY:
        raise NotFound
    subject = noun_called(noun, noun_id)
    first = {name: getattr(subject, name, "") for name in ("phone", "out_of_hours_phone")}
    form = form_for(request, forms.PhonesForm, name="phones", subject=str(noun_id), initial=first)
    if noun == NounKind.AGENCY:
        del form.fields["out_of_hours_phone"]

    def do(data: dict[str, Any]) -> str:
        commands.change_phones(
            noun=noun,
            noun_id=noun_id,
            phone=data["phone"],
            out_of_hours_phone=data.get("out_of_hours_phone", ""),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("partnership")

    done = send(request, form, name="phones", subject=str(noun_id), do=do)
    return done or _shown(request, form, f"How {subject.name} is rung", "Save")


@allowed_to(Verb.MANAGE_PARTNERSHIP)
def close(request: ViewerRequest, noun: str, noun_id: UUID) -> HttpResponse:
    subject = noun_called(noun, noun_id)
    form = form_for(request, forms.CloseForm, name="close", subject=str(noun_id))

    def do(data: dict[str, Any]) -> str:
        commands.close(noun=noun, noun_id=noun_id, on=data["on"], viewer=request.viewer, now=request.now)
        return reverse("partnership")

    done = send(request, form, name="close", subject=str(noun_id), do=do)
    return done or _shown(request, form, f"Close {subject.name}", "Close", is_grave=True)
