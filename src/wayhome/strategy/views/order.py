"""Headings, objectives and actions of a plan put in another order, by a number for each row."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.commands.order import put_in_order
from wayhome.strategy.forms.order import OrderForm
from wayhome.strategy.models import Grouping
from wayhome.strategy.queries.order import KINDS, listed
from wayhome.strategy.rules.order import mark_of
from wayhome.strategy.views.choices import sent
from wayhome.strategy.views.plan import back_to_plan, plan_row

NAMES = {
    "priority": "Priorities",
    "section": "Sections",
    "ambition": "Ambitions",
    "objective": "Objectives",
    "action": "Actions",
}


@allowed_to(Verb.KEEP_PLANS)
def order_plan(request: ViewerRequest, plan_id: UUID, kind: str) -> HttpResponse:
    row = plan_row(plan_id)
    return _ordering(request, row.pk, kind, None, {"back": back_to_plan(row), "plan": row, "heading": ""})


@allowed_to(Verb.KEEP_PLANS)
def order_heading(request: ViewerRequest, grouping_id: UUID) -> HttpResponse:
    """The actions under one heading."""
    row = Grouping.objects.select_related("plan").filter(pk=grouping_id).first()
    if row is None:
        raise NotFound
    heading = f"{row.reference} {row.title}".strip()
    context = {"back": back_to_plan(row.plan), "plan": row.plan, "heading": heading}
    return _ordering(request, row.plan_id, "action", grouping_id, context)


def _ordering(
    request: ViewerRequest, plan_id: UUID, kind: str, under: UUID | None, context: dict[str, Any]
) -> HttpResponse:
    if kind not in KINDS:
        raise NotFound
    name, subject = f"order_{kind}", str(under or plan_id)
    form = form_for(request, OrderForm, name=name, subject=subject, rows=listed(plan_id, kind, under))

    def do(data: dict[str, Any]) -> str:
        put_in_order(
            plan_id=plan_id,
            kind=kind,
            order=form.order(),
            seen=data["edition"],
            under=under,
            viewer=request.viewer,
            now=request.now,
        )
        by = f"?by={kind}" if kind in KINDS[:3] else ""
        return reverse("plan", args=[plan_id]) + by

    return sent(
        request,
        form,
        name=name,
        subject=subject,
        do=do,
        context=context | {"kind": kind, "kinds": NAMES, "title": f"Put {NAMES[kind].lower()} in order"},
        edition=lambda: mark_of(row.id for row in listed(plan_id, kind, under)),
        template="strategy/order.html",
    )
