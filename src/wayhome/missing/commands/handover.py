"""One duty worker hands what is open to the next, who acknowledges it item by item."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.queries import holders_of, places
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode, Handover, HandoverItem
from wayhome.missing.queries.board import EpisodeRow, clocks_of, unfinished
from wayhome.missing.queries.handover import handed
from wayhome.missing.queries.wall import rows_with_all
from wayhome.missing.rules.handover import may_take
from wayhome.web.showing import due


class NothingHandedOver(Refusal):
    """Choose at least one child."""

    field = "episodes"


class NotYourTeam(Refusal):
    """You can hand over within a team that you are in."""

    field = "to"


class NotTheirTeam(Refusal):
    """This colleague is not in the team. Choose somebody who is."""

    field = "to"


class NotOpenToThem(Refusal):
    """The record of one of these children is not open to whom you hand it to, so they would never find it. Open the
    record to them first, or choose somebody else.
    """

    field = "episodes"


class NotYoursToTake(Refusal):
    """This was handed to somebody else."""


class TakenAlready(Refusal):
    """A colleague took this over a moment before you. It is theirs now."""


@transaction.atomic
def hand_over(
    *,
    team_id: UUID,
    notes: Mapping[UUID, str],
    to_user_id: UUID | None = None,
    note: str = "",
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Hand episodes to a team, or to one of its members. `notes` has one for each episode, and may be empty.

    What is open on each is written down in the words of the wall, as it is now.
    """
    require(viewer, Verb.HAND_OVER)
    _check(team_id, to_user_id, notes, viewer, now)
    rows = _rows(set(notes), viewer, now)
    takers = _takers(team_id, to_user_id, now)
    for row in rows:
        require_for(viewer, Verb.HAND_OVER, row.person_id)
        _refuse_hidden(row, takers)
    made = Handover(
        team_id=team_id,
        made_at=now,
        made_by_id=viewer.known_user_id,
        to_user_id=to_user_id,
        note=note.strip(),
    )
    made.save(force_insert=True)
    for row in rows:
        _add(made, row, notes[row.episode.pk].strip(), viewer, now)
    return made.pk


def _check(
    team_id: UUID, to_user_id: UUID | None, notes: Mapping[UUID, str], viewer: Viewer, now: datetime
) -> None:
    if not notes:
        raise NothingHandedOver
    if team_id not in viewer.team_ids:
        raise NotYourTeam
    if to_user_id is None:
        return
    colleagues = {each.user_id for each in places(now) if each.team_id == team_id}
    if to_user_id not in colleagues or to_user_id == viewer.user_id:
        raise NotTheirTeam


def _takers(team_id: UUID, to_user_id: UUID | None, now: datetime) -> set[UUID]:
    """By whose grants they see a child: the team's; or those of whom it is for, and of every team of theirs."""
    if to_user_id is None:
        return {team_id}
    return {to_user_id} | {each.team_id for each in places(now) if each.user_id == to_user_id}


def _refuse_hidden(row: EpisodeRow[Episode], takers: set[UUID]) -> None:
    holders = holders_of(row.person_id)
    if holders and not holders & takers:
        raise NotOpenToThem


def _rows(episode_ids: set[UUID], viewer: Viewer, now: datetime) -> list[EpisodeRow[Episode]]:
    found = list(unfinished().filter(pk__in=episode_ids))
    if len(found) != len(episode_ids):
        raise NotFound
    return rows_with_all(found, clocks_of(viewer.partnership_id), viewer, now)


def _add(made: Handover, row: EpisodeRow[Episode], note: str, viewer: Viewer, now: datetime) -> None:
    item = HandoverItem(
        handover=made, episode=row.episode, person_id=row.person_id, open_duties=in_words(row, now), note=note
    )
    item.save(force_insert=True)
    _recorded("hand over", row.episode, made, viewer, now, changes={"note": (None, note)} if note else None)


def in_words(row: EpisodeRow[Episode], now: datetime) -> str:
    """What is open on an episode, in the words of the wall, a line for each duty: with whole dates, which stay true."""
    return "\n".join(
        f"{duty.duty}: {'was due' if duty.due_at <= now else 'due'} {due(duty.due_at)}" for duty in row.duties
    )


@transaction.atomic
def acknowledge(*, item_id: UUID, viewer: Viewer, now: datetime) -> UUID:
    """Take one item over. Of two at once the second is told; sent twice by one person it is no harm."""
    require(viewer, Verb.HAND_OVER)
    found = HandoverItem.objects.select_for_update(of=("self",)).select_related("handover", "episode")
    item = found.defer("handover__note").filter(pk=item_id).first()
    if item is None:
        raise NotFound
    require_for(viewer, Verb.HAND_OVER, item.person_id)
    if item.acknowledged_by_id == viewer.user_id:
        return item.episode_id
    if item.acknowledged_at:
        raise TakenAlready
    decision = may_take(handed(item.handover), viewer, clocks_of(viewer.partnership_id), now)
    if not decision:
        raise NotYoursToTake(decision.reason)
    item.acknowledged_at, item.acknowledged_by_id = now, viewer.user_id
    item.save(update_fields=["acknowledged_at", "acknowledged_by"])
    _recorded("acknowledge handover", item.episode, item.handover, viewer, now)
    return item.episode_id


def _recorded(
    verb: str,
    episode: Episode,
    handover: Handover,
    viewer: Viewer,
    now: datetime,
    changes: Mapping[str, tuple[object, object]] | None = None,
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="episode",
        subject_id=episode.pk,
        person_id=episode.person_id,
        detail={"handover": str(handover.pk)},
        changes=changes,
    )
