"""Headings, objectives and actions in another order: what a number means, who may, who was faster, what follows it."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW, Cast

from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import PlanIsOver
from wayhome.strategy.commands.order import NotTheseRows, OrderMovedOn, put_in_order
from wayhome.strategy.exports.shape import shaped
from wayhome.strategy.models import Grouping, Objective, Plan
from wayhome.strategy.queries.order import listed
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.order import in_order, mark_of, refilled
from wayhome.strategy.tests.arranging import a_plan, an_action, last_changes
from wayhome.strategy.tests.test_plan_pages import BACKEND, told, values_in


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        ((1, 2, 3, 4), "abcd"),
        ((1, 2, 3, 1), "dabc"),
        ((4, 2, 3, 4), "bcda"),
        ((3, 2, 3, 4), "bcad"),
        ((1, 2, 3, 2), "adbc"),
        ((4, 3, 2, 1), "dcba"),
        ((1, 1, 1, 1), "bcda"),
    ],
)
def test_a_number_is_the_place_where_a_row_is_to_stand(numbers: tuple[int, ...], order: str) -> None:
    assert in_order("abcd", numbers) == list(order)


def test_rows_change_places_among_themselves() -> None:
    assert refilled("abcde", "db") == list("adcbe")
    assert mark_of("ab") != mark_of("ba")


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Two sections, two objectives, and four actions: one under the second section, one that was ended."""
    made = a_plan(cast)
    with as_worker():
        other = Grouping.objects.create(
            plan=made, axis="section", reference="S2", title="Being safe", position=2
        )
        first, second = (
            Objective.objects.create(plan=made, reference=f"O{place}", text="To hear", position=place)
            for place in (1, 2)
        )
    an_action(made, "1.1", objective=first)
    an_action(made, "1.2", objective=second)
    an_action(made, "1.3", state="cancelled", ended_because="Done elsewhere.")
    an_action(made, "2.1", section=other)
    return made


@pytest.fixture
def lena(cast: Cast, plan: Plan) -> Iterator[Viewer]:
    with cast.seen_by("Lena") as viewer:
        yield viewer


def ids(plan: Plan, kind: str, under: UUID | None = None) -> list[UUID]:
    return [row.id for row in listed(plan.pk, kind, under)]


def order(plan: Plan, kind: str, rows: list[UUID], viewer: Viewer, **more: object) -> None:
    more.setdefault("seen", mark_of(ids(plan, kind)))
    put_in_order(plan_id=plan.pk, kind=kind, order=rows, viewer=viewer, now=NOW, **more)


def references(plan: Plan) -> list[str]:
    return [action.reference for action in plan_file(plan.pk, now=NOW).actions]


def test_actions_are_put_in_order_and_keep_their_reference(plan: Plan, lena: Viewer) -> None:
    one, two, four = ids(plan, "action")
    order(plan, "action", [four, one, two], lena)
    assert references(plan) == ["2.1", "1.1", "1.3", "1.2"]
    assert last_changes(plan.pk, "order") == {"action": (["1.1", "1.2", "2.1"], ["2.1", "1.1", "1.2"])}
    with CaptureQueriesContext(connection) as asked:
        order(plan, "action", [four, one, two], lena)
    assert not [each["sql"] for each in asked if "UPDATE " in each["sql"][:7] or "INSERT" in each["sql"]]


def test_actions_under_a_heading_change_places_among_themselves(plan: Plan, lena: Viewer) -> None:
    heading = Grouping.objects.get(reference="S1").pk
    one, two = ids(plan, "action", heading)
    order(plan, "action", [two, one], lena, under=heading, seen=mark_of([one, two]))
    assert references(plan) == ["1.2", "1.1", "1.3", "2.1"]


def test_headings_and_objectives_are_put_in_order_and_what_is_taken_out_follows(
    plan: Plan, lena: Viewer
) -> None:
    order(plan, "section", ids(plan, "section")[::-1], lena)
    order(plan, "objective", ids(plan, "objective")[::-1], lena)
    file = plan_file(plan.pk, now=NOW)
    assert [each.reference for each in file.groupings] == ["P1", "S2", "S1"]
    assert [each.reference for each in file.objectives] == ["O2", "O1"]
    assert [row.reference for row in shaped(file, {}).rows] == ["2.1", "1.2", "1.1"]


def test_who_was_slower_and_who_names_other_rows_is_refused(plan: Plan, lena: Viewer) -> None:
    rows = ids(plan, "action")
    for wrong in (rows[:2], [*rows, rows[0]], [*rows[:2], plan.pk]):
        with pytest.raises(NotTheseRows):
            order(plan, "action", wrong, lena)
    seen = mark_of(rows)
    order(plan, "action", rows[::-1], lena, seen=seen)
    with pytest.raises(OrderMovedOn):
        order(plan, "action", rows, lena, seen=seen)


def test_only_who_keeps_plans_puts_them_in_order_while_they_last(cast: Cast, plan: Plan) -> None:
    with cast.seen_by("Ana") as ana, pytest.raises(NotAllowed):
        order(plan, "action", ids(plan, "action")[::-1], ana)
    with as_worker():
        Plan.objects.update(state="closed")
    with cast.seen_by("Lena") as lena, pytest.raises(PlanIsOver):
        order(plan, "action", ids(plan, "action")[::-1], lena)


def a_client(cast: Cast, name: str = "Lena") -> Client:
    made = Client()
    made.force_login(cast.users[name], backend=BACKEND)
    return made


def test_the_page_puts_rows_in_order_and_shows_who_was_faster(cast: Cast, plan: Plan) -> None:
    client = a_client(cast)
    address = reverse("order_plan", args=[plan.pk, "action"])
    assert reverse("order_plan", args=[plan.pk, "priority"]) in told(
        client.get(reverse("plan", args=[plan.pk]))
    )
    typed = values_in(told(client.get(address)))
    slower = values_in(told(client.get(address)))
    last = next(name for name, value in typed.items() if name.startswith("place_") and value == "3")
    refused = told(client.post(address, typed | {last: "4"}))
    assert "2.1 Offer every child a return interview within three days. must be 3 or less" in refused
    assert client.post(address, typed | {last: "1"}).status_code == 303
    with cast.seen_by("Lena"):
        assert references(plan) == ["2.1", "1.1", "1.3", "1.2"]
    late = told(client.post(address, slower | {last: "2"}))
    assert "Somebody changed this list" in late
    assert values_in(late)["edition"] == values_in(told(client.get(address)))["edition"]
    assert client.post(address, values_in(late)).status_code == 303


def test_the_page_of_a_heading_lists_its_actions(cast: Cast, plan: Plan) -> None:
    client = a_client(cast)
    with as_worker():
        one, two = (Grouping.objects.get(reference=each).pk for each in ("S1", "S2"))
    by_section = told(client.get(reverse("plan", args=[plan.pk]), {"by": "section"}))
    assert reverse("order_heading", args=[one]) in by_section
    assert reverse("order_heading", args=[two]) not in by_section
    page = told(client.get(reverse("order_heading", args=[one])))
    assert "1.2 Offer" in page
    assert "2.1 Offer" not in page
    assert "There is nothing here to put in order" in told(client.get(reverse("order_heading", args=[two])))
    assert client.get(reverse("order_plan", args=[plan.pk, "moon"])).status_code == 404


def test_it_takes_as_many_queries_for_many_rows_as_for_two(cast: Cast, plan: Plan) -> None:
    client, counts = a_client(cast), []
    for _ in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("order_plan", args=[plan.pk, "action"]))
        with cast.seen_by("Lena") as lena:
            rows = ids(plan, "action")
            with CaptureQueriesContext(connection) as written:
                order(plan, "action", rows[::-1], lena, seen=mark_of(rows))
        counts.append((len(asked), len(written)))
        for number in range(1, 9):
            an_action(plan, f"{len(counts) + 2}.{number}")
    assert counts[0] == counts[1]
