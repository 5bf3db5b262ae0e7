"""Episodes and what was done in each: reports, risk, checks, interviews, analyses. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from wayhome.codelists import load
from wayhome.desk.rules.chronology import Happening, Kind
from wayhome.desk.rules.happenings.facts import RETURN, Facts
from wayhome.desk.rules.happenings.words import QUOTE, label, sentences, shortened
from wayhome.missing.vocabulary import (
    HELD,
    TRIED,
    Certainty,
    EpisodeKind,
    InterviewOutcome,
    MissingFrom,
    PlanEffect,
    PoliceRisk,
    ReportSource,
    SafeAndWellOutcome,
)
from wayhome.web.showing import moment, span

NOT_SEEN = TRIED | {SafeAndWellOutcome.NO_FURTHER_TRY}


def of_episodes(facts: Facts) -> Iterator[Happening]:
    """Every episode, and what belongs to it by itself."""
    reporters = {each.episode_id: each.recorded_by_id for each in _newest_first(facts.missing["reports"])}
    yield from (_episode(each, reporters.get(each.pk), facts) for each in facts.missing["episodes"])
    yield from (_report(each, facts) for each in facts.missing["reports"])
    yield from (_risk(each, facts) for each in facts.missing["risk_judgements"])
    yield from (_correction(each, facts) for each in facts.missing["corrections"])
    yield from (_check(each, facts) for each in facts.missing["checks"])
    yield from (_interview(each, facts) for each in facts.missing["interviews"])
    yield from (_analysis(each, facts) for each in facts.missing["analyses"])


def _newest_first(reports: Iterable[Any]) -> list[Any]:
    return sorted(reports, key=lambda report: report.recorded_at, reverse=True)


def _episode(episode: Any, reporter: UUID | None, facts: Facts) -> Happening:
    """Who reported first wrote the episode."""
    written = (
        facts.by(reporter, episode.recorded_at)
        if reporter
        else facts.written(episode.pk, episode.recorded_at, RETURN if episode.is_date_only else "")
    )
    return Happening(
        kind=Kind.EPISODE,
        at=episode.last_seen_at,
        title=episode_title(episode, facts.now),
        text=sentences(_from_where(episode, facts), _how_itended(episode)),
        is_day=episode.is_date_only or episode.last_seen_certainty == Certainty.DAY,
        is_about=episode.last_seen_certainty == Certainty.ABOUT,
        lasts=True,
        until=episode.returned_at,
        is_done=episode.cancelled_at is None,
        episode_id=episode.pk,
        **written,
    )


def episode_title(episode: Any, now: datetime) -> str:
    """As in "Missing for 6 h", "Away without authorisation now, 2 h so far"."""
    kind = EpisodeKind(episode.kind).label
    if episode.cancelled_at:
        return f"{kind}: set aside"
    if episode.returned_at is None:
        return f"{kind} now, {span(now - episode.last_seen_at)} so far"
    if episode.is_date_only:
        days = max((episode.returned_at - episode.last_seen_at).days, 1)
        return f"{kind} for {days} day{'s' if days > 1 else ''}, known by days only"
    return f"{kind} for {span(episode.returned_at - episode.last_seen_at)}"


def _from_where(episode: Any, facts: Facts) -> str:
    home = facts.teams.get(episode.home_team_id)
    source = home.name if home else label(MissingFrom, episode.missing_from)
    place = f"last seen at {episode.last_seen_place}" if episode.last_seen_place else ""
    return "; ".join(filter(None, (f"From {source}" if source else "", place)))


def _how_itended(episode: Any) -> str:
    if episode.cancelled_at:
        return str(episode.cancelled_reason)
    if episode.returned_at is None:
        return f"Located at {episode.located_place}" if episode.located_place else ""
    how = load("return_method").label(episode.return_method) if episode.return_method else ""
    where = f"returned to {episode.returned_to}" if episode.returned_to else ""
    heard = "the child was heard afterwards" if episode.interview_held_at else ""
    return "; ".join(filter(None, (how, where, heard)))


def _report(report: Any, facts: Facts) -> Happening:
    teller = f", {report.told_by}" if report.told_by else ""
    return Happening(
        kind=Kind.REPORT,
        at=report.reported_at,
        title=f"Reported by: {ReportSource(report.source).label.lower()}{teller}",
        text=report.circumstances,
        episode_id=report.episode_id,
        **facts.by(report.recorded_by_id, report.recorded_at, RETURN),
    )


def _risk(judgement: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.RISK,
        at=judgement.judged_at,
        title=f"Police risk level: {PoliceRisk(judgement.level).label.lower()}",
        text=judgement.reason,
        episode_id=judgement.episode_id,
        **facts.by(judgement.judged_by_id, judgement.judged_at),
    )


def _correction(correction: Any, facts: Facts) -> Happening:
    """A return that was written wrong, when it was set right: what stood there before is told."""
    return Happening(
        kind=Kind.EPISODE,
        at=correction.corrected_at,
        title=f"{correction}",
        text=sentences(f"Had been written as {moment(correction.returned_at)}", correction.reason),
        episode_id=correction.episode_id,
        **facts.by(correction.corrected_by_id, correction.corrected_at),
    )


def _check(check: Any, facts: Facts) -> Happening:
    outcome = SafeAndWellOutcome(check.outcome)
    return Happening(
        kind=Kind.CHECK,
        at=check.checked_at,
        title=f"Safe and well check: {outcome.label}",
        text=sentences(f"By {check.checked_by}", check.account),
        is_done=outcome not in NOT_SEEN,
        episode_id=check.episode_id,
        **facts.by(check.recorded_by_id, check.recorded_at),
    )


def _interview(interview: Any, facts: Facts) -> Happening:
    outcome = InterviewOutcome(interview.outcome)
    is_held = outcome in HELD
    return Happening(
        kind=Kind.INTERVIEW,
        at=interview.held_at or interview.settled_at,
        title=f"Return interview: {outcome.label.lower()}",
        text=_told_elsewhere(interview) if is_held else interview.reason_not_held,
        words=shortened(interview.own_words, QUOTE) if is_held else "",
        is_done=is_held,
        episode_id=interview.episode_id,
        **_settled(interview, facts),
    )


def _told_elsewhere(interview: Any) -> str:
    return "Told in one talk with another return, and counted for itself." if interview.answered_in_id else ""


def _settled(interview: Any, facts: Facts) -> dict[str, Any]:
    """An interview that was not held has no interviewer; who wrote down that it was not is on the record."""
    if interview.interviewer_id:
        return facts.by(interview.interviewer_id, interview.settled_at)
    return facts.written(interview.episode_id, interview.settled_at, verb="settle interview")


def _analysis(analysis: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.ANALYSIS,
        at=analysis.written_at,
        title=f"Analysis: {PlanEffect(analysis.plan_effect).label.lower()}",
        text=sentences(analysis.plan_note, shortened(analysis.text, QUOTE)),
        episode_id=analysis.episode_id,
        **facts.by(analysis.written_by_id, analysis.written_at),
    )
