"""Looking at measures is on the record, though they hold no child; what is behind one is a list of children."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.insight.queries import Year, year
from wayhome.insight.queries.months import (
    Series,
    all_series,
    episodes_counted,
    sees_children,
)
from wayhome.insight.queries.notifications import Accuracies, accuracies
from wayhome.insight.queries.pathway import PathwayMeasures, pathway_measures, people_behind
from wayhome.insight.queries.reasons import Reasons, reasons_given
from wayhome.insight.rules import counted_until, first_day_of, year_ending_in
from wayhome.insight.rules.behind import PARTS, Figure
from wayhome.insight.rules.months import BY_KEY, MEASURES, Measure, months_before
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries.listed import ListedEpisode, listed
from wayhome.people.commands.reading import open_list
from wayhome.people.queries import PersonCard, cards

AT_MOST = 200
OVERVIEW_MONTHS = 24
REASONS_MONTHS = 12


class CountsOnly(NotAllowed):
    """Your role shows counts, and not the children behind them."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the page of measures shows."""

    counted_until: date
    last_full_year: Year
    this_year: Year | None
    by_month: list[Series]


@transaction.atomic
def open_measures(*, viewer: Viewer, now: datetime) -> Measures:
    """The last full collection year, the full months of the present one, if there are any yet, and each measure."""
    require(viewer, Verb.SEE_MEASURES)
    today = london_day(now)
    until, present = counted_until(today), year_ending_in(today)
    _recorded(viewer, now, years=[present - 1, present])
    return Measures(
        counted_until=until,
        last_full_year=year(present - 1, viewer, until),
        this_year=year(present, viewer, until) if until > first_day_of(present) else None,
        by_month=all_series(months_before(until, OVERVIEW_MONTHS), MEASURES, viewer, now, says_changes=False),
    )


@transaction.atomic
def open_measure(*, key: str, months: int, viewer: Viewer, now: datetime) -> Series:
    """One measure through its last full months. Raises NotFound."""
    require(viewer, Verb.SEE_MEASURES)
    measure = _measure(key)
    _recorded(viewer, now, measure=key, months=months)
    asked = months_before(counted_until(london_day(now)), months)
    return all_series(asked, [measure], viewer, now)[0]


@transaction.atomic
def open_reasons(*, months: int, viewer: Viewer, now: datetime) -> Reasons:
    """What children said drove them away and drew them, in so many months and in as many before.

    Those who see no child look back one length only: the last two years are this one and the one before, and with both
    lengths to look at, what one page holds back could be worked out from the other.
    """
    require(viewer, Verb.SEE_MEASURES)
    months = months if sees_children(viewer) else REASONS_MONTHS
    _recorded(viewer, now, measure="reasons", months=months)
    return reasons_given(counted_until(london_day(now)), months, viewer, now)


@transaction.atomic
def open_notifications(*, viewer: Viewer, now: datetime) -> Accuracies:
    """How complete and how quick notifications were in the last twelve full months, by source."""
    require(viewer, Verb.SEE_MEASURES)
    _recorded(viewer, now, measure="notifications")
    return accuracies(counted_until(london_day(now)), viewer)


@transaction.atomic
def open_pathway_measures(*, viewer: Viewer, now: datetime) -> PathwayMeasures:
    """What was told, decided, judged, planned and reviewed on the exploitation pathway, in twelve full months."""
    require(viewer, Verb.SEE_MEASURES)
    _recorded(viewer, now, measure="exploitation")
    return pathway_measures(counted_until(london_day(now)), viewer, now)


@dataclass(frozen=True, slots=True)
class ChildrenBehind:
    """The children behind one figure, each with how often they are in it. `unnamed`: how much of it is about nobody who
    is named; `total` is the figure.
    """

    figure: Figure
    children: list[tuple[PersonCard, int]]
    children_total: int
    unnamed: int
    total: int


@transaction.atomic
def open_children_behind(figure: Figure, *, viewer: Viewer, now: datetime) -> ChildrenBehind:
    """The children behind a figure of the pathway, by name, as far as the viewer sees them; they make up the figure
    that the viewer was told. Raises CountsOnly, NotFound.
    """
    require(viewer, Verb.SEE_MEASURES)
    if not sees_children(viewer):
        raise CountsOnly
    if figure.part not in PARTS:
        raise NotFound
    today = london_day(now)
    times = people_behind(figure, counted_until(today), viewer, now)
    known = cards([person_id for person_id in times if person_id], today)
    children = sorted(((card, times[card.id]) for card in known.values()), key=lambda each: each[0].name)
    total = sum(times.values())
    found = ChildrenBehind(
        # What was typed into the address is not said back where it names nothing.
        figure if times else Figure(figure.part),
        children[:AT_MOST],
        len(children),
        total - sum(count for _, count in children),
        total,
    )
    open_list(
        page="measure exploitation",
        found=len(found.children),
        viewer=viewer,
        now=now,
        figure=found.figure.words,
    )
    return found


@dataclass(frozen=True, slots=True)
class MonthBehind:
    """The episodes behind one figure: those it counts, and the rest of what they are out of."""

    measure: Measure
    month: date
    counted: list[ListedEpisode]
    counted_total: int
    rest: list[ListedEpisode]
    rest_total: int


@transaction.atomic
def open_month(*, key: str, month: date, viewer: Viewer, now: datetime) -> MonthBehind:
    """The episodes behind one figure that the viewer sees; as many as they are told. Raises CountsOnly, NotFound."""
    require(viewer, Verb.SEE_MEASURES)
    if not sees_children(viewer):
        raise CountsOnly
    measure = _measure(key)
    if month >= counted_until(london_day(now)):
        raise NotFound
    counted, rest = episodes_counted(measure, month, viewer, now)
    found = MonthBehind(
        measure,
        month,
        listed(counted, at_most=AT_MOST),
        len(counted),
        listed(rest, at_most=AT_MOST),
        len(rest),
    )
    shown = len(found.counted) + len(found.rest)
    open_list(page=f"measure {key}", found=shown, viewer=viewer, now=now, month=month.isoformat())
    return found


def _measure(key: str) -> Measure:
    if key not in BY_KEY:
        raise NotFound
    return BY_KEY[key]


def _recorded(viewer: Viewer, now: datetime, **detail: object) -> None:
    record(viewer=viewer, now=now, verb="read", subject_kind="measures", detail=detail)
