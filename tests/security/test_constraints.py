"""Each constraint is broken on purpose, by its name: also what row security lets through has to make sense."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests.security import pathways
from tests.security.asking import ask, ask_one, error_of
from tests.security.world import World
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id

# A copy of an existing row under a new id, with these values changed.
COPIES: dict[str, tuple[str, dict[str, Any]]] = {
    "one_value_per_setting": ("partnership_setting", {}),
    "one_agency_per_name_at_a_time": ("partnership_agency", {}),
    "one_team_per_name_at_a_time": ("partnership_team", {}),
    "one_former_name_at_a_time": ("partnership_formername", {}),
    "one_user_per_email": ("access_user", {"email": "SAL@wayhome.example"}),
    "in_a_team_once_at_a_time": ("access_membership", {}),
    "holds_a_scope_once_at_a_time": ("access_heldscope", {}),
    "restricted_once_at_a_time": ("access_restriction", {}),
    "one_current_name_per_person": ("people_name", {"kind": "current"}),
    "a_word_names_a_person_once": ("people_persontoken", {"id": 2_000_000_000}),
    "an_identifier_names_one_person": ("people_identifier", {}),
    "one_home_address_at_a_time": ("people_address", {}),
    "a_care_episode_starts_once": ("people_careepisode", {}),
    "one_lead_professional_at_a_time": ("people_involvement", {"is_lead": True}),
    "a_possible_match_is_noticed_once": ("missing_possiblematch", {}),
    "a_child_is_missing_once_at_a_time": ("missing_episode", {}),
    "a_duty_is_answered_once": ("missing_dutyanswer", {}),
    "a_breach_is_explained_once": ("missing_breachreason", {}),
    "an_episode_is_handed_over_once": ("missing_handoveritem", {}),
    "an_episode_meets_a_trigger_once": ("missing_triggerhit", {}),
    "asked_once_to_a_seminar": ("missing_seminarinvitation", {}),
    "one_plan_of_a_kind_at_a_time": ("people_planstatus", {}),
    "one_current_photo_per_person": ("people_photo", {}),
    "linked_to_a_home_once_at_a_time": ("partnership_homelink", {}),
    "a_month_is_counted_once_at_a_time": ("insight_countedmonth", {}),
    "a_month_begins_on_its_first_day": ("insight_countedmonth", {"month": "2025-01-02"}),
    "a_share_is_part_of_its_whole": ("insight_countedmonth", {"measure": "more", "numerator": 3}),
    "one_holder_of_a_post_at_a_time": ("partnership_postholder", {}),
    "one_text_per_version_of_terms": ("partnership_bodyterms", {}),
    "one_chair_of_a_body_at_a_time": ("partnership_bodyseat", {}),
    "a_body_meets_once_a_day": ("partnership_bodymeeting", {}),
    "a_seat_is_filled_once_per_meeting": ("partnership_attendance", {}),
    "a_colour_means_one_thing": ("strategy_keyword", {}),
    "one_grouping_per_reference": ("strategy_grouping", {}),
    "one_objective_per_reference": ("strategy_objective", {}),
    "an_action_serves_a_commitment_once": ("strategy_commitmentserved", {}),
    "one_action_per_reference": ("strategy_action", {}),
    "one_lead_of_an_action": ("strategy_actionowner", {}),
    "an_owner_is_asked_once_per_meeting": ("strategy_updaterequest", {}),
    "a_measure_is_read_once_at_a_time": ("strategy_measurereading", {}),
    "a_measure_is_linked_once": ("strategy_measurelink", {}),
    "an_agency_is_asked_to_read_once": ("strategy_guidanceaudience", {}),
    "an_agency_acknowledges_once": ("strategy_guidancereceipt", {}),
    **pathways.COPIES,
}
# Every row of a table changed like this.
CHANGES: dict[str, str] = {
    "entry_outcome_is_known": "INSERT INTO audit_entry SELECT (jsonb_populate_record(e, jsonb_build_object("
    "'id', gen_random_uuid(), 'outcome', 'perhaps'))).* FROM audit_entry e LIMIT 1",
    "agency_is_valid_for_a_time": "UPDATE partnership_agency SET valid = 'empty'",
    "team_is_valid_for_a_time": "UPDATE partnership_team SET valid = 'empty'",
    "body_is_valid_for_a_time": "UPDATE partnership_body SET valid = 'empty'",
    "post_is_valid_for_a_time": "UPDATE partnership_post SET valid = 'empty'",
    "a_post_has_a_title": "UPDATE partnership_post SET title = ''",
    "a_holder_has_a_name": "UPDATE partnership_postholder SET name = ''",
    "terms_say_something": "UPDATE partnership_bodyterms SET text = ''",
    "seat_is_valid_for_a_time": "UPDATE partnership_bodyseat SET valid = 'empty'",
    "a_cancelled_meeting_says_why": "UPDATE partnership_bodymeeting SET state = 'cancelled'",
    "a_strategy_has_a_title": "UPDATE strategy_strategydocument SET title = ''",
    "a_strategy_in_force_was_approved": "UPDATE strategy_strategydocument SET approved_on = NULL, state = 'live'",
    "a_strategy_ends_after_it_starts": "UPDATE strategy_strategydocument"
    " SET starts_on = '2026-01-02', ends_on = '2026-01-01'",
    "a_quotation_says_whose_it_is": "UPDATE strategy_documentsection SET kind = 'quote'",
    "a_plan_has_a_title": "UPDATE strategy_plan SET title = ''",
    "a_rating_goes_stale_in_time": "UPDATE strategy_plan SET stale_after_days = 3",
    "a_plan_ends_after_it_starts": "UPDATE strategy_plan SET starts_on = '2026-01-02', ends_on = '2026-01-01'",
    "a_colour_means_something": "UPDATE strategy_keyword SET words = ''",
    "not_rated_needs_no_remedy": "UPDATE strategy_keyword SET rating = 'not_rated', needs_remedy = true",
    "a_commitment_says_what": "UPDATE strategy_commitment SET text = ''",
    "a_dropped_commitment_says_why": "UPDATE strategy_commitment SET dropped_at = now()",
    "an_action_has_a_reference": "UPDATE strategy_action SET reference = '' WHERE reference = '1.1'",
    "an_action_by_a_date_has_one": "UPDATE strategy_action SET due_kind = 'date'",
    "a_review_has_a_frequency": "UPDATE strategy_action SET due_kind = 'recurring'",
    "an_ended_action_says_why": "UPDATE strategy_action SET state = 'cancelled'",
    "an_owner_is_somebody": "UPDATE strategy_actionowner SET kind = 'agency'",
    "an_owner_owns_for_a_time": "UPDATE strategy_actionowner SET valid = 'empty'",
    "a_resource_says_what": "UPDATE strategy_resource SET what = ''",
    "a_link_leads_somewhere": "UPDATE strategy_planlink SET words = ''",
    "an_action_does_not_hang_on_itself": "UPDATE strategy_planlink SET to_action_id = action_id",
    "who_ended_a_link_did_so_at_a_time": "UPDATE strategy_planlink"
    " SET ended_by_id = (SELECT id FROM access_user LIMIT 1)",
    "an_update_says_something": "INSERT INTO strategy_actionupdate SELECT (jsonb_populate_record(u,"
    " jsonb_build_object('id', gen_random_uuid(), 'achieved', ''))).* FROM strategy_actionupdate u LIMIT 1",
    "a_stalled_action_says_what_blocks_it": "INSERT INTO strategy_actionupdate SELECT (jsonb_populate_record(u,"
    " jsonb_build_object('id', gen_random_uuid(), 'state', 'stalled'))).* FROM strategy_actionupdate u LIMIT 1",
    "a_rating_has_its_reason": "INSERT INTO strategy_rating SELECT (jsonb_populate_record(r,"
    " jsonb_build_object('id', gen_random_uuid(), 'reason', ''))).* FROM strategy_rating r LIMIT 1",
    "a_rating_has_its_evidence": "INSERT INTO strategy_rating SELECT (jsonb_populate_record(r,"
    " jsonb_build_object('id', gen_random_uuid(), 'evidence', ''))).* FROM strategy_rating r LIMIT 1",
    "a_link_lasts_for_a_while": "UPDATE strategy_ownerlink SET expires_at = made_at",
    "a_decision_is_about_something": "UPDATE strategy_decisionasked SET question = ''",
    "a_decision_has_its_outcome": "UPDATE strategy_decisionasked SET decided_on = '2026-01-01'",
    "evidence_has_a_title": "INSERT INTO strategy_evidenceitem SELECT (jsonb_populate_record(e,"
    " jsonb_build_object('id', gen_random_uuid(), 'title', ''))).* FROM strategy_evidenceitem e LIMIT 1",
    "guidance_has_a_title": "UPDATE strategy_guidance SET title = ''",
    "guidance_does_not_replace_itself": "UPDATE strategy_guidance SET superseded_by_id = id",
    "a_decision_on_the_horizon_says_why": "UPDATE strategy_horizonitem SET decision = 'adopt'",
    "a_grant_is_for_a_team_or_a_user": "UPDATE access_grant SET team_id = NULL, user_id = NULL",
    "a_grant_says_why": "UPDATE access_grant SET reason = ''",
    "a_basis_is_known": "UPDATE access_grant SET basis = 'curiosity'",
    "a_scope_is_known": "UPDATE access_heldscope SET scope = 'everything'",
    "a_review_has_who_when_and_outcome": "UPDATE access_breakglass SET reviewed_at = now()",
    "birth_date_and_precision_agree": "UPDATE people_person SET date_of_birth = NULL",
    "a_name_has_letters": "UPDATE people_name SET given_name = '', family_name = ''",
    "identifier_ends_after_it_starts": "UPDATE people_identifier"
    " SET valid_from = '2020-01-02', valid_to = '2020-01-01'",
    "care_ends_after_it_starts": "UPDATE people_careepisode SET ended_on = started_on - 1",
    "a_notification_is_decided_at_some_time": "UPDATE missing_notification SET outcome = 'not_a_child'",
    "a_notification_that_counts_is_of_an_episode": "UPDATE missing_notification"
    " SET outcome = 'opened', decided_at = now()",
    "not_missing_says_why": "UPDATE missing_notification SET outcome = 'not_missing', decided_at = now()",
    "merged_is_set_aside": "UPDATE missing_episode SET merged_into_id = id",
    "a_choice_says_why": "UPDATE missing_chosenfact SET reason = ''",
    "a_breach_says_why": "UPDATE missing_breachreason SET reason = ''",
    "an_answer_to_a_duty_says_what": "UPDATE missing_dutyanswer SET note = ''",
    "somebody_acknowledged_at_some_time": "UPDATE missing_handoveritem SET acknowledged_at = now()",
    "a_mark_has_words": 'UPDATE missing_mark SET "end" = start',
    "a_mark_keeps_its_words": "UPDATE missing_mark SET quote = ''",
    "a_referral_is_to_somebody": "UPDATE missing_substancescreen SET referral = 'made'",
    "a_trigger_is_answered_at_some_time": "UPDATE missing_triggerhit SET answer = 'plan'",
    "a_seminar_is_somewhere": "UPDATE missing_seminar SET place = ''",
    "a_known_place_is_named": "UPDATE people_knownplace SET place = ''",
    "a_judged_place_says_why": "UPDATE people_knownplace SET safety = 'safe'",
    "a_relationship_is_with_somebody": "UPDATE people_relationship SET name = '', other_id = NULL",
    "nobody_is_related_to_themselves": "UPDATE people_relationship SET other_id = person_id",
    "returned_after_last_seen": "UPDATE missing_episode"
    " SET returned_at = last_seen_at - interval '1 hour', located_at = NULL",
    "located_after_last_seen": "UPDATE missing_episode SET located_at = last_seen_at - interval '1 hour'",
    "located_before_returned": "UPDATE missing_episode SET located_at = returned_at + interval '1 hour'",
    "noticed_after_last_seen": "UPDATE missing_episode SET noticed_at = last_seen_at - interval '1 hour'",
    "nothing_after_return_before_return": "UPDATE missing_episode SET returned_at = NULL",
    "a_settled_interview_has_an_outcome": "UPDATE missing_episode SET interview_outcome = ''",
    "closed_only_when_seen_heard_and_analysed": "UPDATE missing_episode"
    " SET closed_at = now(), safe_and_well_at = NULL",
    "set_aside_says_why": "UPDATE missing_episode SET cancelled_at = now()",
    "a_correction_says_why": "UPDATE missing_returncorrection SET reason = ''",
    "a_risk_level_has_a_reason": "UPDATE missing_riskjudgement SET reason = ''",
    "no_apparent_risk_is_looked_at_again": "UPDATE missing_riskjudgement"
    " SET level = 'no_apparent_risk', reassess_by = NULL",
    "held_with_the_childs_words_or_a_reason": "UPDATE missing_returninterview SET own_words = ''",
    "only_a_held_interview_answers_another_return": "UPDATE missing_returninterview"
    " SET answered_in_id = id, outcome = 'not_offered', reason_not_held = 'Nobody asked'",
    "an_analysis_says_what_and_why": "UPDATE missing_analysis SET text = ''",
    "every_row_is_accepted_or_rejected": "INSERT INTO statutory_importbatch SELECT (jsonb_populate_record("
    "NULL::statutory_importbatch, %s)).*",
    "a_rejection_says_why": "INSERT INTO statutory_importrejection SELECT (jsonb_populate_record("
    "NULL::statutory_importrejection, %s)).*",
    **pathways.CHANGES,
}
# Broken by nobody: only the owner may write there.
BY_OWNER = {"one_viewer_key"}
# Broken by the user whose row it is: not even the worker may write there.
BY_ITS_USER = {"one_draft_per_form_and_subject"}


def own_constraints() -> dict[str, str]:
    """The names of all constraints of the product's models, with their tables."""
    return {
        constraint.name: model._meta.db_table
        for app in apps.get_app_configs()
        if app.name.startswith("wayhome.")
        for model in app.get_models()
        for constraint in model._meta.constraints
    }


def broken_by(sql: str, *parameters: Any) -> str:
    """The name of the constraint that a statement breaks, as the worker, whom row security lets through."""
    try:
        with as_worker(), transaction.atomic():
            ask(sql, *parameters)
    except IntegrityError as error:
        return str(error.__cause__.diag.constraint_name)
    return ""


def test_every_constraint_is_broken_here():
    assert set(own_constraints()) == set(COPIES) | set(CHANGES) | BY_OWNER | BY_ITS_USER


def test_a_second_draft_of_one_form_is_refused(world: World):
    again = (
        "INSERT INTO audit_draft (id, user_id, form, subject, data, saved_at)"
        " SELECT gen_random_uuid(), user_id, form, subject, data, saved_at FROM audit_draft"
    )
    with world.seen_by("Sal"):
        assert error_of(again) == "23505"


@pytest.mark.parametrize("name", COPIES)
def test_a_second_one_is_refused(world: World, name: str):
    table, changes = COPIES[name]
    changes = {"id": str(new_id())} | changes
    generated = (
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = ''"
    )
    columns = ", ".join(f'"{column}"' for (column,) in ask(generated, table))
    copy = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)"
    with as_worker():
        condition = " WHERE email = 'sal@wayhome.example'" if table == "access_user" else ""
        row = json.loads(ask_one(f"SELECT to_jsonb(t)::text FROM {table} t{condition} LIMIT 1"))
    assert broken_by(copy, json.dumps(row | changes)) == name


@pytest.mark.parametrize("name", CHANGES)
def test_what_cannot_be_is_refused(world: World, name: str):
    sql = CHANGES[name]
    if "%s" not in sql:
        assert broken_by(sql) == name
        return
    table = own_constraints()[name]
    assert broken_by(sql, json.dumps(nearly_a_row(table))) == name


@pytest.mark.parametrize(
    "table",
    [
        *(
            "report",
            "returncorrection",
            "riskjudgement",
            "safeandwellcheck",
            "interviewoffer",
            "returninterview",
        ),
        *(
            "analysis",
            "chosenfact",
            "breachreason",
            "handoveritem",
            "dutyanswer",
            "substancescreen",
            "triggerhit",
        ),
        "seminarinvitation",
    ],
)
def test_what_is_written_about_an_episode_is_about_its_child_whoever_writes_it(world: World, table: str):
    of_another = f"UPDATE missing_{table} SET person_id = %s WHERE person_id = %s"
    now = "SET CONSTRAINTS ALL IMMEDIATE;"
    birch, alder = world.children["Birch"], world.children["Alder"]
    broken = broken_by(now + of_another, birch, alder)
    assert broken.endswith(("_is_about_the_episodes_child", "_are_of_one_child"))


# Where a column points at something about a child and no key holds both to one child, why not.
NOT_OF_ONE_CHILD = {
    ("missing_possiblematch", "episode_id"): "says of two children that they may be one",
    ("missing_notification", "repeats_id"): "either may be about nobody yet: a policy holds it (rows.sql)",
    ("access_breakglass", "grant_id"): "written with its grant, by functions of the database alone",
    ("audit_change", "entry_id"): "a policy holds it: access_may_add_change()",
}


def test_what_points_at_something_about_a_child_is_held_to_the_same_child(world: World):
    about = "EXISTS (SELECT FROM pg_attribute p WHERE p.attrelid = {} AND p.attname = 'person_id')"
    keys = ask(
        "SELECT conrelid::regclass::text, (SELECT array_agg(a.attname::text) FROM pg_attribute a"
        " WHERE a.attrelid = conrelid AND a.attnum = ANY (conkey)) FROM pg_constraint"
        f" WHERE contype = 'f' AND {about.format('conrelid')} AND {about.format('confrelid')}"
    )
    points = {(table, columns[0]) for table, columns in keys if len(columns) == 1}
    held = {(table, column) for table, columns in keys if "person_id" in columns for column in columns}
    assert points - held == set(NOT_OF_ONE_CHILD)


def test_a_report_is_not_made_of_a_message_about_another_child(world: World):
    birch = world.children["Birch"]
    with as_worker():
        of_birch = ask_one("SELECT id FROM missing_notification WHERE person_id = %s LIMIT 1", birch)
        alders = ask_one(
            "SELECT id FROM missing_report WHERE person_id = %s LIMIT 1", world.children["Alder"]
        )
    now = "SET CONSTRAINTS ALL IMMEDIATE"
    sql = f"{now}; UPDATE missing_report SET notification_id = '{of_birch}' WHERE id = '{alders}'"
    assert broken_by(sql) == "report_and_its_notification_are_of_one_child"


def nearly_a_row(table: str) -> dict[str, Any]:
    """A row of zeros and empty words: as little as a table takes, and more wrong than its rules allow."""
    (model,) = (m for m in apps.get_models() if m._meta.db_table == table)
    return {field.column: _least(field) for field in model._meta.local_concrete_fields if not field.null}


def _least(field: Any) -> Any:
    if isinstance(field, models.UUIDField) or field.is_relation:
        return str(new_id())
    if isinstance(field, models.DateTimeField | models.DateField):
        return "2020-01-01"
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.IntegerField):
        return 1
    return False if isinstance(field, models.BooleanField) else ""
