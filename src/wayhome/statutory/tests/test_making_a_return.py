"""How the facts become the rows of one collection year, and what is said about every difference."""

from datetime import UTC, date, datetime

import pytest

from wayhome.statutory.ssda903.facts import CareEpisode, ChildFacts, ChildRecord, MissingEpisode
from wayhome.statutory.ssda903.rules import periods_of_care, return_of
from wayhome.statutory.ssda903.years import CollectionYear

YEAR = CollectionYear(2026)
ASHA = ChildFacts("7001", "F", date(2010, 6, 5), "WBRI", "B801200005001")


def day(text):
    return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=UTC).date() if text else None


def care(first, last="", **values):
    ended = {"reason_ended": "X1", "reason_placement_changed": "CARPL"} if last else {}
    return CareEpisode(day(first), "S", "C2", "N1", "K2", "PR4", day(last), **(ended | values))


def noon(text):
    return datetime.combine(day(text), datetime.min.time(), UTC).replace(hour=12) if text else None


def missing(first, last="", kind="M"):
    return MissingEpisode(noon(first), noon(last), kind)


def told(care_episodes, missing_episodes=(), year=YEAR, facts=ASHA):
    return return_of(ChildRecord(facts, tuple(care_episodes), tuple(missing_episodes)), year)


def rows(result):
    return [row.words() for row in result.missing]


LONG_CARE = [care("01/05/2020")]

CASES = {
    "inside the year": ([("10/07/2025", "11/07/2025")], ["M 10/07/2025 to 11/07/2025"], 0),
    "ended before the year": ([("10/03/2025", "31/03/2025")], [], 0),
    "carried in, with the start it had": ([("10/03/2025", "01/04/2025")], ["M 10/03/2025 to 01/04/2025"], 0),
    "ended after the year": ([("30/03/2026", "01/04/2026")], ["M 30/03/2026 to now"], 1),
    "still missing": ([("30/03/2026", "")], ["M 30/03/2026 to now"], 0),
    "begun after the year": ([("01/04/2026", "02/04/2026")], [], 0),
    "open through a whole year": ([("01/02/2025", "01/05/2026")], ["M 01/02/2025 to now"], 1),
    "again on the day of return": (
        [("10/07/2025", "11/07/2025"), ("11/07/2025", "12/07/2025")],
        ["M 10/07/2025 to 11/07/2025", "M 11/07/2025 to 12/07/2025"],
        0,
    ),
    "twice in one day": (
        [("10/07/2025", "10/07/2025"), ("10/07/2025", "10/07/2025")],
        ["M 10/07/2025 to 10/07/2025"] * 2,
        0,
    ),
    "overlapping": (
        [("10/07/2025", "13/07/2025"), ("12/07/2025", "14/07/2025")],
        ["M 10/07/2025 to 14/07/2025"],
        2,
    ),
    "begun while another is open": (
        [("10/07/2025", ""), ("12/07/2025", "14/07/2025")],
        ["M 10/07/2025 to now"],
        1,
    ),
}


@pytest.mark.parametrize(("episodes", "expected", "adjustments"), CASES.values(), ids=CASES)
def test_missing_episodes_are_told_for_the_year(episodes, expected, adjustments):
    result = told(LONG_CARE, [missing(*each) for each in episodes])
    assert rows(result) == expected
    assert len(result.adjustments) == adjustments


def test_missing_and_away_that_overlap_are_told_as_missing():
    result = told(
        LONG_CARE, [missing("10/07/2025", "13/07/2025", "A"), missing("12/07/2025", "14/07/2025", "M")]
    )
    assert rows(result) == ["M 10/07/2025 to 14/07/2025"]


CARE_CASES = {
    "before care": ([care("01/08/2025")], ("10/07/2025", "11/07/2025"), [], "not looked after"),
    "after care": ([care("01/05/2020", "01/07/2025")], ("10/07/2025", "11/07/2025"), [], "not looked after"),
    "between two times in care": (
        [care("01/05/2020", "01/07/2025"), care("01/08/2025")],
        ("10/07/2025", "11/07/2025"),
        [],
        "not looked after",
    ),
    "when care ended": (
        [care("01/05/2020", "12/07/2025")],
        ("10/07/2025", "20/07/2025"),
        ["M 10/07/2025 to 12/07/2025"],
        "ceased to be looked after",
    ),
    "still, though care ended": (
        [care("01/05/2020", "12/07/2025")],
        ("10/07/2025", ""),
        ["M 10/07/2025 to 12/07/2025"],
        "ceased to be looked after",
    ),
    "when care began": (
        [care("12/07/2025")],
        ("10/07/2025", "20/07/2025"),
        ["M 12/07/2025 to 20/07/2025"],
        "began to be looked after",
    ),
    "until the day care began": ([care("12/07/2025")], ("10/07/2025", "12/07/2025"), [], "not looked after"),
    "while the placement changed": (
        [care("01/05/2020", "12/07/2025"), care("12/07/2025")],
        ("10/07/2025", "20/07/2025"),
        ["M 10/07/2025 to 20/07/2025"],
        None,
    ),
    "still, after the placement ended": (
        [care("01/05/2020", "12/07/2025"), care("12/07/2025")],
        ("10/07/2025", ""),
        ["M 10/07/2025 to 12/07/2025", "M 13/07/2025 to now"],
        "told in two",
    ),
    "still, after two placements ended": (
        [care("01/05/2020", "12/07/2025"), care("12/07/2025", "01/09/2025"), care("01/09/2025")],
        ("10/07/2025", "01/06/2026"),
        ["M 10/07/2025 to 01/09/2025", "M 02/09/2025 to now"],
        "told in two",
    ),
    "still, and the placement ended on 31 March": (
        [care("01/05/2020", "31/03/2026"), care("31/03/2026")],
        ("10/07/2025", ""),
        ["M 10/07/2025 to 31/03/2026"],
        "told in two",
    ),
    "carried in, and the placement ended last year": (
        [care("01/05/2020", "12/01/2025"), care("12/01/2025")],
        ("10/01/2025", "20/07/2025"),
        ["M 13/01/2025 to 20/07/2025"],
        "told in two",
    ),
    "carried in, and the placement ends this year": (
        [care("01/05/2020", "12/07/2025"), care("12/07/2025")],
        ("10/01/2025", "20/07/2025"),
        ["M 10/01/2025 to 20/07/2025"],
        None,
    ),
}


@pytest.mark.parametrize(
    ("care_episodes", "episode", "expected", "reason"), CARE_CASES.values(), ids=CARE_CASES
)
def test_missing_episodes_stay_within_care(care_episodes, episode, expected, reason):
    result = told(care_episodes, [missing(*episode)])
    assert rows(result) == expected
    assert [reason in each.reason for each in result.adjustments] == ([True] if reason else [])


def test_days_are_those_of_a_london_calendar():
    half_past_midnight_in_summer = datetime(2025, 7, 9, 23, 30, tzinfo=UTC)
    result = told(LONG_CARE, [MissingEpisode(half_past_midnight_in_summer, noon("11/07/2025"), "M")])
    assert rows(result) == ["M 10/07/2025 to 11/07/2025"]


def test_a_child_missing_from_home_is_counted_but_not_returned():
    result = told([care("01/08/2025")], [missing("10/07/2025", "11/07/2025", "HOME")])
    assert (rows(result), result.missing_from_home_count, result.adjustments) == ([], 1, ())


def test_a_child_taken_into_care_while_missing_from_home_is_missing_from_that_day():
    result = told([care("12/07/2025")], [missing("10/07/2025", "20/07/2025", "HOME")])
    assert rows(result) == ["M 12/07/2025 to 20/07/2025"]
    assert result.missing_from_home_count == 0


def test_a_child_without_care_in_the_year_has_no_rows():
    result = told([care("01/05/2020", "31/03/2025")], [missing("10/03/2025", "11/03/2025")])
    assert (result.care, result.missing, result.sex) == ((), (), "")


@pytest.mark.parametrize(
    ("episode", "expected_end"),
    [(care("01/05/2025", "31/03/2026"), date(2026, 3, 31)), (care("01/05/2025", "01/04/2026"), None)],
    ids=["on the last day", "after it"],
)
def test_care_that_ended_after_the_year_is_open_in_it(episode, expected_end):
    (row,) = told([episode]).care
    assert row.ended_on == expected_end
    assert (row.reason_ended == "") == (row.reason_placement_changed == "") == (expected_end is None)


def test_care_outside_the_year_is_left_to_other_years():
    before, after = care("01/05/2020", "31/03/2025"), care("01/04/2026")
    assert told([before, care("31/03/2025", "01/04/2026"), after]).care[0].started_on == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("year", "sex", "code"),
    [(2026, "F", "F"), (2025, "U", "U"), (2024, "F", "2"), (2024, "M", "1"), (2024, "U", "")],
)
def test_sex_is_told_in_the_codes_of_the_year(year, sex, code):
    facts = ChildFacts("7001", sex, date(2010, 6, 5), "WBRI", "UN1")
    assert told(LONG_CARE, year=CollectionYear(year), facts=facts).sex == code


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ChildFacts("7001", "F", None, "WBRI", "UN1"), "102"),
        (ChildFacts("7001", "F", date(2010, 6, 5), "WBRI", ""), "442"),
    ],
    ids=["no birth date", "no pupil number"],
)
def test_what_only_the_council_can_put_right_asks_for_attention(facts, expected):
    (note,) = told(LONG_CARE, facts=facts).adjustments
    assert expected in note.reason
    assert note.needs_attention


@pytest.mark.parametrize("last", ["01/06/2025", ""], ids=["too late", "never"])
def test_care_that_overlaps_asks_for_attention(last):
    (note,) = told([care("01/05/2020", last), care("01/05/2025")]).adjustments
    assert note.needs_attention
    assert note.row == "01/05/2025 K2"


def test_a_code_that_has_left_the_list_asks_for_attention():
    old = CareEpisode(date(2020, 5, 1), "S", "C2", "N1", "H5", "PR4")
    (note,) = told([old]).adjustments
    assert "PLACE H5" in note.reason
    assert note.needs_attention


def test_ethnicity_never_asked_is_told_as_not_obtained():
    facts = ChildFacts("7001", "F", date(2010, 6, 5), "", "UN1")
    result = told(LONG_CARE, facts=facts)
    assert result.facts.ethnicity == "NOBT"
    assert not result.adjustments[0].needs_attention


def test_a_missing_episode_before_birth_is_left_out():
    newborn = ChildFacts("7001", "F", date(2025, 7, 10), "WBRI", "UN1")
    result = told([care("10/07/2025")], [missing("10/07/2025", "11/07/2025")], facts=newborn)
    assert rows(result) == []
    assert "586" in result.adjustments[0].reason


def test_periods_of_care_join_placements_that_touch():
    periods = periods_of_care(
        [care("01/05/2020", "01/06/2020"), care("01/06/2020", "01/07/2020"), care("02/07/2020")]
    )
    assert [(each.first, each.last) for each in periods] == [
        (date(2020, 5, 1), date(2020, 7, 1)),
        (date(2020, 7, 2), None),
    ]


@pytest.mark.parametrize(
    ("on", "ends_in"), [(date(2025, 4, 1), 2026), (date(2026, 3, 31), 2026), (date(2026, 4, 1), 2027)]
)
def test_a_collection_year_is_named_after_the_year_it_ends_in(on, ends_in):
    year = CollectionYear.of(on)
    assert year == CollectionYear(ends_in)
    assert on in year
    assert str(CollectionYear(2026)) == "2025/26"
