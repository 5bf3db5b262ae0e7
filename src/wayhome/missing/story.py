"""An episode as it is told on its page: in order, and as a picture. Pure: the file in, lines and lanes out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from wayhome.audit.queries import Write
from wayhome.missing.models import RiskJudgement
from wayhome.missing.queries import EpisodeFile
from wayhome.missing.rules import Clocks, has_died, interview_due_at
from wayhome.missing.rules.sources import counts
from wayhome.missing.vocabulary import HELD, Certainty, PoliceRisk, TakenFrom
from wayhome.web.pictures import Lane, Point, Span
from wayhome.web.showing import moment


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, and who wrote it down, where that is part of it."""

    at: datetime
    what: str
    by: str = ""
    written_at: datetime | None = None
    certainty: str = Certainty.EXACT


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture of an episode: lanes between two instants."""

    lanes: list[Lane]
    since: datetime
    until: datetime


def told_in_order(file: EpisodeFile, writes: Iterable[Write] = ()) -> list[Happening]:
    """Everything that happened, the first first. What is not the viewer's to read is told by its milestone alone.

    `writes`: the episode's entries on the record, which say who wrote what the episode itself does not.
    """
    by_verb = {entry.verb: entry for entry in writes}
    parts = (
        _going(file),
        _finding(file, by_verb),
        _seeing(file),
        _hearing(file, by_verb),
        _ending(file, by_verb),
    )
    return sorted((each for part in parts for each in part), key=lambda each: each.at)


def _name(file: EpisodeFile, user_id: UUID | None) -> str:
    return file.user_names.get(user_id, "") if user_id else ""


def _going(file: EpisodeFile) -> Iterator[Happening]:
    episode = file.episode
    place = f", {episode.last_seen_place}" if episode.last_seen_place else ""
    who = _told_by(file, TakenFrom.LAST_SEEN_AT)
    yield Happening(episode.last_seen_at, f"Last seen{place}", *who, episode.last_seen_certainty)
    if episode.noticed_at:
        who = _told_by(file, TakenFrom.NOTICED_AT)
        yield Happening(episode.noticed_at, "Noticed", *who, episode.noticed_certainty)
    for report in file.reports:
        what = f"Reported: {report.get_source_display()}"
        yield Happening(report.reported_at, what, _name(file, report.recorded_by_id), report.recorded_at)
    for judgement in file.risk_judgements:
        what = f"Police risk: {judgement.get_level_display().lower()}"
        yield Happening(judgement.judged_at, what, _name(file, judgement.judged_by_id), judgement.judged_at)


def _told_by(file: EpisodeFile, fact: TakenFrom) -> tuple[str, datetime | None]:
    """Who wrote down the report that tells what counts, which need not be the first: episodes are merged."""
    report = next((each for each in file.reports if counts(fact, file.episode, each)), None)
    return (_name(file, report.recorded_by_id), report.recorded_at) if report else ("", None)


def _finding(file: EpisodeFile, writes: Mapping[str, Write]) -> Iterator[Happening]:
    episode = file.episode
    if episode.located_at:
        place = f", {episode.located_place}" if episode.located_place else ""
        who = _by_record(writes, "locate", "correct return", "return")
        yield Happening(episode.located_at, f"Located{place}", *who, episode.located_certainty)
    if episode.returned_at:
        to = f", {episode.returned_to}" if episode.returned_to else ""
        who = _by_record(writes, "correct return", "return")
        what = "Found; the child has died" if has_died(episode) else f"Back{to}"
        yield Happening(episode.returned_at, what, *who, episode.returned_certainty)
    for each in file.corrections:
        what = f"{each}: had been written as {moment(each.returned_at)}. {each.reason}"
        yield Happening(each.corrected_at, what, _name(file, each.corrected_by_id), each.corrected_at)


def _by_record(writes: Mapping[str, Write], *verbs: str) -> tuple[str, datetime | None]:
    """Who did the first of these, and when, as the record has it."""
    entry = next((writes[verb] for verb in verbs if verb in writes), None)
    return (entry.actor, entry.at) if entry else ("", None)


def _seeing(file: EpisodeFile) -> Iterator[Happening]:
    for check in file.checks:
        what = f"Safe and well check: {check.get_outcome_display().lower()}"
        yield Happening(check.checked_at, what, _name(file, check.recorded_by_id), check.recorded_at)
    if not file.checks and file.episode.safe_and_well_tried_at:
        yield Happening(file.episode.safe_and_well_tried_at, "Safe and well check: tried, not seen")
    if not file.checks and file.episode.safe_and_well_at:
        yield Happening(file.episode.safe_and_well_at, "Safe and well check")


def _hearing(file: EpisodeFile, writes: Mapping[str, Write]) -> Iterator[Happening]:
    episode, interview = file.episode, file.interview
    for offer in file.offers:
        what = f"Return interview offered: {offer.get_answer_display().lower()}"
        yield Happening(offer.offered_at, what, _name(file, offer.offered_by_id))
    if not file.offers and episode.interview_offered_at:
        yield Happening(episode.interview_offered_at, "Return interview offered")
    if episode.interview_settled_at:
        at = episode.interview_held_at or episode.interview_settled_at
        what = f"Return interview: {episode.get_interview_outcome_display().lower()}"
        by = _name(file, interview.interviewer_id) if interview else ""
        # Of one that was not held there is no interviewer: who wrote down why stands on the record.
        by = by or _by_record(writes, "settle interview")[0]
        yield Happening(at, what, by, episode.interview_settled_at)


def _ending(file: EpisodeFile, writes: Mapping[str, Write]) -> Iterator[Happening]:
    episode, analysis = file.episode, file.analysis
    if analysis:
        what = f"Analysis: {analysis.get_plan_effect_display().lower()}"
        what = "Last words" if has_died(episode) else what
        yield Happening(analysis.written_at, what, _name(file, analysis.written_by_id), analysis.written_at)
    elif episode.analysed_at:
        yield Happening(episode.analysed_at, "Analysis of the return")
    if episode.closed_at:
        yield Happening(episode.closed_at, "Closed", _name(file, episode.closed_by_id), episode.closed_at)
    if episode.cancelled_at:
        yield Happening(episode.cancelled_at, "Set aside", *_by_record(writes, "set aside", "merge"))


def drawn(file: EpisodeFile, clocks: Clocks, now: datetime) -> Strip:
    """The episode as lanes, from a little before the child was last seen to the end of the 72 hours, or to now."""
    episode = file.episode
    limit = None
    if episode.returned_at and not has_died(episode):
        limit = interview_due_at(episode.returned_at, clocks)
    ends = [each.at for each in told_in_order(file)] + ([limit] if limit else [])
    until = max(ends if episode.closed_at or episode.cancelled_at else [*ends, now])
    margin = max((until - episode.last_seen_at) / 50, timedelta(minutes=10))
    lanes = [_missing(file), _found(file), _seen(file), _heard(file, limit), _planned(file)]
    return Strip(lanes, episode.last_seen_at - margin, until + margin)


def risk_drawn(file: EpisodeFile, now: datetime) -> Strip | None:
    """The police risk as steps through the episode, the highest level on top; None where nobody has judged it."""
    judged = sorted(file.risk_judgements, key=lambda each: each.judged_at)
    if not judged:
        return None
    back = file.episode.returned_at
    ends = [*(each.judged_at for each in judged[1:]), back]
    lanes = [_risk_lane(level, list(zip(judged, ends, strict=True))) for level in reversed(list(PoliceRisk))]
    looks = [each.reassess_by for each in judged if each.reassess_by]
    until = max([back or now, judged[-1].judged_at, *looks])
    since = min(file.episode.last_seen_at, judged[0].judged_at)
    margin = max((until - since) / 50, timedelta(minutes=10))
    return Strip(lanes, since - margin, until + margin)


def _risk_lane(level: PoliceRisk, steps: list[tuple[RiskJudgement, datetime | None]]) -> Lane:
    """When the risk was at this level, and by when it was to be looked at again."""
    here = [(each, end) for each, end in steps if each.level == level]
    spans = [
        Span(each.judged_at, max(end, each.judged_at) if end else None, _risk_title(each, end), "outline")
        for each, end in here
    ]
    looks = [
        Point(each.reassess_by, f"To be looked at again by {moment(each.reassess_by)}", is_filled=False)
        for each, _ in here
        if each.reassess_by
    ]
    return Lane(level.label, spans, looks)


def _risk_title(judged: RiskJudgement, end: datetime | None) -> str:
    until = f"to {moment(end)}" if end else "until now"
    return f"{judged.get_level_display()} from {moment(judged.judged_at)} {until}"


def _points(happenings: Iterable[Happening]) -> list[Point]:
    return [Point(each.at, f"{each.what}, {moment(each.at)}") for each in happenings]


def _missing(file: EpisodeFile) -> Lane:
    episode = file.episode
    kind = episode.get_kind_display()
    title = f"{kind} from {moment(episode.last_seen_at)}"
    title += f" to {moment(episode.returned_at)}" if episode.returned_at else " until now"
    span = Span(episode.last_seen_at, episode.returned_at, title)
    return Lane("Missing" if episode.kind == "M" else "Away", [span])


def _found(file: EpisodeFile) -> Lane:
    told = [each for each in _going(file) if not each.what.startswith("Last seen")]
    return Lane("Told, located", [], _points([*told, *_finding(file, {})]))


def _seen(file: EpisodeFile) -> Lane:
    return Lane("Seen safe", [], _points(_seeing(file)))


def _heard(file: EpisodeFile, limit: datetime | None) -> Lane:
    episode = file.episode
    if episode.returned_at is None or limit is None:
        return Lane("Heard")
    span = Span(episode.returned_at, limit, f"The interview is due by {moment(limit)}", "band", "72 hours")
    is_held = episode.interview_outcome in HELD
    points = [
        Point(each.at, f"{each.what}, {moment(each.at)}", is_held and each.at == episode.interview_held_at)
        for each in _hearing(file, {})
    ]
    return Lane("Heard", [span], points)


def _planned(file: EpisodeFile) -> Lane:
    return Lane("Plan, closed", [], _points(_ending(file, {})))
