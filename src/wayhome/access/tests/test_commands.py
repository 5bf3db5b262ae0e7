"""Every write that changes who may see or do what: its effect, its refusals, its entry, its event."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.personas import ARRANGER, NOW, a_child

from wayhome.access import commands, queries
from wayhome.access.commands import Opening
from wayhome.access.models import BreakGlass, Grant, HeldScope, Membership, Restriction, User
from wayhome.access.roles import ROLES, Scope, Verb, holders_count_for, verbs_of
from wayhome.access.vocabulary import Basis, ReviewOutcome
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.events.models import OutboxEvent
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.people.queries import index_cards, search


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Cora"))


def sees(cast, name, person_id):
    with cast.seen_by(name):
        return queries.sees(person_id)


def on_record(verb):
    with as_worker():
        return Entry.objects.filter(verb=verb).order_by("pk").last()


class TestGranting:
    def give(self, cast, child, by, **to):
        opening = Opening(basis=Basis.HANDOVER, reason="Takes over", **to)
        with cast.seen_by(by) as viewer:
            return commands.grant(person_id=child, opening=opening, viewer=viewer, now=NOW)

    def test_one_who_sees_a_child_opens_the_record_to_another(self, cast, child):
        self.give(cast, child, "Sal", user_id=cast.users["Otto"].pk)
        assert sees(cast, "Otto", child)
        assert on_record("grant").detail["basis"] == Basis.HANDOVER

    def test_one_who_does_not_cannot(self, cast, child):
        with pytest.raises(commands.GrantRefused):
            self.give(cast, child, "Otto", user_id=cast.users["Otto"].pk)
        assert not sees(cast, "Otto", child)

    def test_a_grant_ends_when_its_time_is_over(self, cast, child):
        with as_worker():
            Grant(
                person_id=child,
                user=cast.users["Otto"],
                basis=Basis.HANDOVER,
                reason="For yesterday",
                valid=(NOW - timedelta(days=2), NOW - timedelta(days=1)),
            ).save()
        assert not sees(cast, "Otto", child)

    def test_a_grant_of_an_analyst_s_team_opens_nothing(self, cast, child):
        self.give(cast, child, "Sal", team_id=cast.team_of("Ana"))
        assert not sees(cast, "Ana", child)

    def test_grants_in_bulk_are_for_machines(self, cast, child):
        opening = Opening(basis=Basis.INVOLVEMENT, reason="Import", team_id=cast.team_of("Otto"))
        texts = [commands.written_openings([(child, opening)])]
        with cast.seen_by("Sal") as sal, pytest.raises(commands.GrantRefused):
            commands.grant_many(texts=texts, viewer=sal, now=NOW)
        with as_worker():
            assert commands.grant_many(texts=texts, viewer=ARRANGER, now=NOW) == 1
        assert sees(cast, "Otto", child)

    def test_what_was_granted_on_one_basis_ends_without_the_others(self, cast, child):
        otto = cast.users["Otto"].pk
        self.give(cast, child, "Sal", user_id=otto)
        with cast.seen_by("Sal") as sal:
            ended = {"person_id": child, "holder": otto, "viewer": sal, "now": NOW}
            assert commands.end_grants(basis=Basis.PANEL, **ended) == 0
            assert commands.end_grants(basis=Basis.HANDOVER, **ended) == 1
        assert not sees(cast, "Otto", child)


class TestBreakingGlass:
    def break_it(self, cast, person_id, by="Otto", reason="She rang me just now"):
        with cast.seen_by(by) as viewer:
            return commands.break_glass(
                person_id=person_id, reason_code="on_call", reason=reason, viewer=viewer, now=NOW
            )

    def test_opens_for_a_day_is_listed_and_told(self, cast, child):
        broken = self.break_it(cast, child)
        assert sees(cast, "Otto", child)
        with as_worker():
            kept = BreakGlass.objects.select_related("grant").get(pk=broken)
            assert kept.expires_at - kept.broken_at == timedelta(hours=24)
            assert kept.grant.valid.upper == kept.expires_at
            assert OutboxEvent.objects.get(name="GlassBroken").payload == {"break_glass_id": str(broken)}
        assert on_record("break glass").person_id == child

    def test_is_over_after_a_day(self, cast, child):
        broken = self.break_it(cast, child)
        with as_worker():
            grant = BreakGlass.objects.get(pk=broken).grant
            ended = (NOW - timedelta(hours=25), NOW - timedelta(hours=1))
            Grant.objects.filter(pk=grant.pk).update(valid=ended)
        assert not sees(cast, "Otto", child)

    def test_a_restricted_record_and_one_that_is_not_there_are_refused_alike(self, cast, child):
        with cast.seen_by("Cora") as cora:
            commands.restrict(
                person_id=child,
                named=frozenset({cora.known_user_id}),
                reason="Child of a colleague",
                viewer=cora,
                now=NOW,
            )
        said = []
        for person_id in (child, new_id()):
            with pytest.raises(commands.GlassCannotBeBroken) as refused:
                self.break_it(cast, person_id)
            said.append(refused.value.message)
        assert said[0] == said[1]
        with as_worker():
            assert not BreakGlass.objects.exists()

    def test_needs_a_sentence(self, cast, child):
        with pytest.raises(commands.ReasonTooShort):
            self.break_it(cast, child, reason="quick look")

    @pytest.mark.parametrize("name", ["Hal", "Ana", "Ada", "Ivo"])
    def test_is_not_for_everyone(self, cast, child, name):
        with pytest.raises(NotAllowed):
            self.break_it(cast, child, by=name)


class TestReviewing:
    @pytest.fixture
    def broken(self, cast, child):
        return TestBreakingGlass().break_it(cast, child)

    def answer(self, cast, broken, by="Ivo"):
        with cast.seen_by(by) as viewer:
            commands.review_broken_glass(
                break_glass_id=broken,
                outcome=ReviewOutcome.LEARNING,
                note="The desk could have been rung.",
                viewer=viewer,
                now=NOW,
            )

    def test_answers_once(self, cast, broken):
        self.answer(cast, broken)
        with as_worker():
            assert BreakGlass.objects.get(pk=broken).reviewed_by_id == cast.users["Ivo"].pk
        assert on_record("review broken glass").detail == {"outcome": "learning"}
        with pytest.raises(commands.AlreadyReviewed):
            self.answer(cast, broken, by="Cora")

    def test_is_not_for_the_one_who_broke_it(self, cast):
        other = a_child(cast, given_name="Other")
        broken = TestBreakingGlass().break_it(cast, other, by="Cora")
        with pytest.raises(NotAllowed):
            self.answer(cast, broken, by="Cora")

    def test_is_not_for_others(self, cast, broken):
        with pytest.raises(NotAllowed):
            self.answer(cast, broken, by="Sal")

    def test_what_is_not_there_is_not_found(self, cast):
        with pytest.raises(NotFound):
            self.answer(cast, new_id())


class TestRestricting:
    def restrict(self, cast, child, by="Cora", named=("Cora", "Sal")):
        with cast.seen_by(by) as viewer:
            commands.restrict(
                person_id=child,
                named=frozenset(cast.users[name].pk for name in named),
                reason="Child of a colleague",
                viewer=viewer,
                now=NOW,
            )

    def test_only_those_named_see_the_record_and_others_find_nothing(self, cast):
        child = a_child(cast, known_to=("Sal", "Cora", "Pat"))
        self.restrict(cast, child)
        assert sees(cast, "Sal", child)
        assert not sees(cast, "Pat", child)
        with cast.seen_by("Pat"):
            assert search("robin testchild", on=NOW.date()) == []
            assert index_cards(name="Robin Testchild", born=NOW.date(), number="") == []
        assert on_record("restrict").person_id == child

    def test_a_grant_to_a_team_is_kept_for_later(self, cast, child):
        self.restrict(cast, child)
        with cast.seen_by("Sal") as sal:
            opening = Opening(basis=Basis.INVOLVEMENT, reason="Works too", team_id=cast.team_of("Otto"))
            commands.grant(person_id=child, opening=opening, viewer=sal, now=NOW)
        assert not sees(cast, "Otto", child)
        with cast.seen_by("Cora") as cora:
            commands.lift_restriction(person_id=child, reason="No longer needed", viewer=cora, now=NOW)
        assert sees(cast, "Otto", child)
        with as_worker():
            assert Restriction.objects.get(person_id=child).lifted_reason == "No longer needed"
        assert on_record("lift restriction").person_id == child

    def test_whoever_restricts_is_among_those_named(self, cast, child):
        with pytest.raises(commands.GrantRefused):
            self.restrict(cast, child, named=("Sal",))

    def test_a_coordinator_who_does_not_see_the_child_cannot(self, cast):
        with pytest.raises(commands.GrantRefused):
            self.restrict(cast, a_child(cast, given_name="Other"))

    def test_others_cannot(self, cast, child):
        with pytest.raises(NotAllowed):
            self.restrict(cast, child, by="Sal")


class TestAccounts:
    def test_scopes_that_see_and_never_see_a_child_are_not_held_together(self, cast):
        with cast.seen_by("Ada") as ada, pytest.raises(commands.ScopesClash):
            commands.give_scope(user_id=cast.users["Sal"].pk, scope=Scope.ANALYST, viewer=ada, now=NOW)

    def test_nobody_changes_their_own(self, cast):
        own = cast.users["Ada"].pk
        with cast.seen_by("Ada") as ada:
            told = {"viewer": ada, "now": NOW}
            for forbidden in (
                lambda: commands.give_scope(user_id=own, scope=Scope.ANALYST, **told),
                lambda: commands.join_team(user_id=own, team_id=cast.team_of("Sal"), **told),
                lambda: commands.leave_team(membership_id=Membership.objects.get(user_id=own).pk, **told),
                lambda: commands.end_scope(held_scope_id=HeldScope.objects.get(user_id=own).pk, **told),
                lambda: commands.remove_second_step(user_id=own, **told),
                lambda: commands.change_account(
                    user_id=own, name="Ada", job_title="", phone="", is_active=False, **told
                ),
            ):
                with pytest.raises(commands.OwnAccount):
                    forbidden()

    def test_one_address_has_one_account_whatever_its_case(self, cast):
        with cast.seen_by("Ada") as ada, pytest.raises(commands.EmailTaken):
            commands.open_account(
                email="SAL@wayhome.example", name="Sal Two", agency_id=None, viewer=ada, now=NOW
            )

    def test_a_last_day_that_is_over_is_refused(self, cast):
        yesterday = NOW - timedelta(days=1)
        with cast.seen_by("Ada") as ada, pytest.raises(commands.LastDayIsOver):
            commands.join_team(
                user_id=cast.users["Sal"].pk,
                team_id=cast.team_of("Pat"),
                until=yesterday,
                viewer=ada,
                now=NOW,
            )

    def test_changes_are_on_the_record_by_name_of_field_only(self, cast):
        with cast.seen_by("Ada") as ada:
            commands.change_account(
                user_id=cast.users["Sal"].pk,
                name=cast.users["Sal"].name,
                job_title="Senior",
                phone="",
                is_active=True,
                viewer=ada,
                now=NOW,
            )
        assert on_record("change account").detail == {"fields": ["job_title"]}
        with as_worker():
            assert User.objects.get(pk=cast.users["Sal"].pk).job_title == "Senior"

    @pytest.mark.parametrize("name", ["Cora", "Sal", "Ivo"])
    def test_are_for_administrators(self, cast, name):
        with cast.seen_by(name) as viewer, pytest.raises(NotAllowed, match="administrator"):
            commands.open_account(email="x@wayhome.example", name="X", agency_id=None, viewer=viewer, now=NOW)

    def test_the_log_is_for_information_governance(self, cast):
        with cast.seen_by("Ada") as ada, pytest.raises(NotAllowed):
            commands.read_log(wanted=commands.LogFilter(), page=1, viewer=ada, now=NOW)


class TestRoles:
    def test_every_scope_has_its_line_and_every_verb_its_holder(self):
        assert {role.scope for role in ROLES} == set(Scope)
        assert verbs_of(frozenset(Scope)) == set(Verb)

    def test_one_scope_that_never_sees_a_child_is_enough_to_see_none(self):
        assert holders_count_for(frozenset({"practitioner"}))
        assert not holders_count_for(frozenset({"practitioner", "administrator"}))
        assert not holders_count_for(frozenset())
        assert not holders_count_for(frozenset({"unheard of"}))

    def test_no_scope_without_children_has_a_verb_about_one(self):
        about_one = {verb for verb in Verb if "child" in verb or "record" in verb} - {Verb.REPORT_MISSING}
        for role in ROLES:
            assert role.sees_children or not role.verbs & about_one, role.name


def test_the_viewer_is_forgotten_with_the_transaction(cast, child):
    with cast.seen_by("Sal"):
        assert queries.sees(child)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT access_user()")
        assert cursor.fetchone() == (None,)
