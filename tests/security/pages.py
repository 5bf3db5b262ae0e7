"""Every address of the product and whom it answers. A new one fails the tests until it has its line here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from tests.personas import CAST
from tests.security.asking import ask
from tests.security.world import World
from wayhome.access.roles import BY_SCOPE, Verb
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id

ANYBODY = frozenset({*CAST, "nobody"})
SIGNED_IN = frozenset(CAST)


def those_who(verb: Verb) -> frozenset[str]:
    """The members of the cast whose scope allows a verb."""
    return frozenset(name for name, (scope, *_) in CAST.items() if verb in BY_SCOPE[scope].verbs)


@dataclass(frozen=True)
class Page:
    """One address. `hidden` are the answers to those it is for, about a child they do not see.

    `names_ids_to` may find ids of children they do not see on it, and never more than an id.
    """

    answers: frozenset[str]
    hidden: frozenset[int] = frozenset({404})
    shown: frozenset[int] = frozenset({200, 204, 302, 303, 404, 409})
    names_ids_to: frozenset[str] = field(default=frozenset())


def of(verb: Verb, *hidden: int) -> Page:
    """A page for those whose scope allows a verb."""
    return Page(those_who(verb), frozenset(hidden or (404,)))


EPISODE = {
    "episode": Verb.READ_CHILD,
    "reported": Verb.REPORT_MISSING,
    "judge_risk": Verb.JUDGE_RISK,
    "record_located": Verb.RECORD_RETURN,
    "record_returned": Verb.RECORD_RETURN,
    "correct_return": Verb.RECORD_RETURN,
    "undo_return": Verb.RECORD_RETURN,
    "record_safe_and_well": Verb.CHECK_SAFE_AND_WELL,
    "offer_interview": Verb.OFFER_INTERVIEW,
    "hold_interview": Verb.HOLD_INTERVIEW,
    "interview_not_held": Verb.OFFER_INTERVIEW,
    "after_no": Verb.OFFER_INTERVIEW,
    "offer_again": Verb.OFFER_INTERVIEW,
    "screening": Verb.SCREEN_SUBSTANCES,
    "follow_referral": Verb.SCREEN_SUBSTANCES,
    "analyse_return": Verb.ANALYSE_RETURN,
    "close_episode": Verb.CLOSE_EPISODE,
    "answer_duty": Verb.ANSWER_DUTY,
    "note_receipt": Verb.ANSWER_DUTY,
    "explain_late": Verb.ANSWER_DUTY,
    "set_aside_episode": Verb.ANSWER_REPORTS,
    "merge_episodes": Verb.ANSWER_REPORTS,
    "unmerge_episodes": Verb.ANSWER_REPORTS,
    "split_episode": Verb.ANSWER_REPORTS,
    "undo_split": Verb.ANSWER_REPORTS,
    "choose_fact": Verb.ANSWER_REPORTS,
    "decide_repeat": Verb.DECIDE_REPEAT,
    "invite_to_seminar": Verb.PLAN_SEMINARS,
}
PERSON = {
    "child": Verb.READ_CHILD,
    "masked_address": Verb.SEE_MASKED_PLACES,
    "who_sees": Verb.READ_CHILD,
    "reads": Verb.READ_CHILD,
    "edit_person": Verb.EDIT_CHILD,
    "add_to_person": Verb.EDIT_CHILD,
    "end_involvement": Verb.EDIT_CHILD,
    "end_care": Verb.EDIT_CHILD,
    "end_plan": Verb.EDIT_CHILD,
    "describe": Verb.KEEP_PACK,
    "add_known_place": Verb.KEEP_PACK,
    "judge_known_place": Verb.KEEP_PACK,
    "end_known_place": Verb.KEEP_PACK,
    "masked_place": Verb.SEE_MASKED_PLACES,
    "add_photo": Verb.KEEP_PACK,
    "take_photo_away": Verb.KEEP_PACK,
    "photo": Verb.READ_CHILD,
    "restrict": Verb.RESTRICT_CHILD,
    "lift_restriction": Verb.RESTRICT_CHILD,
}
# Children's plans are in tables of their own, and so are their ids.
CHILD_PLAN = {
    "child_plan": Verb.READ_CHILD_PLAN,
    "former_plan": Verb.READ_CHILD_PLAN,
    "plan_action": Verb.READ_CHILD_PLAN,
    "take_up_change": Verb.TAKE_UP_MARK,
    "safety_plan": Verb.READ_CHILD_PLAN,
    "code_word": Verb.READ_CHILD_PLAN,
    "child_page": Verb.READ_CHILD_PLAN,
    "child_page_sheet": Verb.READ_CHILD_PLAN,
    **dict.fromkeys(
        [
            "edit_child_plan",
            "agree_child_plan",
            "review_child_plan",
            "end_child_plan",
            "link_other_plan",
            "end_other_plan",
            "add_plan_action",
            "edit_plan_action",
            "cancel_plan_action",
            "write_safety_plan",
            "write_child_page",
            "give_child_page",
            "end_child_address",
            "record_child_answer",
            "answer_child",
        ],
        Verb.KEEP_CHILD_PLAN,
    ),
}
# Assessments, levels and forms: a form is about no child.
ASSESSING = {
    **dict.fromkeys(["child_assessments", "assessment", "child_levels"], Verb.SEE_PATHWAY),
    **dict.fromkeys(["begin_assessment", "assess", "finish_assessment", "set_aside_assessment"], Verb.ASSESS),
    **dict.fromkeys(["countersign_assessment", "countersign_level"], Verb.COUNTERSIGN),
    "judge_level": Verb.JUDGE_LEVEL,
}
READING_FORMS = "instruments instrument_schema instrument preview_instrument instrument_definition"
KEEPING_FORMS = "write_instrument correct_instrument publish_instrument withdraw_instrument"
# What is around a child: referral for slavery, sharing, services, handovers, understanding, courts.
AROUND = {
    **dict.fromkeys(
        ["nrm", "nrm_record", "formulation", "supervision", "services", "transfer", "justice"],
        Verb.SEE_PATHWAY,
    ),
    **dict.fromkeys(["decide_nrm", "refer_nrm", "check_nrm", "move_nrm", "change_nrm"], Verb.DECIDE_NRM),
    **dict.fromkeys(["sharing", "record_sharing"], Verb.DECIDE_SHARING),
    **dict.fromkeys(
        [
            "write_formulation",
            "offer_service",
            "follow_service",
            "prepare_transfer",
            "move_transfer",
        ],
        Verb.WORK_AROUND,
    ),
    "write_supervision": Verb.SUPERVISE,
    **dict.fromkeys(["record_justice", "review_justice"], Verb.RECORD_JUSTICE),
}
ACCOUNT = (
    "accounts open_account account change_account password_link remove_second_step join_team give_scope leave_team"
    " end_scope"
)
PARTNERSHIP = "open_noun rename_noun close_noun change_phones"
KEEPING_PLANS = (
    "new_plan edit_plan plan_key move_plan new_grouping edit_grouping new_objective edit_objective new_commitment"
    " serve_commitment drop_commitment new_action edit_action end_action give_owner resolve_owner end_owner"
    " add_resource change_resource link_action unlink_action order_plan order_heading new_strategy edit_strategy"
    " approve_strategy move_strategy new_section"
    " edit_section change_section"
)
SIGN_IN = (
    "account_login account_logout account_inactive account_reset_password account_reset_password_done"
    " account_reset_password_from_key account_reset_password_from_key_done mfa_authenticate"
    " socialaccount_login_cancelled openid_connect_login openid_connect_callback"
)
OWN_ACCOUNT = (
    "own_account account_reauthenticate account_change_password mfa_index mfa_reauthenticate mfa_activate_totp"
    " mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes"
)

PAGES: dict[str, Page] = {
    **{name: of(verb) for name, verb in (EPISODE | PERSON | CHILD_PLAN | ASSESSING).items()},
    **{name: of(Verb.ASSESS, 200) for name in READING_FORMS.split()},
    **{name: of(Verb.KEEP_INSTRUMENTS, 200) for name in KEEPING_FORMS.split()},
    **{name: of(verb) for name, verb in AROUND.items()},
    **{name: of(Verb.MANAGE_ACCOUNTS) for name in ACCOUNT.split()},
    **{name: of(Verb.MANAGE_PARTNERSHIP) for name in PARTNERSHIP.split()},
    **{name: Page(ANYBODY) for name in SIGN_IN.split()},
    **{name: Page(SIGNED_IN) for name in OWN_ACCOUNT.split()},
    **{
        name: Page(SIGNED_IN, frozenset({200}))
        for name in (
            "today",
            "lists",
            "more",
            "glossary",
            "wording",
            "wording_list",
            "roles",
            "draft",
            "partnership",
        )
    },
    "no_account": Page(ANYBODY, shown=frozenset({403})),
    "socialaccount_login_error": Page(ANYBODY, shown=frozenset({401})),
    "interview_text": of(Verb.READ_INTERVIEW),
    "mark_sentence": of(Verb.MARK_SENTENCE),
    "interview_mentions": of(Verb.MARK_SENTENCE),
    "marks": of(Verb.READ_INTERVIEW, 200),
    "answer_mark": of(Verb.READ_INTERVIEW),
    "homes": of(Verb.SEE_HOMES, 200),
    "home": of(Verb.SEE_HOMES, 200, 404),
    "link_to_home": of(Verb.MANAGE_PARTNERSHIP, 200),
    "end_home_link": of(Verb.MANAGE_PARTNERSHIP, 200, 404),
    "out_of_area": of(Verb.WATCH_OUT_OF_AREA, 200),
    # To the police a pack is closed (403) until there is a report.
    "missing_pack": Page(those_who(Verb.PRINT_PACK), shown=frozenset({200, 403})),
    "print_missing_pack": Page(those_who(Verb.PRINT_PACK), shown=frozenset({200, 403})),
    # Asks for a fresh form if it is sent without its key.
    "check_description": of(Verb.KEEP_PACK, 204, 303, 404),
    "board": of(Verb.SEE_DUTY_BOARD, 200),
    "board_rows": of(Verb.SEE_DUTY_BOARD, 200),
    "notifications": of(Verb.ANSWER_REPORTS, 200),
    "notification": of(Verb.REPORT_MISSING),
    "write_notification": of(Verb.REPORT_MISSING, 200),
    "write_notification_about": of(Verb.REPORT_MISSING),
    "name_notification": of(Verb.ANSWER_REPORTS),
    "take_notification": of(Verb.ANSWER_REPORTS),
    "settle_notification": of(Verb.ANSWER_REPORTS),
    **{name: of(Verb.SEE_REPEAT, 200) for name in ("repeat", "first_time", "together")},
    # No child is in a seminar; who comes is shown to who sees them.
    **{name: of(Verb.PLAN_SEMINARS, 200) for name in ("plan_seminar", "seminar", "cancel_seminar")},
    "not_heard": of(Verb.OFFER_INTERVIEW, 200),
    "referrals": of(Verb.SCREEN_SUBSTANCES, 200),
    "wall": of(Verb.SEE_DUTY_BOARD, 200),
    "handovers": of(Verb.HAND_OVER, 200),
    "hand_over": of(Verb.HAND_OVER, 200),
    "acknowledge": of(Verb.HAND_OVER, 302, 404),
    "late_duties": of(Verb.SEE_LATE_DUTIES, 200),
    "limits": Page(those_who(Verb.MANAGE_PARTNERSHIP), frozenset({200})),
    "change_limit": Page(those_who(Verb.MANAGE_PARTNERSHIP), frozenset({200, 404})),
    "wall_rows": of(Verb.SEE_DUTY_BOARD, 200),
    "find": of(Verb.FIND_CHILD, 200),
    # A search of somebody else leads to the empty box.
    "found": of(Verb.FIND_CHILD, 302),
    "measures": Page(those_who(Verb.SEE_MEASURES)),
    "measure": Page(those_who(Verb.SEE_MEASURES)),
    "measure_reasons": Page(those_who(Verb.SEE_MEASURES)),
    "measure_exploitation": Page(those_who(Verb.SEE_MEASURES)),
    "measure_notifications": Page(those_who(Verb.SEE_MEASURES)),
    # The episodes behind a figure, for those who see the children.
    "measure_month": Page(those_who(Verb.SEE_MEASURES) & those_who(Verb.READ_CHILD), frozenset({200})),
    "measure_children": Page(those_who(Verb.SEE_MEASURES) & those_who(Verb.READ_CHILD), frozenset({200})),
    # No child is in a plan. Who reads or owns nothing of it gets no answer from row security (404).
    "strategy": Page(SIGNED_IN, frozenset({200})),
    "strategy_document": Page(SIGNED_IN, frozenset({200})),
    **{name: Page(SIGNED_IN, frozenset({200, 404})) for name in ("plan", "action")},
    **{name: of(Verb.KEEP_PLANS, 200, 404) for name in KEEPING_PLANS.split()},
    "commitments": of(Verb.SEE_PLANS, 200, 404),
    **{
        name: Page(SIGNED_IN, frozenset({200, 403, 404}), shown=frozenset({200, 403, 404}))
        for name in ("update_action", "rate_action")
    },
    "imports": Page(those_who(Verb.IMPORT_RETURN), frozenset({200})),
    "import": of(Verb.IMPORT_RETURN, 200, 404),
    "import_rejections": of(Verb.IMPORT_RETURN, 200, 404),
    "index_card": of(Verb.FIND_CHILD, 200),
    "create_person": of(Verb.CREATE_CHILD, 200),
    # The same page for every id, known or not: what is asked is why, not who.
    "break_glass": of(Verb.BREAK_GLASS, 200, 409),
    # Who has a child in front of them may report them missing without seeing the record.
    "ring_to_report": of(Verb.REPORT_MISSING, 200),
    "report_missing": of(Verb.REPORT_MISSING, 200, 204, 302, 303, 404),
    "report_check": of(Verb.REPORT_MISSING, 200, 204, 302, 303, 404),
    "report_already": of(Verb.REPORT_MISSING, 200, 204, 302, 303, 404),
    "report_step": of(Verb.REPORT_MISSING, 200, 204, 302, 303, 404),
    "report_typed": of(Verb.REPORT_MISSING, 200, 204, 302, 303, 404),
    "glass": Page(those_who(Verb.REVIEW_BREAK_GLASS), frozenset({200}), names_ids_to=frozenset({"Ivo"})),
    "review_glass": Page(
        those_who(Verb.REVIEW_BREAK_GLASS), frozenset({200, 404}), names_ids_to=frozenset({"Ivo"})
    ),
    # No child is on these: to whom groups report, who sits on them, which posts there are.
    **{
        name: Page(SIGNED_IN, frozenset({200}))
        for name in ("governance", "membership_gaps", "panel_register", "posts", "body")
    },
    **{
        name: of(Verb.MANAGE_PARTNERSHIP, 200)
        for name in [
            "open_post",
            "appoint",
            "leave_post",
            "change_body",
            "agree_terms",
            "add_seat",
            "plan_meeting",
            "end_seat",
            "cancel_meeting",
            "attendance",
        ]
    },
    **{name: of(Verb.SEE_PLANS, 200) for name in ("plan_cycle", "snapshots", "snapshot", "compare_plan")},
    "plan_files": of(Verb.SEE_PLANS, 200),
    "make_plan_file": of(Verb.SEE_PLANS, 404, 405),
    **{
        name: of(Verb.KEEP_PLANS, 200, 404)
        for name in [
            "bring_plan",
            "plan_import",
            "mend_imported_plan",
            "mend_imported_row",
            "mend_imported_heading",
            "save_plan_import",
            "set_plan_import_aside",
        ]
    },
    **{
        name: of(Verb.KEEP_PLANS, 200)
        for name in [
            "ask_for_updates",
            "chase_updates",
            "make_owner_link",
            "revoke_owner_link",
            "withdraw_request",
            "take_snapshot",
        ]
    },
    "sign_off": of(Verb.SIGN_OFF_PLANS, 200),
    # Whoever works with children tells a worry about whomever; its teller sees what became of it and not the child.
    **{name: of(Verb.REFER_WORRY, 200) for name in ("refer_worry", "my_worries")},
    **{
        name: of(Verb.REFER_WORRY, 200, 302, 303, 404, 405)
        for name in ("refer_worry_step", "refer_worry_typed")
    },
    **{
        name: of(Verb.REFER_WORRY, 404, 405) for name in ("refer_worry_step_about", "refer_worry_typed_about")
    },
    "refer_worry_about": of(Verb.REFER_WORRY),
    **{name: of(Verb.REFER_WORRY, 200, 404) for name in ("referral", "worry_sent")},
    "worries": of(Verb.SCREEN_REFERRAL, 200),
    **{
        name: Page(those_who(Verb.SCREEN_REFERRAL), frozenset({404}), shown=frozenset({200, 303, 403, 404}))
        for name in ("name_worry", "screen_referral", "settle_referral", "answer_referral")
    },
    "disagreements": of(Verb.DISAGREE, 200),
    **{
        name: of(Verb.DISAGREE, 200, 404)
        for name in (
            "disagreement",
            "disagree_about_worry",
            "escalate_disagreement",
            "end_disagreement",
        )
    },
    "disagree_about_child": of(Verb.DISAGREE),
    "pathway_limits": Page(those_who(Verb.MANAGE_PARTNERSHIP), frozenset({200})),
    "change_pathway_limit": Page(those_who(Verb.MANAGE_PARTNERSHIP), frozenset({200, 404})),
    "pathway_list": of(Verb.SEE_PATHWAY, 200),
    "pathway": of(Verb.SEE_PATHWAY),
    **{
        name: of(Verb.WORK_PATHWAY)
        for name in ("open_pathway", "step_pathway", "close_pathway", "allocate", "end_allocation")
    },
    # An address nobody was given opens nothing; who is signed in is sent to Today.
    **{
        name: Page(ANYBODY, shown=frozenset({404, 403}))
        for name in ("update_by_link", "draft_by_link", "answer_page")
    },
    # No child is on these either: what goes to a board, and what the partnership works by.
    **{name: of(Verb.SEE_PLANS, 200) for name in ("board_pack", "plan_decisions", "plan_measures")},
    "make_board_pack": of(Verb.SEE_PLANS, 405, 404),
    **{
        name: of(Verb.KEEP_PLANS, 200)
        for name in [
            "ask_for_decision",
            "record_decision",
            "read_measures_now",
            "link_measure",
            "unlink_measure",
            "add_guidance",
            "change_guidance",
            "check_guidance",
            "replace_guidance",
            "add_to_horizon",
            "change_horizon",
            "decide_horizon",
        ]
    },
    "add_evidence": of(Verb.UPDATE_OWN_ACTIONS, 200, 404),
    **{
        name: Page(SIGNED_IN, frozenset({200}))
        for name in ("guidance_library", "guidance", "acknowledge_guidance", "horizon")
    },
    "access_log": Page(those_who(Verb.READ_ACCESS_LOG), frozenset({200}), names_ids_to=frozenset({"Ivo"})),
}


@dataclass(frozen=True)
class Address:
    """A URL pattern: its name, and the names of what stands in it."""

    name: str
    parameters: frozenset[str]


def every_address() -> list[Address]:
    """All patterns of the resolver, whoever included them."""
    return sorted(set(_walk(get_resolver(), frozenset())), key=lambda a: (a.name, sorted(a.parameters)))


def _walk(resolver: URLResolver, above: frozenset[str]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        parameters = above | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            yield Address(pattern.name or str(pattern.pattern), parameters)
        else:
            yield from _walk(pattern, parameters)


def first_id(table: str, column: str, value: object) -> UUID:
    """The id of a row of this table."""
    with as_worker():
        found = ask(f"SELECT id FROM {table} WHERE {column} = %s ORDER BY id LIMIT 1", value)
    return found[0][0] if found else new_id()


def path_about(world: World, address: Address, child: str) -> str:
    """The address with the ids of one child in it, and of Sal where it is about a user."""
    person, sal = world.children[child], world.cast.users["Sal"].pk
    known = {
        "person_id": lambda: person,
        "episode_id": lambda: world.episodes[child],
        "address_id": lambda: first_id("people_address", "person_id", person),
        "involvement_id": lambda: first_id("people_involvement", "person_id", person),
        "care_episode_id": lambda: first_id("people_careepisode", "person_id", person),
        "break_glass_id": lambda: first_id("access_breakglass", "person_id", person),
        "mark_id": lambda: first_id("missing_mark", "person_id", person),
        "notification_id": lambda: first_id("missing_notification", "person_id", person),
        "team_id": lambda: world.cast.team_of("Hal"),
        "link_id": lambda: (
            first_id("strategy_ownerlink", "name", "Olga Outside")
            if "owner_link" in address.name
            else first_id("partnership_homelink", "home_id", world.cast.team_of("Hal"))
        ),
        "plan_id": lambda: (
            first_id("people_planstatus", "person_id", person)
            if "person_id" in address.parameters
            else first_id("strategy_plan", "title", "Harbour plan")
        ),
        "referral_id": lambda: first_id("exploitation_referral", "person_id", person),
        "disagreement_id": lambda: first_id("exploitation_disagreement", "person_id", person),
        "allocation_id": lambda: first_id("exploitation_allocation", "person_id", person),
        "nrm_id": lambda: first_id("exploitation_nrm", "person_id", person),
        "service_id": lambda: first_id("exploitation_servicereferral", "person_id", person),
        "transfer_id": lambda: first_id("exploitation_transfer", "person_id", person),
        "contact_id": lambda: first_id("exploitation_justicecontact", "person_id", person),
        "child_plan_id": lambda: first_id("exploitation_childplan", "person_id", person),
        "assessment_id": lambda: first_id("exploitation_assessment", "person_id", person),
        "judgement_id": lambda: first_id("exploitation_judgement", "person_id", person),
        "instrument_id": lambda: first_id("exploitation_instrument", "number", 1),
        "exploitation_kind": lambda: "sexual",
        "other_plan_id": lambda: first_id("exploitation_otherplan", "person_id", person),
        "plan_action_id": lambda: first_id("exploitation_planaction", "person_id", person),
        "child_page_id": lambda: first_id("exploitation_childpage", "person_id", person),
        "safety_plan_id": lambda: first_id("exploitation_safetyplan", "person_id", person),
        "child_answer_id": lambda: first_id("exploitation_childanswer", "person_id", person),
        "body_id": lambda: first_id("partnership_body", "name", "Lighthouse Group"),
        "meeting_id": lambda: first_id("partnership_bodymeeting", "state", "planned"),
        "seat_id": lambda: first_id("partnership_bodyseat", "role", "chair"),
        "post_id": lambda: first_id("partnership_post", "title", "Head of the Missing Desk"),
        "plan_import_id": lambda: first_id("strategy_planimport", "file_name", "plan.docx"),
        "kind": lambda: "section" if address.name == "order_plan" else "sections",
        "number": lambda: "0",
        "snapshot_id": lambda: first_id(
            "strategy_snapshot", "plan_id", first_id("strategy_plan", "title", "Harbour plan")
        ),
        "decision_id": lambda: first_id("strategy_decisionasked", "question", "May we go on?"),
        "guidance_id": lambda: first_id("strategy_guidance", "publisher", "The harbour"),
        "horizon_id": lambda: first_id("strategy_horizonitem", "title", "A new harbour act"),
        "request_id": lambda: first_id("strategy_updaterequest", "withdrawn_because", ""),
        "token": lambda: "no-address-that-anybody-was-given",
        "place_id": lambda: first_id("people_knownplace", "person_id", person),
        "photo_id": lambda: first_id("people_photo", "person_id", person),
        "seminar_id": lambda: first_id("missing_seminar", "place", "Library"),
        "search_id": new_id,
        "batch_id": lambda: first_id("statutory_importbatch", "authority", "E06000011"),
        "user_id": lambda: sal,
        "membership_id": lambda: first_id("access_membership", "user_id", sal),
        "held_scope_id": lambda: first_id("access_heldscope", "user_id", sal),
        "duty": lambda: "senior_notice",
        "item_id": lambda: first_id("missing_handoveritem", "person_id", person),
        "form": lambda: "report_missing",
        "subject": lambda: str(person),
        "step": lambda: "when",
        "noun": lambda: "name" if "person_id" in address.parameters else "team",
        "noun_id": lambda: world.cast.team_of("Sal"),
        "uidb36": lambda: "0",
        "key": lambda: (
            "0" if "imported" in address.name else "episodes" if "measure" in address.name else "set-password"
        ),
        "year": lambda: 2025,
        "month": lambda: 1,
        "provider_id": lambda: "nowhere",
        "action_id": lambda: first_id("strategy_action", "reference", "1.1"),
        "owner_id": lambda: first_id("strategy_actionowner", "kind", "post"),
        "grouping_id": lambda: first_id("strategy_grouping", "reference", "P1"),
        "objective_id": lambda: first_id("strategy_objective", "reference", "O1"),
        "commitment_id": lambda: first_id("strategy_commitment", "text", "We listen"),
        "plan_link_id": lambda: first_id("strategy_planlink", "words", "Hangs on the plan of the lighthouse"),
        "resource_id": lambda: first_id("strategy_resource", "what", "A boat"),
        "document_id": lambda: first_id("strategy_strategydocument", "title", "Safe Harbour"),
        "section_id": lambda: first_id("strategy_documentsection", "heading", "Why"),
        "state": lambda: "live",
    }
    try:
        return reverse(address.name, kwargs={name: known[name]() for name in address.parameters})
    except NoReverseMatch as error:
        raise AssertionError(f"{address} cannot be made: {error}") from error


def marks_of(world: World, child: str) -> dict[str, str]:
    """What must not be on a page of somebody who does not see the child."""
    return {
        "given name": child,
        "family name": f"Test{child.lower()}",
        "NHS number": NUMBERS_OF[child],
        "NHS number without spaces": NUMBERS_OF[child].replace(" ", ""),
        "id": str(world.children[child]),
        "id of the episode": str(world.episodes[child]),
    }


NUMBERS_OF = {"Alder": "999 000 0018", "Birch": "999 000 0026", "Rowan": "999 000 0034"}
