"""What the roles of the database are, own and may do, read off its catalogues."""

import pytest

from tests.security.asking import ask, ask_one

ROLES = ("wayhome_app", "wayhome_worker", "wayhome_definer", "wayhome_owner")
# Each looks past row security and decides inside. A new one has to say here for whom it decides.
DEFINER_FUNCTIONS_OF_THE_APPLICATION = {
    "access_viewer_part(integer)": "says who is looking, if signed",
    "access_sees(uuid)": "whether the viewer sees a child: no for hidden and for unknown ones alike",
    "access_sees_until(uuid)": "until when the viewer sees a child",
    "exploitation_answered_items(text)": "which questions of a form were answered; about nobody",
    "access_may_review(uuid)": "coordinators and information governance: whether a record is open to review",
    "access_may_pass_on(timestamp with time zone,uuid,timestamp with time zone)": "compares two times and a team",
    "access_may_add_change(uuid,uuid)": "whether an entry is the viewer's own and open",
    "access_open_grant(uuid,uuid,uuid,uuid,text,text,timestamp with time zone)": "opens a record",
    "access_break_glass(uuid,uuid,uuid,text,text)": "opens a record for a day and lists it",
    "access_open_by_report(uuid,uuid,uuid,text)": "opens a record to who reports for a month, and lists it",
    "exploitation_open_by_referral(uuid,uuid,uuid,uuid,text)": "opens a record to who screens a worry, for a month",
    "exploitation_open_by_screening(uuid,uuid,uuid,uuid,text)": "opens a record to who works on the pathway",
    "access_end_grants(uuid,uuid,text)": "ends what somebody holds",
    "access_who_sees(uuid)": "who sees a child, for those who do",
    "access_restrict(uuid,uuid,uuid[],text)": "closes a record to all but named users",
    "access_lift_restriction(uuid,text)": "opens it again",
    "audit_tried_get(text)": "tells how often somebody tried, to who knows the key that only the server can make",
    "audit_tried_put(text,jsonb,double precision,boolean)": "counts a try, for who knows the key",
    "audit_tried_forget(text)": "forgets a count, for who knows the key",
    "missing_may_repeat(uuid,uuid)": "whether a message can be the same as one that the viewer sees",
    "missing_somebody_came(uuid)": "whether anybody came to a seminar, and not who: to those who plan them",
    "missing_handover_notes(uuid[])": "the note on a handover, to who sees every child on it",
    "missing_notice_restricted(uuid)": "notes that a report may be about a restricted child, and says nothing",
    "missing_possible_matches()": "says so to those named and to coordinators, to each their side of it",
    "people_search(text[],integer,integer)": "finds children the viewer sees",
    "people_index_card(text[],date,text)": "tells whom to ring",
    "people_index_names(uuid[])": "makes names findable, tells nothing",
    "strategy_my_owners()": "whose part of which action is the viewer's: no child is in there",
    "strategy_my_actions()": "which actions are the viewer's",
    "strategy_my_plans()": "which plans have an action of the viewer's",
    "strategy_leads(uuid)": "whether the viewer leads an action",
    "strategy_may_move(strategy_action)": "whether an owner leaves their action as it was, but for how it goes",
    "strategy_may_say(strategy_actionowner)": "whether an owner leaves their part as it was, but for how it goes",
    "strategy_may_answer(strategy_updaterequest)": "whether an owner answers a request and does no more to it",
    "strategy_use_link(text)": "lets a visitor in by a link that lasts, and notes when",
    "strategy_link()": "the link by which a visitor is looking, while it lasts",
    "strategy_speaks_for(text,text)": "whether an entry is in the name of the visitor's own link",
    "strategy_may_add_change(uuid)": "whether a change belongs to an entry of the visitor's own link",
    "exploitation_led_by_nobody(uuid[],boolean)": "whose work nobody leads any more, of children whom the viewer sees",
    "exploitation_asks(text)": "how a page for a child is written, to who knows its address, as long as it lasts",
    "exploitation_answer(uuid,uuid,text,text,integer,boolean)": "takes down what a child answers to their page",
    "insight_year(integer,integer)": "counts whole months for those who see counts only",
    "insight_months(date[],integer,integer,integer)": "counts whole months for those who see counts only",
    "insight_accuracy()": "counts twelve full months for those who see counts only",
    "insight_reasons(date[])": "counts whole months for those who see counts only",
    "insight_pathway(date[],timestamp with time zone[],timestamp with time zone[])": (
        "counts twelve full months for those who see counts only"
    ),
    "insight_counted(date[])": "says when months were counted; what they were, to who sees counts only",
}

pytestmark = pytest.mark.usefixtures("world")


def test_no_role_of_the_product_sees_past_row_security():
    found = ask("SELECT rolname FROM pg_roles WHERE (rolbypassrls OR rolsuper) AND rolname LIKE 'wayhome%%'")
    assert found == []


def test_no_role_can_make_roles_or_databases_or_copy_the_server():
    found = ask(
        "SELECT rolname FROM pg_roles"
        " WHERE (rolcreaterole OR rolcreatedb OR rolreplication) AND rolname LIKE 'wayhome%%'"
    )
    assert found == []


def test_only_the_owner_can_become_another_and_only_the_definer():
    found = ask(
        "SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members"
        " WHERE member::regrole::text = ANY (%s)",
        list(ROLES),
    )
    assert found == [("wayhome_owner", "wayhome_definer")]


def test_nobody_logs_in_as_the_definer():
    assert ask_one("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'wayhome_definer'") is False


def test_the_definer_owns_functions_and_nothing_else():
    owned = ask(
        "SELECT classid::regclass::text FROM pg_shdepend"
        " WHERE refobjid = 'wayhome_definer'::regrole AND deptype = 'o' AND dbid ="
        " (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY 1"
    )
    assert owned == [("pg_proc",)]


@pytest.mark.parametrize("role", ["wayhome_app", "wayhome_worker"])
def test_those_who_log_in_own_nothing(role):
    assert ask("SELECT 1 FROM pg_shdepend WHERE refobjid = %s::regrole AND deptype = 'o'", role) == []


def test_row_security_is_forced_wherever_it_is_on_and_every_such_table_has_a_policy():
    loose = ask(
        "SELECT relname FROM pg_class c WHERE relrowsecurity AND (NOT relforcerowsecurity"
        " OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))"
    )
    assert loose == []


def test_public_has_no_rights_on_anything_of_ours():
    tables = ask(
        "SELECT relname FROM pg_class, aclexplode(relacl) a"
        " WHERE relnamespace = 'public'::regnamespace AND a.grantee = 0"
    )
    routines = ask(
        "SELECT p.oid::regprocedure::text FROM pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a"
        " WHERE pronamespace = 'public'::regnamespace AND a.grantee = 0"
        " AND proowner::regrole::text LIKE 'wayhome%%'"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )
    assert (tables, routines) == ([], [])
    assert ask_one("SELECT count(*) FROM pg_namespace, aclexplode(nspacl) a"
                   " WHERE nspname = 'public' AND a.grantee = 0") == 0  # fmt: skip


def test_every_function_that_looks_past_row_security_is_on_the_list():
    callable_by_the_application = ask(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE prosecdef"
        " AND pronamespace = 'public'::regnamespace AND has_function_privilege('wayhome_app', p.oid, 'EXECUTE')"
    )
    assert {name for (name,) in callable_by_the_application} == set(DEFINER_FUNCTIONS_OF_THE_APPLICATION)


def test_functions_that_look_past_row_security_look_for_names_in_our_schema_first_and_in_temporary_ones_last():
    loose = ask(
        "SELECT p.oid::regprocedure::text, proconfig FROM pg_proc p WHERE prosecdef"
        " AND NOT 'search_path=public, pg_temp' = ANY (coalesce(proconfig, '{}'))"
    )
    assert loose == []


def test_functions_that_look_past_row_security_belong_to_the_definer():
    found = ask("SELECT DISTINCT proowner::regrole::text FROM pg_proc WHERE prosecdef"
                " AND pronamespace = 'public'::regnamespace")  # fmt: skip
    assert found == [("wayhome_definer",)]


def test_views_ask_as_the_one_who_looks():
    loose = ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm'"
        " OR relkind = 'v' AND NOT 'security_invoker=true' = ANY (coalesce(reloptions, '{}')))"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = pg_class.oid AND d.deptype = 'e')"
    )
    assert loose == []


def test_no_extension_opens_the_way_to_other_servers_or_files():
    assert (
        ask("SELECT extname FROM pg_extension WHERE extname IN ('dblink', 'postgres_fdw', 'file_fdw')") == []
    )


def test_the_worker_cannot_change_or_remove_what_is_on_the_record():
    for table in ("audit_entry", "audit_change", "audit_seal", "audit_sealedentry"):
        for verb in ("UPDATE", "DELETE", "TRUNCATE"):
            assert ask_one("SELECT has_table_privilege('wayhome_worker', %s, %s)", table, verb) is False


def test_the_worker_does_not_read_drafts_or_the_key():
    for table in ("audit_draft", "access_viewerkey"):
        assert ask_one("SELECT has_any_column_privilege('wayhome_worker', %s, 'SELECT')", table) is False


def test_the_definer_writes_only_what_it_decides_about():
    written = ask(
        "SELECT DISTINCT c.relname FROM pg_class c, aclexplode(c.relacl) a WHERE a.grantee ="
        " 'wayhome_definer'::regrole AND a.privilege_type <> 'SELECT' AND c.relkind = 'r' ORDER BY 1"
    )
    assert [name for (name,) in written] == [
        "access_breakglass",
        "access_grant",
        "access_restriction",
        "audit_entry",
        "audit_tried",
        "exploitation_childanswer",
        "missing_possiblematch",
        "people_nametoken",
        "people_persontoken",
        "strategy_ownerlink",
    ]
