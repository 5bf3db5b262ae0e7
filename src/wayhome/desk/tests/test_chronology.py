"""One line of time: order, filters, pages, and the strip."""

from datetime import UTC, datetime, timedelta

import pytest

from wayhome.desk.rules.chronology import (
    MOST_LANES,
    ON_A_PAGE,
    PERIODS,
    Chosen,
    Happening,
    Kind,
    chronology,
    shortened,
)

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)


def at(days_ago: float, kind: Kind = Kind.REPORT, **known: object) -> Happening:
    return Happening(kind=kind, at=NOW - timedelta(days=days_ago), title=f"{days_ago} days ago", **known)  # type: ignore[arg-type]


def test_what_is_newest_is_read_first_and_an_outcome_stands_above_its_cause():
    happened = [at(3), at(1, Kind.EPISODE), at(1, Kind.CHECK), at(1, Kind.REPORT), at(2)]
    shown = chronology(happened, Chosen(), NOW).shown
    assert [(each.title, each.kind) for each in shown] == [
        ("1 days ago", Kind.CHECK),
        ("1 days ago", Kind.REPORT),
        ("1 days ago", Kind.EPISODE),
        ("2 days ago", Kind.REPORT),
        ("3 days ago", Kind.REPORT),
    ]


@pytest.mark.parametrize(
    ("kinds", "agency", "count"),
    [
        ([], "", 3),
        (["report"], "", 2),
        (["report", "check"], "", 3),
        ([], "Police", 1),
        (["check"], "Police", 0),
        (["no such kind"], "", 3),
        ([], "No such agency", 0),
    ],
)
def test_a_filter_leaves_what_was_chosen_and_the_choices_stay_whole(kinds, agency, count):
    happened = [at(1, agency="Police"), at(2, agency="Council"), at(3, Kind.CHECK, agency="Council")]
    shown = chronology(happened, Chosen.of({"agency": agency}, kinds), NOW)
    assert (shown.total, len(shown.shown)) == (count, count)
    assert [(each.label, each.count) for each in shown.agencies] == [("Council", 2), ("Police", 1)]
    assert [(each.value, each.count) for each in shown.kinds] == [(Kind.REPORT, 2), (Kind.CHECK, 1)]


@pytest.mark.parametrize(
    ("page", "first"), [("1", 0), ("2", ON_A_PAGE), ("30", 725), ("31", 725), ("-1", 0), ("", 0)]
)
def test_a_long_line_comes_in_pages(page, first):
    happened = [at(number, Kind.EPISODE) for number in range(747)]
    shown = chronology(happened, Chosen.of({"page": page}, []), NOW)
    assert (shown.pages, shown.total) == (30, 747)
    assert shown.shown[0].title == f"{first} days ago"


def test_nothing_is_a_chronology_too():
    shown = chronology([], Chosen(), NOW)
    assert (shown.total, shown.pages, list(shown.lanes)) == (0, 1, [])
    assert shown.since < NOW


@pytest.mark.parametrize(
    ("period", "days"), [("quarter", 92), ("year", 365), ("years", 1096), ("all", 2000), ("nonsense", 365)]
)
def test_the_strip_begins_where_the_period_does(period, days):
    since = chronology([at(2000), at(1)], Chosen.of({"period": period}, []), NOW).since
    assert (NOW - since).days == days


def test_the_strip_has_a_lane_for_each_sort_and_each_agency_at_work():
    happened = [
        at(400, Kind.CARE, lasts=True, label="Lantern House"),
        at(100, Kind.WORK, lasts=True, agency="Saltmere Safeguarding Partnership Council"),
        at(90, Kind.WORK, lasts=True, agency="Police"),
        at(5, Kind.EPISODE, lasts=True, until=NOW),
        at(4, Kind.EPISODE, lasts=True, is_done=False),
        at(4, Kind.CHECK),
        at(3, Kind.INTERVIEW, is_done=False),
        at(3, Kind.REPORT),
    ]
    lanes = {lane.name: lane for lane in chronology(happened, Chosen(), NOW).lanes}
    assert list(lanes) == [
        "Lives",
        "Police",
        "Saltmere … Council",
        "Missing or away",
        "Safe and well",
        "Heard",
    ]
    assert [span.shape for span in lanes["Lives"].spans] == ["band"]
    assert len(lanes["Missing or away"].spans) == 1, "an episode that was set aside is not drawn"
    assert [point.is_filled for point in lanes["Heard"].points] == [False]


def test_no_more_agencies_are_drawn_than_can_be_read():
    happened = [at(day, Kind.WORK, lasts=True, agency=f"Agency {day}") for day in range(1, 12)]
    assert len(chronology(happened, Chosen(), NOW).lanes) == MOST_LANES


def test_the_address_keeps_what_was_chosen():
    chosen = Chosen.of({"agency": "A & B", "period": "all", "page": "4"}, ["check", "episode"])
    assert chosen.query() == "kind=episode&kind=check&agency=A+%26+B&period=all"
    assert chosen.query(period="year", kinds=[], agency="") == ""
    assert set(PERIODS) == {"quarter", "year", "years", "all"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Police", "Police"),
        ("A" * 19, "A" * 19),
        ("Saltmere and Vale Police", "Saltmere … Police"),
        ("Children’s Services East", "Children’s … East"),
        ("Featherstonehaugh-Cholmondeley", "Featherstonehaugh-…"),
    ],
)
def test_a_long_name_is_cut_to_fit_beside_its_lane(name, shown):
    assert shortened(name) == shown


def test_where_they_live_now_is_drawn_over_where_they_lived():
    happened = [at(10, Kind.CARE, lasts=True, label="now"), at(500, Kind.ADDRESS, lasts=True, label="then")]
    (lane,) = chronology(happened, Chosen(), NOW).lanes
    assert [span.label for span in lane.spans] == ["then", "now"]
