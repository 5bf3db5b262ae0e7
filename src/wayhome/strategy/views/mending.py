"""Mending a preview before it is saved: the plan as a whole, a heading, a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import SubmittedForm, form_for
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.commands import importing as commands
from wayhome.strategy.commands.changing import Stale
from wayhome.strategy.forms.importing import (
    MendAmbitionForm,
    MendPlanForm,
    MendPriorityForm,
    MendRowForm,
    MendSectionForm,
    fingerprint,
    plan_as_shown,
    plan_seen,
    row_as_typed,
)
from wayhome.strategy.forms.plan import chosen
from wayhome.strategy.intake import mends
from wayhome.strategy.intake.preview import CELLS, Preview, from_json
from wayhome.strategy.intake.resolving import ReadyRow, due_in, owners_in
from wayhome.strategy.models import PlanImport
from wayhome.strategy.queries.importing import Intake, intake
from wayhome.strategy.views.choices import body_choices, edition_of, plan_choices, sent


def _back(import_id: UUID, place: str = "") -> dict[str, str]:
    return {"href": _preview(import_id, place), "text": "Back to the preview"}


def _preview(import_id: UUID, place: str = "", page: str = "") -> str:
    query = f"?page={page}" if page.isdigit() else ""
    return reverse("plan_import", args=[import_id]) + query + (f"#{place}" if place else "")


def _now(import_id: UUID) -> Preview:
    """The preview as it is at this moment."""
    row = PlanImport.objects.filter(pk=import_id).first()
    if row is None:
        raise NotFound
    return from_json(row.mended)


@allowed_to(Verb.KEEP_PLANS)
def mend_row(request: ViewerRequest, plan_import_id: UUID, key: int) -> HttpResponse:
    """One row of the file. Another row can be mended by somebody else at the same time."""
    found = intake(plan_import_id, now=request.now)
    row = mends.row_called(found.preview, key)
    ready = _ready(found, key)
    name, subject = "mend_imported_row", f"{plan_import_id}-{key}"
    form = form_for(request, MendRowForm, name=name, subject=subject, initial=row_as_typed(row, ready))
    form.ask(found.preview, ready, found.known)

    def do(data: dict[str, Any]) -> str:
        def mend(preview: Preview) -> Preview:
            at_present = mends.row_called(preview, key)
            if edition_of(data) != fingerprint(asdict(at_present)):
                raise Stale(
                    {each: getattr(at_present, each) for each in (*CELLS, "section", "rating", "fate")}
                )
            return mends.mend_row(preview, key, form.said(at_present, ready))

        commands.mend_import(import_id=plan_import_id, mend=mend, viewer=request.viewer, now=request.now)
        return _preview(plan_import_id, f"row-{key}", request.GET.get("page", ""))

    context = {
        "title": f"Mend line {row.line}",
        "button": "Save this row",
        "back": _back(plan_import_id, f"row-{key}"),
        "hint": "",
    }
    return _shown(
        request,
        form,
        name,
        subject,
        do,
        context,
        lambda: fingerprint(asdict(mends.row_called(_now(plan_import_id), key))),
    )


def _ready(found: Intake, key: int) -> ReadyRow:
    """The row as it would be saved; of one that would not be, as it would be if it were put back."""
    for ready in found.ready:
        if ready.row.key == key and not ready.joined:
            return replace(ready, row=found.preview.rows[key])
    row = found.preview.rows[key]
    owners = row.owners if row.owners is not None else owners_in(row.responsibility, found.known)
    return ReadyRow(row, row.section, row.due or due_in(row.timescale, found.known), owners)


@allowed_to(Verb.KEEP_PLANS)
def mend_plan(request: ViewerRequest, plan_import_id: UUID) -> HttpResponse:
    found = intake(plan_import_id, now=request.now)
    name, subject = "mend_imported_plan", str(plan_import_id)
    first = plan_as_shown(found.preview, found.row.plan_id)
    form = form_for(request, MendPlanForm, name=name, subject=subject, initial=first)
    form.offer("body", body_choices(london_day(request.now)))
    form.offer("plan", [("", "None: it is a new plan"), *plan_choices()[1:]])

    def do(data: dict[str, Any]) -> str:
        def mend(preview: Preview) -> Preview:
            seen = fingerprint([*plan_seen(preview), str(found.row.plan_id or "")])
            if edition_of(data) != seen:
                raise Stale(
                    {each: getattr(preview, each) for each in ("title", "body", "vision", "statement")}
                )
            return replace(preview, **form.said())

        told: dict[str, Any] = {"import_id": plan_import_id, "viewer": request.viewer, "now": request.now}
        commands.mend_import(mend=mend, **told)
        commands.choose_plan(plan_id=chosen(data["plan"]), **told)
        return _preview(plan_import_id)

    context = {
        "title": "Mend the plan as a whole",
        "button": "Save",
        "back": _back(plan_import_id),
        "hint": "",
    }
    return _shown(
        request,
        form,
        name,
        subject,
        do,
        context,
        lambda: fingerprint([*plan_seen(_now(plan_import_id)), str(found.row.plan_id or "")]),
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of heading is mended. Any: each has a form and a class of its own."""

    form: type[SubmittedForm]
    title: str
    all: Callable[[Preview], Sequence[Any]]
    mend: Callable[[Preview, int, Mapping[str, Any]], Preview]


def _section(preview: Preview, number: int, said: Mapping[str, Any]) -> Preview:
    return mends.mend_section(preview, number, said["title"])


def _priority(preview: Preview, number: int, said: Mapping[str, Any]) -> Preview:
    lines = tuple(line.strip() for line in said["commitments"].split("\n") if line.strip())
    return mends.mend_priority(preview, number, {**said, "commitments": lines})


KINDS = {
    "sections": Kind(MendSectionForm, "Mend a section", lambda preview: preview.sections, _section),
    "priorities": Kind(MendPriorityForm, "Mend a priority", lambda preview: preview.priorities, _priority),
    "ambitions": Kind(
        MendAmbitionForm, "Mend an ambition", lambda preview: preview.ambitions, mends.mend_ambition
    ),
}


@allowed_to(Verb.KEEP_PLANS)
def mend_heading(request: ViewerRequest, plan_import_id: UUID, kind: str, number: int) -> HttpResponse:
    """A section, a priority with its commitments, or an ambition."""
    found = intake(plan_import_id, now=request.now)
    of = KINDS.get(kind)
    if of is None or number >= len(of.all(found.preview)):
        raise NotFound
    name, subject = "mend_imported_heading", f"{plan_import_id}-{kind}-{number}"
    form = form_for(
        request, of.form, name=name, subject=subject, initial=_as_typed(of.all(found.preview)[number])
    )

    def do(data: dict[str, Any]) -> str:
        said = {each: data[each] or "" for each in form.fields if each not in ("edition", "submission_key")}

        def mend(preview: Preview) -> Preview:
            at_present = of.all(preview)[number]
            if edition_of(data) != fingerprint(asdict(at_present)):
                raise Stale({each: _as_typed(at_present)[each] for each in said})
            return of.mend(preview, number, said)

        commands.mend_import(import_id=plan_import_id, mend=mend, viewer=request.viewer, now=request.now)
        return _preview(plan_import_id)

    context = {"title": of.title, "button": "Save", "back": _back(plan_import_id), "hint": ""}
    return _shown(
        request,
        form,
        name,
        subject,
        do,
        context,
        lambda: fingerprint(asdict(of.all(_now(plan_import_id))[number])),
    )


def _as_typed(part: Any) -> dict[str, Any]:
    """A heading as its form shows it first."""
    said = asdict(part)
    if "commitments" in said:
        said["commitments"] = "\n".join(said["commitments"])
    return said | {"edition": str(fingerprint(asdict(part)))}


def _shown(
    request: ViewerRequest,
    form: SubmittedForm,
    name: str,
    subject: str,
    do: Callable[[dict[str, Any]], str],
    context: dict[str, Any],
    edition: Callable[[], int],
) -> HttpResponse:
    return sent(request, form, name=name, subject=subject, do=do, context=context, edition=edition)
