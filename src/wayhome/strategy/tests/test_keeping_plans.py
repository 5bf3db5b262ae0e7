"""Plans, groupings, objectives, actions and commitments: what keepers may do, and what the product refuses them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from tests.personas import NOW, Cast

from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands import action as actions
from wayhome.strategy.commands import commitment, grouping, plan, resource
from wayhome.strategy.commands.changing import PlanIsOver, Stale
from wayhome.strategy.models import Action, Commitment, Plan, PlanLink
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.references import next_reference
from wayhome.strategy.tests.arranging import a_body, a_plan, an_action, last_changes

DETAILS = plan.PlanDetails(title="Safe Home plan")
DO = actions.ActionDetails(text="Offer every child a return interview.")


@pytest.fixture
def kept(cast: Cast) -> Plan:
    return a_plan(cast)


@pytest.fixture
def lena(cast: Cast, kept: Plan) -> Iterator[Viewer]:
    with cast.seen_by("Lena") as viewer:
        yield viewer


def test_a_plan_begins_as_a_draft_with_the_usual_key(cast: Cast) -> None:
    with cast.seen_by("Cora") as viewer:
        made = plan.found_plan(partnership_id=cast.partnership_id, details=DETAILS, viewer=viewer, now=NOW)
        found = plan_file(made, now=NOW)
    assert (found.state, found.title) == ("draft", "Safe Home plan")
    assert [(fact.rating, fact.needs_remedy) for fact in found.key] == [
        ("blue", False),
        ("green", False),
        ("amber", True),
        ("red", True),
    ]


@pytest.mark.parametrize("name", ["Ana", "Sal", "Ada", "Hal", "Ivo"])
def test_only_keepers_begin_and_change_plans(cast: Cast, kept: Plan, name: str) -> None:
    with cast.seen_by(name) as viewer:
        told = {"viewer": viewer, "now": NOW}
        for change in (
            lambda: plan.found_plan(partnership_id=cast.partnership_id, details=DETAILS, **told),
            lambda: plan.edit_plan(plan_id=kept.pk, details=DETAILS, **told),
            lambda: actions.add_action(plan_id=kept.pk, reference="1.1", details=DO, **told),
            lambda: commitment.add_commitment(plan_id=kept.pk, text="Every school has a lead.", **told),
        ):
            with pytest.raises(NotAllowed):
                change()


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"title": " "}, plan.PlanHasNoTitle),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 31)}, plan.EndsBeforeItStarts),
        ({"stale_after_days": 6}, plan.StaleAfter),
        ({"stale_after_days": 731}, plan.StaleAfter),
    ],
)
def test_a_plan_makes_sense(
    lena: Viewer, kept: Plan, told: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        plan.edit_plan(plan_id=kept.pk, details=replace(DETAILS, **told), viewer=lena, now=NOW)
    one_day = replace(DETAILS, starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 1), stale_after_days=7)
    plan.edit_plan(plan_id=kept.pk, details=one_day, viewer=lena, now=NOW)


def test_the_slower_editor_of_a_plan_sees_both(lena: Viewer, kept: Plan) -> None:
    changed = replace(DETAILS, title="Safe Home plan 2026")
    plan.edit_plan(plan_id=kept.pk, details=changed, edition=1, viewer=lena, now=NOW)
    with pytest.raises(Stale) as refused:
        plan.edit_plan(plan_id=kept.pk, details=DETAILS, edition=1, viewer=lena, now=NOW)
    assert refused.value.theirs["title"] == "Safe Home plan 2026"
    assert last_changes(kept.pk, "edit")["title"] == ("Safe Home plan", "Safe Home plan 2026")


def test_the_key_is_the_plans_own(lena: Viewer, kept: Plan) -> None:
    key = {"green": plan.KeyEntry("Going well"), "not_rated": plan.KeyEntry("Not judged", needs_remedy=True)}
    plan.set_key(plan_id=kept.pk, key=key, viewer=lena, now=NOW)
    found = {fact.rating: fact for fact in plan_file(kept.pk, now=NOW).key}
    assert found["green"].words == "Going well"
    assert not found["not_rated"].needs_remedy
    with pytest.raises(plan.ColourMeansNothing):
        plan.set_key(plan_id=kept.pk, key={"red": plan.KeyEntry(" ")}, viewer=lena, now=NOW)


def test_a_plan_goes_forward_and_stays_closed(lena: Viewer, kept: Plan) -> None:
    with pytest.raises(plan.DoesNotFollow):
        plan.move_plan(plan_id=kept.pk, state="draft", viewer=lena, now=NOW)
    plan.move_plan(plan_id=kept.pk, state="closed", viewer=lena, now=NOW)
    with pytest.raises(PlanIsOver):
        plan.edit_plan(plan_id=kept.pk, details=DETAILS, viewer=lena, now=NOW)
    with pytest.raises(NotFound):
        plan.edit_plan(plan_id=new_id(), details=DETAILS, viewer=lena, now=NOW)


def test_groupings_and_objectives_keep_their_reference(lena: Viewer, kept: Plan) -> None:
    told = {"viewer": lena, "now": NOW}
    details = grouping.GroupingDetails(title="Safe from harm", four_p=("protect",))
    made = grouping.add_grouping(plan_id=kept.pk, axis="ambition", reference="7.0", details=details, **told)
    with pytest.raises(grouping.ReferenceTaken):
        grouping.add_grouping(plan_id=kept.pk, axis="ambition", reference="7.0", details=details, **told)
    with pytest.raises(grouping.GroupingHasNoTitle):
        grouping.edit_grouping(grouping_id=made, details=replace(details, title=""), **told)
    grouping.edit_grouping(grouping_id=made, details=replace(details, aim="No child alone"), **told)
    with pytest.raises(grouping.NotOfThisPlan):
        grouping.add_objective(plan_id=kept.pk, text="Children are heard.", priority_id=made, **told)
    objective = grouping.add_objective(plan_id=kept.pk, text="Children are heard.", reference="O1", **told)
    with pytest.raises(grouping.ReferenceTaken):
        grouping.add_objective(plan_id=kept.pk, text="Again.", reference="O1", **told)
    with pytest.raises(grouping.ObjectiveSaysNothing):
        grouping.edit_objective(objective_id=objective, text=" ", **told)
    grouping.edit_objective(objective_id=objective, text="Children are heard in time.", **told)
    found = plan_file(kept.pk, now=NOW)
    assert (found.groupings[-1].reference, found.groupings[-1].aim) == ("7.0", "No child alone")
    assert found.objectives[0].text == "Children are heard in time."


def test_a_reference_is_given_once_also_when_its_action_ended(lena: Viewer, kept: Plan) -> None:
    told = {"viewer": lena, "now": NOW}
    first = actions.add_action(plan_id=kept.pk, reference="1.1", details=DO, **told)
    actions.end_action(action_id=first, because="The school closed.", **told)
    with pytest.raises(grouping.ReferenceTaken):
        actions.add_action(plan_id=kept.pk, reference=" 1.1 ", details=DO, **told)
    with pytest.raises(actions.NoReference):
        actions.add_action(plan_id=kept.pk, reference=" ", details=DO, **told)
    assert last_changes(first, "end")["state"] == ("not_started", "cancelled")


@pytest.mark.parametrize(
    ("used", "beside", "under", "offered"),
    [
        ((), (), "", "1"),
        ((), (), "7.0", "7.1"),
        ((), (), "P2", "P2.1"),
        (("7.1", "7.9"), ("7.1", "7.9"), "7.0", "7.10"),
        (("1.1", "1.2"), ("1.1",), "1", "1.3"),
        (("A",), ("A",), "", "1"),
        (("3.9", "3.10"), ("3.9", "3.10"), "", "3.11"),
    ],
)
def test_the_next_free_reference_is_offered(
    used: tuple[str, ...], beside: tuple[str, ...], under: str, offered: str
) -> None:
    assert next_reference(used, beside, under) == offered


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"text": " "}, actions.ActionSaysNothing),
        ({"due_kind": "date"}, actions.DueHasNoDate),
        ({"due_kind": "month"}, actions.DueHasNoDate),
        ({"due_kind": "recurring"}, actions.NoFrequency),
        ({"objective_id": new_id()}, grouping.NotOfThisPlan),
        ({"section_id": new_id()}, grouping.NotOfThisPlan),
    ],
)
def test_an_action_makes_sense(
    lena: Viewer, kept: Plan, told: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.add_action(
            plan_id=kept.pk, reference="1.1", details=replace(DO, **told), viewer=lena, now=NOW
        )


def test_due_keeps_only_what_its_kind_uses(cast: Cast, kept: Plan) -> None:
    body = a_body(cast)
    every = {"due_on": date(2026, 2, 3), "frequency": "quarterly", "review_body_id": body.pk}
    with cast.seen_by("Lena") as viewer:
        for place, (kind, due_on, frequency) in enumerate(
            [
                ("date", date(2026, 2, 3), ""),
                ("month", date(2026, 2, 28), ""),
                ("recurring", None, "quarterly"),
                ("open", None, ""),
            ]
        ):
            made = actions.add_action(
                plan_id=kept.pk,
                reference=f"1.{place}",
                details=replace(DO, due_kind=kind, **every),
                viewer=viewer,
                now=NOW,
            )
            row = Action.objects.get(pk=made)
            assert (row.due_on, row.frequency) == (due_on, frequency)


def test_a_replaced_action_says_by_which(lena: Viewer, kept: Plan) -> None:
    told = {"viewer": lena, "now": NOW}
    old, new, gone = (
        actions.add_action(plan_id=kept.pk, reference=f"1.{place}", details=DO, **told) for place in (1, 2, 3)
    )
    actions.end_action(action_id=gone, because="Done by health.", **told)
    for other in (old, gone, new_id()):
        with pytest.raises(actions.ReplacedByNothing):
            actions.end_action(action_id=old, because="See the new one.", superseded_by=other, **told)
    with pytest.raises(actions.EndedWithoutReason):
        actions.end_action(action_id=old, because=" ", superseded_by=new, **told)
    actions.end_action(action_id=old, because="See the new one.", superseded_by=new, **told)
    with pytest.raises(actions.EndedAlready):
        actions.end_action(action_id=old, because="Again.", **told)
    assert Action.objects.get(pk=old).superseded_by_id == new


def test_the_slower_editor_of_an_action_sees_both(lena: Viewer, kept: Plan) -> None:
    told = {"viewer": lena, "now": NOW}
    made = actions.add_action(plan_id=kept.pk, reference="1.1", details=DO, **told)
    actions.edit_action(action_id=made, details=replace(DO, text="Theirs."), edition=1, **told)
    with pytest.raises(Stale) as refused:
        actions.edit_action(action_id=made, details=replace(DO, text="Mine."), edition=1, **told)
    assert refused.value.theirs["text"] == "Theirs."
    assert last_changes(made, "edit") == {"text": (DO.text, "Theirs.")}


def test_resources_come_and_go(lena: Viewer, kept: Plan) -> None:
    told = {"viewer": lena, "now": NOW}
    action = actions.add_action(plan_id=kept.pk, reference="1.1", details=DO, **told)
    with pytest.raises(resource.ResourceIsNothing):
        resource.add_resource(action_id=action, what=" ", state="agreed", **told)
    made = resource.add_resource(action_id=action, what="Health worker", state="funded", **told)
    resource.change_resource(resource_id=made, state="vacant", funder="Public Health", **told)
    facts = plan_file(kept.pk, now=NOW).actions[0].resources
    assert [(fact.what, fact.state, fact.funder) for fact in facts] == [
        ("Health worker", "vacant", "Public Health")
    ]


def test_a_link_leads_to_a_plan_or_says_so_in_words(cast: Cast, kept: Plan) -> None:
    other = a_plan(cast, "Care plan")
    an_action(other, "4.2")
    with cast.seen_by("Lena") as lena:
        told = {"viewer": lena, "now": NOW}
        action = actions.add_action(plan_id=kept.pk, reference="1.1", details=DO, **told)
        with pytest.raises(resource.LeadsNowhere):
            resource.add_link(action_id=action, words=" ", **told)
        with pytest.raises(resource.LeadsNowhere):
            resource.add_link(action_id=action, to_plan_id=other.pk, to_reference="9.9", **told)
        with pytest.raises(resource.HangsOnItself):
            resource.add_link(action_id=action, to_plan_id=kept.pk, to_reference="1.1", **told)
        resource.add_link(action_id=action, to_plan_id=other.pk, to_reference="4.2", **told)
        resource.add_link(action_id=action, words="The county's own plan", **told)
        links = plan_file(kept.pk, now=NOW).actions[0].links
        assert links == ("Care plan: action 4.2", "The county's own plan")
        row = PlanLink.objects.get(to_action__reference="4.2")
        resource.end_link(link_id=row.pk, **told)
        assert plan_file(kept.pk, now=NOW).actions[0].links == ("The county's own plan",)
        assert last_changes(row.pk, "end")["ended_by_id"] == (None, str(lena.user_id))
        with pytest.raises(resource.LinkEndedAlready):
            resource.end_link(link_id=row.pk, **told)
        with pytest.raises(NotFound):
            resource.end_link(link_id=action, **told)
    with cast.seen_by("Ana") as ana, pytest.raises(NotAllowed):
        resource.end_link(link_id=row.pk, viewer=ana, now=NOW)


def test_commitments_are_served_and_dropped_with_the_reason(lena: Viewer, kept: Plan) -> None:
    told = {"viewer": lena, "now": NOW}
    with pytest.raises(commitment.CommitmentSaysNothing):
        commitment.add_commitment(plan_id=kept.pk, text=" ", **told)
    made = commitment.add_commitment(plan_id=kept.pk, text="Every school has a lead.", **told)
    one, two = (
        actions.add_action(plan_id=kept.pk, reference=f"1.{place}", details=DO, **told) for place in (1, 2)
    )
    commitment.serve_commitment(commitment_id=made, action_ids={one, two}, **told)
    commitment.serve_commitment(commitment_id=made, action_ids={two}, **told)
    assert plan_file(kept.pk, now=NOW).commitments[0].served_by == ("1.2",)
    commitment.serve_commitment(commitment_id=made, action_ids={one, two}, **told)
    assert plan_file(kept.pk, now=NOW).commitments[0].served_by == ("1.1", "1.2")
    with pytest.raises(grouping.NotOfThisPlan):
        commitment.serve_commitment(commitment_id=made, action_ids={new_id()}, **told)
    with pytest.raises(commitment.DroppedWithoutReason):
        commitment.drop_commitment(commitment_id=made, because="", **told)
    commitment.drop_commitment(commitment_id=made, because="The law changed.", **told)
    with pytest.raises(commitment.DroppedAlready):
        commitment.drop_commitment(commitment_id=made, because="Again.", **told)
    assert Commitment.objects.get(pk=made).dropped_at == NOW


def test_what_is_in_another_plan_is_no_grouping_of_this_one(cast: Cast, kept: Plan) -> None:
    other = a_plan(cast, "Care plan")
    with as_worker():
        foreign = other.groupings.get(axis="priority")
    with cast.seen_by("Lena") as viewer, pytest.raises(grouping.NotOfThisPlan):
        actions.add_action(
            plan_id=kept.pk,
            reference="1.1",
            details=replace(DO, priority_id=foreign.pk),
            viewer=viewer,
            now=NOW,
        )
