"""The parts of an episode's page in words, as pairs and rows. What was not said is left out."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from wayhome.audit.queries import Write
from wayhome.codelists import load
from wayhome.missing.models import ReturnCorrection, SafeAndWellCheck
from wayhome.missing.queries import EpisodeFile
from wayhome.missing.rules import has_died
from wayhome.missing.vocabulary import PlanEffect
from wayhome.web.showing import known, moment, sentence, when

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
            each.reason + (f" In their word: {each.as_told}." if each.as_told else ""),
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
