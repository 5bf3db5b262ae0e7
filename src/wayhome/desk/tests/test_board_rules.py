"""Which episode stands where on the duty board, in which order, and what a filter leaves out."""

from dataclasses import replace

import pytest

from wayhome.desk.rules.board import AT_FIRST, ON_A_PAGE, Asked, Section, belongs, is_called, parts, rows_of
from wayhome.desk.tests.lines import HOME, NOON, TEAM, a_duty, a_line, hours
from wayhome.missing.vocabulary import Duty, Stage

EVERYTHING = Asked()


@pytest.mark.parametrize(
    ("line", "sections"),
    [
        (a_line(), {Section.MISSING}),
        (a_line(stage=Stage.LOCATED), {Section.MISSING}),
        (
            a_line(
                1, a_duty(Duty.SAFE_AND_WELL, 2), a_duty(Duty.INTERVIEW, 50), stage=Stage.SAFE_AND_WELL_DUE
            ),
            {Section.SAFE_AND_WELL, Section.INTERVIEW},
        ),
        (a_line(1, a_duty(Duty.INTERVIEW, 50)), {Section.INTERVIEW}),
        (a_line(1, a_duty(Duty.ANALYSIS, 50), stage=Stage.ANALYSIS_DUE), {Section.ANALYSIS}),
        (a_line(stage=Stage.READY_TO_CLOSE), {Section.ANALYSIS}),
        (a_line(1, a_duty(Duty.REASSESS_RISK, 1), stage=Stage.MISSING), {Section.MISSING}),
    ],
)
def test_an_episode_stands_wherever_something_is_to_do(line, sections):
    assert {section for section in Section if belongs(line, section)} == sections


def test_high_risk_stands_first_then_who_has_no_level_yet_then_the_longest_missing():
    lines = [
        a_line(1, risk="low"),
        a_line(2, risk=""),
        a_line(3, risk="medium", last_seen_at=hours(-5)),
        a_line(4, risk="medium", last_seen_at=hours(-9)),
        a_line(5, risk="high"),
        a_line(6, risk="no_apparent_risk"),
    ]
    assert [row.line.episode_id.int for row in rows_of(Section.MISSING, lines)] == [5, 2, 4, 3, 1, 6]


def test_the_first_to_go_late_stands_first_and_what_has_no_clock_last():
    lines = [
        a_line(1, stage=Stage.READY_TO_CLOSE),
        a_line(2, a_duty(Duty.ANALYSIS, 30), stage=Stage.ANALYSIS_DUE),
        a_line(3, a_duty(Duty.ANALYSIS, -3), stage=Stage.ANALYSIS_DUE),
    ]
    rows = rows_of(Section.ANALYSIS, lines)
    assert [row.line.episode_id.int for row in rows] == [3, 2, 1]
    assert [row.is_late(NOON) for row in rows] == [True, False, False]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {1, 2}),
        ({"kind": "A"}, {2}),
        ({"kind": "everything"}, {1, 2}),
        ({"risk": "high"}, {1}),
        ({"risk": "not_set"}, {2}),
        ({"team": str(HOME)}, {1}),
        ({"team": str(TEAM)}, {2}),
        ({"team": "'; drop table"}, set()),
        ({"late": "yes"}, set()),
    ],
)
def test_a_filter_leaves_out_what_was_not_asked_for(asked, found):
    lines = [
        a_line(1, name="Síobhán O’Brien", risk="high", home_id=HOME),
        a_line(2, kind="A", lead_id=TEAM),
    ]
    shown = parts(lines, Asked.of(asked), NOON)
    assert {row.line.episode_id.int for part in shown for row in part.rows} == found


@pytest.mark.parametrize(("name", "found"), [("OBRI siobhan", {1}), ("rian", set()), ("", {1, 2})])
def test_a_name_leaves_out_whoever_is_called_otherwise(name, found):
    lines = [a_line(1, name="Síobhán O’Brien"), a_line(2)]
    assert {line.episode_id.int for line in lines if Asked(name=name).wants(line)} == found


def test_late_only_leaves_what_is_late_by_its_own_clock():
    both = a_line(
        1, a_duty(Duty.SAFE_AND_WELL, -1), a_duty(Duty.INTERVIEW, 40), stage=Stage.SAFE_AND_WELL_DUE
    )
    counts = {part.section: (part.total, part.late) for part in parts([both], Asked(late="yes"), NOON)}
    assert counts[Section.SAFE_AND_WELL] == (1, 1)
    assert counts[Section.INTERVIEW] == (0, 0)


def test_a_long_section_shows_its_first_rows_and_counts_the_rest():
    lines = [a_line(number, a_duty(Duty.INTERVIEW, number - 3)) for number in range(1, 301)]
    part = next(part for part in parts(lines, EVERYTHING, NOON) if part.section == Section.INTERVIEW)
    assert (len(part.rows), part.total, part.late, part.left_out) == (AT_FIRST, 300, 3, 300 - AT_FIRST)


@pytest.mark.parametrize(
    ("page", "first", "count"), [("1", 1, 25), ("6", 126, 25), ("999", 276, 25), ("x", 1, 25)]
)
def test_one_section_alone_comes_in_pages(page, first, count):
    lines = [a_line(number, a_duty(Duty.INTERVIEW, number)) for number in range(1, 301)]
    (part,) = parts(lines, Asked.of({"section": "interview", "page": page}), NOON)
    assert part.rows[0].line.episode_id.int == first
    assert (len(part.rows), part.pages) == (count, 300 // ON_A_PAGE)


def test_the_address_keeps_the_filters_and_forgets_the_page():
    asked = Asked.of(
        {"kind": "M", "name": "Robin", "called": "a & b", "late": "on", "page": "3", "else": "1"}
    )
    assert asked.query() == "kind=M&called=a+%26+b&late=yes"
    assert replace(asked, name="Robin").query() == asked.query()
    assert asked.query(section=Section.INTERVIEW).endswith("&section=interview")
    assert EVERYTHING.query() == ""


def test_a_row_is_new_when_somebody_wrote_or_its_clock_passed():
    (row,) = rows_of(Section.INTERVIEW, [a_line(1, a_duty(Duty.INTERVIEW, 30), version=2)])
    assert row.version(NOON) == row.version(hours(1))
    assert row.version(NOON) != row.version(hours(10))
    (written,) = rows_of(Section.INTERVIEW, [a_line(1, a_duty(Duty.INTERVIEW, 30), version=3)])
    assert written.version(NOON) != row.version(NOON)


@pytest.mark.parametrize(
    ("section", "line", "why"),
    [
        (Section.MISSING, a_line(), "Authorised Professional Practice"),
        (Section.ANALYSIS, a_line(stage=Stage.READY_TO_CLOSE), "Statutory guidance"),
        (Section.INTERVIEW, a_line(1, a_duty(Duty.INTERVIEW, 1)), "The rule about interview"),
    ],
)
def test_every_row_says_by_which_rule_it_is_there(section, line, why):
    (row,) = rows_of(section, [line])
    assert why in row.why


@pytest.mark.parametrize(
    ("name", "typed", "called"),
    [
        ("Robin Testchild", "test rob", True),
        ("Robin Testchild", "child", False),
        ("Ó Néill", "neill o", True),
        ("Robin Testchild", "", True),
    ],
)
def test_a_name_is_found_by_how_its_words_begin(name, typed, called):
    assert is_called(name, typed) is called
