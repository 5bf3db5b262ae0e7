"""What the duties of many episodes depend on besides the episodes: as many queries for one as for a thousand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from wayhome.access.queries import known_by_more_than_a_report
from wayhome.access.roles import Scope
from wayhome.database.reading import Reading, abreast
from wayhome.database.written_once import SOME_IDS, Ids, WrittenOnce, is_one_of
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.partial_date import Precision, birthday, latest_possible
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import DutyAnswer, ReturnInterview, RiskJudgement
from wayhome.missing.queries.board import AnEpisode, OpenEpisode
from wayhome.missing.rules import Around, Held, Judged, Placed
from wayhome.people.queries import placed_out_of_area, protected

T = TypeVar("T")
NONE: Mapping[str, Any] = {}


def around(episodes: Sequence[AnEpisode], viewer: Viewer, now: datetime) -> Reading[dict[UUID, Around]]:
    """What is known around each of these episodes, whose children are read already. Five queries; one more where it was
    not read with the episodes why the viewer sees their children.

    Left out are those whose answers to duties the viewer may not read, because a duty would look open to them that
    was done long ago: staff of a home, and who sees the child by a report alone. They see what stands on the episode.
    """
    known = set() if viewer.has(Scope.HOME_STAFF) else _known(episodes)
    shown = [each for each in episodes if each.person_id in known]
    ids, of_them = Ids.of([each.pk for each in shown]), Ids.of(known)
    # A day for asking again is agreed when the interview is settled.
    settled = Ids.of([each.pk for each in shown if each.interview_settled_at])
    judgements, answers, asked_again, protected_days, placings = yield from abreast(
        _judged.reading(ids),
        _answers.reading(ids),
        _asked_again.reading(settled),
        protected.reading(of_them),
        placed_out_of_area.reading(of_them),
    )
    judged = _grouped((episode, Judged(*judgement)) for episode, *judgement in judgements)
    answered: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    answered_again: dict[UUID, dict[str, tuple[datetime, ...]]] = defaultdict(dict)
    for episode_id, duty, done_at in answers:
        if duty in answered[episode_id]:
            answered_again[episode_id][duty] = (*answered_again[episode_id].get(duty, ()), done_at)
        else:
            answered[episode_id][duty] = done_at
    again: dict[UUID, date] = dict(asked_again)
    plans = _grouped((child, Held(valid.lower, valid.upper)) for child, valid in protected_days)
    placed = _grouped((child, Placed(*placing)) for child, *placing in placings)
    return {
        each.pk: Around(
            as_at=now,
            judgements=judged.get(each.pk, ()),
            protected=plans.get(each.person_id, ()) if plans else (),
            placements=placed.get(each.person_id, ()) if placed else (),
            retry_on=again.get(each.pk) if again else None,
            answered=answered.get(each.pk, NONE) if answered else NONE,
            answered_again=answered_again.get(each.pk, NONE) if answered_again else NONE,
            adult_at=adult_at(each.person.date_of_birth, each.person.birth_precision),
        )
        for each in shown
    }


def _known(episodes: Sequence[AnEpisode]) -> set[UUID]:
    """Whose answers to duties the viewer may read."""
    asked = {each.person_id for each in episodes if not isinstance(each, OpenEpisode)}
    found = known_by_more_than_a_report(asked) if asked else set()
    found |= {
        each.person_id for each in episodes if isinstance(each, OpenEpisode) and each.is_known_otherwise
    }
    return found


@lru_cache(maxsize=10_000)
def adult_at(born: date | None, precision: str) -> datetime | None:
    """The start of the eighteenth birthday; where the birth is not known exactly, of the latest that it can be."""
    if born is None:
        return None
    return start_of_day(birthday(latest_possible(born, Precision(precision)), 18))


def _judged_of(ids: Ids) -> QuerySet[RiskJudgement, tuple[Any, ...]]:
    found = RiskJudgement.objects.filter(is_one_of("episode_id", ids))
    return found.values_list("episode_id", "judged_at", "level", "reassess_by")


def _answers_of(ids: Ids) -> QuerySet[DutyAnswer, tuple[Any, ...]]:
    """The earliest first: of two answers to one duty, which a merge may bring together, it counts."""
    given = DutyAnswer.objects.filter(is_one_of("episode_id", ids)).order_by("done_at", "pk")
    return given.values_list("episode_id", "duty", "done_at")


def _asked_again_of(ids: Ids) -> QuerySet[ReturnInterview, tuple[Any, ...]]:
    said = ReturnInterview.objects.filter(is_one_of("episode_id", ids), retry_on__isnull=False)
    return said.values_list("episode_id", "retry_on")


_judged = WrittenOnce(_judged_of, SOME_IDS)
_answers = WrittenOnce(_answers_of, SOME_IDS)
_asked_again = WrittenOnce(_asked_again_of, SOME_IDS)


def _grouped(pairs: Iterable[tuple[UUID, T]]) -> dict[UUID, tuple[T, ...]]:
    found: dict[UUID, tuple[T, ...]] = defaultdict(tuple)
    for key, value in pairs:
        found[key] += (value,)
    return found
