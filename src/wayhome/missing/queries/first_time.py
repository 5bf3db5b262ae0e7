"""Children missing for the first time: who was asked to a seminar, who came, and who went missing again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from wayhome.access.queries import is_among
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.refusal import NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode, Seminar, SeminarInvitation
from wayhome.missing.queries.repeat import leads_of
from wayhome.missing.vocabulary import Invited
from wayhome.people import queries as people
from wayhome.people.queries import PersonCard

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class FirstTime:
    """A child whose first episode on record is over. `again_at`: when the next one began."""

    episode: Episode
    child: PersonCard
    lead: str
    asked_child: SeminarInvitation | None
    asked_parents: SeminarInvitation | None
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class FirstTimeCounts:
    """The list as counts. `again_came` of `child_came`: of the children who came, how many went missing again."""

    children: int
    child_asked: int
    child_came: int
    parents_asked: int
    parents_came: int
    again: int
    again_came: int


def first_times(since: date, until: date, viewer: Viewer, on: date) -> list[FirstTime]:
    """First episodes that ended between two days (the second not included), the newest first. Eight queries or
    fewer.
    """
    found = list(_first_over(since, until).order_by("-returned_at", "pk")[:AT_MOST])
    children = [each.person_id for each in found]
    cards, leads = people.cards(children, on), leads_of(children, viewer, on)
    asked = _asked([each.pk for each in found])
    return [
        FirstTime(
            each,
            cards[each.person_id],
            leads.get(each.person_id, ""),
            asked.get((each.pk, Invited.CHILD.value)),
            asked.get((each.pk, Invited.PARENTS.value)),
            each.again_at,  # type: ignore[attr-defined]
        )
        for each in found
        if each.person_id in cards
    ]


def _first_over(since: date, until: date) -> QuerySet[Episode]:
    """Episodes that ended in a period, of children with none before, with when the next one began."""
    over = Episode.objects.filter(
        cancelled_at=None, returned_at__gte=start_of_day(since), returned_at__lt=start_of_day(until)
    )
    # Whose they were is read from the index of returns alone; what else is read goes from there, child by child.
    of_these = Episode.objects.filter(is_among("person_id", over.order_by().values("person_id")))
    in_order = of_these.filter(cancelled_at=None).order_by("person_id", "last_seen_at", "pk")
    firsts = in_order.distinct("person_id").values("pk")
    of_child = Episode.objects.filter(person_id=OuterRef("person_id"), cancelled_at=None)
    later = of_child.filter(last_seen_at__gt=OuterRef("last_seen_at"))
    again = later.order_by("last_seen_at").values("last_seen_at")[:1]
    return over.filter(is_among("pk", firsts)).annotate(again_at=Subquery(again))


def not_asked_count(since: date, until: date) -> int:
    """How many children with a first episode that ended in a period nobody has asked to a seminar. One query."""
    asked = SeminarInvitation.objects.filter(episode_id=OuterRef("pk"), seminar__cancelled_at=None)
    return _first_over(since, until).filter(~Exists(asked)).count()


def _asked(episode_ids: Sequence[UUID]) -> dict[tuple[UUID, str], SeminarInvitation]:
    """The latest invitation of each to a seminar that was not cancelled."""
    found = SeminarInvitation.objects.filter(episode_id__in=episode_ids, seminar__cancelled_at=None)
    rows = found.select_related("seminar").order_by("invited_at", "pk")
    return {(each.episode_id, each.invited): each for each in rows}


def counts_of(rows: Sequence[FirstTime]) -> FirstTimeCounts:
    """The same rows as counts."""
    child_came = [row for row in rows if row.asked_child and row.asked_child.attended]
    return FirstTimeCounts(
        children=len(rows),
        child_asked=sum(1 for row in rows if row.asked_child),
        child_came=len(child_came),
        parents_asked=sum(1 for row in rows if row.asked_parents),
        parents_came=sum(1 for row in rows if row.asked_parents and row.asked_parents.attended),
        again=sum(1 for row in rows if row.again_at),
        again_came=sum(
            1
            for row in child_came
            if row.again_at and row.asked_child and row.again_at > row.asked_child.seminar.held_at
        ),
    )


def seminars(since: datetime) -> list[Seminar]:
    """Seminars from then on, the next to come first, with how many are asked of those whom the viewer sees."""
    found = Seminar.objects.filter(held_at__gte=since).annotate(
        asked=Count("invitations"), came=Count("invitations", filter=Q(invitations__attended=True))
    )
    return list(found.order_by("-held_at", "pk"))


def seminars_to_choose(since: datetime) -> list[Seminar]:
    """Seminars to which somebody can be asked: not cancelled, and not held before then."""
    return list(Seminar.objects.filter(held_at__gte=since, cancelled_at=None).order_by("held_at", "pk"))


def seminar(seminar_id: UUID) -> Seminar:
    """One seminar. Raises NotFound."""
    found = Seminar.objects.filter(pk=seminar_id).first()
    if found is None:
        raise NotFound
    return found


def invitations_to(seminar_id: UUID) -> list[SeminarInvitation]:
    """Who is asked to a seminar, of those whom the viewer sees, by name; with when they were missing after it."""
    after = Episode.objects.filter(
        person_id=OuterRef("person_id"), cancelled_at=None, last_seen_at__gt=OuterRef("seminar__held_at")
    )
    again = after.order_by().values("person_id").annotate(first=Min("last_seen_at")).values("first")
    found = SeminarInvitation.objects.filter(seminar_id=seminar_id).annotate(again_at=Subquery(again))
    return list(
        found.select_related("episode__person").order_by(
            "episode__person__family_name", "episode__person__given_name", "invited"
        )
    )


def somebody_came(seminar_id: UUID) -> bool:
    """Whether it is written down that anybody came, of all who were asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT missing_somebody_came(%s)", [seminar_id])
        return bool(cursor.fetchone()[0])
