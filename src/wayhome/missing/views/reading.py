"""The parts of an episode's page in words, as pairs and rows. What was not said is left out."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from wayhome.audit.queries import Write
from wayhome.codelists import load
from wayhome.missing.models import ReturnCorrection, ReturnInterview, SafeAndWellCheck
from wayhome.missing.queries import EpisodeFile
from wayhome.missing.rules import Clocks, has_died, is_held_in_time
from wayhome.missing.vocabulary import AfterNo, PlanEffect
from wayhome.web.showing import known, moment, sentence, span, when

Pairs = list[tuple[str, str]]


def said(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """The pairs that have an answer."""
    return [(label, answer) for label, answer in pairs if answer]


def yes_or_no(answer: bool | None) -> str:
    """An answer that may be missing, in a word."""
    return {True: "Yes", False: "No"}.get(answer, "") if answer is not None else ""


def name(file: EpisodeFile, user_id: UUID | None) -> str:
    """Who it was; nothing where no user wrote it."""
    return file.user_names.get(user_id, "") if user_id else ""


def written(by: str, at: datetime | None, now: datetime) -> str:
    """Who wrote something down and when, as far as both are known."""
    return ", ".join(filter(None, (by, when(at, now) if at else "")))


def risk_rows(file: EpisodeFile, now: datetime) -> list[tuple[str, str, str, str, str]]:
    """Every judgement of the risk, the latest first."""
    return [
        (
            sentence(when(each.judged_at, now)),
            each.level,
            each.reason,
            sentence(when(each.reassess_by, now)) if each.reassess_by else "Not said",
            name(file, each.judged_by_id),
        )
        for each in file.risk_judgements
    ]


def return_pairs(file: EpisodeFile, now: datetime) -> Pairs:
    """How the child was located and came back."""
    episode = file.episode
    return said(
        [
            ("Located", sentence(known(episode.located_at, episode.located_certainty, now))),
            ("Where", episode.located_place),
            (
                "Found" if has_died(episode) else "Back",
                sentence(known(episode.returned_at, episode.returned_certainty, now)),
            ),
            ("How", load("return_method").label(episode.return_method)),
            ("Back to", episode.returned_to),
        ]
    )


def correction_rows(file: EpisodeFile, now: datetime) -> list[tuple[str, str, str, str, str]]:
    """What was written of the return before it was corrected, the first correction first."""
    return [
        (
            sentence(when(each.corrected_at, now)),
            was_written(each, now),
            sentence(when(each.becomes_at, now)) if each.becomes_at else "Not back after all",
            each.reason,
            name(file, each.corrected_by_id),
        )
        for each in file.corrections
    ]


def was_written(correction: ReturnCorrection, now: datetime) -> str:
    """A return that was corrected, in a line."""
    back = sentence(known(correction.returned_at, correction.returned_certainty, now))
    how = load("return_method").label(correction.return_method) if correction.return_method else ""
    return ", ".join(filter(None, (back, how, correction.returned_to)))


def check_pairs(file: EpisodeFile, check: SafeAndWellCheck, now: datetime) -> Pairs:
    """One safe and well check."""
    return said(
        [
            ("Found", check.get_outcome_display()),
            ("When", sentence(when(check.checked_at, now))),
            ("By", check.checked_by),
            ("Seen alone", yes_or_no(check.seen_alone)),
            ("What was seen and said", check.account),
            ("Written down by", written(name(file, check.recorded_by_id), check.recorded_at, now)),
        ]
    )


def interview_pairs(file: EpisodeFile, clocks: Clocks, now: datetime) -> Pairs:
    """The return interview, without the child's own words, which stand by themselves."""
    interview = file.interview
    if interview is None:
        return []
    if interview.held_at is None:
        return not_held_pairs(interview)
    return said(
        [
            ("Outcome", interview.get_outcome_display()),
            ("Held", sentence(when(interview.held_at, now))),
            ("In time", in_time(file, clocks)),
            ("Where", interview.place),
            ("Interviewer", name(file, interview.interviewer_id)),
            ("How independent", interview.independence),
            ("Seen alone", yes_or_no(interview.child_seen_alone)),
            *account_pairs(interview),
        ]
    )


def account_pairs(interview: ReturnInterview) -> Pairs:
    """What was told of going, being away and coming back, and why."""
    return [
        ("Before", interview.before),
        ("During", interview.during),
        ("After", interview.after),
        ("Harm", interview.harm),
        ("Getting away from", in_words("push_reason", interview.push_reasons)),
        ("Going towards", in_words("pull_reason", interview.pull_reasons)),
        ("What would help", interview.would_help),
        ("Parents and carers say", interview.carer_view),
    ]


def not_held_pairs(interview: ReturnInterview) -> Pairs:
    """Why there was no interview, and what was done then."""
    done = [str(AfterNo(each).label) for each in interview.after_no]
    return said(
        [
            ("Outcome", interview.get_outcome_display()),
            ("What was tried, and why", interview.reason_not_held),
            ("Done after a no", ". ".join(done)),
        ]
    )


def in_words(codes: str, chosen: Iterable[str]) -> str:
    """Codes of a list as a line of words."""
    return ", ".join(load(codes).label(code) for code in chosen)


def in_time(file: EpisodeFile, clocks: Clocks) -> str:
    """Whether a held interview came within its limit."""
    held_at, returned_at = file.episode.interview_held_at, file.episode.returned_at
    if not (held_at and returned_at):
        return ""
    word = "within" if is_held_in_time(held_at, returned_at, clocks) else "later than"
    return f"{span(held_at - returned_at)} after the return: {word} {clocks.interview_hours} h"


def offer_rows(file: EpisodeFile, now: datetime) -> list[tuple[str, ...]]:
    """Every try to offer the interview."""
    return [
        (
            sentence(when(each.offered_at, now)),
            each.get_channel_display(),
            each.get_answer_display(),
            each.note or "None",
            name(file, each.offered_by_id),
        )
        for each in file.offers
    ]


def analysis_pairs(file: EpisodeFile, now: datetime) -> Pairs:
    """What the allocated worker makes of it."""
    analysis = file.analysis
    if analysis is None:
        return []
    if has_died(file.episode):
        by = written(name(file, analysis.written_by_id), analysis.written_at, now)
        return [("Words", analysis.text), ("Written by", by)]
    note = "What changed" if analysis.plan_effect == PlanEffect.PLAN_CHANGED else "Why not"
    return said(
        [
            ("The plan", analysis.get_plan_effect_display()),
            (note, analysis.plan_note),
            ("Analysis", analysis.text),
            ("Written by", written(name(file, analysis.written_by_id), analysis.written_at, now)),
        ]
    )


def record_rows(writes: Iterable[Write]) -> list[tuple[str, str, str]]:
    """Who wrote what to the episode, from the record."""
    return [
        (moment(each.at), sentence(each.verb), ", ".join(filter(None, (each.actor, each.agency))))
        for each in writes
    ]
