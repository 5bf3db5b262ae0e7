"""Repeat missing: triggers that wait for a decision, and children by how often they were missing."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max

from wayhome.access.queries import names_of
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode, TriggerHit
from wayhome.missing.rules.repeat import Triggers, title_of, triggers_from
from wayhome.partnership.queries import settings_of, team_cards
from wayhome.people import queries as people
from wayhome.people.masked import homes_kept_from
from wayhome.people.queries import PersonCard

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Met:
    """A trigger that was met, and the facts that met it. `answer` is empty while nobody has decided."""

    title: str
    because: str
    answer: str
    note: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A return that met triggers, with the child and who leads."""

    episode: Episode
    child: PersonCard
    lead: str
    met: list[Met]


@dataclass(frozen=True, slots=True)
class OftenMissing:
    """A child with how often they were missing in a period, and when last."""

    child: PersonCard
    lead: str
    times: int
    latest_at: datetime


def numbers_of(partnership_id: UUID | None) -> Triggers:
    """The numbers of a partnership's triggers: its own settings, or the defaults."""
    return triggers_from(settings_of(partnership_id))


def waiting_for_decision(numbers: Triggers, viewer: Viewer, on: date) -> tuple[list[Waiting], int]:
    """Returns whose triggers nobody has decided about, the newest first, and how many there are. Nine queries
    or fewer.
    """
    open_hits = TriggerHit.objects.filter(answer="")
    total = waiting_count()
    newest = open_hits.values("episode_id").annotate(newest=Max("hit_at")).order_by("-newest", "episode_id")
    ids = [row["episode_id"] for row in newest[:AT_MOST]]
    found = {each.pk: each for each in Episode.objects.filter(pk__in=ids)}
    met = met_by(ids, numbers)
    children = [each.person_id for each in found.values()]
    cards, leads = people.cards(children, on), leads_of(children, viewer, on)
    waiting = [
        Waiting(found[key], cards[found[key].person_id], leads.get(found[key].person_id, ""), met[key])
        for key in ids
        if key in found
    ]
    return waiting, total


def waiting_count() -> int:
    """How many returns have a trigger that nobody has decided about. One query."""
    return TriggerHit.objects.filter(answer="").values("episode_id").distinct().count()


def met_by(episode_ids: list[UUID], numbers: Triggers) -> dict[UUID, list[Met]]:
    """The triggers that returns met, by episode, as they are listed in the vocabulary."""
    hits = list(TriggerHit.objects.filter(episode_id__in=episode_ids).order_by("hit_at", "pk"))
    names = names_of({hit.answered_by_id for hit in hits})
    found: dict[UUID, list[Met]] = {key: [] for key in episode_ids}
    for hit in hits:
        by = names.get(hit.answered_by_id, "") if hit.answered_by_id else ""
        answer = hit.get_answer_display() if hit.answer else ""
        told = Met(title_of(hit.trigger, numbers), hit.because, answer, hit.answer_note, by, hit.answered_at)
        found[hit.episode_id].append(told)
    return found


def often_missing(since: date, until: date, at_least: int, viewer: Viewer, on: date) -> list[OftenMissing]:
    """Children who were missing so often from the start of one day to that of another; the most often first."""
    begun = Episode.objects.filter(
        cancelled_at=None, last_seen_at__gte=start_of_day(since), last_seen_at__lt=start_of_day(until)
    )
    counted = (
        begun.values("person_id")
        .annotate(times=Count("pk"), latest_at=Max("last_seen_at"))
        .filter(times__gte=at_least)
        .order_by("-times", "-latest_at", "person_id")
    )
    rows = list(counted[:AT_MOST])
    children = [row["person_id"] for row in rows]
    cards, leads = people.cards(children, on), leads_of(children, viewer, on)
    return [
        OftenMissing(cards[row["person_id"]], leads.get(row["person_id"], ""), row["times"], row["latest_at"])
        for row in rows
        if row["person_id"] in cards
    ]


def leads_of(person_ids: list[UUID], viewer: Viewer, on: date) -> dict[UUID, str]:
    """Who leads for each child, as in "Sal Example, Youth Team": not a home that is kept from this viewer. Six queries
    or fewer.
    """
    kept = homes_kept_from(viewer, person_ids)
    leads = {
        child: lead
        for child, lead in people.lead_team_ids(person_ids, on).items()
        if (child, lead[0]) not in kept
    }
    teams = team_cards({team_id for team_id, _user in leads.values()})
    names = names_of({user_id for _team, user_id in leads.values()})
    return {
        child: ", ".join(filter(None, (names.get(user_id, "") if user_id else "", teams[team_id].name)))
        for child, (team_id, user_id) in leads.items()
    }
