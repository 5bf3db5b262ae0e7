"""A plan as it was presented: kept for good, signed off by the chair, provable, and compared with today."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.json import Jsonb
from tests.personas import NOW

from wayhome.audit.commands import seal
from wayhome.config.testing import as_worker, connected_as
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.partnership.models import BodySeat
from wayhome.strategy.commands import snapshot as commands
from wayhome.strategy.commands.evidence import add_evidence
from wayhome.strategy.commands.grouping import GroupingDetails, edit_grouping, edit_objective
from wayhome.strategy.commands.progress import rate_action
from wayhome.strategy.commands.resource import add_link, add_resource
from wayhome.strategy.models import Objective, Snapshot
from wayhome.strategy.queries import snapshot as queries
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.tests.arranging import (
    LONG_AGO,
    a_body,
    a_post,
    a_rating,
    an_action,
    an_owner,
    an_update,
)
from wayhome.strategy.tests.cycling import TODAY, Cycle, a_cycle

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def cycle(cast) -> Cycle:
    made = a_cycle(cast)
    a_rating(made.actions[0], "amber", remedy="A second boat.")
    an_update(made.actions[0], owner_id=made.pats.pk)
    return made


def take(cast, cycle: Cycle, *, by: str = "Cora", **told: object):
    usual = {"body_id": cycle.body.pk, "presented_on": TODAY, "meeting_id": None}
    with cast.seen_by(by) as viewer:
        return commands.take_snapshot(plan_id=cycle.plan.pk, viewer=viewer, now=NOW, **(usual | told))


def sign(cast, taken, *, by: str = "Lena"):
    with cast.seen_by(by) as viewer:
        commands.sign_off(snapshot_id=taken, note="Ready", viewer=viewer, now=NOW)


def signed_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name], backend=BACKEND)
    return client


def post(client: Client, path: str, data: dict[str, str]):
    return client.post(path, {"submission_key": str(new_id())} | data)


def test_a_snapshot_is_the_whole_plan_as_it_was(cast, cycle):
    with cast.seen_by("Cora"):
        before = plan_file(cycle.plan.pk, now=NOW)
    taken = take(cast, cycle)
    with cast.seen_by("Cora") as viewer:
        rate_action(
            action_id=cycle.actions[0].pk,
            rating="green",
            reason="Boat bought",
            evidence="Seen",
            viewer=viewer,
            now=NOW + timedelta(hours=1),
        )
        kept = queries.snapshot(taken)
        assert (kept.file, kept.is_as_written) == (before, True)
        assert queries.name_of(kept.row).startswith("As presented to Exploitation and Missing Group on ")


@pytest.mark.parametrize("name", ["Pat", "Ana", "Otto", "Ada"])
def test_only_who_keeps_plans_takes_one(cast, cycle, name):
    with pytest.raises(NotAllowed):
        take(cast, cycle, by=name)


def test_it_is_presented_to_a_body_on_a_day_soon(cast, cycle):
    take(cast, cycle, presented_on=TODAY + timedelta(days=92))
    with pytest.raises(commands.PresentedTooFarAhead):
        take(cast, cycle, presented_on=TODAY + timedelta(days=93))
    with pytest.raises(commands.MeetingOfAnotherBody):
        take(cast, cycle, body_id=a_body(cast, "The Board").pk, meeting_id=cycle.meeting.pk)
    with pytest.raises(NotFound):
        take(cast, cycle, body_id=cycle.plan.pk)


@pytest.mark.parametrize("name", ["Cora", "Lena"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE strategy_snapshot SET presented_on = presented_on - 1",
        "DELETE FROM strategy_snapshot",
        "UPDATE strategy_signoff SET signed_by_name = 'Me'",
        "DELETE FROM strategy_signoff",
    ],
)
def test_nobody_changes_or_removes_one(cast, cycle, name, sql):
    sign(cast, take(cast, cycle))
    with (
        cast.seen_by(name),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


# ── Signing off ──────────────────────────────────────────────────────────────────────────────────────────


def test_where_no_chair_has_an_account_whoever_signs_off_plans_may(cast, cycle):
    taken = take(cast, cycle)
    sign(cast, taken)
    with cast.seen_by("Cora"):
        assert queries.snapshot(taken).row.sign_off.signed_by_name == cast.users["Lena"].name


def test_it_is_signed_once(cast, cycle):
    taken = take(cast, cycle)
    sign(cast, taken)
    with pytest.raises(commands.SignedAlready):
        sign(cast, taken)


@pytest.mark.parametrize("name", ["Cora", "Pat", "Ana"])
def test_who_is_no_lead_does_not_sign(cast, cycle, name):
    with pytest.raises(NotAllowed):
        sign(cast, take(cast, cycle), by=name)


@pytest.mark.parametrize(
    ("role", "holder", "may"),
    [("chair", "Lena", True), ("deputy", "Lena", True), ("chair", "Pat", False), ("member", "Pat", True)],
)
def test_where_a_chair_has_an_account_only_they_or_the_deputy_sign(cast, cycle, role, holder, may):
    post = a_post(cast, "Chair of the Group", held_by=holder)
    with as_worker():
        BodySeat.objects.create(
            body=cycle.body, agency_id=post.agency_id, post=post, role=role, valid=LONG_AGO
        )
    taken = take(cast, cycle)
    if may:
        sign(cast, taken)
        return
    with pytest.raises(commands.NotTheChair):
        sign(cast, taken)


# ── The proof ────────────────────────────────────────────────────────────────────────────────────────────


class TestTheProof:
    """By a connection of its own as the owner of the database, so on committed rows."""

    @pytest.fixture
    def taken(self, live_cast):
        made = a_cycle(live_cast)
        taken = take(live_cast, made)
        sign(live_cast, taken)
        with as_worker():
            seal(now=NOW)
        return taken

    def broken(self) -> list[str]:
        with as_worker():
            return list(queries.broken_snapshots())

    def tamper(self, *statement: object) -> None:
        with connected_as("wayhome_owner") as owner:
            owner.execute("ALTER TABLE strategy_signoff NO FORCE ROW LEVEL SECURITY")
            owner.execute("ALTER TABLE strategy_snapshot NO FORCE ROW LEVEL SECURITY")
            owner.execute(*statement)

    def test_finds_nothing_wrong_with_what_nobody_touched(self, taken):
        assert self.broken() == []

    @pytest.mark.parametrize(
        "change",
        ["content = jsonb_set(content, '{title}', '\"Rosier\"')", "digest = 'x'"],
    )
    def test_finds_what_an_owner_of_the_database_changed(self, taken, change):
        self.tamper(f"UPDATE strategy_snapshot SET {change}")
        assert self.broken() == [f"snapshot {taken} was changed"]

    def test_finds_what_was_removed(self, taken):
        self.tamper("WITH gone AS (DELETE FROM strategy_signoff) SELECT 1")
        self.tamper("DELETE FROM strategy_snapshot")
        assert self.broken() == [f"snapshot {taken} was removed"]

    def test_finds_what_was_changed_together_with_its_digest(self, taken):
        with as_worker():
            content = Snapshot.objects.get(pk=taken).content | {"title": "Rosier"}
        self.tamper(
            "UPDATE strategy_snapshot SET content = %s, digest = %s",
            [Jsonb(content), queries.digest_of(content)],
        )
        assert self.broken() == [f"snapshot {taken} was changed"]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_snapshot_is_taken_signed_and_compared_on_pages(cast, cycle):
    cora = signed_in(cast, "Cora")
    plan = f"/strategy/plans/{cycle.plan.pk}"
    assert "No snapshot yet" in cora.get(f"{plan}/snapshots").content.decode()
    assert "nothing to compare with" in cora.get(f"{plan}/compare").content.decode()
    done = post(cora, f"{plan}/snapshots/new", {"meeting": str(cycle.meeting.pk)})
    page = done["Location"]
    assert "A second boat." in cora.get(page).content.decode()
    lena = signed_in(cast, "Lena")
    post(lena, f"{page}/sign-off", {"note": "Ready for the group"})
    assert "Ready for the group" in lena.get(page).content.decode()
    assert "Nothing is different" in cora.get(f"{plan}/compare").content.decode()
    with cast.seen_by("Cora") as viewer:
        rate_action(
            action_id=cycle.actions[0].pk,
            rating="green",
            reason="Boat bought",
            evidence="Seen",
            viewer=viewer,
            now=NOW + timedelta(hours=1),
        )
    text = cora.get(f"{plan}/compare").content.decode()
    assert "Ratings that moved" in text
    assert "Boat bought" in text
    assert "Take a snapshot" in cora.get(f"{plan}/snapshots").content.decode()


def test_the_page_compares_headings_objectives_means_and_evidence_too(cast, cycle):
    plan, first = cycle.plan, cycle.actions[0]
    with as_worker():
        objective = Objective.objects.create(plan=plan, reference="O1", text="Hear each child", position=1)
    take(cast, cycle)
    told = {"now": NOW + timedelta(hours=1)}
    with cast.seen_by("Cora") as cora:
        told["viewer"] = cora
        heading = plan.groupings.get(axis="section")
        edit_grouping(grouping_id=heading.pk, details=GroupingDetails(title="Being believed"), **told)
        edit_objective(objective_id=objective.pk, text="Hear each child twice", **told)
        add_resource(action_id=first.pk, what="A boat", state="vacant", **told)
        add_link(action_id=first.pk, words="The plan of the lighthouse", **told)
        evidence = {"where": "Shelf 4", "finding": "", "dated": None}
        add_evidence(action_id=first.pk, title="Rota of May", **evidence, **told)
    page = signed_in(cast, "Ana").get(f"/strategy/plans/{plan.pk}/compare").content.decode()
    for words in (
        "Headings and objectives",
        "heard</del> <ins",
        "Being believed",
        "Objective O1 Hear each child",
        "twice",
        "Needs:</strong>",
        "A boat: vacant",
        "Hangs on:</strong>",
        "The plan of the lighthouse",
        "Documents and findings:</strong>",
        "Rota of May, Shelf 4",
    ):
        assert words in page, words


def test_snapshots_and_their_comparison_take_as_many_queries_for_many_rows_as_for_one(cast, cycle):
    client = signed_in(cast, "Lena")
    plan = f"/strategy/plans/{cycle.plan.pk}"
    first = take(cast, cycle)
    counts = []
    for number in (1, 2):
        kept = take(cast, cycle) if number == 2 else first
        pages = (f"{plan}/snapshots", f"/strategy/snapshots/{kept}", f"{plan}/compare", f"{plan}/updates")
        asked = []
        for page in (*pages, f"{plan}/compare?before={first}&after={kept}"):
            with CaptureQueriesContext(connection) as queries_made:
                assert client.get(page).status_code == 200
            asked.append(len(queries_made))
        counts.append(asked)
        for place in range(6):
            action = an_action(cycle.plan, f"{number}.{place + 20}")
            a_rating(action, "red", remedy="A second boat.")
            an_update(action, owner_id=an_owner(action, post=a_post(cast, f"Keeper {place}")).pk)
            take(cast, cycle)
    assert counts[0] == counts[1]


def test_it_can_be_presented_elsewhere_on_another_day(cast, cycle):
    cora, board = signed_in(cast, "Cora"), a_body(cast, "The Board")
    sent = {
        "meeting": "other",
        "body": str(board.pk),
        "presented_on-day": str(TODAY.day),
        "presented_on-month": str(TODAY.month),
        "presented_on-year": str(TODAY.year),
    }
    done = post(cora, f"/strategy/plans/{cycle.plan.pk}/snapshots/new", sent)
    assert done.status_code == 303, done.content.decode()
    assert "As presented to The Board" in cora.get(done["Location"]).content.decode()


def test_a_snapshot_of_another_plan_is_not_compared(cast, cycle):
    other = a_cycle(cast)
    taken = take(cast, other)
    cora = signed_in(cast, "Cora")
    for which in (str(taken), "nonsense", str(other.plan.pk)):
        answer = cora.get(f"/strategy/plans/{cycle.plan.pk}/compare", {"before": which})
        assert answer.status_code == 404


def test_the_older_side_stands_first_however_they_were_chosen(cast, cycle):
    taken = take(cast, cycle)
    with cast.seen_by("Ana"):
        later = NOW + timedelta(days=1)
        found = queries.compared(cycle.plan.pk, "today", str(taken), now=later)
    assert (found.before.file.as_at, found.after.file.as_at) == (NOW, later)


@pytest.mark.parametrize("name", ["Pat", "Otto", "Sal"])
def test_who_does_not_see_plans_sees_no_snapshot(cast, cycle, name):
    taken = take(cast, cycle)
    client = signed_in(cast, name)
    for path in (f"/strategy/snapshots/{taken}", f"/strategy/plans/{cycle.plan.pk}/snapshots"):
        assert client.get(path).status_code == 403
