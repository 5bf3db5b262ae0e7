"""Functions that look past row security, called with what one must not reach."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.personas import CAST, NOW, a_child
from tests.security.asking import NOT_ALLOWED, ask, ask_one, error_of
from tests.security.world import NUMBERS, SEEN_BY, World
from wayhome.access.vocabulary import Basis
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people.rules import name_words

STRANGERS = [name for name, seen in SEEN_BY.items() if not seen]
HIDDEN = [
    (name, child) for name in CAST for child in ("Alder", "Birch", "Rowan") if child not in SEEN_BY[name]
]
OPEN = "SELECT access_open_grant(%s, %s, %s, %s, %s, 'a reason', now() + %s::interval)"
FOR_EVER = "infinity"


def open_error(world: World, child: str, *, basis: str, lasts: str, team: str = "", user: str = "") -> str:
    """What PostgreSQL says to opening a child's record to a team or a user of the cast."""
    holder = (world.cast.team_of(team) if team else None, world.cast.users[user].pk if user else None)
    if lasts == FOR_EVER:
        return error_of(
            OPEN.replace("now() + %s::interval", "NULL"), new_id(), world.children[child], *holder, basis
        )
    return error_of(OPEN, new_id(), world.children[child], *holder, basis, lasts)


def break_glass(world: World, child: str) -> None:
    """As raw SQL, so that nothing but the database decides."""
    ask(
        "SELECT access_break_glass(%s, %s, %s, 'on_call', 'on call')",
        new_id(),
        new_id(),
        world.children[child],
    )


@pytest.mark.parametrize(("name", "child"), HIDDEN)
def test_a_hidden_record_is_opened_to_nobody_on_any_basis(world, name, child):
    with world.seen_by(name):
        for basis in {*Basis.values, "", "made up"}:
            for lasts in ("1 minute", "100 years", FOR_EVER):
                assert open_error(world, child, basis=basis, lasts=lasts, user=name) == NOT_ALLOWED
                assert open_error(world, child, basis=basis, lasts=lasts, team=name) == NOT_ALLOWED
                assert open_error(world, child, basis=basis, lasts=lasts, team="Pat") == NOT_ALLOWED


BY_REPORT = "SELECT access_open_by_report(gen_random_uuid(), gen_random_uuid(), %s, 'reported')"


def test_a_report_opens_the_record_to_its_reporter_alone_for_a_month_and_is_listed(world):
    birch, otto = world.children["Birch"], world.cast.users["Otto"].pk
    with world.seen_by("Otto"):
        ask(BY_REPORT, birch)
        assert ask("SELECT holder FROM access_grant WHERE person_id = %s", birch) == [(otto,)]
        assert ask_one("SELECT access_sees_until(%s) - now()", birch) == timedelta(days=31)
        assert ask("SELECT reason_code FROM access_breakglass WHERE person_id = %s", birch) == [("report",)]


@pytest.mark.parametrize("name", ["Sal", "Pat", "Otto"])
def test_a_report_does_not_open_a_restricted_record_nor_one_that_is_not_there(world, name):
    with world.seen_by(name):
        assert error_of(BY_REPORT, world.children["Rowan"]) == error_of(BY_REPORT, new_id()) == NOT_ALLOWED


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo", "nobody"])
def test_a_report_by_one_whose_role_sees_no_child_opens_nothing(world, name):
    with world.seen_by(name):
        assert error_of(BY_REPORT, world.children["Alder"]) == NOT_ALLOWED


def test_broken_glass_does_not_pass_for_a_report_which_nobody_is_mailed_about(world):
    call = "SELECT access_break_glass(gen_random_uuid(), gen_random_uuid(), %s, 'report', 'on call')"
    with world.seen_by("Otto"):
        assert error_of(call, world.children["Birch"]) == NOT_ALLOWED


def test_who_answers_reports_ends_what_a_report_opened_and_the_list_says_so(world):
    birch, otto = world.children["Birch"], world.cast.users["Otto"].pk
    with world.seen_by("Otto"):
        ask(BY_REPORT, birch)
        with world.cast.seen_by("Pat"):
            assert ask_one("SELECT access_end_grants(%s, %s, 'report')", birch, otto) == 1
            assert ask_one("SELECT access_end_grants(%s, %s, 'report')", birch, otto) == 0
        with world.cast.seen_by("Otto"):
            assert not ask_one("SELECT access_sees(%s)", birch)
            assert ask_one("SELECT expires_at <= now() FROM access_breakglass WHERE person_id = %s", birch)


def test_broken_glass_opens_for_a_day_and_is_listed(world):
    with world.seen_by("Otto"):
        break_glass(world, "Birch")
        assert ask_one("SELECT access_sees_until(%s) - now()", world.children["Birch"]) == timedelta(hours=24)
        assert ask_one("SELECT count(*) FROM access_breakglass WHERE person_id = %s AND reviewed_at IS NULL",
                       world.children["Birch"]) == 1  # fmt: skip


def test_no_grant_passes_for_broken_glass_without_being_listed(world):
    with world.seen_by("Sal"):
        assert open_error(world, "Alder", basis="break_glass", lasts="1 hour", user="Sal") == NOT_ALLOWED


def test_glass_of_restricted_and_of_unknown_records_is_refused_alike(world):
    call = "SELECT access_break_glass(gen_random_uuid(), gen_random_uuid(), %s, 'on_call', 'on call')"
    with world.seen_by("Otto"):
        assert error_of(call, world.children["Rowan"]) == error_of(call, new_id()) == NOT_ALLOWED


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo", "nobody"])
def test_glass_is_not_broken_by_one_whose_role_sees_no_child(world, name):
    call = "SELECT access_break_glass(gen_random_uuid(), gen_random_uuid(), %s, 'on_call', 'on call')"
    with world.seen_by(name):
        assert error_of(call, world.children["Alder"]) == NOT_ALLOWED


def test_one_whose_sight_ends_by_itself_cannot_prolong_it_not_even_through_a_colleague(world):
    with world.seen_by("Otto"):
        break_glass(world, "Birch")
        for lasts in ("25 hours", FOR_EVER):
            for holder in ({"user": "Otto"}, {"team": "Otto"}, {"user": "Sal"}, {"team": "Sal"}):
                assert open_error(world, "Birch", basis="allocation", lasts=lasts, **holder) == NOT_ALLOWED
        assert open_error(world, "Birch", basis="allocation", lasts="23 hours", user="Sal") == ""


@pytest.mark.parametrize("team", ["Pat", "Cora", "Ines"])
def test_one_whose_sight_ends_by_itself_calls_in_the_teams_of_the_pathway(world, team):
    with world.seen_by("Otto"):
        break_glass(world, "Birch")
        assert open_error(world, "Birch", basis="allocation", lasts=FOR_EVER, team=team) == ""


def test_the_teams_of_the_pathway_are_named_in_the_database_as_in_the_product(world):
    kinds = "{" + ",".join(TeamKind.values) + "}"
    found = ask("SELECT kind FROM unnest(%s::text[]) kind WHERE pg_get_functiondef("
                "'access_may_pass_on'::regproc) LIKE '%%''' || kind || '''%%'", kinds)  # fmt: skip
    assert {kind for (kind,) in found} == {TeamKind.POLICE_DESK, TeamKind.COORDINATION, TeamKind.INTERVIEWERS}


def test_one_whose_sight_ends_by_itself_cannot_close_the_record_to_those_who_work_with_the_child(world):
    end = "SELECT access_end_grants(%s, %s, %s)"
    with world.seen_by("Otto"):
        break_glass(world, "Alder")
        assert error_of(end, world.children["Alder"], world.cast.team_of("Sal"), "involvement") == NOT_ALLOWED
        assert error_of(end, world.children["Alder"], world.cast.users["Otto"].pk, "break_glass") == ""


@pytest.mark.parametrize(("name", "child"), HIDDEN)
def test_nobody_ends_grants_of_a_hidden_record(world, name, child):
    with world.seen_by(name):
        call = "SELECT access_end_grants(%s, %s, 'involvement')"
        assert error_of(call, world.children[child], world.cast.team_of("Sal")) == NOT_ALLOWED


@pytest.mark.parametrize(
    "valid",
    [
        "tstzrange(now() - interval '1 hour', NULL)",
        "tstzrange(now(), NULL)",
        "tstzrange(now() + interval '1 microsecond', NULL)",
        "tstzrange(now() - interval '1 hour', now())",
        "tstzrange(now() - interval '1 hour', now() + interval '1 microsecond')",
        "tstzrange(now(), now())",
    ],
)
def test_a_grant_opens_a_record_while_it_is_valid_and_not_an_instant_longer(world, valid):
    opens = f"SELECT coalesce(access_opens(lower({valid}), upper({valid}), %s), false)"
    with world.seen_by("Sal"):
        assert ask_one(opens, False) == ask_one(f"SELECT {valid} @> now()")
        assert not ask_one(opens, True)


def test_a_grant_begins_when_it_is_made(world):
    with world.seen_by("Sal"):
        made = new_id()
        ask(OPEN, made, world.children["Alder"], None, world.cast.users["Sal"].pk, "allocation", "1 hour")
        assert ask_one("SELECT lower(valid) = now() FROM access_grant WHERE id = %s", made)


def test_a_grant_of_a_team_for_a_restricted_record_is_held_back(world):
    made = new_id()
    with world.seen_by("Cora"):
        ask(OPEN, made, world.children["Rowan"], world.cast.team_of("Sal"), None, "involvement", "1 hour")
        held_back = ask(
            "SELECT held_back FROM access_who_sees(%s) WHERE id = %s", world.children["Rowan"], made
        )
    assert held_back == [(True,)]


def test_a_new_record_is_opened_by_its_maker_and_by_nobody_who_guesses_its_number(world):
    number = new_id()
    with world.seen_by("Sal") as sal:
        ask(OPEN, new_id(), number, None, sal.user_id, "involvement", "1 hour")
        with world.cast.seen_by("Otto") as otto:
            again = error_of(OPEN, new_id(), number, None, otto.user_id, "involvement", "1 hour")
    assert again == NOT_ALLOWED


@pytest.mark.parametrize(("name", "child"), HIDDEN)
def test_who_sees_a_hidden_child_is_told_to_nobody(world, name, child):
    with world.seen_by(name):
        assert ask("SELECT * FROM access_who_sees(%s)", world.children[child]) == []
        assert ask_one("SELECT access_sees(%s)", world.children[child]) is False
        assert ask_one("SELECT access_sees_until(%s)", world.children[child]) is None


@pytest.mark.parametrize("name", [*CAST, "nobody"])
def test_whether_a_record_is_restricted_is_told_to_nobody_who_asks(world, name):
    with world.seen_by(name):
        assert error_of("SELECT access_is_restricted(%s)", world.children["Rowan"]) == NOT_ALLOWED
        seen = {child for (child,) in ask("SELECT person_id FROM access_restriction")}
    assert seen == ({world.children["Rowan"]} if name == "Cora" else set())


@pytest.mark.parametrize("name", [name for name in CAST if name != "Cora"])
def test_only_a_coordinator_who_sees_the_child_restricts_or_lifts(world, name):
    for child in world.children.values():
        with world.seen_by(name):
            me = [world.cast.users[name].pk]
            assert error_of("SELECT access_restrict(%s, %s, %s, 'mine')", new_id(), child, me) == NOT_ALLOWED
            assert error_of("SELECT access_lift_restriction(%s, 'mine')", child) == NOT_ALLOWED


def test_a_coordinator_does_not_restrict_a_record_away_from_themselves(world):
    with world.seen_by("Cora"):
        call = "SELECT access_restrict(%s, %s, %s, 'for Sal only')"
        others = [world.cast.users["Sal"].pk]
        assert error_of(call, new_id(), world.children["Birch"], others) == NOT_ALLOWED


@pytest.mark.parametrize("name", [*CAST, "nobody"])
@pytest.mark.parametrize("typed", ["alder", "birch", "rowan", "testrowan", "rowany", "r", "", "nickname"])
def test_search_finds_only_whom_one_sees(world, name, typed):
    with world.seen_by(name):
        found = {
            world.name_of(i) for (i,) in ask("SELECT person_id FROM people_search(%s, NULL, 100)", [typed])
        }
    assert found <= SEEN_BY.get(name, set())


def card(world: World, child: str) -> set[UUID]:
    """Whom the index card of a child names, asked by name and by number."""
    by_name = ask(
        "SELECT person_id FROM people_index_card(%s, '2011-06-05', '')", name_words(f"{child} Test{child}")
    )
    number = NUMBERS[child].replace(" ", "")
    by_number = ask("SELECT person_id FROM people_index_card('{}', NULL, %s)", number)
    return {person for (person,) in [*by_name, *by_number]}


@pytest.mark.parametrize("name", ["Otto", "Sal", "Hal"])
def test_the_index_card_says_that_a_child_is_known_and_is_silent_about_restricted_ones(world, name):
    with world.seen_by(name):
        assert card(world, "Birch") == {world.children["Birch"]}
        assert card(world, "Rowan") == set()


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo", "nobody"])
def test_the_index_card_is_not_for_those_whose_role_sees_no_child(world, name):
    with world.seen_by(name):
        assert all(card(world, child) == set() for child in world.children)


@pytest.mark.parametrize("words", [["alder"], ["alder", "alder"], ["testalder"], [], ["al", "test"]])
def test_the_index_card_needs_a_whole_name(world, words):
    with world.seen_by("Otto"):
        assert ask("SELECT * FROM people_index_card(%s, '2011-06-05', '')", words) == []


@pytest.mark.parametrize("number", ["1", "LA-1", "", "%", None])
def test_the_index_card_does_not_answer_to_numbers_that_can_be_guessed(world, number):
    add = "INSERT INTO people_identifier (id, person_id, type, value, issuer) VALUES (%s, %s, %s, %s, '')"
    with world.seen_by("Ines"):
        ask(add, new_id(), world.children["Birch"], "LA Child ID", "1")
        ask(add, new_id(), world.children["Birch"], "Case Number", "LA-1")
        with world.cast.seen_by("Otto"):
            assert ask("SELECT * FROM people_index_card('{}', NULL, %s)", number) == []


def test_making_names_findable_tells_nothing_and_changes_nothing_for_hidden_people(world):
    words = "SELECT token, person_id, born_year FROM people_persontoken ORDER BY 1, 2"
    with as_worker():
        before = ask(words)
    with world.seen_by("Otto"):
        everyone = [*world.children.values(), new_id()]
        assert ask_one("SELECT people_index_names(%s)::text", everyone) in ("", None)
        with as_worker():
            assert ask(words) == before


@pytest.mark.parametrize(
    "call",
    [
        "SELECT * FROM people_meant('a', 1000)",
        "SELECT * FROM procrastinate_fetch_job_v2(NULL, 1)",
        "SELECT procrastinate_finish_job_v1(1, 'succeeded', true)",
        "SELECT procrastinate_cancel_job_v1(1, true, true)",
        "SELECT procrastinate_retry_job_v2(1, now(), 1, 'q', 'l')",
    ],
)
def test_functions_of_the_worker_do_nothing_for_the_application(world, call):
    with world.seen_by("Cora"):
        assert error_of(call) in (NOT_ALLOWED, "P0001")


def test_the_present_of_these_tests_is_the_databases_own(world):
    with world.seen_by("nobody"):
        assert abs(ask_one("SELECT now()") - NOW) < timedelta(hours=2)


BY_WORRY = (
    "SELECT exploitation_open_by_referral(gen_random_uuid(), gen_random_uuid(), %s, %s, 'screens a worry')"
)
BY_SCREENING = "SELECT exploitation_open_by_screening(gen_random_uuid(), %s, %s, %s, 'works there')"
TOLD_WORRY = (
    "INSERT INTO exploitation_referral (id, about, danger, worry, receiving_team_id, received_at, recorded_at,"
    " recorded_by_id, person_id, kinds, state, harm, child_told, family_told, version)"
    " VALUES (%s, 'child', 'not_now', 'a worry', %s, now(), now(), access_user(), %s, '{}', 'waiting', 'not_asked',"
    " 'not_yet', 'not_yet', 1) RETURNING id"
)


def tell(world: World, team: str, child: str = "") -> UUID:
    """A worry by raw SQL, to any team: about a child, or about nobody named."""
    person = world.children[child] if child else None
    return UUID(str(ask_one(TOLD_WORRY, new_id(), world.cast.team_of(team), person)))


@pytest.mark.parametrize("name", ["Sal", "Pat", "Otto", "Hal", "Ana", "nobody"])
def test_a_worry_to_ones_own_team_opens_no_record(world, name):
    with world.seen_by("Otto"):
        worries = [tell(world, "Otto"), tell(world, "Cora")]
    with world.seen_by(name):
        for worry in worries:
            assert error_of(BY_WORRY, worry, world.children["Birch"]) == NOT_ALLOWED


def test_the_team_that_screens_names_a_child_for_a_month_and_that_is_listed(world):
    with world.seen_by("Otto"):
        worry, child = tell(world, "Cora"), a_child(world.cast)
        with world.cast.seen_by("Cora"):
            assert ask_one(BY_WORRY, worry, child) is True
            assert ask_one(BY_WORRY, worry, child) is False
            assert ask_one("SELECT access_sees_until(%s) - now()", child) == timedelta(days=31)
            assert ask("SELECT reason_code FROM access_breakglass WHERE person_id = %s", child) == [
                ("referral",)
            ]
        with world.cast.seen_by("Otto"):
            assert not ask_one("SELECT access_sees(%s)", child)


def test_who_sees_the_child_tells_a_worry_without_a_review_and_only_the_team_sees_them_for_it(world):
    with world.seen_by("Otto"):
        child = a_child(world.cast)
        with world.cast.seen_by("Sal"):
            worry = UUID(str(ask_one(TOLD_WORRY, new_id(), world.cast.team_of("Cora"), child)))
            assert ask_one(BY_WORRY, worry, child) is True
        with world.cast.seen_by("Cora"):
            assert ask_one("SELECT access_sees(%s)", child)
            assert ask("SELECT reason_code FROM access_breakglass WHERE person_id = %s", child) == []


def test_a_worry_does_not_open_a_record_that_is_restricted_or_not_there(world):
    with world.seen_by("Cora"):
        worry = tell(world, "Cora")
        assert error_of(BY_WORRY, worry, world.children["Rowan"]) == NOT_ALLOWED
        assert error_of(BY_WORRY, worry, new_id()) == NOT_ALLOWED
        ask("UPDATE exploitation_referral SET state = 'screened' WHERE id = %s", worry)
        assert error_of(BY_WORRY, worry, world.children["Birch"]) == NOT_ALLOWED


@pytest.mark.parametrize("name", ["Sal", "Pat", "Ines", "Hal", "Otto"])
def test_a_pathway_that_nobody_screened_opens_a_record_to_nobody(world, name):
    with world.seen_by(name):
        for way in (first_pathway(world), new_id()):
            for user in (world.cast.users["Otto"].pk, world.cast.users["Sal"].pk):
                assert error_of(BY_SCREENING, way, None, user) == NOT_ALLOWED
            assert error_of(BY_SCREENING, way, world.cast.team_of("Otto"), None) == NOT_ALLOWED


def first_pathway(world: World) -> UUID:
    """The pathway of a child whom some see."""
    with as_worker():
        return UUID(
            str(ask_one("SELECT id FROM exploitation_pathway WHERE person_id = %s", world.children["Alder"]))
        )
