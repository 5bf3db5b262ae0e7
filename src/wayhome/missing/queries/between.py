"""Who was missing between two instants, for returns."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from wayhome.missing.models import Episode
from wayhome.missing.vocabulary import EpisodeKind, MissingFrom

NOT_FROM_CARE = frozenset({MissingFrom.HOME, MissingFrom.SCHOOL, MissingFrom.OTHER})


def episodes_between(start: datetime, end: datetime) -> QuerySet[Episode]:
    """Episodes that share time with [start, end), for returns; set aside ones left out."""
    return (
        Episode.objects.filter(
            Q(returned_at=None) | Q(returned_at__gte=start), cancelled_at=None, last_seen_at__lt=end
        )
        .select_related("person")
        .order_by("person_id", "last_seen_at")
    )


def people_missing_between(start: datetime, end: datetime) -> list[UUID]:
    """Whose episodes share time with [start, end), set aside ones left out."""
    return list(episodes_between(start, end).order_by().values_list("person_id", flat=True).distinct())


def times_of_many(
    person_ids: list[UUID], start: datetime, end: datetime
) -> dict[UUID, list[tuple[datetime, datetime | None, str]]]:
    """When these people were missing in episodes that share time with [start, end): from, to, kind. One query.

    The kinds of the looked-after return are about care: one who went missing from elsewhere has none ("").
    """
    rows = episodes_between(start, end).filter(person_id__in=person_ids)
    found: dict[UUID, list[tuple[datetime, datetime | None, str]]] = {}
    columns = ("person_id", "last_seen_at", "returned_at", "kind", "missing_from")
    for person_id, since, until, kind, place in rows.values_list(*columns):
        is_elsewhere = kind == EpisodeKind.MISSING and place in NOT_FROM_CARE
        found.setdefault(person_id, []).append((since, until, "" if is_elsewhere else kind))
    return found
