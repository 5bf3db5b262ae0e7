"""Return interviews: which returns one answers, and the children who were not heard."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from wayhome.missing.models import Episode, InterviewOffer, ReturnInterview
from wayhome.missing.rules.answering import may_be_answered_too
from wayhome.missing.vocabulary import MAY_BE_ASKED_AGAIN, AfterNo

ROWS_ON_A_PAGE = 50


def returns_to_answer(episode: Episode) -> list[Episode]:
    """Other returns of the child that an interview about this one can answer too, or does already. Two queries."""
    found = Episode.objects.filter(
        person_id=episode.person_id, closed_at=None, cancelled_at=None, returned_at__isnull=False
    )
    answered = ReturnInterview.objects.filter(
        person_id=episode.person_id, answered_in__episode_id=episode.pk
    ).values_list("episode_id", flat=True)
    here = set(answered)
    return [
        each
        for each in found.exclude(pk=episode.pk).order_by("returned_at")
        if may_be_answered_too(each) or each.pk in here
    ]


@dataclass(frozen=True, slots=True)
class Together:
    """The interview in which the child told it, and every return it answers, the first first."""

    told_in: ReturnInterview
    returns: list[Episode]


def told_together(interview: ReturnInterview) -> Together:
    """The interview that holds the child's words, which may be that of another return. One query."""
    main_id = interview.answered_in_id or interview.pk
    found = ReturnInterview.objects.filter(Q(pk=main_id) | Q(answered_in_id=main_id))
    rows = list(found.filter(person_id=interview.person_id).select_related("episode"))
    told_in = next((row for row in rows if row.pk == main_id), interview)
    return Together(told_in, sorted((row.episode for row in rows), key=lambda each: each.last_seen_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeardAsked:
    """What the list of children who were not heard is asked for."""

    since: datetime
    until: datetime
    outcome: str = ""
    only_to_do: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class NotHeardRow:
    """A return about which the child was not heard, with the tries, and how often that happened in the period."""

    interview: ReturnInterview
    tries: list[InterviewOffer]
    times: int

    def to_do(self, today: date) -> list[str]:
        """What is still to do after a no, in words."""
        return still_to_do(self.interview, today)


@dataclass(frozen=True, slots=True)
class NotHeardPage:
    """Some rows, how many there are in all, of how many children."""

    rows: list[NotHeardRow]
    total: int
    children: int


def still_to_do(interview: ReturnInterview, today: date) -> list[str]:
    """What nobody has written down after a no. Moved away or turned 18: nothing."""
    if interview.outcome not in MAY_BE_ASKED_AGAIN:
        return []
    words = {
        AfterNo.LEAFLET_CHILD: "leaflet to the child",
        AfterNo.LEAFLET_FAMILY: "leaflet to the family or carers",
        AfterNo.OTHER_PEOPLE: "other people to talk to",
        AfterNo.CARERS_ASKED: "ask parents or carers",
    }
    missing = [said for each, said in words.items() if each not in interview.after_no]
    is_due = interview.retry_on is not None and interview.retry_on <= today
    return missing + (["offer the interview again"] if is_due else [])


def not_heard(asked: NotHeardAsked, today: date) -> NotHeardPage:
    """Returns whose interview was declined or not possible, the latest first. Four queries however many there are."""
    found = _chosen(asked, today)
    totals = found.aggregate(total=Count("pk"), children=Count("person_id", distinct=True))
    start = (asked.page - 1) * ROWS_ON_A_PAGE
    rows = list(found.select_related("person", "episode")[start : start + ROWS_ON_A_PAGE])
    tries = _tries({row.episode_id for row in rows})
    times = _times(asked, {row.person_id for row in rows})
    return NotHeardPage(
        [NotHeardRow(row, tries[row.episode_id], times.get(row.person_id, 1)) for row in rows],
        totals["total"],
        totals["children"],
    )


def not_heard_count(asked: NotHeardAsked, today: date) -> int:
    """How many returns there are in such a list. One query."""
    return _chosen(asked, today).order_by().count()


def _in_period(asked: NotHeardAsked) -> QuerySet[ReturnInterview]:
    return ReturnInterview.objects.filter(
        held_at=None,
        settled_at__gte=asked.since,
        settled_at__lt=asked.until,
        episode__cancelled_at=None,
        episode__interview_settled_at__isnull=False,
    )


def _chosen(asked: NotHeardAsked, today: date) -> QuerySet[ReturnInterview]:
    found = _in_period(asked).order_by("-settled_at", "-pk")
    if asked.outcome:
        found = found.filter(outcome=asked.outcome)
    if asked.only_to_do:
        unfinished = ~Q(after_no__contains=AfterNo.values) | Q(retry_on__lte=today)
        found = found.filter(unfinished, outcome__in=sorted(MAY_BE_ASKED_AGAIN))
    return found


def _tries(episode_ids: set[UUID]) -> dict[UUID, list[InterviewOffer]]:
    tries: dict[UUID, list[InterviewOffer]] = defaultdict(list)
    for offer in InterviewOffer.objects.filter(episode_id__in=episode_ids).order_by("offered_at", "pk"):
        tries[offer.episode_id].append(offer)
    return tries


def _times(asked: NotHeardAsked, person_ids: set[UUID]) -> dict[UUID, int]:
    counted = _in_period(asked).filter(person_id__in=person_ids).order_by().values("person_id")
    return dict(counted.annotate(times=Count("pk")).values_list("person_id", "times"))
