"""Who sees a child for no other reason than that they reported them missing: what they may do, command by command."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.personas import ARRANGER, CAST, NOW, a_child, a_report, an_episode
from tests.security.asking import NOT_ALLOWED, error_of
from tests.security.pages import EPISODE, PERSON, every_address, path_about
from tests.security.world import World
from wayhome.access import commands as access
from wayhome.access.models import HeldScope
from wayhome.access.roles import BY_SCOPE, FOR_WHO_REPORTED, ROLES, Scope
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, Refusal
from wayhome.missing import commands as missing
from wayhome.missing.commands.fact import choose_fact
from wayhome.missing.commands.screening import Screen, follow_referral, record_screen
from wayhome.missing.commands.splitting import split_episode
from wayhome.missing.models import Report
from wayhome.missing.tests.pages import client_of
from wayhome.people import commands as people
from wayhome.people.models import Address, Involvement, KnownPlace
from wayhome.people.vocabulary import AddressKind, IdentifierType, NameKind, RelationshipKind

ANSWER = missing.Answer(
    outcome="done", done_at=NOW - timedelta(hours=1), note="Told", with_whom="The manager"
)
SCREEN = Screen(outcome="not_needed", screened_at=NOW)
ACCOUNT = missing.Account(
    held_at=NOW, place="Café", independent_as="outside", independence="", own_words="I was cold."
)
OFFER = missing.Offer(offered_at=NOW, channel="phone", answer="accepted", note="")


@pytest.fixture
def reported(cast):
    """A child, and an episode of theirs that every practitioner could work on, reported by one of another agency."""
    child = a_child(cast, known_to=("Sal",))
    with as_worker():
        people.add_address(
            person_id=child,
            kind=AddressKind.HOME,
            lines="7 Hidden Lane",
            postcode="",
            since=date(2025, 1, 1),
            is_masked=True,
            viewer=ARRANGER,
            now=NOW,
        )
        people.add_known_place(
            person_id=child,
            judging=people.Judging(place="The Refuge", is_masked=True),
            viewer=ARRANGER,
            now=NOW,
        )
    return child, an_episode(cast, child, by="Otto")


def work_on(child, episode) -> dict[str, Callable[..., Any]]:
    """Every command about a child that is not among what a report opens, each as it would be called."""
    with as_worker():
        report = Report.objects.get(episode_id=episode).pk
        place = KnownPlace.objects.get(person_id=child).pk
        address = Address.objects.get(person_id=child, is_masked=True).pk
        work = Involvement.objects.filter(person_id=child).first().pk
    e, p = {"episode_id": episode}, {"person_id": child}
    judging = people.Judging(place="The pier")
    care = people.NewCareEpisode(
        started_on=date(2025, 3, 1), start_reason="S", legal_status="C2", placement="U1"
    )
    return {
        "answer_duty": lambda **c: missing.answer_duty(**e, duty="senior_notice", answer=ANSWER, **c),
        "answered": lambda **c: missing.answer_duty(**e, duty="strategy_discussion", answer=ANSWER, **c),
        "note_receipt": lambda **c: missing.note_receipt(
            **e, duty="host_notice", received_at=NOW, received_by="Them", **c
        ),
        "explain_late": lambda **c: missing.explain_late(**e, duty="interview", reason="Busy", **c),
        "offer": lambda **c: missing.offer_interview(**e, offer=OFFER, **c),
        "offer_after_no": lambda **c: missing.offer_after_no(**e, offer=OFFER, **c),
        "add_after_no": lambda **c: missing.add_after_no(
            **e, after_no=(), contacts_given="", carer_view="", retry_on=None, **c
        ),
        "hold": lambda **c: missing.hold_interview(**e, account=ACCOUNT, **c),
        "settle": lambda **c: missing.settle_without_interview(
            **e, outcome="declined_child", reason="No", **c
        ),
        "analyse": lambda **c: missing.analyse_return(
            **e, text="x", plan_effect="no_change", plan_note="x", **c
        ),
        "close": lambda **c: missing.close_episode(**e, **c),
        "set_aside": lambda **c: missing.set_aside_episode(**e, reason="Wrong", **c),
        "risk": lambda **c: missing.judge_risk(**e, level="high", reason="Alone", **c),
        "check": lambda **c: missing.record_safe_and_well(
            **e, check=missing.SafeAndWell(outcome="seen_safe", checked_at=NOW, checked_by="PC"), **c
        ),
        "choose": lambda **c: choose_fact(**e, fact="last_seen_at", report_id=report, reason="Sure", **c),
        "merge": lambda **c: missing.merge_episodes(double_id=episode, into_id=episode, reason="One", **c),
        "split": lambda **c: split_episode(**e, report_ids=[report], back_already=None, reason="Two", **c),
        "screen": lambda **c: record_screen(**e, screen=SCREEN, **c),
        "referral": lambda **c: follow_referral(**e, referral="offered", at=NOW, **c),
        "repeat": lambda **c: missing.decide_repeat(**e, answer="seminar", note="", **c),
        "hand_over": lambda **c: missing.hand_over(
            team_id=next(iter(c["viewer"].team_ids)), notes={episode: ""}, **c
        ),
        "reveal_address": lambda **c: people.reveal_address(**p, address_id=address, **c),
        "reveal_place": lambda **c: people.reveal_place(place_id=place, **c),
        "add_place": lambda **c: people.add_known_place(**p, judging=judging, **c),
        "judge_place": lambda **c: people.judge_known_place(place_id=place, judging=judging, **c),
        "end_place": lambda **c: people.end_known_place(place_id=place, **c),
        "add_name": lambda **c: people.add_name(
            **p, kind=NameKind.ALIAS, given_name="A", family_name="B", source="", **c
        ),
        "add_number": lambda **c: people.add_identifier(
            **p, type_=IdentifierType.CASE_NUMBER, value="1", **c
        ),
        "add_address": lambda **c: people.add_address(
            **p, kind=AddressKind.OTHER, lines="x", postcode="", since=date(2025, 1, 1), **c
        ),
        "add_relative": lambda **c: people.add_relationship(
            **p, kind=RelationshipKind.FRIEND, name="Fern", **c
        ),
        "begin_care": lambda **c: people.begin_care_episode(**p, new=care, **c),
        "end_work": lambda **c: people.end_involvement(involvement_id=work, on=date(2025, 6, 1), **c),
        "restrict": lambda **c: access.restrict(
            **p, named=frozenset({c["viewer"].user_id}), reason="Mine", **c
        ),
    }


@contextmanager
def undone():
    """Whatever is done in it is undone, and may fail."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome_of(command, viewer) -> str:
    """What a command says: the class of its refusal, or "done". Anything but a refusal is a fault of ours."""
    try:
        with transaction.atomic():
            command(viewer=viewer, now=NOW)
    except Refusal as refusal:
        return type(refusal).__name__
    return "done"


@pytest.mark.parametrize("scope", [role.scope for role in ROLES if role.sees_children])
def test_no_work_is_done_by_who_only_reported_whatever_their_role(cast, reported, scope):
    with as_worker():
        held = HeldScope.objects.filter(user=cast.users["Otto"])
        held.update(scope=scope)
    said = {}
    for name, command in work_on(*reported).items():
        with cast.seen_by("Otto") as otto:
            said[name] = outcome_of(command, otto)
    assert {name: word for name, word in said.items() if word not in ("NotAllowed", "NotFound")} == {}
    assert list(said.values()).count("NotFound") < 3


def test_what_a_report_opens_is_done(cast, reported):
    child, episode = reported
    with cast.seen_by("Otto") as otto:
        missing.record_located(episode_id=episode, located_at=NOW, place="The pier", viewer=otto, now=NOW)
        missing.add_report(episode_id=episode, person_id=child, new=a_report(), viewer=otto, now=NOW)
        missing.record_returned(
            episode_id=episode,
            returned_at=NOW,
            returned_to="",
            return_method="RETURNED_SELF",
            viewer=otto,
            now=NOW,
        )


@pytest.mark.parametrize("name", CAST)
def test_no_command_fails_in_another_way_than_by_a_refusal_for_anybody(cast, reported, name):
    for command in work_on(*reported).values():
        with undone(), cast.seen_by(name) as viewer:
            outcome_of(command, viewer)


def test_a_duty_that_was_answered_out_of_sight_is_refused_in_words(cast, reported):
    _, episode = reported
    with cast.seen_by("Sal") as sal:
        missing.answer_duty(episode_id=episode, duty="senior_notice", answer=ANSWER, viewer=sal, now=NOW)
    sent = {"outcome": "done", "note": "Told", "with_whom": "X", "submission_key": str(new_id())}
    answered = client_of(cast, "Otto").post(reverse("answer_duty", args=[episode, "senior_notice"]), sent)
    assert answered.status_code == 403
    assert "because you reported them missing" in answered.content.decode()


def test_staff_of_a_home_answer_no_duty_whatever_else_they_are(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = an_episode(cast, child)
    with as_worker():
        access.give_scope(user_id=cast.users["Hal"].pk, scope=Scope.PRACTITIONER, viewer=ARRANGER, now=NOW)
    with cast.seen_by("Hal") as hal, pytest.raises(NotAllowed):
        missing.answer_duty(episode_id=episode, duty="senior_notice", answer=ANSWER, viewer=hal, now=NOW)


@pytest.mark.parametrize("address", sorted({**EPISODE, **PERSON}.items()))
def test_a_page_for_more_than_that_is_closed(cast, reported, address):
    name, verb = address
    child, episode = reported
    if verb not in BY_SCOPE[Scope.PRACTITIONER].verbs or verb in FOR_WHO_REPORTED:
        pytest.skip("not for this persona, or open")
    world = World(cast, children={"Robin": child}, episodes={"Robin": episode})
    (pattern,) = [each for each in every_address() if each.name == name]
    assert client_of(cast, "Otto").get(path_about(world, pattern, "Robin")).status_code in (403, 404, 405)


def test_nor_by_sql(cast, reported):
    child, episode = reported
    with cast.seen_by("Otto"):
        answer = (
            "INSERT INTO missing_dutyanswer (id, episode_id, person_id, duty, outcome, done_at, with_whom, note,"
            " received_by, recorded_at) VALUES (%s, %s, %s, 'senior_notice', 'done', now(), 'x', 'x', '', now())"
        )
        reason = (
            "INSERT INTO missing_breachreason (id, episode_id, person_id, duty, due_at, reason, written_at)"
            " VALUES (%s, %s, %s, 'interview', now(), 'x', now())"
        )
        risk = (
            "INSERT INTO missing_riskjudgement (id, episode_id, person_id, level, reason, judged_at)"
            " VALUES (%s, %s, %s, 'low', 'x', now())"
        )
        for statement in (answer, reason, risk):
            assert error_of(statement, new_id(), episode, child) == NOT_ALLOWED


def test_the_child_is_not_among_those_whom_they_are_offered_to_hand_over(cast, reported):
    child, _ = reported
    shown = client_of(cast, "Otto").get(reverse("hand_over")).content.decode()
    assert "Robin Testchild" not in shown
    assert str(child) not in shown
