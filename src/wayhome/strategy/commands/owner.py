"""Who does an action, for a time. Whoever it was then stays on the record when another takes over."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import action_to_change, made
from wayhome.strategy.models import Action, ActionOwner
from wayhome.strategy.vocabulary import OwnerKind, OwnerPart

# The field that says who it is, by kind.
WHO = {
    OwnerKind.POST: "post_id",
    OwnerKind.AGENCY: "agency_id",
    OwnerKind.BODY: "body_id",
    OwnerKind.TEAM: "team_id",
}


class OwnerIsNobody(Refusal):
    """Choose who it is, or write down the words of the plan until somebody knows."""

    field = "who"


class OwnsItAlready(Refusal):
    """They own this action already."""

    field = "who"


class EndsBeforeItBegan(Refusal):
    """They became an owner after that day. Choose a later one."""

    field = "on"


class EndedAlready(Refusal):
    """They do not own this action any more."""


class ResolvedAlready(Refusal):
    """It is known already who this is. End them, and add who takes over."""


@transaction.atomic
def give_owner(
    *,
    action_id: UUID,
    part: str,
    kind: str,
    who: UUID | None = None,
    words: str = "",
    since: date,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Give an action to a post, agency, body or team, or to somebody known by words only.

    A new lead follows the one before, whose time ends the day before.
    """
    action = action_to_change(action_id, viewer)
    told = whom(kind, who, words)
    check_new(action, told)
    if part == OwnerPart.LEAD:
        _end_lead(action, since, viewer, now)
    row = ActionOwner(action=action, part=OwnerPart(part), valid=(since, None), **told)
    action.edition += 1
    action.save(update_fields=["edition"])
    return made(row, kind="owner", viewer=viewer, now=now, verb="give")


def whom(kind: str, who: UUID | None, words: str) -> dict[str, object]:
    """The fields that say who an owner is. Raises OwnerIsNobody."""
    if kind == OwnerKind.UNRESOLVED:
        if not words.strip():
            raise OwnerIsNobody
        return {"kind": kind, "words": words.strip()}
    if who is None or kind not in WHO:
        raise OwnerIsNobody
    return {"kind": kind, WHO[OwnerKind(kind)]: who, "words": words.strip()}


def check_new(action: Action, told: dict[str, object]) -> None:
    """Raise OwnsItAlready."""
    named = {name: value for name, value in told.items() if name != "words" or told["kind"] == "unresolved"}
    if action.owners.filter(valid__upper_inf=True, **named).exists():
        raise OwnsItAlready


def _end_lead(action: Action, since: date, viewer: Viewer, now: datetime) -> None:
    lead = action.owners.filter(part=OwnerPart.LEAD, valid__upper_inf=True).first()
    if lead:
        _end(lead, since - timedelta(days=1), viewer, now)


@transaction.atomic
def end_owner(*, owner_id: UUID, on: date, viewer: Viewer, now: datetime) -> None:
    """Say that an owner does it no more after a day."""
    _end(owner_to_change(owner_id, viewer), on, viewer, now)


def _end(owner: ActionOwner, last_day: date, viewer: Viewer, now: datetime) -> None:
    if last_day < owner.valid.lower:
        raise EndsBeforeItBegan
    before = owner.valid
    owner.valid = (before.lower, last_day + timedelta(days=1))
    owner.save(update_fields=["valid"])
    record(
        viewer=viewer,
        now=now,
        verb="end",
        subject_kind="owner",
        subject_id=owner.pk,
        changes={"last_day": (None, last_day)},
    )


@transaction.atomic
def resolve_owner(*, owner_id: UUID, kind: str, who: UUID | None, viewer: Viewer, now: datetime) -> None:
    """Say who is meant by the words of a plan. The words stay beside it."""
    owner = owner_to_change(owner_id, viewer)
    if owner.kind != OwnerKind.UNRESOLVED:
        raise ResolvedAlready
    if kind == OwnerKind.UNRESOLVED:
        raise OwnerIsNobody
    told = whom(kind, who, owner.words)
    check_new(owner.action, {name: value for name, value in told.items() if name != "words"})
    for name, value in told.items():
        setattr(owner, name, value)
    owner.save(update_fields=list(told))
    record(
        viewer=viewer,
        now=now,
        verb="resolve",
        subject_kind="owner",
        subject_id=owner.pk,
        changes={"kind": (OwnerKind.UNRESOLVED, kind), "who": (None, who)},
    )


def owner_to_change(owner_id: UUID, viewer: Viewer) -> ActionOwner:
    """An owner who owns now or from a later day, locked, for those who keep plans. Raises NotFound, EndedAlready."""
    require(viewer, Verb.KEEP_PLANS)
    owner = (
        ActionOwner.objects.select_for_update(of=("self",))
        .select_related("action")
        .filter(pk=owner_id)
        .first()
    )
    if owner is None:
        raise NotFound
    if not owner.valid.upper_inf:
        raise EndedAlready
    return owner
