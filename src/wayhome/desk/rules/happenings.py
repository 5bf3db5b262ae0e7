"""What each module knows of a child, as happenings of one chronology. Pure: rows of the modules in, happenings out.

The rows are those that neighbours' queries gave; `Facts` says who wrote them. They are read here and never asked
for more, so that drawing a chronology costs no query.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wayhome.access.queries import UserCard
from wayhome.audit.queries import Writing
from wayhome.codelists import load
from wayhome.desk.rules.chronology import Happening, Kind
from wayhome.kernel.clock import start_of_day
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
from wayhome.partnership.queries import TeamCard
from wayhome.people.queries import Worker
from wayhome.people.vocabulary import AddressKind
from wayhome.web.showing import moment, span

QUOTE = 280  # characters of somebody's words in the list; the rest is with the episode
NOT_SEEN = TRIED | {SafeAndWellOutcome.NO_FURTHER_TRY}
RETURN = "A return of looked-after children"  # who wrote what came with an SSDA903 file
HIDDEN_ADDRESS = "Address hidden"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one child, as the modules gave it, with who wrote it."""

    missing: Mapping[str, list[Any]]  # missing.queries.happened_to
    care: list[Any]
    addresses: list[Any]
    workers: list[Worker]
    users: Mapping[UUID, UserCard]
    writings: Mapping[tuple[UUID, str], Writing]
    teams: Mapping[UUID, TeamCard]
    now: datetime


def happenings(facts: Facts) -> Iterator[Happening]:
    """All of it, in no order."""
    reporters = {each.episode_id: each.recorded_by_id for each in _newest_first(facts.missing["reports"])}
    yield from (_episode(each, reporters.get(each.pk), facts) for each in facts.missing["episodes"])
    yield from (_report(each, facts) for each in facts.missing["reports"])
    yield from (_risk(each, facts) for each in facts.missing["risk_judgements"])
    yield from (_correction(each, facts) for each in facts.missing["corrections"])
    yield from (_check(each, facts) for each in facts.missing["checks"])
    yield from (_interview(each, facts) for each in facts.missing["interviews"])
    yield from (_analysis(each, facts) for each in facts.missing["analyses"])
    yield from (_care(each, facts) for each in facts.care)
    yield from (_address(each, facts) for each in facts.addresses if each.valid.lower)
    yield from (_work(each, facts) for each in facts.workers if each.since)


def _newest_first(reports: Iterable[Any]) -> list[Any]:
    return sorted(reports, key=lambda report: report.recorded_at, reverse=True)


def _episode(episode: Any, reporter: UUID | None, facts: Facts) -> Happening:
    """Who reported first wrote the episode."""
    written = (
        _by(reporter, facts, episode.recorded_at)
        if reporter
        else _written(episode.pk, facts, episode.recorded_at, RETURN if episode.is_date_only else "")
    )
    return Happening(
        kind=Kind.EPISODE,
        at=episode.last_seen_at,
        title=episode_title(episode, facts.now),
        text=sentences(_from_where(episode, facts), _how_it_ended(episode)),
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
    source = home.name if home else _label(MissingFrom, episode.missing_from)
    place = f"last seen at {episode.last_seen_place}" if episode.last_seen_place else ""
    return "; ".join(filter(None, (f"From {source}" if source else "", place)))


def _how_it_ended(episode: Any) -> str:
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
        **_by(report.recorded_by_id, facts, report.recorded_at, RETURN),
    )


def _risk(judgement: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.RISK,
        at=judgement.judged_at,
        title=f"Police risk level: {PoliceRisk(judgement.level).label.lower()}",
        text=judgement.reason,
        episode_id=judgement.episode_id,
        **_by(judgement.judged_by_id, facts, judgement.judged_at),
    )


def _correction(correction: Any, facts: Facts) -> Happening:
    """A return that was written wrong, when it was set right: what stood there before is told."""
    return Happening(
        kind=Kind.EPISODE,
        at=correction.corrected_at,
        title=f"{correction}",
        text=sentences(f"Had been written as {moment(correction.returned_at)}", correction.reason),
        episode_id=correction.episode_id,
        **_by(correction.corrected_by_id, facts, correction.corrected_at),
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
        **_by(check.recorded_by_id, facts, check.recorded_at),
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
        return _by(interview.interviewer_id, facts, interview.settled_at)
    return _written(interview.episode_id, facts, interview.settled_at, verb="settle interview")


def _analysis(analysis: Any, facts: Facts) -> Happening:
    return Happening(
        kind=Kind.ANALYSIS,
        at=analysis.written_at,
        title=f"Analysis: {PlanEffect(analysis.plan_effect).label.lower()}",
        text=sentences(analysis.plan_note, shortened(analysis.text, QUOTE)),
        episode_id=analysis.episode_id,
        **_by(analysis.written_by_id, facts, analysis.written_at),
    )


def _care(care: Any, facts: Facts) -> Happening:
    home = facts.teams.get(care.home_team_id)
    placement = load("placement").label(care.placement, care.started_on)
    status = load("legal_status").label(care.legal_status, care.started_on)
    return Happening(
        kind=Kind.CARE,
        at=start_of_day(care.started_on),
        title=f"Placed: {home.name if home else placement}",
        text=sentences(placement if home else "", status, _ended(care.ended_on)),
        is_day=True,
        lasts=True,
        until=start_of_day(care.ended_on) if care.ended_on else None,
        label=home.name if home else placement,
        **_written(care.pk, facts, None, RETURN),
    )


def _address(address: Any, facts: Facts) -> Happening:
    kind = AddressKind(address.kind).label
    shown = HIDDEN_ADDRESS if address.is_masked else ", ".join(address.lines.splitlines())
    return Happening(
        kind=Kind.ADDRESS,
        at=start_of_day(address.valid.lower),
        title=f"{kind}: {shown}",
        text=_ended(address.valid.upper),
        is_day=True,
        lasts=address.kind == AddressKind.HOME,
        until=start_of_day(address.valid.upper) if address.valid.upper else None,
        label=HIDDEN_ADDRESS if address.is_masked else kind,
        **_written(address.pk, facts, None),
    )


def _work(work: Worker, facts: Facts) -> Happening:
    lead = "leads the work" if work.is_lead else "works with the child"
    written = facts.writings.get((work.id, ""))
    return Happening(
        kind=Kind.WORK,
        at=start_of_day(work.since or date.min),
        title=f"{work.team.name} {lead}: {work.service}",
        text=sentences(work.worker, _ended(work.until)),
        agency=work.team.agency,
        writer=signature(written.writer, written.agency) if written else "",
        written_at=written.at if written else None,
        is_day=True,
        lasts=True,
        until=start_of_day(work.until) if work.until else None,
        label=work.service,
    )


def _by(user_id: UUID | None, facts: Facts, at: datetime | None, nobody: str = "") -> dict[str, Any]:
    """Who wrote it: a user; without one it came by an import or a job."""
    card = facts.users.get(user_id) if user_id else None
    if card is None:
        return {"writer": nobody, "written_at": at}
    return {"writer": signature(card.name, card.agency), "agency": card.agency, "written_at": at}


def _written(
    thing_id: UUID, facts: Facts, at: datetime | None, nobody: str = "", *, verb: str = ""
) -> dict[str, Any]:
    """Who wrote it, as the record of writings has it: for things that do not name their writer themselves."""
    written = facts.writings.get((thing_id, verb))
    if written is None:
        return {"writer": nobody, "written_at": at}
    return {
        "writer": signature(written.writer, written.agency),
        "agency": written.agency,
        "written_at": at or written.at,
    }


def signature(name: str, agency: str) -> str:
    """Who wrote something, and for whom they work."""
    return f"{name}, {agency}" if agency else name


def _ended(on: date | None) -> str:
    return f"Until {on.day} {on:%B %Y}" if on else ""


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""


def shortened(text: str, at_most: int) -> str:
    """A text that long at most, cut between words."""
    return text if len(text) <= at_most else f"{text[:at_most].rsplit(' ', 1)[0]}…"


def sentences(*texts: str) -> str:
    """Texts one after the other, each a sentence: a capital first, a stop last."""
    return " ".join(_sentence(text.strip()) for text in texts if text and text.strip())


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def user_ids(missing: Mapping[str, Iterable[Any]]) -> set[UUID | None]:
    """Everyone who wrote any of it."""
    return {
        *(each.recorded_by_id for each in missing["reports"]),
        *(each.judged_by_id for each in missing["risk_judgements"]),
        *(each.corrected_by_id for each in missing["corrections"]),
        *(each.recorded_by_id for each in missing["checks"]),
        *(each.interviewer_id for each in missing["interviews"]),
        *(each.written_by_id for each in missing["analyses"]),
    }
