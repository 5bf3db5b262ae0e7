"""Pages of plans, actions and strategies: what they show to whom, that they save, and how many queries they take."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import NOW, Cast

from wayhome.config.testing import as_worker
from wayhome.strategy.models import (
    Action,
    ActionOwner,
    Commitment,
    DocumentSection,
    MeasureLink,
    MeasureReading,
    Plan,
    PlanLink,
    StrategyDocument,
)
from wayhome.strategy.tests.arranging import a_plan, a_post, a_rating, an_action, an_owner, an_update

BACKEND = "wayhome.access.signed_in.Backend"
TODAY = NOW.date()


@pytest.fixture
def as_(cast: Cast) -> Callable[[str], Client]:
    def client(name: str) -> Client:
        made = Client()
        made.force_login(cast.users[name], backend=BACKEND)
        return made

    return client


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return a_plan(cast, starts_on=date(2026, 1, 1))


def told(response: object) -> str:
    return " ".join(response.content.decode().split())


def values_in(page: str) -> dict[str, str]:
    """What stands in the single inputs of a form, hidden ones too."""
    inputs = (dict(re.findall(r'(\w+)="([^"]*)"', each)) for each in re.findall(r"<input[^>]*>", page))
    return {each["name"]: each.get("value", "") for each in inputs if "name" in each}


def key_in(client: Client, address: str) -> dict[str, str]:
    """What a form carries hidden when it is opened."""
    return hidden_in(told(client.get(address)))


def hidden_in(page: str) -> dict[str, str]:
    """The key of a form, and the edition that was read."""
    return {name: value for name, value in values_in(page).items() if name in ("submission_key", "edition")}


def test_home_opens_on_what_needs_the_reader(cast: Cast, as_: Callable[[str], Client], plan: Plan) -> None:
    late = an_action(plan, "1.1", due_kind="date", due_on=TODAY - timedelta(days=5))
    an_owner(late, post=a_post(cast, held_by="Lena"))
    a_rating(late, "amber")
    page = told(as_("Lena").get(reverse("strategy")))
    assert "Yours to do" in page
    assert "5 days late" in page
    assert "No remedial action written down" in page
    assert reverse("update_action", args=[late.pk]) in page
    own = told(as_("Sal").get(reverse("strategy")))
    assert "No action is yours" in own
    assert plan.title not in own


def test_a_plan_shows_its_actions_by_the_chosen_heading_and_filter(
    cast: Cast, as_: Callable[[str], Client], plan: Plan
) -> None:
    green = an_action(plan, "1.1", title="Interviews in time")
    a_rating(green, "green")
    red = an_action(plan, "1.2", title="Homes have link workers", section=None)
    a_rating(red, "red", remedy="A second worker.")
    an_owner(red, agency_id=cast.agencies["Saltmere Police"])
    client = as_("Ana")
    address = reverse("plan", args=[plan.pk])
    page = told(client.get(address))
    assert "P1 Prevention" in page
    assert "Interviews in time" in page
    by_section = told(client.get(address, {"by": "section"}))
    assert "Under no section" in by_section
    for query in ({"rating": "red"}, {"agency": "Saltmere Police"}):
        filtered = told(client.get(address, query))
        assert "Homes have link workers" in filtered
        assert "Interviews in time" not in filtered
        assert "1 of 2 actions" in filtered
    assert "No action is like this" in told(client.get(address, {"stale": "yes"}))
    assert client.get(address, {"rating": "purple", "by": "moon"}).status_code == 200


def test_an_owner_sees_their_own_actions_of_a_plan(
    cast: Cast, as_: Callable[[str], Client], plan: Plan
) -> None:
    an_owner(an_action(plan, "1.1", title="Mine"), post=a_post(cast, held_by="Sal"))
    other = an_action(plan, "1.2", title="Of others")
    page = told(as_("Sal").get(reverse("plan", args=[plan.pk])))
    assert "Mine" in page
    assert "Of others" not in page
    assert as_("Sal").get(reverse("action", args=[other.pk])).status_code == 404
    assert as_("Otto").get(reverse("plan", args=[plan.pk])).status_code == 404


def test_an_owner_updates_and_rates_their_action(
    cast: Cast, as_: Callable[[str], Client], plan: Plan
) -> None:
    action = an_action(plan, "1.1", state="not_started")
    an_owner(action, post=a_post(cast, held_by="Sal"))
    client = as_("Sal")
    address = reverse("update_action", args=[action.pk])
    sent = {"state": "in_progress", "achieved": "Six homes visited."} | key_in(client, address)
    assert client.post(address, sent).status_code == 303
    rate = reverse("rate_action", args=[action.pk])
    words = {"rating": "amber", "reason": "Staff left.", "evidence": "Rota."} | key_in(client, rate)
    refused = told(client.post(rate, words))
    assert "There is a problem" in refused
    assert "This colour needs remedial action" in refused
    assert client.post(rate, words | {"remedy": "Two start in May."}).status_code == 303
    page = told(client.get(reverse("action", args=[action.pk])))
    for words in ("Six homes visited.", "Staff left.", "Two start in May.", "In progress"):
        assert words in page


def test_the_slower_of_two_is_shown_both_and_can_send_again(
    cast: Cast, as_: Callable[[str], Client], plan: Plan
) -> None:
    action = an_action(plan, "1.1")
    an_owner(action, post=a_post(cast, held_by="Sal"))
    address = reverse("update_action", args=[action.pk])
    fast, slow = as_("Sal"), as_("Cora")
    read_by_slow = key_in(slow, address)
    fast.post(address, {"state": "in_progress", "achieved": "Fast words."} | key_in(fast, address))
    mine = {"state": "stalled", "blocker": "Slow words.", "owner_id": "whole"}
    page = told(slow.post(address, mine | read_by_slow))
    assert "Somebody was faster" in page
    assert "Fast words." in page
    assert "Slow words." in page
    assert slow.post(address, mine | hidden_in(page)).status_code == 303
    told_too = told(fast.get(reverse("action", args=[action.pk])))
    assert "Cora Coordinator wrote an update soon after yours" in told_too
    assert "soon after yours" in told(fast.get(reverse("strategy")))


def test_the_page_of_an_action_shows_its_measure_with_the_table(
    cast: Cast, as_: Callable[[str], Client], plan: Plan
) -> None:
    action = an_action(plan, "1.1")
    a_rating(action, "green")
    with as_worker():
        MeasureLink.objects.create(action=action, key="episodes", direction="down", since=date(2026, 1, 1))
        for place, value in enumerate((58, 60, 56, 58, 60, 56, 58, 60, 56, 58, 60, 56, 70, 72, 71)):
            MeasureReading.objects.create(
                partnership_id=plan.partnership_id,
                key="episodes",
                month=date(2025 + place // 12, place % 12 + 1, 1),
                value=value,
                as_at=NOW,
            )
    page = told(as_("Lena").get(reverse("action", args=[action.pk])))
    assert "Green, but episodes went from 58 to 71 a month while the action should bring them down" in page
    assert "March 2026" in page


def test_keepers_find_fill_and_move_a_plan(cast: Cast, as_: Callable[[str], Client]) -> None:
    client = as_("Cora")

    def send(name: str, *args: object, **data: object) -> str:
        address = reverse(name, args=args)
        response = client.post(address, data | key_in(client, address))
        assert response.status_code == 303, told(response)
        return response.headers["Location"]

    send("new_plan", title="Safe Home plan", stale_after_days="90", ask_days_before="10")
    with as_worker():
        plan = Plan.objects.get(title="Safe Home plan")
    send("plan_key", plan.pk, blue="Done", green="Going", amber="Slow", red="Not going", red_remedy="yes")
    send("new_grouping", plan.pk, axis="section", reference="7.0", title="Being heard")
    with as_worker():
        heading = plan.groupings.get()
    offered = told(client.get(reverse("new_action", args=[plan.pk]), {"under": heading.pk}))
    assert values_in(offered)["reference"] == "7.1"
    assert f'value="{heading.pk}" selected' in offered
    send(
        "new_action",
        plan.pk,
        reference="7.1",
        text="Offer interviews.",
        section_id=str(heading.pk),
        level="strategic",
        due_kind="month",
        **{"due_month": "3 2 2027", "due_month-day": "3", "due_month-month": "2", "due_month-year": "2027"},
    )
    with as_worker():
        action = Action.objects.get(reference="7.1")
    assert action.due_on == date(2027, 2, 28)
    send(
        "give_owner",
        action.pk,
        part="lead",
        kind="unresolved",
        words="JB",
        since="1 1 2026",
        **{"since-day": "1", "since-month": "1", "since-year": "2026"},
    )
    with as_worker():
        owner = ActionOwner.objects.get(action=action)
    post = a_post(cast, held_by="Sal")
    send("resolve_owner", owner.pk, kind="post", post_id=str(post.pk))
    send("add_resource", action.pk, what="Health worker", state="funded")
    send("link_action", action.pk, words="The county's care plan")
    send("new_objective", plan.pk, text="Every child is heard.", reference="O1")
    send("new_commitment", plan.pk, text="Every school has a lead.")
    with as_worker():
        promised = Commitment.objects.get()
    assert "No action serves these" in told(client.get(reverse("commitments", args=[plan.pk])))
    send("serve_commitment", promised.pk, action_ids=[str(action.pk)])
    assert "Every promise has an action." in told(client.get(reverse("commitments", args=[plan.pk])))
    send("move_plan", plan.pk, "live")
    page = told(client.get(reverse("action", args=[action.pk])))
    for words in (
        "Head of Early Help",
        "Sal Practitioner",
        "Health worker",
        "The county&#39;s care plan",
        "By the end of February 2027",
    ):
        assert words in page
    with as_worker():
        link = PlanLink.objects.get(action=action)
    assert reverse("unlink_action", args=[link.pk]) in page
    send("unlink_action", link.pk)
    assert "The county&#39;s care plan" not in told(client.get(reverse("action", args=[action.pk])))
    assert client.get(reverse("unlink_action", args=[link.pk])).status_code == 404
    send("end_action", action.pk, because="The school closed.")
    assert "1 cancelled or replaced" in told(client.get(reverse("plan", args=[plan.pk])))
    send("drop_commitment", promised.pk, because="The law changed.")


def test_a_strategy_is_drafted_approved_published_and_followed(
    cast: Cast, as_: Callable[[str], Client]
) -> None:
    client = as_("Lena")

    def send(name: str, *args: object, **data: object) -> None:
        address = reverse(name, args=args)
        response = client.post(address, data | key_in(client, address))
        assert response.status_code == 303, told(response)

    send("new_strategy", title="Safe Home 2026")
    with as_worker():
        row = StrategyDocument.objects.get()
    page = reverse("strategy_document", args=[row.pk])
    send("new_section", row.pk, kind="quote", text="They listened to me.", source="A young person, 2026")
    send("new_section", row.pk, kind="vision", heading="What we want", text="No child waits alone.")
    with as_worker():
        second = DocumentSection.objects.get(kind="vision")
    send("change_section", second.pk, "up")
    assert as_("Sal").get(page).status_code == 404
    send(
        "approve_strategy",
        row.pk,
        approved_by="The Board",
        approved_on="1 3 2026",
        **{"approved_on-day": "1", "approved_on-month": "3", "approved_on-year": "2026"},
    )
    assert "Edit title and dates" not in told(client.get(page))
    edit = reverse("edit_section", args=[second.pk])
    refused = client.post(edit, {"kind": "text", "text": "Changed."} | key_in(client, edit))
    assert "its words stay as they are" in told(refused)
    send("move_strategy", row.pk, "publish")
    seen = told(as_("Sal").get(page))
    assert "They listened to me." in seen
    assert "A young person, 2026" in seen
    assert "Add a section" not in seen
    send("move_strategy", row.pk, "new-version")
    assert "There is a newer version" in told(client.get(page))


@pytest.mark.parametrize(
    "name", ["new_plan", "edit_plan", "new_action", "edit_action", "give_owner", "commitments"]
)
def test_pages_for_keepers_are_for_keepers(
    cast: Cast, as_: Callable[[str], Client], plan: Plan, name: str
) -> None:
    action = an_action(plan)
    an_owner(action, post=a_post(cast, held_by="Sal"))
    about = {"new_plan": [], "edit_action": [action.pk], "give_owner": [action.pk]}.get(name, [plan.pk])
    assert as_("Sal").get(reverse(name, args=about)).status_code == 403


def full(cast: Cast, plan: Plan, reference: str) -> None:
    action = an_action(plan, reference)
    owner = an_owner(action, post=a_post(cast, f"Post {reference}", held_by="Lena"))
    a_rating(action)
    an_update(action, owner_id=owner.pk)


def test_pages_take_as_many_queries_for_many_actions_as_for_one(
    cast: Cast, as_: Callable[[str], Client], plan: Plan
) -> None:
    client = as_("Lena")
    full(cast, plan, "1.1")
    counts: dict[str, list[int]] = {}
    for _ in (1, 2):
        for address in (reverse("strategy"), reverse("plan", args=[plan.pk])):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.setdefault(address, []).append(len(queries))
        for number in range(2, 8):
            full(cast, plan, f"{number}.{len(counts)}{_}")
    assert all(one == many for one, many in counts.values()), counts
