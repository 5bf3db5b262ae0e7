"""Places where a child may go, each judged safe or not. A new judgement ends the one before, and keeps it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.people.commands.person import person_to_change
from wayhome.people.models import KnownPlace
from wayhome.people.vocabulary import PlaceSafety


class SafetyNeedsAReason(Refusal):
    """Say why the place is safe or not safe: who opens the door to the child has to know."""

    field = "safety_reason"


class PlaceUnnamed(Refusal):
    """Enter the place: an address, or words by which an officer finds it."""

    field = "place"


class JudgedMeanwhile(Refusal):
    """A colleague judged this place while you were writing. Look at both, then save what is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """A place and what is thought of it."""

    place: str
    why: str = ""
    safety: str = PlaceSafety.NOT_ASSESSED
    safety_reason: str = ""
    is_masked: bool = False


def check_judging(judging: Judging) -> None:
    """Raise PlaceUnnamed or SafetyNeedsAReason."""
    if not judging.place.strip():
        raise PlaceUnnamed
    if judging.safety != PlaceSafety.NOT_ASSESSED and not judging.safety_reason.strip():
        raise SafetyNeedsAReason


@transaction.atomic
def add_known_place(*, person_id: UUID, judging: Judging, viewer: Viewer, now: datetime) -> UUID:
    """Write down a place where a child may go."""
    require(viewer, Verb.KEEP_PACK)
    check_judging(judging)
    person_to_change(person_id, viewer, Verb.KEEP_PACK)
    made = _made(person_id, judging, viewer, now)
    _recorded(
        "add known place",
        made,
        {"place": (None, judging.place), "safety": (None, judging.safety)},
        viewer,
        now,
    )
    return made.pk


@transaction.atomic
def judge_known_place(*, place_id: UUID, judging: Judging, viewer: Viewer, now: datetime) -> UUID:
    """Judge a place again. Raises JudgedMeanwhile if the judgement that was read is not the present one any more."""
    require(viewer, Verb.KEEP_PACK)
    check_judging(judging)
    former = _locked_to_change(place_id, viewer)
    refuse_if_over(former)
    _end(former, london_day(now))
    made = _made(former.person_id, judging, viewer, now)
    names = Judging.__dataclass_fields__
    told = {name: (getattr(former, name), getattr(judging, name)) for name in names}
    changes = {name: (before, after) for name, (before, after) in told.items() if before != after}
    _recorded("judge known place", made, changes, viewer, now)
    return made.pk


@transaction.atomic
def end_known_place(*, place_id: UUID, viewer: Viewer, now: datetime) -> None:
    """The child does not go there any more, or it was a mistake: it leaves the pack, and stays in the history."""
    require(viewer, Verb.KEEP_PACK)
    former = _locked_to_change(place_id, viewer)
    refuse_if_over(former)
    _end(former, london_day(now))
    _recorded("end known place", former, {"place": (former.place, None)}, viewer, now)


@transaction.atomic
def reveal_place(*, place_id: UUID, viewer: Viewer, now: datetime) -> KnownPlace:
    """A place that is kept from view, for one who asks for it: that is on the record."""
    require(viewer, Verb.SEE_MASKED_PLACES)
    found = KnownPlace.objects.filter(pk=place_id).select_related("person").first()
    if found is None:
        raise NotFound
    require_for(viewer, Verb.SEE_MASKED_PLACES, found.person_id)
    _recorded("reveal place", found, {}, viewer, now)
    return found


def locked_place(place_id: UUID) -> KnownPlace:
    """The place, locked until the transaction ends. Raises NotFound if there is none the viewer may see."""
    found = KnownPlace.objects.select_for_update().filter(pk=place_id).first()
    if found is None:
        raise NotFound
    return found


def _locked_to_change(place_id: UUID, viewer: Viewer) -> KnownPlace:
    """What somebody may not see, they cannot replace or take off either."""
    found = locked_place(place_id)
    require_for(viewer, Verb.KEEP_PACK, found.person_id)
    if found.is_masked:
        require(viewer, Verb.SEE_MASKED_PLACES)
    return found


def refuse_if_over(place: KnownPlace) -> None:
    """Raise JudgedMeanwhile if this judgement is not the present one any more."""
    if place.valid.isempty or place.valid.upper is not None:
        raise JudgedMeanwhile


def _made(person_id: UUID, judging: Judging, viewer: Viewer, now: datetime) -> KnownPlace:
    today = london_day(now)
    fields: dict[str, Any] = {name: getattr(judging, name) for name in Judging.__dataclass_fields__}
    made = KnownPlace(
        person_id=person_id, assessed_on=today, assessed_by_id=viewer.user_id, valid=(today, None), **fields
    )
    made.save(force_insert=True)
    return made


def _end(former: KnownPlace, on: date) -> None:
    """One that began today lasted for no day: it is kept, and was valid on none."""
    KnownPlace.objects.filter(pk=former.pk).update(valid=(former.valid.lower, on))


def _recorded(
    verb: str, place: KnownPlace, changes: dict[str, tuple[Any, Any]], viewer: Viewer, now: datetime
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="known_place",
        subject_id=place.pk,
        person_id=place.person_id,
        changes=changes,
    )
