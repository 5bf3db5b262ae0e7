from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to, signed_in
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.commands import document as commands
from wayhome.strategy.forms.document import (
    ApproveForm,
    ConfirmForm,
    DocumentForm,
    SectionForm,
    document_as_typed,
    section_as_typed,
)
from wayhome.strategy.models import DocumentSection, StrategyDocument
from wayhome.strategy.views.choices import NEW, body_choices, edition_of, sent
from wayhome.strategy.vocabulary import DocumentState, SectionKind
from wayhome.web.pages import render


def document_row(document_id: UUID) -> StrategyDocument:
    """One version of a strategy, as row security shows it. Raises NotFound."""
    rows = StrategyDocument.objects.select_related("body", "follows", "partnership")
    found = rows.filter(pk=document_id).first()
    if found is None:
        raise NotFound
    return found


@signed_in
def strategy_document(request: ViewerRequest, document_id: UUID) -> HttpResponse:
    """One version of a strategy. In force it is for everybody; before, for those who read plans."""
    row = document_row(document_id)
    context = {
        "document": row,
        "sections": list(row.sections.order_by("position", "pk")),
        "kinds": dict(SectionKind.choices),
        "state": DocumentState(row.state).label,
        "following": StrategyDocument.objects.filter(follows=row).first(),
        "plans": list(row.plans.order_by("title")),
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
        "is_draft": row.state == DocumentState.DRAFT,
    }
    return render(request, "strategy/document.html", context)


def _back(row: StrategyDocument) -> dict[str, str]:
    return {"href": reverse("strategy_document", args=[row.pk]), "text": f"Back to {row.title}"}


@allowed_to(Verb.KEEP_PLANS)
def new_strategy(request: ViewerRequest) -> HttpResponse:
    ours = the_partnership()
    if ours is None:
        raise NotFound
    form = form_for(request, DocumentForm, name="new_strategy", subject=NEW, initial={"edition": "1"})
    form.offer("body_id", body_choices(london_day(request.now)))

    def do(data: dict[str, Any]) -> str:
        made = commands.draft_document(
            partnership_id=ours.pk, details=form.details(), viewer=request.viewer, now=request.now
        )
        return reverse("strategy_document", args=[made])

    context = {
        "title": "Begin a strategy",
        "button": "Save",
        "back": {"href": reverse("strategy"), "text": "Back to Strategy"},
    }
    return sent(request, form, name="new_strategy", subject=None, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def edit_strategy(request: ViewerRequest, document_id: UUID) -> HttpResponse:
    row = document_row(document_id)
    first = document_as_typed(row)
    form = form_for(request, DocumentForm, name="edit_strategy", subject=str(document_id), initial=first)
    form.offer("body_id", body_choices(london_day(request.now)))

    def do(data: dict[str, Any]) -> str:
        commands.edit_document(
            document_id=document_id,
            details=form.details(),
            edition=edition_of(data),
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("strategy_document", args=[document_id])

    return sent(
        request,
        form,
        name="edit_strategy",
        subject=document_id,
        do=do,
        context={"title": f"Edit {row.title}", "button": "Save", "back": _back(row)},
        edition=lambda: document_row(document_id).edition,
    )


@allowed_to(Verb.KEEP_PLANS)
def new_section(request: ViewerRequest, document_id: UUID) -> HttpResponse:
    row = document_row(document_id)
    first = {"kind": SectionKind.TEXT}
    form = form_for(request, SectionForm, name="new_section", subject=str(document_id), initial=first)

    def do(data: dict[str, Any]) -> str:
        commands.add_section(
            document_id=document_id, details=form.details(), viewer=request.viewer, now=request.now
        )
        return reverse("strategy_document", args=[document_id])

    context = {"title": "Add a section", "button": "Add", "back": _back(row)}
    return sent(request, form, name="new_section", subject=document_id, do=do, context=context)


def _section_row(section_id: UUID) -> DocumentSection:
    found = DocumentSection.objects.select_related("document").filter(pk=section_id).first()
    if found is None:
        raise NotFound
    return found


@allowed_to(Verb.KEEP_PLANS)
def edit_section(request: ViewerRequest, section_id: UUID) -> HttpResponse:
    row = _section_row(section_id)
    first = section_as_typed(row)
    form = form_for(request, SectionForm, name="edit_section", subject=str(section_id), initial=first)

    def do(data: dict[str, Any]) -> str:
        commands.edit_section(
            section_id=section_id, details=form.details(), viewer=request.viewer, now=request.now
        )
        return reverse("strategy_document", args=[row.document_id])

    context = {"title": "Edit a section", "button": "Save", "back": _back(row.document)}
    return sent(request, form, name="edit_section", subject=section_id, do=do, context=context)


SECTION_STEPS = {
    "up": ("Move this section up", "Move up"),
    "down": ("Move this section down", "Move down"),
    "remove": ("Take this section out", "Take it out"),
}


@allowed_to(Verb.KEEP_PLANS)
def change_section(request: ViewerRequest, section_id: UUID, step: str) -> HttpResponse:
    row = _section_row(section_id)
    if step not in SECTION_STEPS:
        raise NotFound
    form = form_for(request, ConfirmForm, name=f"section_{step}", subject=str(section_id))
    told: dict[str, Any] = {"section_id": section_id, "viewer": request.viewer, "now": request.now}

    def do(data: dict[str, Any]) -> str:
        if step == "remove":
            commands.remove_section(**told)
        else:
            commands.move_section(up=step == "up", **told)
        return reverse("strategy_document", args=[row.document_id])

    title, button = SECTION_STEPS[step]
    context = {
        "title": title,
        "hint": row.heading or row.text[:200],
        "button": button,
        "is_grave": step == "remove",
        "back": _back(row.document),
    }
    return sent(request, form, name=f"section_{step}", subject=section_id, do=do, context=context)


@allowed_to(Verb.KEEP_PLANS)
def approve_strategy(request: ViewerRequest, document_id: UUID) -> HttpResponse:
    row = document_row(document_id)
    first = {"approved_by": row.body.name if row.body else "", "approved_on": london_day(request.now)}
    form = form_for(request, ApproveForm, name="approve_strategy", subject=str(document_id), initial=first)

    def do(data: dict[str, Any]) -> str:
        commands.approve_document(
            document_id=document_id,
            approved_by=data["approved_by"],
            approved_on=data["approved_on"],
            viewer=request.viewer,
            now=request.now,
        )
        return reverse("strategy_document", args=[document_id])

    context = {
        "title": f"{row.title} was approved",
        "hint": "From then on its words stay. To change them, begin a new version.",
        "button": "Write down the approval",
        "back": _back(row),
    }
    return sent(request, form, name="approve_strategy", subject=document_id, do=do, context=context)


STEPS = {
    "publish": (
        "Publish {}",
        "Everybody who signs in can read it. The version before it is replaced.",
        "Publish",
    ),
    "new-version": ("A new version of {}", "All its sections are taken over into a draft.", "Begin it"),
}


@allowed_to(Verb.KEEP_PLANS)
def move_strategy(request: ViewerRequest, document_id: UUID, step: str) -> HttpResponse:
    row = document_row(document_id)
    if step not in STEPS:
        raise NotFound
    form = form_for(request, ConfirmForm, name=f"strategy_{step}", subject=str(document_id))
    told: dict[str, Any] = {"document_id": document_id, "viewer": request.viewer, "now": request.now}

    def do(data: dict[str, Any]) -> str:
        if step == "publish":
            commands.publish_document(**told)
            return reverse("strategy_document", args=[document_id])
        return reverse("strategy_document", args=[commands.new_version(**told)])

    title, hint, button = STEPS[step]
    context = {"title": title.format(row.title), "hint": hint, "button": button, "back": _back(row)}
    return sent(request, form, name=f"strategy_{step}", subject=document_id, do=do, context=context)
