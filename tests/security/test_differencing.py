"""Two looks of one who sees no child, put together: what one holds back the other must not tell."""

from datetime import date, timedelta

from django.urls import reverse

from tests.personas import NOW, a_child
from wayhome.config.testing import as_worker
from wayhome.insight.commands import open_reasons
from wayhome.insight.queries.months import all_series
from wayhome.insight.rules import counted_until, first_day_of, year_ending_in
from wayhome.insight.rules.months import BY_KEY, month_after, months_before, whole_years
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.models import Episode

BACKEND = "wayhome.access.signed_in.Backend"
UNTIL = counted_until(london_day(NOW))
LAST_YEAR = whole_years([month_after(first_day_of(year_ending_in(UNTIL)), -1)])


def episodes_of(cast, counts):
    """So many episodes in each month, all of one child and all over."""
    child = a_child(cast)
    rows = [
        Episode(
            person_id=child,
            kind="M",
            last_seen_at=start_of_day(month) + timedelta(hours=12 * place),
            returned_at=start_of_day(month) + timedelta(hours=12 * place + 6),
            return_method="RETURNED_SELF",
            recorded_at=start_of_day(month) + timedelta(hours=12 * place),
        )
        for month, count in counts.items()
        for place in range(count)
    ]
    with as_worker():
        Episode.objects.bulk_create(rows)


def held_back(cast, months):
    with cast.seen_by("Ana") as viewer:
        (series,) = all_series(months_before(UNTIL, months), [BY_KEY["episodes"]], viewer, NOW)
    return {each.month for each in series.months if each.part is None and each.month in LAST_YEAR}


def test_a_longer_look_back_holds_back_the_same_months(cast):
    episodes_of(cast, dict.fromkeys(LAST_YEAR, 6) | {LAST_YEAR[-1]: 3})
    short, long = held_back(cast, 12), held_back(cast, 36)
    assert LAST_YEAR[-1] in short
    assert len(long) == 2
    assert short == {month for month in long if month in months_before(UNTIL, 12)}


def test_whole_years_begin_in_april():
    assert whole_years([date(2025, 11, 1), date(2025, 12, 1)])[0] == date(2025, 4, 1)
    assert len(whole_years([date(2026, 3, 1)])) == 12
    assert whole_years([]) == []


def test_reasons_are_shown_of_one_length_of_time_to_those_who_see_no_child(cast, client):
    with cast.seen_by("Ana") as ana:
        looks = {open_reasons(months=months, viewer=ana, now=NOW).since for months in (12, 24, 36, 120)}
    assert looks == {months_before(UNTIL, 12)[0]}
    client.force_login(cast.users["Ana"], backend=BACKEND)
    page = client.get(reverse("measure_reasons"), {"months": "24"}).content.decode()
    assert "months=24" not in page
    with cast.seen_by("Cora") as cora:
        assert open_reasons(months=24, viewer=cora, now=NOW).since == months_before(UNTIL, 24)[0]
