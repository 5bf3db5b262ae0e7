"""A row of each child in the tables of the exploitation pathway, as the worker makes them."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.personas import NOW
from wayhome.exploitation import models as pathway

if TYPE_CHECKING:
    from tests.security.world import World

LATER = date(2030, 1, 1)


A_FORM = json.dumps(
    {
        "key": "worry",
        "version": 1,
        "title": "A first look",
        "kind": "screen",
        "purpose": "Shows that a form is there.",
        "audience": "Nobody.",
        "status": "ready",
        "licence": {"name": "Our own wording", "asks_for_credit": False},
        "sections": [
            {"key": "one", "title": "One", "items": [{"key": "away", "question": "Away?", "kind": "yes_no"}]}
        ],
    }
)


def with_an_instrument(world: "World") -> None:
    """A form in use, and one that is still being written."""
    for number, state in ((1, "published"), (2, "draft")):
        pathway.Instrument.objects.create(
            key="worry",
            number=number,
            title="A first look",
            kind="screen",
            definition=A_FORM,
            state=state,
            written_at=NOW,
            published_at=NOW if number == 1 else None,
        )


def on_the_pathway(world: "World", name: str, *, told: str, heard: str) -> None:
    """Make the rows of one child. A home may read what is `told`, and never what is `heard`."""
    child, users = world.children[name], world.cast.users
    of_child: dict[str, Any] = {"person_id": child}
    screening = _referred(world, of_child, heard)
    way = pathway.Pathway.objects.create(
        **of_child, opened_at=NOW, screening=screening, lead=users["Sal"], unmet_need=heard
    )
    on_it = of_child | {"pathway": way}
    pathway.Step.objects.create(**on_it, direction="on", reason=heard, stepped_at=NOW)
    pathway.Allocation.objects.create(
        **on_it, user=users["Sal"], role="specialist", valid=(date(2025, 1, 1), None), allocated_at=NOW
    )
    _judged(of_child, on_it, heard)
    _planned(world, of_child, on_it, told, heard)
    _around(world, of_child, heard)
    _before_the_law(of_child, heard)


def _referred(world: "World", of_child: dict[str, Any], heard: str) -> pathway.Screening:
    common: dict[str, Any] = {
        "danger": "not_now",
        "received_at": NOW,
        "recorded_at": NOW,
        "receiving_team_id": world.cast.team_of("Cora"),
    }
    referral = pathway.Referral.objects.create(
        **of_child, **common, worry=heard, recorded_by=world.cast.users["Ines"]
    )
    pathway.Referral.objects.create(**common, worry="Nobody named", recorded_by=world.cast.users["Sal"])
    pathway.Disagreement.objects.create(
        **of_child,
        referral=referral,
        about=heard,
        why=heard,
        sought=heard,
        due_at=NOW,
        raised_at=NOW,
        raised_by=world.cast.users["Ines"],
    )
    return pathway.Screening.objects.create(
        **of_child, referral=referral, thresholds=["pathway"], reason=heard, due_at=NOW, decided_at=NOW
    )


def _judged(of_child: dict[str, Any], on_it: dict[str, Any], heard: str) -> None:
    form = pathway.Instrument.objects.get(key="worry", number=1)
    assessment = pathway.Assessment.objects.create(**on_it, instrument=form, summary=heard, started_at=NOW)
    pathway.Judgement.objects.create(
        **on_it,
        assessment=assessment,
        kind="sexual",
        harm="suspected",
        level="emerging",
        reason=heard,
        review_on=LATER,
        judged_at=NOW,
    )
    pathway.ServiceReferral.objects.create(
        **of_child,
        kind="mentoring",
        service=heard,
        why=heard,
        assessment=assessment,
        state="offered",
        offered_at=NOW,
        changed_at=NOW,
    )


def _planned(world: "World", of_child: dict[str, Any], on_it: dict[str, Any], told: str, heard: str) -> None:
    sal = world.cast.users["Sal"]
    plan = pathway.ChildPlan.objects.create(
        **on_it, aim=told, lead=sal, opened_at=NOW, agreed_at=NOW, review_on=LATER
    )
    of_plan = of_child | {"plan": plan}
    pathway.OtherPlan.objects.create(**of_plan, kind="child_in_need", held_by=told, linked_at=NOW)
    action = pathway.PlanAction.objects.create(
        **of_plan, heading="protect", what=told, owner=sal, added_at=NOW
    )
    pathway.PlanActionUpdate.objects.create(
        **of_child, action=action, state="in_progress", note=told, told_at=NOW
    )
    pathway.PlanReview.objects.create(
        **of_plan,
        held_at=NOW,
        outcome="continues",
        who_was_there=heard,
        what_was_said=heard,
        next_on=LATER,
        recorded_at=NOW,
    )
    pathway.SafetyPlan.objects.create(**of_child, own_words=told, written_at=NOW)
    page = pathway.ChildPage.objects.create(
        **of_plan,
        reading="plain",
        greeting=told,
        what_we_know=told,
        what_we_agreed=told,
        who_helps=told,
        made_at=NOW,
    )
    pathway.ChildAnswer.objects.create(
        **of_child, page=page, channel="paper", own_words=heard, answered_at=NOW
    )


def _around(world: "World", of_child: dict[str, Any], heard: str) -> None:
    users = world.cast.users
    pathway.Formulation.objects.create(
        **of_child, what_happens=heard, what_we_try=heard, with_whom="Team", written_at=NOW
    )
    pathway.Supervision.objects.create(
        **of_child,
        supervisee=users["Sal"],
        supervisor=users["Ines"],
        held_at=NOW,
        reflection=heard,
        recorded_at=NOW,
        recorded_by=users["Ines"],
    )
    pathway.Transfer.objects.create(
        **of_child,
        kind="adult_services",
        to_whom=heard,
        why=heard,
        what_they_need=heard,
        by_when=LATER,
        prepared_at=NOW,
    )


def _before_the_law(of_child: dict[str, Any], heard: str) -> None:
    nrm = pathway.Nrm.objects.create(
        **of_child, decision="not_referred", reason=heard, decided_at=NOW, responder="Council"
    )
    pathway.NrmStep.objects.create(**of_child, nrm=nrm, event="sent", happened_at=NOW, recorded_at=NOW)
    pathway.ShareDecision.objects.create(
        **of_child,
        what=heard,
        with_whom=heard,
        purpose=heard,
        decision="not_shared",
        basis=["public_task"],
        reason=heard,
        child_told="not_yet",
        family_told="not_yet",
        decided_at=NOW,
    )
    pathway.JusticeContact.objects.create(
        **of_child, event="stopped", offence=heard, happened_on=NOW.date(), recorded_at=NOW
    )


# A copy of an existing row under a new id, with these values changed (test_constraints.py).
COPIES: dict[str, tuple[str, dict[str, Any]]] = {
    "one_definition_per_version": (
        "exploitation_instrument",
        {"state": "withdrawn", "published_at": "2025-01-01"},
    ),
    "one_version_in_use": (
        "exploitation_instrument",
        {"number": 9, "state": "published", "published_at": "2025-01-01"},
    ),
    "on_the_pathway_once_at_a_time": ("exploitation_pathway", {}),
    "allocated_once_in_a_role": ("exploitation_allocation", {}),
    "one_level_per_kind_at_a_time": ("exploitation_judgement", {}),
    "one_live_plan_of_a_child": ("exploitation_childplan", {}),
    "another_plan_is_named_once": ("exploitation_otherplan", {}),
    "one_safety_plan_at_a_time": ("exploitation_safetyplan", {}),
}
# Every row of a table changed like this.
CHANGES: dict[str, str] = {
    "a_referral_says_what_the_worry_is": "UPDATE exploitation_referral SET worry = ''",
    "danger_is_acted_on_first": "UPDATE exploitation_referral SET danger = 'now'",
    "an_answer_to_a_referral_says_something": "UPDATE exploitation_referral SET answered_at = now()",
    "a_screening_says_why": "UPDATE exploitation_screening SET reason = ''",
    "no_role_stands_alone": "UPDATE exploitation_screening SET thresholds = '{no_role,pathway}'",
    "a_disagreement_says_what_is_sought": "UPDATE exploitation_disagreement SET sought = ''",
    "an_ended_disagreement_has_an_outcome": "UPDATE exploitation_disagreement SET ended_at = now()",
    "a_disagreement_is_about_something": "UPDATE exploitation_disagreement"
    " SET referral_id = NULL, person_id = NULL",
    "an_ended_pathway_says_why": "UPDATE exploitation_pathway SET closed_at = now()",
    "a_step_says_why": "UPDATE exploitation_step SET reason = ''",
    "allocation_is_valid_for_a_time": "UPDATE exploitation_allocation SET valid = 'empty'",
    "what_is_in_use_was_published": "UPDATE exploitation_instrument SET published_at = NULL WHERE number = 1",
    "an_instrument_has_a_name": "UPDATE exploitation_instrument SET title = '' WHERE number = 2",
    "a_finished_assessment_has_a_summary": "UPDATE exploitation_assessment SET state = 'finished'",
    "nobody_countersigns_their_own_work": "UPDATE exploitation_assessment SET finished_at = now(),"
    " countersigned_at = now(), finished_by_id = x.id, countersigned_by_id = x.id, state = 'finished'"
    " FROM (SELECT id FROM access_user LIMIT 1) x",
    "an_assessment_set_aside_says_why": "UPDATE exploitation_assessment SET state = 'set_aside'",
    "a_level_has_its_reason": "UPDATE exploitation_judgement SET reason = ''",
    "harm_is_asked_before_level": "UPDATE exploitation_judgement SET harm = 'not_asked'",
    "another_level_than_the_forms_says_why": "UPDATE exploitation_judgement SET tool_level = 'significant'",
    "a_level_is_looked_at_again": "UPDATE exploitation_judgement SET review_on = NULL",
    "nobody_countersigns_their_own_level": "UPDATE exploitation_judgement SET countersigned_at = now(),"
    " judged_by_id = x.id, countersigned_by_id = x.id FROM (SELECT id FROM access_user LIMIT 1) x",
    "a_plan_of_a_child_has_an_aim": "UPDATE exploitation_childplan SET aim = ''",
    "an_ended_plan_says_why": "UPDATE exploitation_childplan SET ended_at = now()",
    "another_plan_is_held_by_somebody": "UPDATE exploitation_otherplan SET held_by = ''",
    "an_action_of_a_plan_says_what": "UPDATE exploitation_planaction SET what = ''",
    "an_action_of_a_plan_has_an_owner": "UPDATE exploitation_planaction SET owner_id = NULL",
    "a_done_action_has_its_evidence": "UPDATE exploitation_planaction SET state = 'complete'",
    "a_mark_becomes_one_action": "INSERT INTO exploitation_planaction SELECT (jsonb_populate_record(a,"
    " jsonb_build_object('id', gen_random_uuid(), 'mark_id', m.id))).* FROM exploitation_planaction a,"
    " missing_mark m, generate_series(1, 2) WHERE m.person_id = a.person_id",
    "an_update_of_an_action_says_what": "UPDATE exploitation_planactionupdate SET note = ''",
    "a_review_says_who_and_what": "UPDATE exploitation_planreview SET who_was_there = ''",
    "a_plan_that_goes_on_is_looked_at_again": "UPDATE exploitation_planreview SET next_on = NULL",
    "a_safety_plan_has_the_childs_words": "UPDATE exploitation_safetyplan SET own_words = ''",
    "a_code_word_says_what_to_do": "UPDATE exploitation_safetyplan SET code_word = 'umbrella'",
    "a_page_for_a_child_says_something": "UPDATE exploitation_childpage SET what_we_know = ''",
    "one_page_per_address": "UPDATE exploitation_childpage SET token = 'the same'",
    "an_answer_of_a_child_says_something": "UPDATE exploitation_childanswer SET own_words = ''",
    "how_it_fits_is_one_to_five": "UPDATE exploitation_childanswer SET fits = 6",
    "what_we_did_about_an_answer_is_said": "UPDATE exploitation_childanswer SET done_at = now()",
    "a_formulation_leads_somewhere": "UPDATE exploitation_formulation SET what_we_try = ''",
    "supervision_is_between_two": "UPDATE exploitation_supervision SET supervisor_id = supervisee_id",
    "a_supervision_says_something": "UPDATE exploitation_supervision SET reflection = ''",
    "a_transfer_is_to_somebody": "UPDATE exploitation_transfer SET to_whom = ''",
    "an_answered_transfer_has_a_receipt": "UPDATE exploitation_transfer SET state = 'accepted'",
    "a_service_has_a_name": "UPDATE exploitation_servicereferral SET service = ''",
    "an_ended_service_has_an_outcome": "UPDATE exploitation_servicereferral SET state = 'ended'",
    "a_first_responder_says_why": "UPDATE exploitation_nrm SET reason = ''",
    "a_referral_for_slavery_tells_what_happened": "UPDATE exploitation_nrm SET decision = 'referred'",
    "a_share_says_what_to_whom_and_why": "UPDATE exploitation_sharedecision SET purpose = ''",
    "a_share_has_a_lawful_basis": "UPDATE exploitation_sharedecision SET basis = '{}'",
    "contact_with_the_law_is_about_something": "UPDATE exploitation_justicecontact SET offence = ''",
    "a_reviewed_contact_says_what": "UPDATE exploitation_justicecontact SET reviewed_at = now()",
}
