"""The demonstration in the database: in the middle of things, and true to its plan."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.test import Client

from wayhome.access.models import BreakGlass, Grant, Membership, Restriction, User
from wayhome.access.queries import glass_to_review
from wayhome.access.viewing import open_for, viewer_of
from wayhome.audit.models import Draft, Entry, SealedEntry
from wayhome.audit.verify import verify
from wayhome.config.demonstration import PERSONAS, seed
from wayhome.config.demonstration.calendar import Calendar
from wayhome.config.demonstration.person_rows import SIGNED
from wayhome.config.demonstration.personas import PASSWORD
from wayhome.config.demonstration.places import AUTHORITY
from wayhome.config.testing import as_worker
from wayhome.config.tests.test_demonstration_plan import AUTUMN, the_plan
from wayhome.exploitation.models import Assessment, Judgement, Pathway, Referral
from wayhome.insight.commands import open_measures
from wayhome.kernel.clock import london_day, utc_now
from wayhome.kernel.viewer import machine
from wayhome.missing import queries
from wayhome.missing.commands.merging import has_work
from wayhome.missing.models import Episode, InterviewOffer, Report, ReturnInterview
from wayhome.missing.rules import Clocks
from wayhome.missing.vocabulary import EpisodeKind, PoliceRisk, Stage
from wayhome.partnership.queries import homes_by_urn
from wayhome.people.models import Identifier, KnownPlace, Person, Photo, PlanStatus, Relationship
from wayhome.people.pack import placed_across, reasons_to_check
from wayhome.people.queries import residents_of
from wayhome.people.rules import PACK_DAYS, PackReason
from wayhome.statutory.commands.exporting import export_903
from wayhome.statutory.ssda903.facts import CareEpisode, ChildFacts, ChildRecord, MissingEpisode
from wayhome.statutory.ssda903.writing import write_return
from wayhome.statutory.tests import test_independent_validator as validator
from wayhome.strategy.models import (
    GuidanceAudience,
    GuidanceReceipt,
    HorizonItem,
    Plan,
    SignOff,
    Snapshot,
    UpdateRequest,
)
from wayhome.strategy.queries.pack import board_pack
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.queries.snapshot import broken_snapshots
from wayhome.strategy.rules.summary import summary_of


@pytest.fixture(scope="module")
def seeded_at(nobody, django_db_blocker):
    """The demonstration in the database, once for this module; undone afterwards. The instant it was made for: now, but
    not in the last hours of a day, when the measure beside one action does not rise beyond its usual variation.
    """
    clock, told = utc_now(), []
    now = min(clock, clock.replace(hour=20, minute=0))
    with django_db_blocker.unblock(), transaction.atomic():
        with as_worker():
            seed(progress=told.append, now=now)
        assert told == sorted(told)
        assert told[-1] == 100
        yield now
        transaction.set_rollback(True)


@pytest.fixture
def seeded(seeded_at):
    """The demonstration for one test, as it was made."""
    with transaction.atomic():
        yield seeded_at
        transaction.set_rollback(True)


@pytest.fixture
def as_persona(seeded):
    """Look at something as one of the personas: call with their key and what to ask."""

    def look(key, ask):
        user = User.objects.select_related("agency").get(email=f"{key}@wayhome.example")
        viewer = viewer_of(user, now=seeded)
        open_for(viewer)
        try:
            return ask(viewer)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('wayhome.viewer', '', true)")

    return look


def test_the_database_says_747_by_250_too(seeded):
    year = Calendar(seeded).year(0)
    with as_worker():
        found = Episode.objects.filter(
            cancelled_at=None, last_seen_at__gte=year.start, last_seen_at__lt=year.end
        ).values_list("person_id", flat=True)
        assert (len(found), len(set(found))) == (747, 250)


def test_every_stage_has_open_work(seeded):
    with as_worker():
        rows = queries.board(Clocks())
    stages = Counter(row.stage for row in rows)
    assert set(stages) == {
        Stage.MISSING,
        Stage.LOCATED,
        Stage.SAFE_AND_WELL_DUE,
        Stage.INTERVIEW_DUE,
        Stage.ANALYSIS_DUE,
        Stage.READY_TO_CLOSE,
    }
    assert 6 <= stages[Stage.MISSING] + stages[Stage.LOCATED] <= 9
    late = {row.stage for row in rows if row.is_late(seeded)}
    assert {Stage.SAFE_AND_WELL_DUE, Stage.INTERVIEW_DUE, Stage.ANALYSIS_DUE} <= late
    missing = [row.episode for row in rows if row.stage == Stage.MISSING]
    assert {episode.risk for episode in missing} >= set(PoliceRisk.values) | {""}
    assert any(episode.kind == EpisodeKind.AWAY for episode in missing)
    assert any(seeded - episode.last_seen_at > timedelta(hours=24) for episode in missing)


def test_interviews_are_offered_accepted_declined_and_late(seeded):
    with as_worker():
        due = [row for row in queries.board(Clocks()) if row.stage == Stage.INTERVIEW_DUE]
        answers = set(
            InterviewOffer.objects.filter(episode__in=[row.episode.pk for row in due]).values_list(
                "answer", flat=True
            )
        )
        open_now = list(Episode.objects.filter(closed_at=None, cancelled_at=None))
        doubled = [each for each in open_now if queries.likely_doubles(each)]
        can_go = [each for each in doubled if not has_work(each)]
        twice = Counter(Report.objects.filter(episode__closed_at=None).values_list("episode_id", flat=True))
    assert answers == {"no_answer", "accepted", "declined_child", "declined_parent"}
    assert len({row.duties[0].words(seeded) for row in due}) >= 12
    assert any(row.episode.interview_offered_at is None for row in due)
    assert len(doubled) == 2
    assert len(can_go) == 1
    assert 2 in twice.values()


def test_finished_episodes_are_in_order(seeded):
    with as_worker(), connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM missing_episode WHERE closed_at IS NOT NULL AND NOT (
                   last_seen_at <= noticed_at AND noticed_at <= reported_at AND reported_at <= recorded_at
                   AND located_at <= returned_at AND returned_at <= safe_and_well_at
                   AND returned_at <= interview_settled_at AND interview_settled_at <= analysed_at
                   AND analysed_at <= closed_at AND closed_at <= %s
                   AND coalesce(interview_offered_at BETWEEN returned_at AND interview_settled_at, true)
                   AND coalesce(interview_held_at BETWEEN returned_at AND interview_settled_at, true))""",
            [seeded],
        )
        assert cursor.fetchone()[0] == 0
        # Two were written down when their month had been counted, so that the measures say so.
        cursor.execute("SELECT count(*) FROM missing_episode WHERE recorded_at > returned_at")
        assert cursor.fetchone()[0] == 2


def test_returns_wait_for_a_decision_children_are_invited_and_figures_are_kept(seeded):
    with as_worker(), connection.cursor() as cursor:
        counts = []
        for sql in (
            "SELECT count(*) FROM missing_triggerhit WHERE answer = ''",
            "SELECT count(*) FROM missing_triggerhit WHERE answer <> ''",
            "SELECT count(*) FROM missing_seminar WHERE held_at > %s",
            "SELECT count(*) FROM missing_seminarinvitation WHERE attended",
            "SELECT count(DISTINCT month) FROM insight_countedmonth",
        ):
            cursor.execute(sql, [seeded] if "%s" in sql else [])
            counts.append(cursor.fetchone()[0])
    assert all(counts), counts
    assert counts[-1] > 24


def test_packs_are_current_old_moved_or_not_written_and_their_pictures_are_of_nobody(seeded):
    with as_worker():
        today = london_day(seeded)
        residents = {
            care.person_id for home in homes_by_urn(today).values() for care in residents_of({home}, today)
        }
        reasons = Counter(reasons_to_check(sorted(residents), on=today, days=PACK_DAYS).values())
        photos = Photo.objects.filter(person_id__in=residents).defer("image").count()
        assert {place.is_masked for place in KnownPlace.objects.all()} == {True, False}
        plans = set(PlanStatus.objects.values_list("kind", flat=True))
        across = placed_across(today)
    assert set(reasons) == set(PackReason)
    assert reasons.total() < len(residents)
    assert photos > len(residents) / 2
    assert len(plans) == 4
    assert len([each for each in across if each.placed_by]) == 4
    assert [each for each in across if each.placed_in]


def test_interviews_of_the_last_full_year_have_the_published_shares(seeded):
    year = Calendar(seeded).year(0)
    with as_worker():
        closed = list(
            Episode.objects.filter(closed_at__isnull=False, last_seen_at__range=(year.start, year.end))
        )
    offered = [episode for episode in closed if episode.interview_offered_at]
    accepted = [episode for episode in offered if episode.interview_accepted_at]
    held = [episode for episode in closed if episode.interview_held_at]
    in_time = [
        episode for episode in held if episode.interview_held_at - episode.returned_at <= timedelta(hours=72)
    ]
    assert abs(len(offered) / len(closed) - 0.75) < 0.01
    assert abs(len(accepted) / len(offered) - 0.55) < 0.01
    assert abs(len(in_time) / len(held) - 0.63) < 0.01


def test_what_is_written_about_an_episode_agrees_with_its_milestones(seeded):
    with as_worker():
        for interview in ReturnInterview.objects.select_related("episode"):
            assert interview.outcome == interview.episode.interview_outcome
            assert interview.held_at == interview.episode.interview_held_at
        assert not Episode.objects.exclude(closed_at=None).filter(analysis=None).exists()
        assert not Episode.objects.filter(reports=None).exists()


def test_everyone_can_sign_in_as_the_persona_they_chose(seeded):
    assert len(PASSWORD) >= 12
    persona = PERSONAS[0]
    client = Client()
    answer = client.post("/accounts/login/", {"login": persona.email, "password": persona.password})
    assert answer.status_code == 302, answer.content.decode()
    assert "_auth_user_id" in client.session
    with as_worker():
        hashes = set(
            User.objects.filter(email__in=[one.email for one in PERSONAS]).values_list("password", flat=True)
        )
    assert len(hashes) == 1


@pytest.mark.parametrize("key", ["ines", "pat", "sal", "hal", "cora"])
def test_who_works_with_children_finds_work_waiting(as_persona, key):
    assert as_persona(key, lambda _viewer: queries.board(Clocks()))


@pytest.mark.parametrize("key", ["otto", "ana", "lena", "ada", "ivo"])
def test_who_has_no_children_sees_none(as_persona, key):
    seen = as_persona(
        key, lambda _viewer: (Person.objects.count(), Episode.objects.count(), Grant.objects.count())
    )
    assert seen == (0, 0, 0)


def test_the_home_manager_sees_the_residents(as_persona):
    assert as_persona("hal", lambda _viewer: Person.objects.count()) == 6


def test_drafts_wait_for_those_who_began_them(as_persona):
    assert as_persona("ines", lambda _viewer: list(Draft.objects.values_list("form", flat=True))) == [
        "hold_interview"
    ]
    assert as_persona("sal", lambda _viewer: list(Draft.objects.values_list("form", flat=True))) == [
        "analyse_return"
    ]


def test_broken_glass_waits_for_a_reviewer(as_persona):
    for key in ("cora", "ivo"):
        assert as_persona(key, lambda _viewer: glass_to_review().count()) == 2


def test_restricted_records_are_closed_to_teams(seeded):
    with as_worker():
        restricted = list(Restriction.objects.values_list("person_id", flat=True))
        open_grants = Grant.objects.filter(
            person_id__in=restricted, held_back=False, valid__contains=utc_now()
        )
        assert len(restricted) == 8
        assert open_grants.filter(team__isnull=False).count() == 0
        assert open_grants.filter(user__isnull=False).count() >= 16


def test_brothers_and_sisters_know_each_other(seeded):
    with as_worker():
        pairs = set(Relationship.objects.filter(kind="sibling").values_list("person_id", "other_id"))
    assert len(pairs) >= 40
    assert {(other, person) for person, other in pairs} == pairs


def test_every_address_placement_and_team_says_who_put_it_down(seeded):
    with as_worker():
        for model, (kind, _) in SIGNED.items():
            rows = apps.get_model(model).objects
            signed = Entry.objects.filter(subject_kind=kind, subject_id=OuterRef("pk"), user_id__isnull=False)
            assert rows.exists()
            assert not rows.filter(~Exists(signed)).exists()


def test_every_interview_that_was_not_held_says_who_wrote_that_down(seeded):
    with as_worker():
        settled = Episode.objects.exclude(interview_settled_at=None).filter(interview_held_at=None)
        said = Entry.objects.filter(verb="settle interview", subject_id=OuterRef("pk"), user_id__isnull=False)
        assert settled.count() > 100
        assert not settled.filter(~Exists(said)).exists()


def test_identifiers_are_those_of_the_plan(seeded):
    with as_worker():
        types = Counter(Identifier.objects.values_list("type", flat=True))
    assert types["NHS Number"] == types["Unique Pupil Number"] == types["LA Child ID"] == 830


def test_the_record_of_it_is_sealed_and_true(seeded):
    with as_worker():
        assert Entry.objects.count() == SealedEntry.objects.count() > 500
        assert verify().holds


def test_the_return_of_the_last_full_year_leaves_nothing_to_put_right(seeded, tmp_path):
    year = Calendar(seeded).last_full
    with as_worker():
        report = export_903(
            year=year.ends_in,
            authority=AUTHORITY,
            to=tmp_path,
            viewer=machine("export 903"),
            now=seeded,
            progress=lambda _done: None,
        )
    assert report.attention_count == 0
    assert report.rows["missing.csv"] > 400
    assert report.missing_from_home_count > 200


@validator.pytestmark
def test_the_return_passes_the_independent_validator(tmp_path):
    plan = the_plan(AUTUMN)
    missing = {}
    for one in plan.past:
        missing.setdefault(one.child.number, []).append(MissingEpisode(one.seen_at, one.returned_at, ""))
    records = [as_in_the_return(child, missing.get(child.number, ())) for child in plan.children]
    report = write_return(records, Calendar(AUTUMN).last_full, authority=AUTHORITY, to=tmp_path)
    assert report.rows["missing.csv"] > 400
    assert validator.validated(tmp_path, ends_in=2026)["fired"] == {}


def as_in_the_return(child, missing):
    """A child of the plan as the return knows them."""
    facts = ChildFacts(
        child.child_number, child.sex, child.born, child.ethnicity, child.upn, "0" if child.sex == "F" else ""
    )
    care = [
        CareEpisode(
            stay.started_on,
            stay.start_reason,
            stay.legal_status,
            stay.need,
            stay.placement,
            stay.provider,
            stay.ended_on,
            stay.end_reason,
            stay.change_reason,
            stay.home_postcode,
            stay.placement_postcode,
            stay.urn,
        )
        for stay in child.care
    ]
    return ChildRecord(facts, tuple(care), tuple(missing))


def test_measures_say_the_same(as_persona, seeded):
    for key in ("ana", "lena", "cora"):
        found = as_persona(key, lambda viewer: open_measures(viewer=viewer, now=seeded)).last_full_year
        assert (found.episodes, found.children, found.per_child) == (747, 250, "2.99")
        assert sum(month.episodes for month in found.months) == 747


def test_an_account_waits_for_its_team_and_a_secondment_ends(seeded):
    with as_worker():
        assert User.objects.filter(memberships=None).count() == 1
        assert Membership.objects.filter(valid__endswith__gt=seeded).count() == 1
        assert BreakGlass.objects.filter(expires_at__lt=seeded).count() == 1


class TestTheStrategy:
    @pytest.fixture
    def summary(self, seeded):
        with as_worker():
            plan = plan_file(Plan.objects.get().pk, now=seeded)
        return summary_of(plan, london_day(seeded))

    def test_has_an_action_at_every_rating_and_of_every_kind_that_needs_an_eye(self, summary):
        assert all(summary.by_rating.values())
        assert summary.ended == 2
        for found in (
            summary.overdue,
            summary.stale,
            summary.contradicted,
            summary.stalled,
            summary.missing_remedy,
            summary.unresolved,
            summary.unserved,
        ):
            assert found
        assert any(each.standing.vacant for each in summary.unrated)

    def test_what_is_contradicted_is_green_while_its_measure_rises(self, summary):
        (found,) = summary.contradicted
        assert found.action.reference == "2.7"
        assert found.standing.contradicted.startswith("Green, but episodes went from")

    def test_was_presented_twice_and_nothing_of_that_was_changed(self, seeded):
        with as_worker():
            kept = Snapshot.objects.order_by("presented_on")
            assert [row.body.name for row in kept] == [
                "Exploitation and Missing Strategic Group",
                "Safeguarding Children Partnership Board",
            ]
            assert list(broken_snapshots()) == []
            assert SignOff.objects.get().snapshot == kept[0]

    def test_makes_a_board_pack_that_says_what_moved(self, as_persona):
        with as_worker():
            plan_id = Plan.objects.get().pk
        made = as_persona("lena", lambda lena: board_pack(plan_id, None, viewer=lena, now=utc_now()).content)
        assert made.movement.ratings
        assert len(made.measures) == 4
        assert made.decisions

    def test_waits_for_owners_and_readers(self, seeded):
        with as_worker():
            assert UpdateRequest.objects.filter(answer=None).count() == 4
            asked = GuidanceAudience.objects.count()
            assert 0 < GuidanceReceipt.objects.count() < asked
            assert HorizonItem.objects.filter(decision="open").count() == 2


def test_worries_wait_and_were_answered_and_three_children_are_on_the_pathway(seeded):
    with as_worker():
        told = Referral.objects.filter(person=None)
        assert told.filter(state="waiting", answered_at=None).count() == 3
        assert told.filter(state="passed_on").exclude(answer="").count() == 2
        assert Pathway.objects.filter(closed_at=None, screening__isnull=False).count() == 3
        assert Judgement.objects.filter(pathway__screening__isnull=False).count() == 2
        states = Assessment.objects.order_by("state").values_list("state", flat=True)
        assert list(states) == ["countersigned", "draft", "finished"]
        assert Judgement.objects.filter(assessment__state="countersigned").count() == 1
