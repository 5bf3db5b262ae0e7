"""Which duties were late over a period, with and without a reason."""

from collections import Counter
from datetime import date, timedelta

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.forms.late import Period
from wayhome.missing.queries.late import LateDuty, late_between
from wayhome.missing.vocabulary import Duty, WallDuty
from wayhome.people.commands import open_list
from wayhome.web.pages import render

A_WEEK = timedelta(days=6)
AT_MOST = timedelta(days=91)
WORDS: dict[str, str] = dict([*Duty.choices, *WallDuty.choices])


@allowed_to(Verb.SEE_LATE_DUTIES)
def late_duties(request: ViewerRequest) -> HttpResponse:
    viewer, now = request.viewer, request.now
    form = Period(request.GET) if request.GET else Period()
    since, until = _period(form, london_day(now))
    found = late_between(start_of_day(since), start_of_day(until + timedelta(days=1)), viewer, now)
    open_list(page="late duties", found=len(found), viewer=viewer, now=now)
    context = {
        "form": form,
        "since": since,
        "until": until,
        "found": found,
        "counts": counts(found),
        "without": sum(not each.reason for each in found),
    }
    return render(request, "missing/late.html", context)


def _period(form: Period, today: date) -> tuple[date, date]:
    """What was asked for, or the last seven days. Never longer than a quarter of a year."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    until: date = said.get("until") or today
    since: date = said.get("since") or until - A_WEEK
    return max(min(since, until), until - AT_MOST), until


def counts(found: list[LateDuty]) -> list[tuple[str, int, int]]:
    """Each duty with how often it was late, and how often nobody has written why."""
    late = Counter(each.run.rule.key for each in found)
    without = Counter(each.run.rule.key for each in found if not each.reason)
    return [(words, late[key], without[key]) for key, words in WORDS.items() if late[key]]
