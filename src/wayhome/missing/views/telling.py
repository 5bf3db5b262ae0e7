"""The answers of a report in words: for the one who checks them, and side by side with other sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wayhome.missing.commands import NewReport, Return
from wayhome.missing.models import Report
from wayhome.missing.queries import EpisodeFile
from wayhome.missing.vocabulary import EpisodeKind, MissingFrom, ReportSource
from wayhome.web.showing import known, sentence, when

# Where sources that tell different things have to be noticed: two stories are never word for word the same.
COMPARED = frozenset(
    {"What it is", "Last seen", "Noticed", "Reported", "Missing from", "Where last seen", "Back"}
)

Line = tuple[str, str, str]  # label, words, the step that asks it


@dataclass(frozen=True, slots=True)
class Comparison:
    """What several sources told, side by side: the sources, and a row for each thing that any of them told."""

    sources: list[str]
    rows: list[tuple[str, ...]]


def lines(told: dict[str, dict[str, Any]], now: datetime) -> list[Line]:
    """Every answer in words, in the order in which it was asked."""
    said: dict[str, Any] = {field: value for answer in told.values() for field, value in answer.items()}
    return [
        ("What it is", EpisodeKind(said["kind"]).label, "kind"),
        ("Last seen", rough(said["last_seen_at"], now), "last-seen"),
        ("Noticed", rough(said["noticed_at"], now), "noticed"),
        ("Reported", sentence(when(said["reported_at"], now)), "noticed"),
        ("Missing from", MissingFrom(said["missing_from"]).label, "place"),
        ("Where last seen", said["last_seen_place"], "place"),
        ("What happened", said["circumstances"], "what-happened"),
        ("May be with", said["companions"], "what-happened"),
        ("Police reference", said["police_reference"], "what-happened"),
        ("Who tells it", f"{said['told_by']}, {ReportSource(said['source']).label.lower()}", "source"),
        ("Can be reached", said["contact"], "source"),
        ("Back already", rough(said["returned_at"], now) if said["is_back"] else "No", "back"),
    ]


def rough(moment: Any, now: datetime) -> str:
    """A RoughMoment in words; nothing if there is none."""
    return sentence(known(moment.at, moment.certainty, now)) if moment else ""


def side_by_side(file: EpisodeFile, now: datetime, mine: dict[str, str] | None = None) -> Comparison:
    """What each source of an episode told, the first first, and what is being told now. Rows that differ say so."""
    columns = [told_by(report, file.user_names, now) for report in file.reports] + ([mine] if mine else [])
    rows = []
    for label in columns[0] if columns else ():
        words = [column[label] for column in columns]
        if any(words):
            rows.append(
                (
                    label + (differ(words) if label in COMPARED else ""),
                    *(each or "Not said" for each in words),
                )
            )
    sources = [ReportSource(report.source).label for report in file.reports] + (["Yours"] if mine else [])
    return Comparison(sources, rows)


def differ(words: Sequence[str]) -> str:
    """A word behind the label where sources tell different things; what is not said does not differ."""
    return " (differs)" if len({each for each in words if each}) > 1 else ""


def told_by(report: Report, names: dict[UUID, str], now: datetime) -> dict[str, str]:
    """One report in words, by what is told."""
    by = names.get(report.recorded_by_id, "") if report.recorded_by_id else ""
    written = ", ".join(filter(None, (sentence(when(report.recorded_at, now)), by)))
    back = sentence(known(report.returned_at, report.returned_certainty, now))
    return words_of(report, now) | {"Back": back, "Written down": written}


def told_now(new: NewReport, back_already: Return | None, now: datetime) -> dict[str, str]:
    """The report that is being made, in words, by what is told."""
    back = known(back_already.returned_at, back_already.certainty, now) if back_already else ""
    return words_of(new, now) | {"Back": sentence(back), "Written down": "Not sent yet"}


def words_of(report: Report | NewReport, now: datetime) -> dict[str, str]:
    """What a report tells, kept or being made."""
    return {
        "What it is": EpisodeKind(report.kind).label,
        "Last seen": sentence(known(report.last_seen_at, report.last_seen_certainty, now)),
        "Noticed": sentence(known(report.noticed_at, report.noticed_certainty, now)),
        "Reported": sentence(when(report.reported_at, now)),
        "Missing from": MissingFrom(report.missing_from).label if report.missing_from else "",
        "Where last seen": report.last_seen_place,
        "What happened": report.circumstances,
        "May be with": report.companions,
        "Police reference": report.police_reference,
        "Who told": ", ".join(filter(None, (report.told_by, report.contact))),
    }
