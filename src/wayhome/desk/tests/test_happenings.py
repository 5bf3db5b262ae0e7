"""What the modules know of a child, told as happenings: title, words, who wrote it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from psycopg.types.range import DateRange

from wayhome.audit.queries import Writing
from wayhome.desk.rules.chronology import Kind
from wayhome.desk.rules.happenings import (
    HIDDEN_ADDRESS,
    QUOTE,
    RETURN,
    episode_title,
    sentences,
    shortened,
)
from wayhome.desk.tests.lines import HOME, NOON, TEAM, hours
from wayhome.desk.tests.telling import THING, WRITER, told
from wayhome.partnership.queries import TeamCard
from wayhome.people.queries import Worker


def an_episode(**known):
    usual = {
        "pk": THING,
        "kind": "M",
        "last_seen_at": hours(-6),
        "last_seen_certainty": "exact",
        "last_seen_place": "",
        "recorded_at": hours(-5),
        "returned_at": NOON,
        "returned_to": "",
        "return_method": "",
        "located_place": "",
        "missing_from": "",
        "home_team_id": None,
        "interview_held_at": None,
        "is_date_only": False,
        "cancelled_at": None,
        "cancelled_reason": "",
    }
    return SimpleNamespace(**(usual | known))


@pytest.mark.parametrize(
    ("known", "title"),
    [
        ({}, "Missing for 6 h"),
        ({"kind": "A", "returned_at": None}, "Away without authorisation now, 6 h so far"),
        ({"cancelled_at": NOON}, "Missing: set aside"),
        ({"is_date_only": True}, "Missing for 1 day, known by days only"),
        ({"is_date_only": True, "returned_at": hours(43)}, "Missing for 2 days, known by days only"),
    ],
)
def test_an_episode_is_titled_by_how_it_stands(known, title):
    assert episode_title(an_episode(**known), NOON) == title


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ({}, ""),
        ({"home_team_id": HOME, "last_seen_place": "the pier"}, "From Lantern House; last seen at the pier."),
        ({"missing_from": "school"}, "From School or college."),
        ({"returned_at": None, "located_place": "a friend’s"}, "Located at a friend’s."),
        (
            {"return_method": "FOUND_POLICE", "returned_to": "Home", "interview_held_at": NOON},
            "Found by police; returned to Home; the child was heard afterwards.",
        ),
        ({"cancelled_at": NOON, "cancelled_reason": "Wrong child."}, "Wrong child."),
    ],
)
def test_an_episode_tells_from_where_and_how_it_ended(known, text):
    assert told(episodes=an_episode(**known)).text == text


@pytest.mark.parametrize(
    ("certainty", "is_day", "is_about"),
    [("exact", False, False), ("about", False, True), ("day", True, False)],
)
def test_a_time_is_as_certain_as_it_was_told(certainty, is_day, is_about):
    only = told(episodes=an_episode(last_seen_certainty=certainty))
    assert (only.is_day, only.is_about) == (is_day, is_about)


def test_an_episode_names_who_first_wrote_it():
    writings = {(THING, ""): Writing("Pat Sample", "Saltmere Police", hours(-4))}
    only = told(episodes=an_episode(), writings=writings)
    assert (only.writer, only.agency, only.written_at) == (
        "Pat Sample, Saltmere Police",
        "Saltmere Police",
        hours(-5),
    )
    assert told(episodes=an_episode(is_date_only=True)).writer == RETURN


def test_an_interview_that_was_not_held_names_who_wrote_that_down():
    interview = SimpleNamespace(
        pk=THING,
        outcome="not_contactable",
        held_at=None,
        settled_at=NOON,
        own_words="",
        answered_in_id=None,
        reason_not_held="Rang three times",
        interviewer_id=None,
        episode_id=THING,
    )
    writings = {(THING, "settle interview"): Writing("Ines Sample", "Listening Ear", NOON)}
    assert told(interviews=interview, writings=writings).writer == "Ines Sample, Listening Ear"


def test_a_report_tells_who_told_it_and_who_wrote_it():
    report = SimpleNamespace(
        source="home",
        told_by="the night worker",
        circumstances="Left by the back door.",
        reported_at=NOON,
        recorded_at=NOON,
        recorded_by_id=WRITER,
        episode_id=THING,
    )
    only = told(reports=report)
    assert only.title == "Reported by: children's home or carer, the night worker"
    assert (only.text, only.writer) == ("Left by the back door.", "Pat Sample, Saltmere Police")


def test_a_risk_level_stands_with_its_reason():
    judgement = SimpleNamespace(
        level="no_apparent_risk",
        reason="At a cousin’s.",
        judged_at=NOON,
        judged_by_id=WRITER,
        episode_id=THING,
    )
    only = told(risk_judgements=judgement)
    assert (only.title, only.text) == ("Police risk level: no apparent risk", "At a cousin’s.")


@pytest.mark.parametrize(
    ("outcome", "is_done"),
    [("seen_safe", True), ("harm_found", True), ("refused", False), ("no_further_try", False)],
)
def test_a_check_that_was_refused_is_not_one_that_was_done(outcome, is_done):
    check = SimpleNamespace(
        outcome=outcome,
        checked_at=NOON,
        checked_by="PC Example",
        account="",
        recorded_at=NOON,
        recorded_by_id=WRITER,
        episode_id=THING,
    )
    only = told(checks=check)
    assert (only.is_done, only.text) == (is_done, "By PC Example.")


@pytest.mark.parametrize(
    ("outcome", "words", "text", "is_done"),
    [("completed", "I was cold.", "", True), ("declined_child", "", "Not today", False)],
)
def test_an_interview_gives_the_childs_words_or_why_there_are_none(outcome, words, text, is_done):
    interview = SimpleNamespace(
        pk=THING,
        outcome=outcome,
        held_at=NOON if is_done else None,
        settled_at=hours(1),
        own_words="I was cold.",
        answered_in_id=None,
        reason_not_held="Not today",
        interviewer_id=WRITER,
        episode_id=THING,
    )
    only = told(interviews=interview)
    assert (only.words, only.text, only.is_done) == (words, text, is_done)
    assert only.at == (NOON if is_done else hours(1))


def test_an_analysis_says_what_became_of_the_plan():
    analysis = SimpleNamespace(
        plan_effect="no_change",
        plan_note="The plan holds",
        text="x " * QUOTE,
        written_at=NOON,
        written_by_id=None,
        episode_id=THING,
    )
    only = told(analyses=analysis)
    assert only.title == "Analysis: no change to the plan"
    assert only.text.startswith("The plan holds. X x")
    assert only.text.endswith("…")


@pytest.mark.parametrize(
    ("home", "title", "text"),
    [
        (HOME, "Placed: Lantern House", "Children's home. Full care order. Until 2 May 2026."),
        (None, "Placed: Children's home", "Full care order. Until 2 May 2026."),
    ],
)
def test_a_placement_is_told_in_words(home, title, text):
    care = SimpleNamespace(
        pk=THING,
        placement="K2",
        legal_status="C2",
        started_on=date(2026, 3, 1),
        ended_on=date(2026, 5, 2),
        home_team_id=home,
    )
    only = told(care=[care])
    assert (only.title, only.text, only.lasts, only.is_day) == (title, text, True, True)


@pytest.mark.parametrize(
    ("is_masked", "title"), [(False, "Home: 1 Lamp Street, Saltmere"), (True, f"Home: {HIDDEN_ADDRESS}")]
)
def test_a_masked_address_is_not_told_in_the_chronology(is_masked, title):
    address = SimpleNamespace(
        pk=THING,
        kind="home",
        lines="1 Lamp Street\nSaltmere",
        is_masked=is_masked,
        valid=DateRange(date(2024, 1, 1), None),
    )
    only = told(addresses=[address])
    assert only.title == title
    assert "Lamp" not in only.label


@pytest.mark.parametrize(
    ("valid", "text", "until"),
    [
        (DateRange(date(2026, 3, 1), None), "Registered for neglect.", None),
        (
            DateRange(date(2026, 3, 1), date(2026, 5, 2)),
            "Registered for neglect. Until 2 May 2026.",
            datetime(2026, 5, 1, 23, tzinfo=UTC),
        ),
    ],
)
def test_a_plan_is_told_with_its_dates_and_who_wrote_it(valid, text, until):
    plan = SimpleNamespace(pk=THING, kind="child_protection", note="Registered for neglect", valid=valid)
    only = told(plans=[plan], writings={(THING, ""): Writing("Sal Sample", "Saltmere Council", NOON)})
    assert (only.title, only.text, only.until) == ("Child protection plan began", text, until)
    assert (only.writer, only.is_day, only.lasts) == ("Sal Sample, Saltmere Council", True, True)


def test_work_with_the_child_belongs_to_the_agency_that_does_it_whoever_wrote_it_down():
    team = TeamCard(TEAM, "Youth Team", "Saltmere Council", "social_work", "", "")
    work = Worker(THING, team, "Sal Sample", "Child in need", True, date(2025, 1, 1), None)
    only = told(workers=[work], writings={(THING, ""): Writing("Cora", "Another Agency", NOON)})
    assert (only.agency, only.writer) == ("Saltmere Council", "Cora, Another Agency")
    assert only.title == "Youth Team leads the work: Child in need"
    assert only.kind == Kind.WORK


@pytest.mark.parametrize(
    ("texts", "together"),
    [
        (("one", "two."), "One. Two."),
        (("", "why?"), "Why?"),
        ((), ""),
        (("  padded ",), "Padded."),
    ],
)
def test_texts_become_sentences(texts, together):
    assert sentences(*texts) == together


def test_a_long_text_is_cut_between_words():
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two", 9) == "one two"
