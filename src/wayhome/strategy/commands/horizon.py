"""The horizon: changes in law, guidance and research that somebody saw coming, and what was decided about them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import differences, record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.partnership.queries import the_partnership
from wayhome.strategy.models import HorizonItem
from wayhome.strategy.vocabulary import HorizonDecision

TOLD = ("title", "why", "address", "expected_on", "owner_post_id", "owner_words", "guidance_id")


class HorizonHasNoTitle(Refusal):
    """Say what is coming."""

    field = "title"


class DecisionHasNoReason(Refusal):
    """Say why this was decided."""

    field = "because"


class NothingDecided(Refusal):
    """Choose what was decided."""

    field = "decision"


class ItemEditedMeanwhile(Refusal):
    """Somebody changed this while you were writing. Look at what they wrote, then send yours again."""


@transaction.atomic
def add_to_horizon(*, told: Mapping[str, Any], viewer: Viewer, now: datetime) -> UUID:
    """Write down something that is coming. Raises HorizonHasNoTitle."""
    require(viewer, Verb.KEEP_PLANS)
    partnership = the_partnership()
    if partnership is None:
        raise NotFound
    said = _said(told)
    made = HorizonItem(partnership=partnership, seen_at=now, **said)
    made.save(force_insert=True)
    changes = {name: (None, value) for name, value in said.items() if value}
    _recorded("add to horizon", made.pk, viewer, now, changes)
    return made.pk


@transaction.atomic
def change_horizon(
    *, item_id: UUID, edition: int, told: Mapping[str, Any], viewer: Viewer, now: datetime
) -> None:
    """Correct what is coming, and who looks after it. Raises NotFound, ItemEditedMeanwhile, HorizonHasNoTitle."""
    require(viewer, Verb.KEEP_PLANS)
    item, said = _locked(item_id, edition), _said(told)
    changes = differences({name: getattr(item, name) for name in said}, said)
    _update(item, said)
    _recorded("change horizon", item_id, viewer, now, changes)


@transaction.atomic
def decide_horizon(
    *,
    item_id: UUID,
    edition: int,
    decision: str,
    because: str,
    decided_on: date,
    viewer: Viewer,
    now: datetime,
) -> None:
    """Say what was decided and why; a decision can be another one later, and both are on the record.

    Raises NotFound, ItemEditedMeanwhile, NothingDecided, DecisionHasNoReason.
    """
    require(viewer, Verb.KEEP_PLANS)
    item = _locked(item_id, edition)
    if decision not in HorizonDecision.values or decision == HorizonDecision.OPEN:
        raise NothingDecided
    if not because.strip():
        raise DecisionHasNoReason
    said = {"decision": decision, "decided_because": because.strip(), "decided_on": decided_on}
    changes = differences({name: getattr(item, name) for name in said}, said)
    _update(item, said)
    _recorded("decide horizon", item_id, viewer, now, changes)


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: told[name] for name in TOLD if name in told}
    said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    if not said.get("title"):
        raise HorizonHasNoTitle
    return said


def _locked(item_id: UUID, edition: int) -> HorizonItem:
    item = HorizonItem.objects.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise NotFound
    if item.edition != edition:
        raise ItemEditedMeanwhile
    return item


def _update(item: HorizonItem, said: Mapping[str, Any]) -> None:
    HorizonItem.objects.filter(pk=item.pk).update(**said, edition=item.edition + 1)


def _recorded(
    verb: str, item_id: UUID, viewer: Viewer, now: datetime, changes: Mapping[str, tuple[Any, Any]]
) -> None:
    record(
        viewer=viewer, now=now, verb=verb, subject_kind="horizon item", subject_id=item_id, changes=changes
    )
