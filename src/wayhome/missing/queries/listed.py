"""Episodes of a list that somebody else made, with the names of their children."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wayhome.missing.models import Episode
from wayhome.missing.rules import stage
from wayhome.missing.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class ListedEpisode:
    """One line: the child, the episode and where it stands."""

    id: UUID
    person_id: UUID
    child: str
    last_seen_at: datetime
    returned_at: datetime | None
    recorded_at: datetime
    stage: Stage


def listed(episode_ids: Sequence[UUID], *, at_most: int) -> list[ListedEpisode]:
    """These episodes as far as the viewer sees them, the earliest first, in one query."""
    found = Episode.objects.filter(pk__in=episode_ids).select_related("person")
    return [
        ListedEpisode(
            each.pk,
            each.person_id,
            str(each.person),
            each.last_seen_at,
            each.returned_at,
            each.recorded_at,
            stage(each),
        )
        for each in found.order_by("last_seen_at", "pk")[:at_most]
    ]
