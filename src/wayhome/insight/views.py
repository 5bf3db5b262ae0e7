from datetime import date

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.insight.commands import (
    open_children_behind,
    open_measure,
    open_measures,
    open_month,
    open_notifications,
    open_pathway_measures,
    open_reasons,
)
from wayhome.insight.commands.looking import REASONS_MONTHS
from wayhome.insight.queries.months import Series, sees_children
from wayhome.insight.rules.behind import PARTS, Figure
from wayhome.insight.rules.pathway import ASKED, BESIDE, BY_WHAT, LEVELS, Pathway
from wayhome.kernel.control_chart import ControlChart, control_chart
from wayhome.kernel.refusal import NotFound
from wayhome.web.control_charts import Reading
from wayhome.web.pages import render

# Months that can be looked back, with their words.
PERIODS = {12: "12 months", 24: "2 years", 36: "3 years", 120: "10 years"}
USUAL = 24


@allowed_to(Verb.SEE_MEASURES)
def measures(request: ViewerRequest) -> HttpResponse:
    found = open_measures(viewer=request.viewer, now=request.now)
    years = [("Last full year", found.last_full_year)]
    if found.this_year:
        years.append(("This year so far", found.this_year))
    context = {
        "years": years,
        "counted_until": found.counted_until,
        "this_year": found.this_year,
        "by_month": found.by_month,
        "is_open": sees_children(request.viewer),
    }
    return render(request, "insight/measures.html", context)


@allowed_to(Verb.SEE_MEASURES)
def measure(request: ViewerRequest, key: str) -> HttpResponse:
    months = months_asked(request)
    series = open_measure(key=key, months=months, viewer=request.viewer, now=request.now)
    context = {
        "series": series,
        "readings": readings(series),
        "asked": months,
        "periods": PERIODS,
        "is_open": sees_children(request.viewer),
    }
    return render(request, "insight/measure.html", context)


@allowed_to(Verb.SEE_MEASURES)
def reasons(request: ViewerRequest) -> HttpResponse:
    is_open = sees_children(request.viewer)
    months = months_asked(request, usual=REASONS_MONTHS) if is_open else REASONS_MONTHS
    found = open_reasons(months=months, viewer=request.viewer, now=request.now)
    longest = 36 if is_open else REASONS_MONTHS
    periods = {count: words for count, words in PERIODS.items() if count <= longest}
    context = {"reasons": found, "asked": months, "periods": periods}
    return render(request, "insight/reasons.html", context)


@allowed_to(Verb.SEE_MEASURES)
def notifications(request: ViewerRequest) -> HttpResponse:
    found = open_notifications(viewer=request.viewer, now=request.now)
    context = {"found": found, "is_open": sees_children(request.viewer)}
    return render(request, "insight/notifications.html", context)


@allowed_to(Verb.SEE_MEASURES)
def exploitation(request: ViewerRequest) -> HttpResponse:
    found = open_pathway_measures(viewer=request.viewer, now=request.now)
    is_open = sees_children(request.viewer)
    chart = control_chart([count for _, count in found.found.months])
    context = {
        "period": found,
        "found": found.found,
        "chart": chart,
        "readings": worries_by_month(found.found, chart),
        "by_what": BY_WHAT,
        "judged": list(BESIDE.values()),
        "asked": list(ASKED.values()),
        "levels": [level.label for level in LEVELS],
        "is_open": is_open,
        # By part, where its figures lead: only who sees children is led to them.
        "behind": {part: part if is_open else "" for part in PARTS},
    }
    return render(request, "insight/exploitation.html", context)


@allowed_to(Verb.SEE_MEASURES)
def children_behind(request: ViewerRequest) -> HttpResponse:
    asked = request.GET
    figure = Figure(asked.get("part") or "told", asked.get("line") or "", asked.get("col") or "")
    found = open_children_behind(figure, viewer=request.viewer, now=request.now)
    return render(request, "insight/children.html", {"behind": found})


def worries_by_month(found: Pathway, chart: ControlChart) -> list[Reading]:
    """Worries told, month by month, as the chart draws them."""
    return [
        Reading(
            f"{month:%b %y}",
            count,
            f"{month:%B %Y}: {'' if count is None else count}" + "".join(f"; {signal}" for signal in signals),
            bool(signals),
        )
        for (month, count), signals in zip(found.months, chart.signals, strict=True)
    ]


@allowed_to(Verb.SEE_MEASURES)
def measure_month(request: ViewerRequest, key: str, year: int, month: int) -> HttpResponse:
    try:
        first_day = date(year, month, 1)
    except ValueError as error:
        raise NotFound from error
    found = open_month(key=key, month=first_day, viewer=request.viewer, now=request.now)
    return render(request, "insight/month.html", {"behind": found})


def months_asked(request: ViewerRequest, usual: int = USUAL) -> int:
    """How many months back the reader wants to look."""
    typed = request.GET.get("months", "")
    return int(typed) if typed in {str(count) for count in PERIODS} else usual


def readings(series: Series) -> list[Reading]:
    """The months as the chart draws them."""
    unit = "%" if series.measure.whole else ""
    return [
        Reading(
            f"{month.month:%b %y}",
            month.value,
            f"{month.month:%B %Y}: {'' if month.value is None else f'{month.value:.0f}{unit}'}"
            + "".join(f"; {signal}" for signal in month.signals),
            bool(month.signals),
            month.is_unsettled,
        )
        for month in series.months
    ]
