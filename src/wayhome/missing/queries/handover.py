"""What was handed over, and what of it nobody has acknowledged yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from wayhome.access.policies import may
from wayhome.access.queries import names_of
from wayhome.access.roles import Verb
from wayhome.database.reading import Reading, reading_of, rows_of
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Handover, HandoverItem
from wayhome.missing.queries.board import clocks_of
from wayhome.missing.rules.handover import Handed, is_loud, may_take
from wayhome.partnership.queries import team_cards

RECENTLY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class HandedItem:
    """One child in a handover, as a list shows it."""

    item: HandoverItem
    # The note on the whole handover, for one who sees every child on it.
    about_all: str
    name: str
    by: str
    to: str
    taken_by: str
    is_loud: bool
    is_mine: bool
    why: str

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has acknowledged it."""
        return self.item.acknowledged_at is None

    @property
    def open_duties(self) -> list[str]:
        """What was open when it was handed over, a line for each duty."""
        return self.item.open_duties.splitlines()


def handed(handover: Handover) -> Handed:
    """A handover as the rules read it."""
    return Handed(handover.made_at, handover.made_by_id, handover.team_id, handover.to_user_id)


def waiting_count() -> int:
    """How many of them there are. Two queries."""
    return _unacknowledged().count()


# An item stays under the episode that was handed over. If that was merged since, the work goes on in the other.
_STILL_OPEN = """
WITH RECURSIVE went AS (
    SELECT i.id AS item, i.episode_id AS episode FROM missing_handoveritem i WHERE i.acknowledged_at IS NULL
    UNION
    SELECT w.item, e.merged_into_id FROM went w JOIN missing_episode e ON e.id = w.episode
    WHERE e.merged_into_id IS NOT NULL)
SELECT w.item FROM went w JOIN missing_episode e ON e.id = w.episode
WHERE e.closed_at IS NULL AND e.cancelled_at IS NULL
"""
_WITH_ALL_MERGED = """
WITH RECURSIVE family AS (
    SELECT id, person_id FROM missing_episode WHERE id = %s
    UNION
    SELECT e.id, e.person_id FROM missing_episode e JOIN family f
        ON e.person_id = f.person_id AND e.merged_into_id = f.id)
SELECT id FROM family
"""


def _unacknowledged() -> QuerySet[HandoverItem]:
    return _items().filter(acknowledged_at=None, pk__in=_ids(_STILL_OPEN))


def _ids(sql: str, *parameters: UUID) -> list[UUID]:
    return [found for (found,) in rows_of(sql, *parameters)]


def waiting(viewer: Viewer, now: datetime) -> Reading[list[HandedItem]]:
    """What nobody has acknowledged, of unfinished episodes: the longest waiting first. Six queries, or one."""
    still_open = [item for (item,) in (yield from reading_of(_STILL_OPEN))]
    if not still_open:
        return []
    found = _items().filter(acknowledged_at=None, pk__in=still_open)
    return _handed(found.order_by("handover__made_at", "pk")[:500], viewer, now)


def recent(viewer: Viewer, now: datetime) -> list[HandedItem]:
    """What was handed over in the last days and acknowledged, the newest first. Five queries."""
    found = _items().filter(acknowledged_at__isnull=False, handover__made_at__gte=now - RECENTLY)
    return _handed(found.order_by("-handover__made_at", "pk")[:200], viewer, now)


def of_episode(episode_id: UUID, viewer: Viewer, now: datetime) -> list[HandedItem]:
    """Every time an episode, or one that was merged into it, was handed over, as far as the viewer may know, the first
    first.
    """
    of_all = _items().filter(episode_id__in=_ids(_WITH_ALL_MERGED, episode_id))
    return _handed(of_all.order_by("handover__made_at", "pk"), viewer, now)


def _items() -> QuerySet[HandoverItem]:
    """Only those whose handover is open to the viewer: its team, whom it is for, and coordinators."""
    found = HandoverItem.objects.select_related("handover", "person", "episode")
    return found.defer("handover__note")


def notes_on(handover_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The notes about all of a handover, for one who sees every child on it. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM missing_handover_notes(%s)", [list(handover_ids)])
        return dict(cursor.fetchall())


def _handed(items: Iterable[HandoverItem], viewer: Viewer, now: datetime) -> list[HandedItem]:
    found = list(items)
    if not found:
        return []
    clocks = clocks_of(viewer.partnership_id)
    users = names_of({user for each in found for user in _users(each)})
    teams = team_cards({each.handover.team_id for each in found})
    notes = notes_on({each.handover_id for each in found})
    may_at_all = bool(may(viewer, Verb.HAND_OVER))
    rows = []
    for item in found:
        made = item.handover
        facts = handed(made)
        decision = may_take(facts, viewer, clocks, now)
        rows.append(
            HandedItem(
                item=item,
                about_all=notes.get(made.pk, ""),
                name=str(item.person),
                by=users.get(made.made_by_id, ""),
                to=users.get(made.to_user_id, "") if made.to_user_id else teams[made.team_id].name,
                taken_by=users.get(item.acknowledged_by_id, "") if item.acknowledged_by_id else "",
                is_loud=item.acknowledged_at is None and is_loud(facts, clocks, now),
                is_mine=may_at_all and bool(decision),
                why=decision.reason,
            )
        )
    return rows


def _users(item: HandoverItem) -> tuple[UUID | None, ...]:
    return item.handover.made_by_id, item.handover.to_user_id, item.acknowledged_by_id
