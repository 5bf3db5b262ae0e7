"""The guidance library and the horizon: who reads, who keeps, what is late, and what was decided."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.strategy.commands.guidance import (
    CheckedBeforeNow,
    EditedMeanwhile,
    ReadAlready,
    ReplacedInACircle,
    ReplacesItself,
    acknowledge_guidance,
    add_guidance,
    check_guidance,
    supersede,
)
from wayhome.strategy.commands.horizon import DecisionHasNoReason, add_to_horizon, decide_horizon
from wayhome.strategy.models import Guidance, GuidanceAudience, GuidanceReceipt, HorizonItem
from wayhome.strategy.queries.guidance import library

TODAY = london_day(NOW)


def a_document(cast, title="Missing protocol", audience=(), **told):
    said = {"title": title, "publisher": "The partnership", **told}
    with cast.seen_by("Lena") as lena:
        asked = [cast.agencies[name] for name in audience]
        return add_guidance(told=said, audience=asked, viewer=lena, now=NOW)


def send(cast, name, address, *args, **typed):
    return client_of(cast, name).post(reverse(address, args=args), {"submission_key": str(new_id()), **typed})


def day_typed(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def page(cast, name, address, *args):
    answer = client_of(cast, name).get(reverse(address, args=args))
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


class TestTheLibrary:
    @pytest.mark.parametrize("name", ["Otto", "Hal", "Pat", "Ana", "Ivo", "Ada", "Lena"])
    def test_is_for_everyone_who_is_signed_in(self, cast, name):
        made = a_document(cast)
        assert "Missing protocol" in page(cast, name, "guidance_library")
        assert "The partnership" in page(cast, name, "guidance", made)

    def test_is_kept_by_who_keeps_plans(self, cast):
        typed = {"title": "New rules", "publisher": "The harbour", "local": "no"}
        assert send(cast, "Otto", "add_guidance", **typed).status_code == 403
        assert send(cast, "Cora", "add_guidance", **typed).status_code == 303
        with as_worker():
            assert Guidance.objects.get().title == "New rules"

    def test_late_checks_come_first_and_what_is_replaced_last(self, cast):
        a_document(cast, "A in force")
        a_document(cast, "B late", next_check_on=TODAY - timedelta(days=1))
        a_document(cast, "C later still", next_check_on=TODAY - timedelta(days=9))
        old = a_document(cast, "D old", next_check_on=TODAY - timedelta(days=99))
        with as_worker():
            Guidance.objects.filter(pk=old).update(superseded_by=Guidance.objects.get(title="A in force"))
        with cast.seen_by("Otto"):
            assert [each.row.title[0] for each in library(TODAY)] == ["C", "B", "A", "D"]

    @pytest.mark.parametrize(("days", "said"), [(-1, "late"), (0, "soon"), (30, "soon"), (31, "")])
    def test_a_check_is_late_from_the_day_after(self, cast, days, said):
        a_document(cast, next_check_on=TODAY + timedelta(days=days))
        with cast.seen_by("Otto"):
            assert library(TODAY)[0].check == said

    def test_takes_as_many_queries_for_every_length(self, cast):
        def queries():
            with cast.seen_by("Otto"), CaptureQueriesContext(connection) as captured:
                library(TODAY)
            return len(captured)

        a_document(cast, audience=["Saltmere Police"])
        before = queries()
        for number in range(8):
            a_document(cast, f"Document {number}", audience=["Saltmere Police", "Saltmere Health"])
        assert queries() == before

    def test_an_address_is_shown_and_not_a_link(self, cast):
        made = a_document(cast, address="https://guidance.example/protocol")
        html = client_of(cast, "Otto").get(reverse("guidance", args=[made])).content.decode()
        assert "https://guidance.example/protocol" in html
        assert 'href="https://guidance.example' not in html


class TestReceipts:
    def test_a_person_says_so_for_their_own_agency_and_once(self, cast):
        made = a_document(cast, audience=["Saltmere Police", "Saltmere Health"])
        assert "For your agency to read" in page(cast, "Otto", "guidance_library")
        assert send(cast, "Otto", "acknowledge_guidance", made, note="Told the nurses").status_code == 303
        assert "For your agency to read" not in page(cast, "Otto", "guidance_library")
        with as_worker():
            receipt = GuidanceReceipt.objects.get()
        assert (receipt.agency_id, receipt.read_by_id) == (
            cast.agencies["Saltmere Health"],
            cast.users["Otto"].pk,
        )
        with cast.seen_by("Otto") as otto, pytest.raises(ReadAlready):
            acknowledge_guidance(guidance_id=made, viewer=otto, now=NOW)

    def test_who_has_not_yet_is_shown(self, cast):
        made = a_document(cast, audience=["Saltmere Police", "Saltmere Health"])
        send(cast, "Otto", "acknowledge_guidance", made)
        text = page(cast, "Lena", "guidance", made)
        assert "Not yet" in text
        assert "1 of 2" in page(cast, "Lena", "guidance_library")

    def test_an_agency_that_is_asked_no_more_keeps_its_receipt(self, cast):
        made = a_document(cast, audience=["Saltmere Health"])
        send(cast, "Otto", "acknowledge_guidance", made)
        typed = {"title": "Missing protocol", "publisher": "Us", "local": "yes", "edition": "1"}
        assert send(cast, "Lena", "change_guidance", made, **typed).status_code == 303
        with as_worker():
            assert not GuidanceAudience.objects.exists()
        assert "was not asked" in page(cast, "Lena", "guidance", made)


class TestVersions:
    def test_a_newer_one_replaces_an_older_and_both_say_so(self, cast):
        old, new = a_document(cast, "Protocol", version="1"), a_document(cast, "Protocol", version="2")
        assert send(cast, "Lena", "replace_guidance", old, by=str(new), edition="1").status_code == 303
        assert "replaced by Protocol, 2" in page(cast, "Otto", "guidance", old)
        assert "It replaces Protocol, 1" in page(cast, "Otto", "guidance", new)

    def test_none_replaces_itself_or_in_a_circle(self, cast):
        old, new = a_document(cast, "Old"), a_document(cast, "New")
        with cast.seen_by("Lena") as lena:
            told = {"viewer": lena, "now": NOW}
            with pytest.raises(ReplacesItself):
                supersede(guidance_id=old, edition=1, by_id=old, **told)
            supersede(guidance_id=old, edition=1, by_id=new, **told)
            with pytest.raises(ReplacedInACircle):
                supersede(guidance_id=new, edition=1, by_id=old, **told)

    def test_two_people_at_once_are_told(self, cast):
        made = a_document(cast)
        with cast.seen_by("Lena") as lena:
            told = {"guidance_id": made, "edition": 1, "next_check_on": None, "viewer": lena, "now": NOW}
            check_guidance(**told)
            with pytest.raises(EditedMeanwhile):
                check_guidance(**told)

    def test_a_check_sets_the_next_and_that_is_still_to_come(self, cast):
        made = a_document(cast, next_check_on=TODAY - timedelta(days=5))
        with cast.seen_by("Lena") as lena, pytest.raises(CheckedBeforeNow):
            check_guidance(guidance_id=made, edition=1, next_check_on=TODAY, viewer=lena, now=NOW)
        typed = {"edition": "1", **day_typed("next_check_on", TODAY + timedelta(days=90))}
        assert send(cast, "Lena", "check_guidance", made, **typed).status_code == 303
        with as_worker():
            row = Guidance.objects.get()
            assert (row.checked_on, row.next_check_on) == (TODAY, TODAY + timedelta(days=90))
            assert Entry.objects.filter(verb="check guidance", subject_id=made).exists()


class TestTheHorizon:
    def test_what_is_coming_is_written_down_changed_and_decided(self, cast):
        typed = {"title": "A new harbour act", "owner_words": "The harbour master"}
        assert send(cast, "Cora", "add_to_horizon", **typed).status_code == 303
        with as_worker():
            item = HorizonItem.objects.get()
        assert "The harbour master" in page(cast, "Otto", "horizon")
        changed = {**typed, "title": "The harbour act", "edition": "1"}
        assert send(cast, "Cora", "change_horizon", item.pk, **changed).status_code == 303
        decided = {"decision": "adopt", "because": "It binds us", "edition": "2"}
        typed_day = day_typed("decided_on", TODAY)
        assert send(cast, "Lena", "decide_horizon", item.pk, **decided, **typed_day).status_code == 303
        text = page(cast, "Otto", "horizon")
        assert "We change something" in text
        assert "It binds us" in text

    def test_a_decision_says_why(self, cast):
        with cast.seen_by("Lena") as lena:
            made = add_to_horizon(told={"title": "An act"}, viewer=lena, now=NOW)
            with pytest.raises(DecisionHasNoReason):
                decide_horizon(
                    item_id=made,
                    edition=1,
                    decision="noted",
                    because=" ",
                    decided_on=TODAY,
                    viewer=lena,
                    now=NOW,
                )

    def test_is_not_for_others_to_change(self, cast):
        with cast.seen_by("Lena") as lena:
            made = add_to_horizon(told={"title": "An act"}, viewer=lena, now=NOW)
        assert send(cast, "Otto", "change_horizon", made, title="Mine").status_code == 403
