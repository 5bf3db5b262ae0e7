from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from wayhome.access.queries import sees
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import refused, send
from wayhome.audit.commands import discard_draft, save_draft
from wayhome.audit.queries import draft
from wayhome.codelists.wording import pointed_out_once
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.missing import commands, queries
from wayhome.missing.forms.report import (
    STEP_OF_FIELD,
    STEPS,
    Confirm,
    Step,
    answers,
    as_report,
)
from wayhome.missing.views.acting import on_record
from wayhome.missing.views.telling import lines, side_by_side, told_now
from wayhome.partnership.queries import TeamCard, team_cards, team_ids
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people.commands.reading import open_record
from wayhome.web.forms.steps import first_unanswered, merged
from wayhome.web.htmx import go_to
from wayhome.web.pages import render
from wayhome.web.showing import iso

FORM = "report_missing"
UNNAMED = "this child"


@allowed_to(Verb.REPORT_MISSING)
def report_missing(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """Danger first; then begin, or carry on where it was left."""
    if request.method == "POST":
        discard_draft(viewer=request.viewer, form=FORM, subject=str(person_id))
        return go_to(request, reverse("report_step", args=[person_id, next(iter(STEPS))]))
    child = name_of(request, person_id)
    kept = draft(viewer=request.viewer, form=FORM, subject=str(person_id))
    step = first_unanswered(answers(typed_so_far(request, person_id), child=child))
    context = {
        "person_id": person_id,
        "child": child,
        "is_open": child != UNNAMED,
        "begun_at": kept[1] if kept else None,
        "carry_on": step_address(person_id, step),
        "is_missing_now": queries.open_episode_of(person_id),
    }
    return render(request, "missing/report/start.html", context)


@allowed_to(Verb.REPORT_MISSING)
def report_step(request: ViewerRequest, person_id: UUID, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    child = name_of(request, person_id)
    typed = typed_so_far(request, person_id)
    if request.method == "POST":
        typed = keep_step(request, person_id, step)
        form = STEPS[step](request.POST, child=child, viewer=request.viewer)
        if form.is_valid():
            onward = first_unanswered(answers(typed, child=child))
            return go_to(request, step_address(person_id, onward))
    else:
        form = STEPS[step].resume(typed, child=child, viewer=request.viewer, initial=first_answers(request))
    return step_page(request, person_id, step, form)


@require_POST
@allowed_to(Verb.REPORT_MISSING)
def report_typed(request: ViewerRequest, person_id: UUID, step: str) -> HttpResponse:
    """What is being typed on a step, kept as it is typed."""
    if step not in STEPS:
        raise Http404
    keep_step(request, person_id, step)
    return JsonResponse({"saved_at": iso(request.now)})


@allowed_to(Verb.REPORT_MISSING)
def report_check(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    child = name_of(request, person_id)
    told = answers(typed_so_far(request, person_id), child=child)
    form = Confirm(request.POST) if request.method == "POST" else Confirm()

    def do(_: dict[str, Any]) -> str:
        new, back_already = as_report(told)
        episode_id = commands.report_missing(
            person_id=person_id, new=new, back_already=back_already, viewer=request.viewer, now=request.now
        )
        return reverse("reported", args=[episode_id])

    try:
        done = send(request, form, name=FORM, subject=str(person_id), do=do)
    except NotFound as refusal:
        return by_telephone(request, refusal)
    if done:
        return done
    if isinstance(form.refusal, commands.AlreadyMissing):
        return go_to(request, reverse("report_already", args=[person_id, form.refusal.episode_id]))
    if form.refusal and form.refusal.field in STEP_OF_FIELD:
        return refused_step(request, person_id, form)
    unanswered = first_unanswered(told)
    if unanswered:
        return go_to(request, step_address(person_id, unanswered))
    complete = {name: answer for name, answer in told.items() if answer is not None}
    context = {
        "form": form,
        "person_id": person_id,
        "child": child,
        "lines": lines(complete, request.now),
        "found": pointed_out_once(texts_in(complete)),
    }
    return render(request, "missing/report/check.html", context)


def texts_in(told: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What was answered in words."""
    for answer in told.values():
        yield from (words for words in answer.values() if isinstance(words, str))


@allowed_to(Verb.REPORT_MISSING)
def report_already(request: ViewerRequest, person_id: UUID, episode_id: UUID) -> HttpResponse:
    """The child is known to be missing for that time: add the report to that episode, or change the times."""
    child = name_of(request, person_id)
    told = answers(typed_so_far(request, person_id), child=child)
    form = Confirm(request.POST) if request.method == "POST" else Confirm()

    def do(_: dict[str, Any]) -> str:
        new, back_already = as_report(told)
        commands.add_report(
            episode_id=episode_id,
            person_id=person_id,
            new=new,
            back_already=back_already,
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "Your report is added. Both are kept, each with its own times.")
        # A closed episode takes the report and opens nothing.
        return reverse("episode", args=[episode_id]) if sees(person_id) else reverse("find")

    try:
        done = send(request, form, name=FORM, subject=str(person_id), do=do)
    except NotFound as refusal:
        return by_telephone(request, refusal)
    if done:
        return done
    if form.refusal and form.refusal.field in STEP_OF_FIELD:
        return refused_step(request, person_id, form)
    unanswered = first_unanswered(told)
    if unanswered:
        return go_to(request, step_address(person_id, unanswered))
    file = file_of(request, person_id, episode_id)
    context = {
        "form": form,
        "person_id": person_id,
        "child": child,
        "file": file,
        "compared": side_by_side(file, request.now, told_now(*as_report(told), request.now))
        if file
        else None,
    }
    return render(request, "missing/report/already.html", context)


@allowed_to(Verb.REPORT_MISSING)
def ring_to_report(request: ViewerRequest) -> HttpResponse:
    """Whom to ring: the same for every child, on record or not."""
    return render(request, "missing/report/ring.html", {"teams": to_ring(request), "is_kept": False})


def by_telephone(request: ViewerRequest, refusal: NotFound) -> HttpResponse:
    """A report that cannot be taken here says nothing of why: whether there is such a record, or whose."""
    refused(request, refusal, verb=FORM)
    context = {"teams": to_ring(request), "is_kept": True}
    return render(request, "missing/report/ring.html", context, status=404)


def to_ring(request: ViewerRequest) -> list[TeamCard]:
    """The coordinators and the police missing desks of the partnership."""
    today = london_day(request.now)
    kinds = (TeamKind.COORDINATION, TeamKind.POLICE_DESK)
    return [card for kind in kinds for card in team_cards(set(team_ids(kind=kind, on=today))).values()]


def name_of(request: ViewerRequest, person_id: UUID) -> str:
    """The child's name for one who may see the record; for others nothing of it, not even that there is one."""
    try:
        return str(
            open_record(person_id=person_id, page="report missing", viewer=request.viewer, now=request.now)
        )
    except NotFound:
        return UNNAMED


def file_of(request: ViewerRequest, person_id: UUID, episode_id: UUID) -> queries.EpisodeFile | None:
    """The known episode of this child, for one who may see it."""
    try:
        found = queries.episode(episode_id)
    except NotFound:
        return None
    return on_record(request, found) if found.person_id == person_id else None


def typed_so_far(request: ViewerRequest, person_id: UUID) -> QueryDict:
    """All that the viewer has typed into this report."""
    kept = draft(viewer=request.viewer, form=FORM, subject=str(person_id))
    return QueryDict(kept[0].get("typed", "") if kept else "")


def keep_step(request: ViewerRequest, person_id: UUID, step: str) -> QueryDict:
    """Keep what was typed on one step beside the others. Returns all of it."""
    typed = merged(typed_so_far(request, person_id), STEPS[step], request.POST)
    save_draft(
        viewer=request.viewer,
        now=request.now,
        form=FORM,
        subject=str(person_id),
        data={"typed": typed.urlencode(), "page": reverse("report_missing", args=[person_id])},
    )
    return typed


def first_answers(request: ViewerRequest) -> dict[str, object]:
    """What a step begins with: a report that is made now is reported now."""
    return {"reported_at": request.now}


def step_address(person_id: UUID, step: str | None) -> str:
    """A step's address; that of "check your answers" after the last."""
    if step is None:
        return reverse("report_check", args=[person_id])
    return reverse("report_step", args=[person_id, step])


def refused_step(request: ViewerRequest, person_id: UUID, form: Confirm) -> HttpResponse:
    """The step whose answer a command refused, with the answers in it and the sentence at its place."""
    refusal = form.refusal
    if refusal is None or refusal.field is None:
        raise Http404
    step = STEP_OF_FIELD[refusal.field]
    again = STEPS[step](
        typed_so_far(request, person_id), child=name_of(request, person_id), viewer=request.viewer
    )
    again.refuse(refusal)
    return step_page(request, person_id, step, again)


def step_page(request: ViewerRequest, person_id: UUID, step: str, form: Step) -> HttpResponse:
    """One step with its way back."""
    names = list(STEPS)
    start = reverse("report_missing", args=[person_id])
    is_first = step == names[0]
    back = start if is_first else step_address(person_id, names[names.index(step) - 1])
    kept = draft(viewer=request.viewer, form=FORM, subject=str(person_id))
    context = {
        "form": form,
        "person_id": person_id,
        "step": step,
        "back_address": back,
        "saved_at": kept[1] if kept else None,
        "place": names.index(step) + 1,
        "places": len(names),
    }
    return render(request, "missing/report/step.html", context)
