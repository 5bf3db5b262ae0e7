"""Nobody is believed to be looking unless the product signed for them, for this transaction."""

import pytest
from django.db import DataError

from tests.security.asking import NOT_ALLOWED, ask, ask_one, error_of
from wayhome.access.viewing import signed
from wayhome.config.testing import as_worker, connected_as
from wayhome.kernel.viewer import Viewer

SEEN = "SELECT count(*) FROM people_person"


def look_as(text: str) -> tuple[object, list[object], int]:
    """Who PostgreSQL believes is looking, their scopes, and how many people they see."""
    ask("SELECT set_config('wayhome.viewer', %s, true)", text)
    return ask_one("SELECT access_user()"), ask_one("SELECT access_scopes()"), ask_one(SEEN)


def test_the_products_own_signature_is_believed(world):
    with world.seen_by("nobody"):
        viewer = world.cast.viewer("Cora")
        assert look_as(signed(viewer)) == (viewer.user_id, ["coordinator"], 3)


def forgeries(sal: list[str], cora: list[str]) -> dict[str, list[str]]:
    """Texts made from what Sal knows: their own signed viewer, and the ids of others."""
    user, holders, scopes, signature = sal
    return {
        "no signature": [user, holders, scopes],
        "an empty signature": [user, holders, scopes, ""],
        "a made-up signature": [user, holders, scopes, "0" * 64],
        "the signature in capitals": [user, holders, scopes, signature.upper()],
        "another's id under one's own signature": [cora[0], holders, scopes, signature],
        "another's holders": [user, cora[1], scopes, signature],
        "one holder more": [user, f"{holders},{cora[1]}", scopes, signature],
        "another scope": [user, holders, "coordinator", signature],
        "one scope more": [user, holders, f"{scopes},administrator", signature],
        "holders moved into the user": [f"{user},{holders}", "", scopes, signature],
        "one part more": [user, holders, scopes, "", signature],
        "a separator inside": [user, f"{holders}~", scopes, signature],
        "parts in another order": [holders, user, scopes, signature],
        "blanks round it": [f" {user}", holders, scopes, f"{signature} "],
        "nothing at all": [""],
        "only separators": ["", "", "", ""],
    }


@pytest.mark.parametrize("how", forgeries([""] * 4, [""] * 4))
def test_a_forged_viewer_is_nobody(world, how):
    sal, cora = (signed(world.cast.viewer(name)).split("~") for name in ("Sal", "Cora"))
    with world.seen_by("nobody"):
        assert look_as("~".join(forgeries(sal, cora)[how])) == (None, [], 0)


def test_a_null_byte_does_not_reach_the_database(world):
    with world.seen_by("nobody"), pytest.raises(DataError, match="NUL"):
        look_as("\0" + signed(world.cast.viewer("Sal")))


def test_scopes_that_see_no_child_have_no_holders_to_replay(world):
    for name in ("Ana", "Lena", "Ada", "Ivo"):
        assert signed(world.cast.viewer(name)).split("~")[1] == ""


def test_one_scope_that_sees_no_child_closes_children_to_all_scopes_of_a_user(world):
    both = Viewer(
        user_id=world.cast.users["Sal"].pk, name="Sal", scopes=frozenset({"practitioner", "administrator"})
    )
    assert signed(both).split("~")[1] == ""


def test_a_viewer_without_a_user_sees_nobody_whatever_their_scopes(world):
    with world.seen_by("nobody"):
        nobody = Viewer(user_id=None, name="x", scopes=frozenset({"coordinator"}))
        assert look_as(signed(nobody)) == (None, ["coordinator"], 0)


def test_the_key_is_out_of_reach(world):
    with world.seen_by("Ada"):
        assert error_of("SELECT key FROM access_viewerkey") == NOT_ALLOWED
        assert error_of("UPDATE access_viewerkey SET key = 'mine'") == NOT_ALLOWED
        assert error_of("INSERT INTO access_viewerkey VALUES (true, 'mine')") == NOT_ALLOWED
    with as_worker():
        assert error_of("SELECT key FROM access_viewerkey") == NOT_ALLOWED


def test_what_the_server_keeps_of_the_session_does_not_hold_the_key(world):
    with world.seen_by("Sal"):
        assert ask_one("SELECT coalesce(current_setting('wayhome.viewer_key', true), '')") == ""


@pytest.mark.parametrize("role", ["wayhome_app", "wayhome_worker"])
def test_what_a_role_asks_is_not_shown_to_its_other_connections(world, role):
    with connected_as(role) as one, connected_as(role) as other:
        one.execute("SELECT 'Robin Testchild'")
        shown = other.execute(
            "SELECT query FROM pg_stat_activity WHERE pid = %s", [one.info.backend_pid]
        ).fetchone()
    assert shown == ("",) or "Robin" not in shown[0]


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE wayhome_worker",
        "SET ROLE wayhome_owner",
        "SET ROLE wayhome_definer",
        "SET SESSION AUTHORIZATION wayhome_owner",
        "RESET ROLE; SET ROLE wayhome_worker",
        "ALTER ROLE wayhome_app BYPASSRLS",
        "ALTER ROLE wayhome_app SUPERUSER",
        "GRANT wayhome_worker TO wayhome_app",
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY sees_the_child ON people_person",
        "CREATE POLICY mine ON people_person USING (true)",
        "CALL access_protect('people_person', 'id')",
        "GRANT SELECT ON access_viewerkey TO wayhome_app",
        "CREATE FUNCTION public.peek(text) RETURNS boolean LANGUAGE sql COST 0.0001 AS 'SELECT true'",
        "CREATE OPERATOR public.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
        "CREATE TABLE mine (id int)",
        "CREATE VIEW mine AS SELECT 1",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE access_grant (person_id uuid)",
        "CREATE FUNCTION pg_temp.access_holders() RETURNS uuid[] LANGUAGE sql AS 'SELECT NULL::uuid[]'",
        "CREATE EXTENSION dblink",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
        "COPY (SELECT 1) TO '/tmp/wayhome'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT * FROM pg_authid",
        "SELECT * FROM pg_statistic",
        "ALTER SYSTEM SET log_statement = 'all'",
    ],
)
def test_the_application_cannot_grow_out_of_its_role(world, statement):
    with (
        connected_as("wayhome_app") as application,
        pytest.raises(Exception, match=r"denied|must be owner|cannot"),
    ):
        application.execute(statement)


def test_without_row_security_a_query_fails_instead_of_seeing_more(world):
    with connected_as("wayhome_app") as application:
        application.execute("SET row_security = off")
        with pytest.raises(Exception, match="would be affected by row-level security"):
            application.execute("SELECT * FROM people_person")
