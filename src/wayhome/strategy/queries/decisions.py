"""What bodies are asked to decide about a plan, and what they decided."""

from datetime import date, datetime
from uuid import UUID

from wayhome.kernel.refusal import NotFound
from wayhome.strategy.models import DecisionAsked


def decisions_of(plan_id: UUID) -> list[DecisionAsked]:
    """Every question about a plan in its order: those that wait first. One query."""
    found = DecisionAsked.objects.filter(plan_id=plan_id).select_related("meeting__body")
    return sorted(found, key=lambda each: (each.decided_on is not None, each.position))


def decision(decision_id: UUID) -> DecisionAsked:
    """One question. Raises NotFound."""
    found = DecisionAsked.objects.select_related("plan").filter(pk=decision_id).first()
    if found is None:
        raise NotFound
    return found


def decisions_for(plan_id: UUID, *, day: date, until: datetime, since: date | None) -> list[DecisionAsked]:
    """What a pack of a day asks: what was asked by then and not decided before; and what was decided since the last."""
    return [
        each
        for each in decisions_of(plan_id)
        if each.asked_at <= until
        and (each.decided_on is None or each.decided_on >= day or (since and each.decided_on >= since))
    ]
