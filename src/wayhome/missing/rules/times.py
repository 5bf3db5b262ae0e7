"""What cannot be: the future, the wrong order, an adult. Pure, and every Refusal says what to do."""

from dataclasses import dataclass
from datetime import date, datetime

from wayhome.kernel.clock import london_day
from wayhome.kernel.partial_date import Precision, birthday, latest_possible
from wayhome.kernel.refusal import Refusal
from wayhome.missing.rules.facts import EpisodeFacts, has_died
from wayhome.missing.vocabulary import Certainty


class InTheFuture(Refusal):
    """This time is in the future. Enter when it happened."""


class ReturnedBeforeLastSeen(Refusal):
    """The return is before the child was last seen. Check both dates and times."""

    field = "returned_at"


class LocatedBeforeLastSeen(Refusal):
    """The child cannot have been located before they were last seen. Check both dates and times."""

    field = "located_at"


class NoticedAfterReported(Refusal):
    """The report cannot be earlier than when the absence was noticed. Check both dates and times."""

    field = "noticed_at"


class LocatedAfterReturned(Refusal):
    """The child cannot have been located after they were back. Check both dates and times."""

    field = "located_at"


class NoticedBeforeLastSeen(Refusal):
    """The absence cannot have been noticed before the child was last seen. Check both dates and times."""

    field = "noticed_at"


class ReportedBeforeLastSeen(Refusal):
    """The report cannot be earlier than when the child was last seen. Check both dates and times."""

    field = "reported_at"


class BeforeReturn(Refusal):
    """This happened before the child was back. Check the date and time."""


class ChildHasDied(Refusal):
    """It is recorded that the child has died: no check and no interview is asked of anyone. If that is wrong, correct
    how the child was found.
    """


class NotBackYet(Refusal):
    """The child is not back yet. Record the return first."""


class NotBornYet(Refusal):
    """The child was born after this date. Check the date, or the date of birth on the record."""

    field = "last_seen_at"


class NotAChild(Refusal):
    """This person was 18 or over then. Report a missing adult to the police; this system is for children."""

    field = "last_seen_at"


@dataclass(frozen=True, slots=True)
class ReportTimes:
    """The four times of a report, and what is known of the child's birth."""

    last_seen_at: datetime
    reported_at: datetime
    noticed_at: datetime | None = None
    date_of_birth: date | None = None
    birth_precision: str = Precision.UNKNOWN


def earliest_that_can_be(at: datetime, certainty: str, *, not_before: datetime | None) -> datetime:
    """The instant that is kept for a time of which perhaps only the day is known.

    `at` is then the start of that day; what must have gone before, on the same day, moves it on. The earliest
    instant is taken because every clock that runs from it then ends too early rather than too late.
    """
    is_same_day = not_before is not None and london_day(at) == london_day(not_before)
    if certainty == Certainty.DAY and not_before is not None and is_same_day:
        return max(at, not_before)
    return at


def check_report_times(times: ReportTimes, now: datetime) -> None:
    """Raise the Refusal for the first thing that cannot be: the future, the order of events, or the child's age."""
    check_order_of_report(times, now)
    check_is_a_child_then(times)


def check_order_of_report(times: ReportTimes, now: datetime) -> None:
    """Raise the Refusal for a time in the future, or an order of events that cannot have been."""
    given = {
        "last_seen_at": times.last_seen_at,
        "noticed_at": times.noticed_at,
        "reported_at": times.reported_at,
    }
    for field, instant in given.items():
        if instant and instant > now:
            raise InTheFuture(field=field)
    if times.noticed_at and times.noticed_at < times.last_seen_at:
        raise NoticedBeforeLastSeen
    if times.reported_at < times.last_seen_at:
        raise ReportedBeforeLastSeen
    if times.noticed_at and times.reported_at < times.noticed_at:
        raise NoticedAfterReported


def check_is_a_child_then(times: ReportTimes) -> None:
    """Raise NotBornYet or NotAChild for the day the child was last seen. Children Act 1989 s.105(1): under eighteen.

    Where the date of birth is not exact, the youngest age it allows counts (Modern Slavery Act 2015 s.51).
    """
    if times.date_of_birth is None:
        return
    seen_on = london_day(times.last_seen_at)
    if seen_on < times.date_of_birth:
        raise NotBornYet
    if seen_on >= birthday(latest_possible(times.date_of_birth, Precision(times.birth_precision)), 18):
        raise NotAChild


def check_located(facts: EpisodeFacts, located_at: datetime, now: datetime) -> None:
    """Raise the Refusal for a time of being located that cannot be."""
    if located_at > now:
        raise InTheFuture(field="located_at")
    if located_at < facts.last_seen_at:
        raise LocatedBeforeLastSeen


def check_returned(facts: EpisodeFacts, returned_at: datetime, now: datetime) -> None:
    """Raise the Refusal for a time of return that cannot be."""
    if returned_at > now:
        raise InTheFuture(field="returned_at")
    if returned_at < facts.last_seen_at:
        raise ReturnedBeforeLastSeen
    if facts.located_at and returned_at < facts.located_at:
        raise LocatedAfterReturned(field="returned_at")


def check_after_return(facts: EpisodeFacts, happened_at: datetime, now: datetime, *, field: str) -> None:
    """Raise the Refusal for something that belongs after the return and is given an earlier, or a future, time."""
    if happened_at > now:
        raise InTheFuture(field=field)
    if facts.returned_at is None:
        raise NotBackYet
    if has_died(facts):
        raise ChildHasDied
    if happened_at < facts.returned_at:
        raise BeforeReturn(field=field)
