"""Finished episodes as rows: what the commands would have written from report to closure. Pure: no database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from wayhome.access.vocabulary import Basis
from wayhome.config.demonstration import words
from wayhome.config.demonstration.calendar import Calendar
from wayhome.config.demonstration.episodes import Past
from wayhome.config.demonstration.heard import ENDINGS, IN_TIME, write_hearing
from wayhome.config.demonstration.places import MANAGERS
from wayhome.config.demonstration.rows import Ids, Row, Rows
from wayhome.config.demonstration.shares import shares
from wayhome.config.demonstration.writing import Writing
from wayhome.missing.vocabulary import EpisodeKind

_RISKS = ("no_apparent_risk", "low", "medium", "high"), (9, 28, 54, 9)
_METHODS = ("RETURNED_SELF", "FOUND_POLICE", "FOUND_CARER", "FOUND_FAMILY", "FOUND_OTHER"), (55, 20, 12, 9, 4)
_CHECKS = ("seen_safe", "harm_found", "no_further_try"), (93, 4, 3)
_CHECK_WORDS = {
    "seen_safe": words.SEEN_SAFE,
    "harm_found": words.HARM_FOUND,
    "no_further_try": ("Would not come down. Heard to be well.",),
}


def finished(past: Sequence[Past], ids: Ids, calendar: Calendar, rng: Random) -> Rows:
    """All rows of all finished episodes. Each year by itself has the shares of offered, accepted, held and in time."""
    rows = Rows()
    for ago in (2, 1, 0, -1):
        window = calendar.year(ago)
        year = [one for one in past if one.seen_at in window]
        endings = shares(rng, len(year), ENDINGS)
        held = endings.count("held")
        in_time = iter(shares(rng, held, {"yes": IN_TIME, "no": 1 - IN_TIME}))
        for one, ending in zip(year, endings, strict=True):
            writing = Writing(one, ids, calendar.now, rng, rows)
            _write(writing, ending, is_in_time=ending == "held" and next(in_time) == "yes")
    return rows


def _write(writing: Writing, ending: str, *, is_in_time: bool) -> None:
    """One episode, step by step as it happened."""
    _report(writing)
    _judge(writing)
    _return(writing)
    _check(writing)
    write_hearing(writing, ending, is_in_time=is_in_time)
    _grants(writing)


def _report(writing: Writing) -> None:
    told = _told(writing)
    recorded = writing.between(told["reported_at"], told["reported_at"] + timedelta(minutes=25))
    recorded = min(recorded, writing.past.returned_at)
    writing.episode = writing.add(
        "missing.Episode",
        recorded,
        **told,
        recorded_at=recorded,
        home_team_id=writing.ids.teams[writing.home] if writing.home else None,
        version=1,
    )
    reporter, source = _reporter(writing)
    writing.add_about(
        "missing.Report",
        recorded,
        **told,
        source=source,
        told_by="Mother" if source == "parent" else "",
        recorded_at=recorded,
        recorded_by_id=writing.ids.users[reporter],
    )
    writing.note(recorded, reporter, "report missing", source=source)


def _told(writing: Writing) -> Row:
    seen, length, rng = writing.past.seen_at, writing.past.returned_at - writing.past.seen_at, writing.rng
    noticed = writing.between(seen, seen + min(length * 0.3, timedelta(hours=2)))
    away = writing.stay is not None and rng.random() < 0.14
    return {
        "kind": EpisodeKind.AWAY if away else EpisodeKind.MISSING,
        "last_seen_at": seen,
        "noticed_at": noticed,
        "reported_at": writing.between(noticed, noticed + min(length * 0.4, timedelta(hours=3))),
        "last_seen_place": rng.choice(words.PLACES),
        "missing_from": _missing_from(writing),
        "circumstances": rng.choice(words.CIRCUMSTANCES),
        "police_reference": f"SVP-{seen:%y%m}-{rng.randrange(10_000):04d}",
    }


def _missing_from(writing: Writing) -> str:
    if writing.stay is None:
        return writing.rng.choices(("home", "school", "other"), (8, 1, 1))[0]
    return "placement" if writing.stay.placement == "K2" else "foster"


def _reporter(writing: Writing) -> tuple[str, str]:
    """Who wrote it down, and whose word it was."""
    if writing.home:
        return MANAGERS[writing.home], "home"
    is_parent = writing.stay is None and writing.rng.random() < 0.4
    return writing.officer, "parent" if is_parent else "police"


def _judge(writing: Writing) -> None:
    recorded, back = writing.episode["recorded_at"], writing.past.returned_at
    first = min(writing.between(recorded, recorded + timedelta(minutes=40)), back)
    levels = writing.rng.choices(*_RISKS)
    if levels == ["medium"] and writing.past.hours > 40 and writing.rng.random() < 0.3:
        levels = ["medium", "high"]
    for step, level in enumerate(levels):
        _judged(writing, min(first + timedelta(hours=11 * step), back), level)


def _judged(writing: Writing, at: datetime, level: str) -> None:
    writing.add_about(
        "missing.RiskJudgement",
        at,
        level=level,
        reason=writing.rng.choice(words.RISK_REASONS[level]),
        reassess_by=at + timedelta(hours=2 if level == "no_apparent_risk" else 8),
        judged_at=at,
        judged_by_id=writing.ids.users[writing.officer],
    )
    writing.episode["risk"] = level
    writing.note(at, writing.officer, "judge risk", level=level)


def _return(writing: Writing) -> None:
    seen, back, rng = writing.past.seen_at, writing.past.returned_at, writing.rng
    was_located = rng.random() < 0.35
    located = writing.between(back - (back - seen) * 0.3, back) if was_located else back
    writing.episode |= {
        "located_at": located,
        "located_place": rng.choice(words.FOUND_AT) if was_located else "",
        "returned_at": back,
        "returned_to": "Placement" if writing.stay else "Home",
        "return_method": rng.choices(*_METHODS)[0],
        "risk_reassess_by": None,
    }
    if was_located:
        writing.note(located, writing.officer, "locate")
    writing.note(back, writing.officer, "return")


def _check(writing: Writing) -> None:
    rng = writing.rng
    at = writing.hours_after(writing.past.returned_at, 0.3, 22 if rng.random() < 0.85 else 40)
    outcome = rng.choices(*_CHECKS)[0]
    writing.add_about(
        "missing.SafeAndWellCheck",
        at,
        outcome=outcome,
        checked_at=at,
        checked_by=f"PC {rng.randrange(1000, 9999)}",
        seen_alone=rng.random() < 0.8,
        account=rng.choice(_CHECK_WORDS[outcome]),
        recorded_at=at,
        recorded_by_id=writing.ids.users[writing.officer],
    )
    writing.episode["safe_and_well_at"] = at
    writing.note(at, writing.officer, "check safe and well", outcome=outcome)


def _grants(writing: Writing) -> None:
    """Police desk and interviewers saw the child until the episode was closed; the coordinators keep watch."""
    opened, closed = writing.episode["recorded_at"], writing.episode["closed_at"]
    missing = "The child is reported missing"
    for team, reason, since, until in (
        ("desk", missing, opened, closed),
        ("interviews", "Offers the return interview", writing.past.returned_at, closed),
        ("coordination", missing, opened, None),
    ):
        writing.add(
            "access.Grant",
            since,
            team_id=writing.ids.teams[team],
            basis=Basis.ALLOCATION,
            reason=reason,
            valid=(since, until),
        )
