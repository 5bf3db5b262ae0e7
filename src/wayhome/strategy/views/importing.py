"""Bringing in a plan: the file, the preview, the check before it is saved."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.refusal import NotFound
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.commands import importing as commands
from wayhome.strategy.commands.saving import save_import
from wayhome.strategy.forms.importing import BringPlanForm, SaveImportForm, SetAsideForm
from wayhome.strategy.intake.lines import Counts, counts_of, lines_of
from wayhome.strategy.intake.notices import in_general, placed, stops
from wayhome.strategy.queries.importing import Intake, imports_lately, intake
from wayhome.strategy.views.choices import NEW, edition_of
from wayhome.web.pages import render

A_PAGE = 50


@allowed_to(Verb.KEEP_PLANS)
def bring_plan(request: ViewerRequest) -> HttpResponse:
    """A file, or text that was pasted."""
    ours = the_partnership()
    if ours is None:
        raise NotFound
    form = form_for(request, BringPlanForm, name="bring_plan", subject=NEW)

    def do(data: dict[str, Any]) -> str:
        file, text = data.get("file"), (data["text"] or "").strip()
        if file and text:
            raise commands.BothBroughtIn
        if not file and not text:
            raise commands.NothingBroughtIn
        if file:
            # It was read once already, to tell a repeat from another file.
            file.seek(0)
        begun = commands.begin_import(
            partnership_id=ours.pk,
            file_name=file.name if file else commands.PASTED,
            data=file.read() if file else text.encode(),
            viewer=request.viewer,
            now=request.now,
        )
        if begun.is_known:
            messages.info(request, "This very file was brought in before. Here is what became of it.")
        return reverse("plan_import", args=[begun.id])

    done = send(request, form, name="bring_plan", subject=NEW, do=do)
    return done or render(request, "strategy/imports/bring.html", {"form": form, "lately": imports_lately()})


@allowed_to(Verb.KEEP_PLANS)
def plan_import(request: ViewerRequest, plan_import_id: UUID) -> HttpResponse:
    """What was understood, with every guess beside its place."""
    found = intake(plan_import_id, now=request.now)
    guesses = placed(found.preview)
    lines = lines_of(found.preview, found.ready, found.known, guesses)
    only = request.GET.get("show", "")
    shown = [line for line in lines if line.needs_eye] if only == "look" else lines
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "intake": found,
        "preview": found.preview,
        "guesses": guesses,
        "general": tuple(in_general(found.ready)),
        "stops": stops(found.preview, found.ready),
        "counts": _counts(found),
        "page": page,
        "only": only,
        "to_look_at_count": sum(1 for line in lines if line.needs_eye),
    }
    return render(request, "strategy/imports/preview.html", context)


def _counts(found: Intake) -> Counts:
    return counts_of(found.preview, found.ready)


@allowed_to(Verb.KEEP_PLANS)
def save_plan_import(request: ViewerRequest, plan_import_id: UUID) -> HttpResponse:
    """What would be saved, or what would change; then it is."""
    found = intake(plan_import_id, now=request.now)
    if not found.is_open and request.method != "POST":
        return redirect("plan_import", plan_import_id=plan_import_id)
    form = form_for(
        request,
        SaveImportForm,
        name="save_plan_import",
        subject=str(plan_import_id),
        initial={"edition": str(found.row.edition)},
    )
    form.ask_about(found.difference.gone if found.difference else ())

    def do(data: dict[str, Any]) -> str:
        saved = save_import(
            import_id=plan_import_id,
            edition=edition_of(data),
            ends=form.ends(),
            viewer=request.viewer,
            now=request.now,
        )
        words = "The plan is saved, as a draft." if saved.is_new else "The plan is brought up to date."
        messages.success(request, words)
        return reverse("plan", args=[saved.plan_id])

    done = send(request, form, name="save_plan_import", subject=str(plan_import_id), do=do)
    context = {
        "form": form,
        "intake": found,
        "preview": found.preview,
        "counts": _counts(found),
        "stops": stops(found.preview, found.ready),
        "general": tuple(in_general(found.ready)),
    }
    return done or render(request, "strategy/imports/save.html", context)


@allowed_to(Verb.KEEP_PLANS)
def set_aside(request: ViewerRequest, plan_import_id: UUID) -> HttpResponse:
    found = intake(plan_import_id, now=request.now)
    form = form_for(request, SetAsideForm, name="set_plan_import_aside", subject=str(plan_import_id))

    def do(data: dict[str, Any]) -> str:
        commands.set_aside(import_id=plan_import_id, viewer=request.viewer, now=request.now)
        messages.success(request, "It is set aside. Nothing was saved; the file can be brought in again.")
        return reverse("bring_plan")

    done = send(request, form, name="set_plan_import_aside", subject=str(plan_import_id), do=do)
    context = {
        "title": f"Set aside {found.preview.title}",
        "hint": "Nothing is saved, and what was mended is not shown any more.",
        "button": "Set it aside",
        "is_grave": True,
        "both": [],
        "form": form,
        "draft_name": "set_plan_import_aside",
        "draft_subject": str(plan_import_id),
        "back": {"href": reverse("plan_import", args=[plan_import_id]), "text": "Back to the preview"},
    }
    return done or render(request, "strategy/form.html", context)
