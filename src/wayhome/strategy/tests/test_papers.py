"""What goes to a board, by the pages: the pack, decisions asked for, and the measures and evidence behind a plan."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from tests.personas import NOW

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.events.models import OutboxEvent
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.partnership.models import BodyMeeting
from wayhome.strategy.commands.decisions import (
    DecidedInTheFuture,
    NoOutcome,
    ask_for_decision,
    record_decision,
)
from wayhome.strategy.commands.evidence import EvidenceShowsNothing, add_evidence
from wayhome.strategy.commands.measures import (
    NoSuchMeasure,
    Reading,
    TargetIsNoShare,
    link_measure,
    take_readings,
    unlink_measure,
)
from wayhome.strategy.commands.pack import make_pack
from wayhome.strategy.commands.snapshot import sign_off, take_snapshot
from wayhome.strategy.models import DecisionAsked, EvidenceItem, MeasureLink, MeasureReading
from wayhome.strategy.queries.pack import board_pack
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.tests.arranging import a_body, a_plan, a_rating, an_action, an_update

TODAY = london_day(NOW)
KEPT_BY = ("Lena", "Cora")


@pytest.fixture
def body(cast):
    return a_body(cast)


@pytest.fixture
def plan(cast, body):
    return a_plan(cast, body=body)


@pytest.fixture
def action(plan):
    made = an_action(plan, title="Weekly clinic")
    a_rating(made, at=NOW - timedelta(days=3))
    return made


def shown(cast, name, address, *args, query=""):
    answer = client_of(cast, name).get(reverse(address, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


def send(cast, name, address, *args, **typed):
    return client_of(cast, name).post(reverse(address, args=args), {"submission_key": str(new_id()), **typed})


def day_typed(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


class TestThePackOnAPage:
    @pytest.mark.parametrize("name", [*KEPT_BY, "Ana"])
    def test_shows_its_first_page_to_who_reads_plans(self, cast, plan, action, name):
        text = shown(cast, name, "board_pack", plan.pk)
        assert "1 action: 1 green." in text
        assert "Download as PDF" in text

    @pytest.mark.parametrize("name", ["Otto", "Sal", "Ada"])
    def test_is_closed_to_everybody_else(self, cast, plan, name):
        assert client_of(cast, name).get(reverse("board_pack", args=[plan.pk])).status_code == 403

    def test_names_the_next_meeting_of_the_body_that_answers_for_the_plan(self, cast, plan, body, action):
        with as_worker():
            BodyMeeting.objects.create(body=body, held_on=TODAY + timedelta(days=20))
            BodyMeeting.objects.create(body=body, held_on=TODAY + timedelta(days=9))
        assert f"for {body.name} on {(TODAY + timedelta(days=9)).day} " in shown(
            cast, "Lena", "board_pack", plan.pk
        )

    def test_takes_as_many_queries_for_every_plan(self, cast, plan):
        def queries():
            with cast.seen_by("Lena") as lena, CaptureQueriesContext(connection) as captured:
                board_pack(plan.pk, None, viewer=lena, now=NOW)
            return len(captured)

        one = an_action(plan, "1.0")
        a_rating(one), an_update(one)
        before = queries()
        for number in range(1, 12):
            more = an_action(plan, f"1.{number}")
            a_rating(more), an_update(more)
        assert queries() == before


class TestTheFiles:
    @pytest.mark.parametrize(("kind", "starts"), [("pdf", b"%PDF"), ("word", b"PK")])
    def test_are_made_on_a_press_and_on_the_record(self, cast, plan, action, kind, starts):
        answer = send(cast, "Lena", "make_board_pack", plan.pk, kind=kind)
        assert answer.content.startswith(starts)
        assert answer["Cache-Control"] == "no-store"
        assert "board-pack-safe-home-plan" in answer["Content-Disposition"]
        with as_worker():
            entry = Entry.objects.get(verb="make board pack")
        assert (entry.subject_id, entry.detail["kind"]) == (plan.pk, kind)

    @pytest.mark.parametrize("typed", [{"kind": "exe"}, {"kind": "pdf", "snapshot": "no"}, {}])
    def test_are_not_made_of_what_there_is_not(self, cast, plan, typed):
        assert send(cast, "Lena", "make_board_pack", plan.pk, **typed).status_code == 404

    def test_of_another_plans_snapshot_are_not_there(self, cast, plan, body):
        other = a_plan(cast, "Another plan", body=body)
        with cast.seen_by("Lena") as lena:
            taken = take_snapshot(plan_id=other.pk, body_id=body.pk, presented_on=TODAY, viewer=lena, now=NOW)
            with pytest.raises(NotFound):
                make_pack(plan_id=plan.pk, snapshot_id=taken, kind="pdf", viewer=lena, now=NOW)

    def test_are_not_for_who_does_not_read_plans(self, cast, plan):
        with cast.seen_by("Otto") as otto, pytest.raises(NotAllowed):
            make_pack(plan_id=plan.pk, kind="pdf", viewer=otto, now=NOW)


class TestThePackOfASnapshot:
    @pytest.fixture
    def presented(self, cast, plan, body, action):
        with cast.seen_by("Lena") as lena:
            taken = take_snapshot(
                plan_id=plan.pk,
                body_id=body.pk,
                presented_on=TODAY - timedelta(days=1),
                viewer=lena,
                now=NOW - timedelta(days=2),
            )
            sign_off(snapshot_id=taken, viewer=lena, now=NOW - timedelta(days=2))
        a_rating(action, "red", remedy="A rota", at=NOW - timedelta(hours=1))
        return taken

    def pack(self, cast, plan, snapshot=None):
        with cast.seen_by("Lena") as lena:
            return board_pack(plan.pk, snapshot, viewer=lena, now=NOW).content

    def test_says_what_was_presented_and_who_signed_it(self, cast, plan, presented):
        made = self.pack(cast, plan, presented)
        assert made.headline == "1 action: 1 green."
        assert made.frame.presented.startswith("As presented to Exploitation and Missing Group on")
        assert made.frame.signed.startswith("Signed off by Lena Strategic Lead on")

    def test_is_what_the_next_pack_is_held_against(self, cast, plan, presented):
        made = self.pack(cast, plan)
        assert made.headline == "1 action: 1 red."
        assert [(each.before, each.after) for each in made.movement.ratings] == [("Green", "Red")]

    def test_is_chosen_on_the_page(self, cast, plan, presented):
        text = shown(cast, "Lena", "board_pack", plan.pk, query=f"?snapshot={presented}")
        assert "Signed off by Lena" in text
        assert "1 action: 1 green." in text

    def test_does_not_know_what_was_decided_there_or_later(self, cast, plan, presented):
        with cast.seen_by("Lena") as lena:
            asked = ask_for_decision(
                plan_id=plan.pk, question="May we?", viewer=lena, now=NOW - timedelta(days=3)
            )
            record_decision(decision_id=asked, outcome="Yes.", decided_on=TODAY, viewer=lena, now=NOW)
        assert [each.outcome for each in self.pack(cast, plan, presented).decisions] == [""]
        assert [each.outcome for each in self.pack(cast, plan).decisions] == ["Yes."]

    def test_does_not_ask_what_was_asked_later(self, cast, plan, presented):
        with cast.seen_by("Lena") as lena:
            ask_for_decision(plan_id=plan.pk, question="And now?", viewer=lena, now=NOW)
        assert self.pack(cast, plan, presented).decisions == ()


class TestDecisions:
    def test_are_asked_in_their_order_and_stand_in_the_word_file(self, cast, plan, action):
        for question in ("May a second worker be paid?", "May 1.1 be closed?"):
            assert send(cast, "Lena", "ask_for_decision", plan.pk, question=question).status_code == 303
        made = send(cast, "Lena", "make_board_pack", plan.pk, kind="word")
        words = [each.text for each in Document(BytesIO(made.content)).paragraphs]
        assert words.index("1. May a second worker be paid?") < words.index("2. May 1.1 be closed?")

    def test_an_empty_question_is_refused(self, cast, plan):
        assert "Write the question" in text_of(send(cast, "Lena", "ask_for_decision", plan.pk, question=" "))

    def test_the_outcome_is_written_down_and_can_be_corrected(self, cast, plan):
        with cast.seen_by("Lena") as lena:
            asked = ask_for_decision(plan_id=plan.pk, question="May we?", viewer=lena, now=NOW)
        for outcome in ("Yes.", "Yes, until March."):
            typed = {"outcome": outcome, **day_typed("decided_on", TODAY)}
            assert send(cast, "Cora", "record_decision", asked, **typed).status_code == 303
        assert "Yes, until March." in shown(cast, "Ana", "plan_decisions", plan.pk)

    def test_a_decision_is_not_of_tomorrow_and_not_empty(self, cast, plan):
        with cast.seen_by("Lena") as lena:
            asked = ask_for_decision(plan_id=plan.pk, question="May we?", viewer=lena, now=NOW)
            told = {"decision_id": asked, "viewer": lena, "now": NOW}
            with pytest.raises(DecidedInTheFuture):
                record_decision(outcome="Yes.", decided_on=TODAY + timedelta(days=1), **told)
            with pytest.raises(NoOutcome):
                record_decision(outcome=" ", decided_on=TODAY, **told)
            record_decision(outcome="Yes.", decided_on=TODAY, **told)
        with as_worker():
            assert DecisionAsked.objects.get().decided_on == TODAY

    def test_are_not_for_analysts_to_ask(self, cast, plan):
        assert send(cast, "Ana", "ask_for_decision", plan.pk, question="May I?").status_code == 403


class TestMeasures:
    def readings(self, cast, *values, key="episodes", as_at=NOW):
        months = [date(2025, place + 1, 1) for place in range(len(values))]
        found = [Reading(key, month, value) for month, value in zip(months, values, strict=True)]
        told = {"partnership_id": cast.partnership_id, "as_at": as_at}
        with as_worker():
            from_worker = cast.viewer("Lena")
            return take_readings(found, **told, viewer=from_worker, now=as_at)

    def test_only_what_is_new_or_changed_is_kept(self, cast):
        assert self.readings(cast, Decimal(60), None, as_at=start_of_day(date(2025, 3, 1))) == 2
        assert self.readings(cast, Decimal(60), Decimal(9), as_at=start_of_day(date(2025, 4, 1))) == 1
        with as_worker():
            assert MeasureReading.objects.count() == 3

    def test_one_instant_is_read_once(self, cast):
        assert self.readings(cast, Decimal(60)) == 1
        assert self.readings(cast, Decimal(61)) == 0

    def test_an_action_is_linked_and_its_file_has_the_readings(self, cast, plan, action):
        self.readings(cast, Decimal(60), None, Decimal(64))
        typed = {
            "key": "episodes",
            "direction": "down",
            "target": "40",
            **day_typed("since", date(2025, 3, 17)),
        }
        assert send(cast, "Cora", "link_measure", action.pk, **typed).status_code == 303
        with cast.seen_by("Lena"):
            (measure,) = plan_file(plan.pk, now=NOW).actions[0].measures
        assert (measure.direction, measure.since, measure.target) == ("down", date(2025, 3, 1), 40)
        assert [point.value for point in measure.points] == [60, None, 64]
        assert measure.as_at == NOW

    def test_linked_once_more_it_is_corrected_and_unlinked_it_is_gone(self, cast, action):
        told = {"action_id": action.pk, "key": "done", "since": TODAY}
        with cast.seen_by("Lena") as lena:
            for direction in ("up", "steady"):
                link_measure(direction=direction, viewer=lena, now=NOW, **told)
            assert MeasureLink.objects.get().direction == "steady"
        assert send(cast, "Lena", "unlink_measure", action.pk, "done").status_code == 303
        with as_worker():
            assert not MeasureLink.objects.exists()
            verbs = list(
                Entry.objects.filter(subject_id=action.pk).order_by("id").values_list("verb", flat=True)
            )
        assert verbs == ["link measure", "link measure", "unlink measure"]

    def test_what_is_no_measure_or_no_share_is_refused(self, cast, action):
        told = {"action_id": action.pk, "direction": "up", "since": TODAY, "now": NOW}
        with cast.seen_by("Lena") as lena:
            with pytest.raises(NoSuchMeasure):
                link_measure(key="happiness", viewer=lena, **told)
            with pytest.raises(TargetIsNoShare):
                link_measure(key="done", target=Decimal(101), viewer=lena, **told)
            link_measure(key="episodes", target=Decimal(101), viewer=lena, **told)

    @pytest.mark.parametrize("typed", ["many", "1e99", "NaN", "½ "])
    def test_a_target_is_a_number(self, cast, action, typed):
        sent = {"key": "done", "direction": "up", "target": typed, **day_typed("since", TODAY)}
        assert "Enter the target as a number" in text_of(
            send(cast, "Lena", "link_measure", action.pk, **sent)
        )

    def test_reading_now_is_asked_of_the_worker(self, cast):
        assert send(cast, "Cora", "read_measures_now").status_code == 303
        with as_worker():
            assert OutboxEvent.objects.get().name == "MeasuresAsked"

    def test_the_page_names_each_measure_with_its_last_month_and_its_actions(self, cast, plan, action):
        self.readings(cast, *map(Decimal, (60, 62, 61, 59, 60, 61, 62)))
        with cast.seen_by("Lena") as lena:
            link_measure(
                action_id=action.pk, key="episodes", direction="down", since=TODAY, viewer=lena, now=NOW
            )
        text = shown(cast, "Ana", "plan_measures")
        assert "62 in July 2025" in text
        assert "1.1" in text
        assert "Read the measures now" not in text

    def test_unlinking_what_is_not_linked_is_not_there(self, cast, action):
        with cast.seen_by("Lena") as lena, pytest.raises(NotFound):
            unlink_measure(action_id=action.pk, key="done", viewer=lena, now=NOW)


class TestEvidence:
    def test_stands_with_its_action(self, cast, plan, action):
        typed = {"title": "Audit", "where": "Minute 7", "finding": "Nine of ten"}
        assert send(cast, "Lena", "add_evidence", action.pk, **typed).status_code == 303
        with cast.seen_by("Lena"):
            (item,) = plan_file(plan.pk, now=NOW).actions[0].evidence_items
        assert (item.title, item.where, item.finding) == ("Audit", "Minute 7", "Nine of ten")

    def test_says_where_it_is_or_what_it_shows(self, cast, action):
        with cast.seen_by("Lena") as lena, pytest.raises(EvidenceShowsNothing):
            add_evidence(action_id=action.pk, title="Audit", viewer=lena, now=NOW)

    def test_of_an_action_of_others_is_not_for_an_owner_to_add(self, cast, action):
        with cast.seen_by("Sal") as sal, pytest.raises(NotFound):
            add_evidence(action_id=action.pk, title="Audit", where="Here", viewer=sal, now=NOW)
        with as_worker():
            assert not EvidenceItem.objects.exists()
