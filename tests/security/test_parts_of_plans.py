"""Pat does one action of a plan, Olga came by a link. Each says how it goes, in their own name, and changes no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from django.db import transaction

from tests.personas import NOW
from tests.security.asking import NOT_ALLOWED, ask, ask_one, error_of
from tests.security.world import World
from wayhome.access.viewing import open_for
from wayhome.config.testing import as_worker
from wayhome.kernel.viewer import by_link
from wayhome.partnership.models import BodySeat, Post, PostHolder
from wayhome.strategy.models import ActionOwner, MeasureReading, OwnerLink

pytestmark = pytest.mark.usefixtures("world")
SINCE = (date(2020, 1, 1), None)
OTHERS = "(SELECT id FROM strategy_action WHERE reference = '1.2')"


@contextmanager
def seen_by_olga(world: World, *, part: str = "lead") -> Iterator[UUID]:
    """As the visitor by a link to 1.2, or to a part in it that does not lead, with everything undone afterwards."""
    with transaction.atomic():
        with as_worker():
            ActionOwner.objects.filter(action__reference="1.2").update(part=part)
            link = OwnerLink.objects.get(name="Olga Outside")
            OwnerLink.objects.update(expires_at="2999-01-01T00:00:00Z")
        open_for(by_link(link.pk, link.name))
        yield link.pk
        transaction.set_rollback(True)


def owned(world: World) -> UUID:
    """The part that is Pat's."""
    with as_worker():
        found: UUID = ask_one(
            "SELECT id FROM strategy_actionowner WHERE post_id IS NOT NULL AND action_id IN "
            "(SELECT id FROM strategy_action WHERE reference = '1.1')"
        )
    return found


@pytest.mark.parametrize(
    "moved",
    [
        "UPDATE strategy_actionowner SET action_id = %s",
        "UPDATE strategy_action SET plan_id = %s",
    ],
)
def test_an_owner_does_not_move_their_part_to_see_what_is_not_theirs(world: World, moved: str):
    table, asked = ("strategy_plan", "title <> 'Harbour plan'")
    if "actionowner" in moved:
        table, asked = ("strategy_action", "reference = '1.2'")
    with as_worker():
        ((elsewhere,),) = ask(f"SELECT id FROM {table} WHERE {asked}")
    with world.seen_by("Pat"):
        assert ask(f"SELECT id FROM {table} WHERE {asked}") == []
        assert error_of(moved, elsewhere) == NOT_ALLOWED
    with world.seen_by("Pat"):
        assert error_of("UPDATE strategy_actionowner SET state = 'in_progress'") == ""


@pytest.mark.parametrize(
    "change",
    [
        "strategy_action SET text = 'Something easier'",
        "strategy_action SET due_on = '2099-01-01', due_kind = 'date'",
        "strategy_action SET reference = '9.9'",
        "strategy_action SET state = 'cancelled', ended_because = 'I do not want to'",
        "strategy_actionowner SET part = 'contributor'",
        "strategy_actionowner SET valid = daterange('2020-01-01', '2099-01-01')",
        "strategy_actionowner SET kind = 'agency', agency_id = (SELECT id FROM partnership_agency LIMIT 1)",
        "strategy_actionowner SET state = 'superseded'",
        "strategy_updaterequest SET withdrawn_because = 'Not needed'",
        "strategy_updaterequest SET due_on = '2099-01-01'",
        "strategy_evidenceitem SET title = 'Another photograph'",
    ],
)
def test_an_owner_changes_nothing_of_what_was_agreed(world: World, change: str):
    with world.seen_by("Pat"):
        assert error_of(f"UPDATE {change}") == NOT_ALLOWED
    with seen_by_olga(world):
        assert error_of(f"UPDATE {change}") == NOT_ALLOWED


def test_an_owner_says_how_it_goes_and_answers_for_their_own_part(world: World):
    owner = owned(world)
    with world.seen_by("Pat"):
        assert ask_one("SELECT count(*) FROM strategy_actionupdate WHERE owner_id = %s", owner) == 2
        for said in (
            "strategy_action SET state = 'complete', edition = edition + 1",
            "strategy_actionowner SET state = 'complete', state_said_at = now()",
            "strategy_updaterequest SET answer_id = (SELECT id FROM strategy_actionupdate LIMIT 1)",
        ):
            assert error_of(f"UPDATE {said}") == ""
        elsewhere = "(SELECT min(id::text)::uuid FROM strategy_planlink)"
        assert error_of(f"UPDATE strategy_updaterequest SET answer_id = {elsewhere}") == NOT_ALLOWED


def test_who_contributes_does_not_move_the_action_itself_nor_rate_it(world: World):
    with seen_by_olga(world, part="contributor") as link:
        assert error_of("UPDATE strategy_action SET edition = edition + 1") == ""
        assert error_of("UPDATE strategy_action SET state = 'complete'") == NOT_ALLOWED
        assert error_of(*rating(OTHERS, None, "Olga Outside", "link")) == NOT_ALLOWED
    with seen_by_olga(world) as link:
        assert link
        assert error_of("UPDATE strategy_action SET state = 'complete'") == ""
        assert error_of(*rating(OTHERS, None, "Olga Outside", "link")) == ""


def rating(action: str, who: UUID | None, name: str, origin: str) -> tuple[object, ...]:
    return (
        "INSERT INTO strategy_rating (id, action_id, rating, reason, evidence, remedy, rated_at, rated_by_id,"
        f" rated_by_name, origin) VALUES (gen_random_uuid(), {action}, 'green', 'a', 'b', '', now(), %s, %s, %s)",
        who,
        name,
        origin,
    )


@pytest.mark.parametrize("name", ["Pat", "Cora", "Lena"])
def test_nobody_rates_in_the_name_of_another(world: World, name: str):
    me, lena, ines = (world.cast.users[each] for each in (name, "Lena", "Ines"))
    mine = "(SELECT id FROM strategy_action WHERE reference = '1.1')"
    with world.seen_by(name):
        assert error_of(*rating(mine, me.pk, me.name, "page")) == ""
        assert error_of(*rating(mine, me.pk, ines.name, "page")) == NOT_ALLOWED
        assert error_of(*rating(mine, ines.pk, ines.name, "page")) == NOT_ALLOWED
        assert error_of(*rating(mine, None, "Olga Outside", "link")) == NOT_ALLOWED
        from_file = error_of(*rating(mine, me.pk, "plan.docx", "import"))
        assert from_file == ("" if name in ("Cora", "Lena") else NOT_ALLOWED)
    with seen_by_olga(world):
        assert error_of(*rating(OTHERS, None, lena.name, "link")) == NOT_ALLOWED
        assert error_of(*rating(OTHERS, lena.pk, lena.name, "page")) == NOT_ALLOWED


def sign(snapshot: UUID, who: UUID, name: str) -> str:
    return error_of(
        "INSERT INTO strategy_signoff (id, snapshot_id, signed_at, signed_by_id, signed_by_name, note)"
        " VALUES (gen_random_uuid(), %s, now(), %s, %s, '')",
        snapshot,
        who,
        name,
    )


@pytest.fixture
def snapshot(world: World) -> Iterator[UUID]:
    """One that nobody has signed yet."""
    with transaction.atomic():
        with as_worker():
            made = ask_one(
                "INSERT INTO strategy_snapshot (id, plan_id, body_id, presented_on, content, digest, taken_at,"
                " taken_by_name) SELECT gen_random_uuid(), plan_id, body_id, presented_on, content, digest, taken_at,"
                " taken_by_name FROM strategy_snapshot RETURNING id"
            )
        yield made
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["Cora", "Pat", "Ana", "Ada"])
def test_a_plan_is_signed_off_by_who_signs_plans_off_in_their_own_name(
    world: World, snapshot: UUID, name: str
):
    me, lena = world.cast.users[name], world.cast.users["Lena"]
    with world.seen_by(name):
        assert sign(snapshot, me.pk, me.name) == NOT_ALLOWED
        assert sign(snapshot, lena.pk, lena.name) == NOT_ALLOWED
    with world.seen_by("Lena"):
        assert sign(snapshot, lena.pk, lena.name) == ""
        assert sign(snapshot, lena.pk, me.name) == NOT_ALLOWED


def test_where_a_chair_has_an_account_only_the_chair_signs_while_they_are_in_post(
    world: World, snapshot: UUID
):
    lena, cora = world.cast.users["Lena"], world.cast.users["Cora"]
    with as_worker():
        seat = BodySeat.objects.get(role="chair")
        post = Post.objects.create(
            partnership_id=world.cast.partnership_id, agency_id=seat.agency_id, title="Chair", valid=SINCE
        )
        held = PostHolder.objects.create(post=post, name=cora.name, user_id=cora.pk, valid=SINCE)
        BodySeat.objects.filter(pk=seat.pk).update(post=post)
    with world.seen_by("Lena"):
        assert sign(snapshot, lena.pk, lena.name) == NOT_ALLOWED
    with as_worker():
        PostHolder.objects.filter(pk=held.pk).update(user_id=lena.pk)
    with world.seen_by("Lena"):
        assert sign(snapshot, lena.pk, lena.name) == ""
    with as_worker():
        PostHolder.objects.filter(pk=held.pk).update(
            user_id=cora.pk, valid=(date(2020, 1, 1), date(2020, 2, 1))
        )
    with world.seen_by("Lena"):
        assert sign(snapshot, lena.pk, lena.name) == ""


@pytest.mark.parametrize("name", ["Cora", "Lena"])
def test_a_snapshot_is_taken_in_ones_own_name_and_never_touched_again(world: World, name: str):
    with world.seen_by(name):
        taken = (
            "INSERT INTO strategy_snapshot (id, plan_id, body_id, presented_on, content, digest, taken_at,"
            " taken_by_id, taken_by_name) SELECT gen_random_uuid(), plan_id, body_id, presented_on, content, digest,"
            " taken_at, %s, %s FROM strategy_snapshot LIMIT 1"
        )
        me, ines = world.cast.users[name], world.cast.users["Ines"]
        assert error_of(taken, me.pk, me.name) == ""
        assert error_of(taken, me.pk, ines.name) == NOT_ALLOWED
        assert error_of(taken, ines.pk, ines.name) == NOT_ALLOWED
        for touched in (
            "UPDATE strategy_snapshot SET content = '{}'",
            "UPDATE strategy_snapshot SET digest = 'e'",
            "DELETE FROM strategy_snapshot",
            "DELETE FROM strategy_signoff",
            "UPDATE strategy_signoff SET note = 'Not as it stands'",
        ):
            assert error_of(touched) == NOT_ALLOWED


@pytest.mark.parametrize("change", ["expires_at = '2999-01-01'", "name = 'Ann Other'", "digest = 'mine'"])
def test_a_link_is_ended_and_not_made_another(world: World, change: str):
    with world.seen_by("Cora"):
        assert error_of("UPDATE strategy_ownerlink SET revoked_at = now()") == ""
        assert error_of(f"UPDATE strategy_ownerlink SET {change}") == NOT_ALLOWED


def test_an_owner_sees_the_measures_that_judge_their_own_action_alone(world: World):
    with transaction.atomic():
        with as_worker():
            MeasureReading.objects.create(
                partnership_id=world.cast.partnership_id,
                key="repeat-episodes",
                month=date(2026, 1, 1),
                value=7,
                as_at=NOW,
            )
        for seen, keys in ((world.seen_by("Pat"), {"episodes"}), (seen_by_olga(world), {"episodes"})):
            with seen:
                assert {key for (key,) in ask("SELECT key FROM strategy_measurereading")} == keys
        with world.seen_by("Ana"):
            assert len(ask("SELECT key FROM strategy_measurereading")) == 2
        transaction.set_rollback(True)


CLOSED_TO_VISITORS = (
    "commitment", "commitmentserved", "snapshot", "signoff", "decisionasked", "planimport", "ownerlink",
    "ownerlinkowner", "strategydocument", "documentsection", "guidance", "guidanceaudience", "guidancereceipt",
    "horizonitem",
)  # fmt: skip


def test_a_visitor_reads_their_own_action_and_nothing_of_the_rest(world: World):
    with seen_by_olga(world):
        assert ask("SELECT reference FROM strategy_action") == [("1.2",)]
        for table in ("actionowner", "resource", "planlink", "actionupdate", "rating", "evidenceitem"):
            found = ask(f"SELECT DISTINCT action_id FROM strategy_{table}")
            assert found == ask(f"SELECT {OTHERS}"), table
        for table in CLOSED_TO_VISITORS:
            assert ask(f"SELECT id FROM strategy_{table}") == [], table
    for ended in ("expires_at = made_at + interval '1 second'", "revoked_at = now()"):
        with seen_by_olga(world) as link:
            with as_worker():
                ask(f"UPDATE strategy_ownerlink SET {ended} WHERE id = %s", link)
            open_for(by_link(link, "Olga Outside"))
            assert ask("SELECT id FROM strategy_action") == []


def test_a_receipt_is_written_for_ones_own_agency_by_nobody_else(world: World):
    added = (
        "INSERT INTO strategy_guidancereceipt (id, guidance_id, agency_id, read_at, read_by_id, note) SELECT"
        " gen_random_uuid(), id, %s, now(), %s, '' FROM strategy_guidance"
    )
    cora = world.cast.users["Cora"]
    with as_worker():
        ((police,),) = ask("SELECT id FROM partnership_agency WHERE name = 'Saltmere Police'")
    with world.seen_by("Cora"):
        assert error_of(added, police, cora.pk) == NOT_ALLOWED
