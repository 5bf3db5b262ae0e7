"""Who looked at what was presented, at a pack, at guidance, or came by a link, is on the record."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.personas import NOW

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.strategy.commands.snapshot import take_snapshot
from wayhome.strategy.models import Guidance
from wayhome.strategy.tests.cycling import Cycle, a_cycle, a_link

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def cycle(cast) -> Cycle:
    return a_cycle(cast)


@pytest.fixture
def lena(cast) -> Client:
    client = Client()
    client.force_login(cast.users["Lena"], backend=BACKEND)
    return client


def read_by(actor: str) -> list[tuple[str, str, str]]:
    with as_worker():
        found = Entry.objects.filter(actor=actor).exclude(verb="take snapshot").order_by("pk")
        return [(each.verb, each.subject_kind, str(each.subject_id)) for each in found]


def test_reading_what_was_presented_is_on_the_record(cast, cycle, lena):
    with cast.seen_by("Cora") as viewer:
        taken = take_snapshot(
            plan_id=cycle.plan.pk,
            body_id=cycle.body.pk,
            presented_on=london_day(NOW),
            viewer=viewer,
            now=NOW,
        )
    plan = str(cycle.plan.pk)
    for page, of in (("snapshot", taken), ("compare_plan", plan), ("board_pack", plan)):
        assert lena.get(reverse(page, args=[of])).status_code == 200
    assert lena.post(reverse("make_board_pack", args=[plan]), {"kind": "word"}).status_code == 200
    assert lena.post(reverse("make_plan_file", args=[plan]), {"kind": "csv"}).status_code == 200
    assert read_by(cast.users["Lena"].name) == [
        ("read", "snapshot", str(taken)),
        ("read", "comparison", plan),
        ("read", "board pack", plan),
        ("make board pack", "plan", plan),
        ("export", "plan", plan),
    ]


def test_reading_guidance_is_on_the_record(cast, lena):
    with as_worker():
        held = Guidance.objects.create(
            partnership_id=cast.partnership_id, title="Harbour rules", publisher="The harbour", added_at=NOW
        )
    assert lena.get(reverse("guidance", args=[held.pk])).status_code == 200
    assert read_by(cast.users["Lena"].name) == [("read", "guidance", str(held.pk))]


def test_a_visitor_who_opens_their_link_is_on_the_record_by_the_name_of_the_link(cast, cycle, client):
    link = a_link(cast, cycle)
    client.get(reverse("update_by_link", args=[link.token]))
    assert read_by("Jo Bloggs") == [("open owner link", "plan", str(cycle.plan.pk))]
    with as_worker():
        entry = Entry.objects.get(verb="open owner link")
        assert (entry.user_id, entry.detail) == (None, {"link": str(link.id)})
