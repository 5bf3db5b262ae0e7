"""Being looked after: episodes of care begin and end; the home of a placement sees the child while they live there."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wayhome.access.commands import Opening, end_grants, grant
from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.access.vocabulary import Basis
from wayhome.audit.commands import record
from wayhome.events.outbox import publish
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.people.commands.person import person_to_change
from wayhome.people.events import PlacementChanged
from wayhome.people.models import CareEpisode


class CareEndsBeforeItStarts(Refusal):
    """The end of the placement is before its start. Check both dates."""

    field = "ended_on"


class CareIsOpen(Refusal):
    """A placement is still open. End it first: a change of placement or legal status starts a new one."""

    field = "started_on"


class CareOverlaps(Refusal):
    """The child was placed elsewhere on that day. Choose the day on which the one before ended, or a later one."""

    field = "started_on"


class CareEndsLater(Refusal):
    """That day is still to come. Write down the end when it is there: until then the home sees the child."""

    field = "ended_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCareEpisode:
    """A period of care to be written down. Codes are those of the SSDA903 return (codelists/)."""

    started_on: date
    start_reason: str
    legal_status: str
    placement: str
    placement_provider: str = ""
    need: str = ""
    home_postcode: str = ""
    placement_postcode: str = ""
    urn: str = ""
    # The authority that placed the child, and the one they are placed in, where it is not this partnership's.
    placed_by: str = ""
    placed_in: str = ""
    home_team_id: UUID | None = None


@transaction.atomic
def begin_care_episode(*, person_id: UUID, new: NewCareEpisode, viewer: Viewer, now: datetime) -> UUID:
    """A placement or legal status begins; the one before has to be ended first. Opens the record to the home."""
    require(viewer, Verb.EDIT_CHILD)
    person_to_change(person_id, viewer, Verb.EDIT_CHILD)
    _refuse_two_at_a_time(person_id, new)
    made = CareEpisode(
        person_id=person_id, **{field: getattr(new, field) for field in NewCareEpisode.__dataclass_fields__}
    )
    made.save(force_insert=True)
    if new.home_team_id:
        opening = Opening(basis=Basis.HOME, reason="The child lives in this home", team_id=new.home_team_id)
        grant(person_id=person_id, opening=opening, viewer=viewer, now=now)
    record(
        viewer=viewer,
        now=now,
        verb="begin care episode",
        subject_kind="care_episode",
        subject_id=made.pk,
        person_id=person_id,
        changes={"placement": (None, new.placement), "legal_status": (None, new.legal_status)}
        | {name: (None, getattr(new, name)) for name in ("placed_by", "placed_in") if getattr(new, name)},
    )
    publish(PlacementChanged(person_id=person_id), now=now)
    return made.pk


def _refuse_two_at_a_time(person_id: UUID, new: NewCareEpisode) -> None:
    """A child has one legal status and one placement at a time. Source: SSDA903 guidance, episodes."""
    care = CareEpisode.objects.filter(person_id=person_id)
    if care.filter(ended_on=None).exists():
        raise CareIsOpen
    later = Q(ended_on__gt=new.started_on) | Q(started_on__gt=new.started_on)
    same = Q(started_on=new.started_on, legal_status=new.legal_status, placement=new.placement)
    if care.filter(later | same).exists():
        raise CareOverlaps


@transaction.atomic
def end_care_episode(
    *,
    care_episode_id: UUID,
    ended_on: date,
    end_reason: str,
    placement_change_reason: str = "",
    viewer: Viewer,
    now: datetime,
) -> None:
    """A placement or legal status ends; the home's sight of the child ends with it."""
    require(viewer, Verb.EDIT_CHILD)
    care = CareEpisode.objects.select_for_update().filter(pk=care_episode_id).first()
    if care is None:
        raise NotFound
    require_for(viewer, Verb.EDIT_CHILD, care.person_id)
    if ended_on < care.started_on:
        raise CareEndsBeforeItStarts
    if ended_on > london_day(now):
        raise CareEndsLater
    care.ended_on, care.end_reason = ended_on, end_reason
    care.placement_change_reason = placement_change_reason
    care.save(update_fields=["ended_on", "end_reason", "placement_change_reason"])
    if care.home_team_id:
        end_grants(
            person_id=care.person_id, holder=care.home_team_id, basis=Basis.HOME, viewer=viewer, now=now
        )
    record(
        viewer=viewer,
        now=now,
        verb="end care episode",
        subject_kind="care_episode",
        subject_id=care.pk,
        person_id=care.person_id,
        changes={"ended_on": (None, ended_on), "end_reason": (None, end_reason)},
    )
    publish(PlacementChanged(person_id=care.person_id), now=now)
