"""Two sources told a fact of an episode differently. A person chooses which counts, and says why; both are kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.correcting import ChangedMeanwhile
from wayhome.missing.commands.episode import episode_to_work_on, recorded, saved
from wayhome.missing.events import FactChosen
from wayhome.missing.models import ChosenFact, Episode, Report
from wayhome.missing.rules import LocatedBeforeLastSeen, NoticedBeforeLastSeen, ReturnedBeforeLastSeen
from wayhome.missing.rules.sources import counts, value_of
from wayhome.missing.vocabulary import TakenFrom


class ChoiceReasonMissing(Refusal):
    """Say how you know which of them is right."""

    field = "reason"


class NotToldByThisReport(Refusal):
    """Choose a report that tells this."""

    field = "report"


class CountsAlready(Refusal):
    """What this report tells counts already."""

    field = "report"


class AnotherTimeMissing(Refusal):
    """The child is on record as missing at that time in another episode. If the two are one, merge them instead."""

    field = "report"


@transaction.atomic
def choose_fact(
    *,
    episode_id: UUID,
    fact: str,
    report_id: UUID | None,
    reason: str,
    version: int | None = None,
    viewer: Viewer,
    now: datetime,
) -> None:
    """What one report tells of a fact counts from now on: for every clock, page and return. Both reports stay as told.

    A last sight is a time and a place: with the time goes the place that the same report tells, unless somebody chose
    the place by itself before. Where the absence was noticed before the chosen last sight, the report's own time of
    noticing counts with it.
    `version` is the episode's when the form was opened. Raises ChoiceReasonMissing, NotToldByThisReport,
    CountsAlready, ChangedMeanwhile, AnotherTimeMissing, and Refusals of times in an order that cannot be.
    """
    require(viewer, Verb.ANSWER_REPORTS)
    if not reason.strip():
        raise ChoiceReasonMissing
    episode = episode_to_work_on(episode_id, viewer, Verb.ANSWER_REPORTS)
    if version not in (None, episode.version):
        raise ChangedMeanwhile
    report = episode.reports.filter(pk=report_id).first() if report_id else None
    if report is None or fact not in TakenFrom.values or value_of(fact, report) is None:
        raise NotToldByThisReport
    if counts(fact, episode, report):
        raise CountsAlready
    facts = _facts(fact, episode, report)
    _refuse_order(episode, facts)
    for each in _chosen(fact, episode, facts):
        _keep(each, episode, report, facts, reason, viewer, now)
    try:
        with transaction.atomic():
            changes = saved(episode, **facts)
    except IntegrityError as error:
        raise AnotherTimeMissing from error
    recorded(episode, verb="choose between sources", viewer=viewer, now=now, changes=changes, fact=fact)
    publish(FactChosen(episode_id=episode.pk, fact=fact), now=now)


def _facts(fact: str, episode: Episode, report: Report) -> dict[str, Any]:
    """What the choice makes of the episode."""
    if fact == TakenFrom.LAST_SEEN_PLACE:
        return {fact: report.last_seen_place}
    if fact == TakenFrom.NOTICED_AT:
        return {fact: report.noticed_at, "noticed_certainty": report.noticed_certainty}
    found: dict[str, Any] = {fact: report.last_seen_at, "last_seen_certainty": report.last_seen_certainty}
    if report.last_seen_place and not _place_was_chosen(episode):
        found["last_seen_place"] = report.last_seen_place
    if episode.noticed_at and episode.noticed_at < report.last_seen_at:
        found |= {"noticed_at": report.noticed_at, "noticed_certainty": report.noticed_certainty}
    return found


def _place_was_chosen(episode: Episode) -> bool:
    """Whether the place that counts was chosen for itself, and did not come with a time."""
    latest = episode.chosen_facts.filter(fact=TakenFrom.LAST_SEEN_PLACE).order_by("chosen_at", "pk").last()
    with_a_time = episode.chosen_facts.filter(fact=TakenFrom.LAST_SEEN_AT)
    return latest is not None and not with_a_time.filter(chosen_at=latest.chosen_at).exists()


def _refuse_order(episode: Episode, facts: dict[str, Any]) -> None:
    last_seen_at = facts.get("last_seen_at", episode.last_seen_at)
    noticed_at = facts.get("noticed_at", episode.noticed_at)
    if noticed_at and noticed_at < last_seen_at:
        raise NoticedBeforeLastSeen(field="report")
    if episode.returned_at and episode.returned_at < last_seen_at:
        raise ReturnedBeforeLastSeen(field="report")
    if episode.located_at and episode.located_at < last_seen_at:
        raise LocatedBeforeLastSeen(field="report")


def _chosen(fact: str, episode: Episode, facts: dict[str, Any]) -> list[str]:
    """The facts that change: the one that was chosen, and what had to follow it."""
    return [
        each
        for each in TakenFrom
        if each == fact or (each in facts and facts[each] != getattr(episode, each))
    ]


def _keep(
    fact: str,
    episode: Episode,
    report: Report,
    facts: dict[str, Any],
    reason: str,
    viewer: Viewer,
    now: datetime,
) -> None:
    ChosenFact(
        episode=episode,
        person_id=episode.person_id,
        fact=fact,
        report=report,
        before=_as_text(getattr(episode, fact)),
        after=_as_text(facts[fact]),
        reason=reason.strip(),
        chosen_at=now,
        chosen_by_id=viewer.user_id,
    ).save(force_insert=True)


def _as_text(value: datetime | str | None) -> str:
    return value.isoformat() if isinstance(value, datetime) else value or ""
