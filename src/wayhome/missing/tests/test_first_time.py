"""First times: who is asked to a seminar, who comes, and who goes missing again. And who was missing together."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotAllowed
from wayhome.missing import commands
from wayhome.missing.commands import seminar as refusals
from wayhome.missing.models import Episode, SeminarInvitation, TriggerHit
from wayhome.missing.queries import first_time as queries
from wayhome.missing.queries.together import together
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.test_repeat import back, earlier

TODAY = london_day(NOW)


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Cora", "Ines"))


@pytest.fixture
def first(cast, child):
    episode_id = an_episode(cast, child)
    back(cast, episode_id)
    return episode_id


def planned(cast, held_at=NOW + timedelta(days=7)):
    with cast.seen_by("Ines") as viewer:
        return commands.plan_seminar(held_at=held_at, place="Library", viewer=viewer, now=NOW)


def invite(cast, episode_id, seminar_id, name="Ines", invited=("child", "parents"), channel="phone"):
    with cast.seen_by(name) as viewer:
        commands.invite_to_seminar(
            episode_id=episode_id,
            seminar_id=seminar_id,
            invited=invited,
            channel=channel,
            viewer=viewer,
            now=NOW,
        )


def attended(cast, seminar_id, came, now=NOW):
    with cast.seen_by("Ines") as viewer:
        ids = {each.invited: each.pk for each in queries.invitations_to(seminar_id)}
        commands.record_attendance(
            seminar_id=seminar_id,
            came={ids[who]: value for who, value in came.items()},
            viewer=viewer,
            now=now,
        )


def listed(cast, name="Cora"):
    with cast.seen_by(name) as viewer:
        return queries.first_times(TODAY - timedelta(days=89), TODAY + timedelta(days=1), viewer, TODAY)


def test_a_first_episode_that_is_over_is_on_the_list_and_a_second_is_not(cast, child, first):
    assert [row.episode.pk for row in listed(cast)] == [first]
    earlier(child, 200)
    assert listed(cast) == []


def test_one_still_missing_is_not_on_it_and_one_seen_by_nobody_neither(cast, child):
    an_episode(cast, child)
    assert listed(cast) == []
    assert listed(cast, "Otto") == []


def test_child_and_parents_are_asked_apart_and_come_apart(cast, first):
    seminar_id = planned(cast, NOW - timedelta(minutes=30))
    invite(cast, first, seminar_id)
    attended(cast, seminar_id, {"child": True, "parents": False})
    (row,) = listed(cast)
    assert (row.asked_child.attended, row.asked_parents.attended, row.again_at) == (True, False, None)
    counts = queries.counts_of([row])
    assert (counts.children, counts.child_asked, counts.child_came) == (1, 1, 1)
    assert (counts.parents_asked, counts.parents_came, counts.again, counts.again_came) == (1, 0, 0, 0)
    with as_worker():
        assert Entry.objects.filter(verb="record attendance").count() == 2


def test_missing_again_is_read_off_the_record(cast, child, first):
    seminar_id = planned(cast, NOW - timedelta(minutes=50))
    invite(cast, first, seminar_id, invited=("child",))
    attended(cast, seminar_id, {"child": True})
    again = NOW - timedelta(minutes=20)
    an_episode(cast, child, last_seen_at=again, noticed_at=again, reported_at=again)
    (row,) = listed(cast)
    assert row.again_at == again
    assert queries.counts_of([row]).again_came == 1
    with cast.seen_by("Ines"):
        (invitation,) = queries.invitations_to(seminar_id)
    assert invitation.again_at == row.again_at


def test_an_invitation_answers_the_first_time_trigger(cast, first):
    invite(cast, first, planned(cast))
    with as_worker():
        assert TriggerHit.objects.get(episode_id=first).answer == "seminar"


@pytest.mark.parametrize(
    ("refusal", "asked"),
    [
        (refusals.NobodyInvited, {"invited": ()}),
        (refusals.NobodyInvited, {"invited": ("neighbour",)}),
        (refusals.NobodyInvited, {"channel": ""}),
    ],
)
def test_an_invitation_says_whom_and_how(cast, first, refusal, asked):
    with pytest.raises(refusal):
        invite(cast, first, planned(cast), **asked)


def test_nobody_is_asked_twice_or_to_one_that_is_cancelled(cast, first):
    seminar_id = planned(cast)
    invite(cast, first, seminar_id)
    with pytest.raises(refusals.InvitedAlready):
        invite(cast, first, seminar_id, invited=("child",))
    with cast.seen_by("Ines") as viewer:
        commands.cancel_seminar(seminar_id=seminar_id, viewer=viewer, now=NOW)
    with pytest.raises(refusals.SeminarIsCancelled):
        invite(cast, first, seminar_id)
    with as_worker():
        assert SeminarInvitation.objects.count() == 2


def test_only_a_first_episode_leads_to_the_seminar(cast, child, first):
    earlier(child, 200)
    with pytest.raises(refusals.NotTheFirstTime):
        invite(cast, first, planned(cast))


def test_attendance_waits_for_the_seminar_and_keeps_it_from_being_cancelled(cast, first):
    seminar_id = planned(cast)
    invite(cast, first, seminar_id)
    with pytest.raises(refusals.NotHeldYet):
        attended(cast, seminar_id, {"child": True})
    later = NOW + timedelta(days=8)
    attended(cast, seminar_id, {"child": True}, now=later)
    with cast.seen_by("Ines") as viewer, pytest.raises(refusals.CameAlready):
        commands.cancel_seminar(seminar_id=seminar_id, viewer=viewer, now=later)


def test_who_may_not_plan(cast):
    with cast.seen_by("Sal") as viewer, pytest.raises(NotAllowed):
        commands.plan_seminar(held_at=NOW, place="Library", viewer=viewer, now=NOW)


def test_the_pages_from_the_list_to_who_came(cast, first):
    ines = client_of(cast, "Ines")
    assert "First time missing" in text_of(ines.get(reverse("first_time")))
    answer = sent(
        ines,
        reverse("plan_seminar"),
        place="Saltmere library",
        note="",
        **typed("held_at", NOW - timedelta(minutes=10)),
    )
    assert answer.status_code == 303
    with as_worker():
        seminar_id = str(queries.seminars(NOW - timedelta(days=1))[0].pk)
    address = reverse("invite_to_seminar", args=[first])
    assert "Choose whom you invited" in text_of(sent(ines, address, seminar=seminar_id, channel="phone"))
    answer = sent(ines, address, seminar=seminar_id, invited=["child", "parents"], channel="phone", note="")
    assert answer.status_code == 303
    with as_worker():
        ids = {each.invited: each.pk.hex for each in SeminarInvitation.objects.all()}
    page = reverse("seminar", args=[seminar_id])
    answer = sent(ines, page, **{f"came_{ids['child']}": "yes", f"came_{ids['parents']}": "unknown"})
    assert answer.status_code == 303
    text = text_of(ines.get(reverse("first_time")))
    assert "1 invited, 1 came" in text
    assert "1 parents or carers invited, 0 came" in text
    # Who does not see the child sees the seminar, and nobody in it.
    assert "Testchild" not in text_of(client_of(cast, "Otto").get(reverse("first_time")))
    assert "Cancel the seminar" in text_of(ines.get(reverse("cancel_seminar", args=[seminar_id])))
    assert client_of(cast, "Sal").get(reverse("plan_seminar")).status_code == 403


def test_those_missing_together_are_found_among_those_the_viewer_sees(cast, child):
    other = a_child(cast, given_name="Wren", family_name="Testother", known_to=("Sal",))
    an_episode(cast, child)
    an_episode(cast, other, last_seen_place="outside the Saltmere Bus Stn")
    with cast.seen_by("Sal"):
        found = together(NOW - timedelta(days=30))
    assert [{pair.one[1], pair.other[1]} for pair in found.pairs] == [{"Robin Testchild", "Wren Testother"}]
    with as_worker():
        Episode.objects.filter(person_id=other).update(last_seen_place="", companions="With Robin Testchild")
    text = text_of(client_of(cast, "Sal").get(reverse("together")))
    assert "Robin Testchild was named with Wren Testother" in text
    assert "Nothing falls together" in text_of(client_of(cast, "Otto").get(reverse("together")))


def test_pairs_come_in_pages_and_none_is_left_out(cast, child, monkeypatch):
    monkeypatch.setattr("wayhome.missing.queries.together.SHOWN", 2)
    an_episode(cast, child)
    for place in range(2):
        other = a_child(cast, family_name=f"Testother{place}", known_to=("Sal",))
        an_episode(cast, other)
    with cast.seen_by("Sal"):
        pages = [together(NOW - timedelta(days=30), page) for page in (1, 2, 9)]
    assert [(found.page, found.pages, len(found.pairs)) for found in pages] == [
        (1, 2, 2),
        (2, 2, 1),
        (2, 2, 1),
    ]
    assert len({(pair.one, pair.other) for found in pages for pair in found.pairs}) == 3
    sal = client_of(cast, "Sal")
    assert "more follow on the next pages" in text_of(sal.get(reverse("together")))
    assert "Groups 1" in text_of(sal.get(reverse("together")))
    assert "Groups" not in text_of(sal.get(reverse("together"), {"page": "2"}))


def test_the_number_of_queries_does_not_grow(cast, child, first):
    def asked():
        with cast.seen_by("Cora") as cora, CaptureQueriesContext(connection) as made:
            found = queries.first_times(TODAY - timedelta(days=89), TODAY + timedelta(days=1), cora, TODAY)
            queries.seminars(NOW - timedelta(days=90))
            together(NOW - timedelta(days=90))
        return len(found), len(made)

    one = asked()
    for place in range(3):
        other = a_child(cast, family_name=f"Testchild{place}", known_to=("Sal", "Cora"))
        back(cast, an_episode(cast, other))
    many = asked()
    assert (one[0], many[0]) == (1, 4)
    assert one[1] == many[1]
