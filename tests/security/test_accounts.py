"""Raw SQL as the application does not become another user: not by their session, password, address or second step."""

import pytest
from django.conf import settings
from django.test import Client

from tests.security.asking import NOT_ALLOWED, ask, ask_one, error_of
from wayhome.access.sessions import SessionStore

BACKEND = "wayhome.access.signed_in.Backend"


def signed_in(cast, name: str) -> tuple[Client, str]:
    """A browser in which one of the cast is signed in, and the key in its cookie."""
    client = Client()
    client.force_login(cast.users[name], backend=BACKEND)
    return client, client.cookies[settings.SESSION_COOKIE_NAME].value


def test_the_table_of_sessions_holds_no_key_of_a_cookie(cast):
    _, key = signed_in(cast, "Cora")
    assert key not in {kept for (kept,) in ask("SELECT session_key FROM django_session")}


def test_what_the_table_holds_opens_nothing_as_a_cookie(cast):
    signed_in(cast, "Cora")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = ask_one("SELECT session_key FROM django_session")
    assert thief.get("/board")["Location"].startswith("/accounts/login/")


def test_the_content_of_anothers_session_is_worth_nothing_under_ones_own_key(cast):
    signed_in(cast, "Cora")
    contents = ask_one("SELECT session_data FROM django_session")
    sal, _ = signed_in(cast, "Sal")
    ask("UPDATE django_session SET session_data = %s", contents)
    assert sal.get("/board")["Location"].startswith("/accounts/login/")


def test_a_session_that_was_ended_is_gone(cast):
    client, key = signed_in(cast, "Sal")
    assert SessionStore().exists(key)
    client.post("/accounts/logout/")
    assert not SessionStore().exists(key)


def test_nobody_sets_anothers_password_or_takes_their_account(cast):
    cora = cast.users["Cora"].pk
    for name in ("Sal", "nobody"):
        with cast.seen_by(name) if name != "nobody" else cast.seen_by("Otto"):
            for change in (
                "password = 'x'",
                "email = 'sal2@wayhome.example'",
                "is_active = false",
                "name = 'Sal'",
            ):
                assert error_of(f"UPDATE access_user SET {change} WHERE id = %s", cora) == NOT_ALLOWED


def test_before_sign_in_nothing_of_an_account_is_changed_but_when_it_was_last_used(cast):
    assert error_of("UPDATE access_user SET password = 'x'") == NOT_ALLOWED
    assert error_of("UPDATE access_user SET last_login = now()") == ""


@pytest.mark.parametrize(
    "change", ["name = 'Cora Coordinator'", "email = 'x@wayhome.example'", "is_active = true, name = 'x'"]
)
def test_one_changes_ones_own_password_and_nothing_else(cast, change):
    with cast.seen_by("Sal") as sal:
        assert error_of("UPDATE access_user SET password = 'x' WHERE id = %s", sal.user_id) == ""
        assert error_of(f"UPDATE access_user SET {change} WHERE id = %s", sal.user_id) == NOT_ALLOWED


def test_an_address_to_which_a_new_password_would_be_sent_is_not_added_for_another(cast):
    add = (
        'INSERT INTO account_emailaddress (email, verified, "primary", user_id) VALUES (%s, true, false, %s)'
    )
    with cast.seen_by("Sal"):
        assert error_of(add, "sal@elsewhere.example", cast.users["Cora"].pk) == NOT_ALLOWED


@pytest.mark.parametrize("name", ["Sal", "Ada"])
def test_nobody_makes_themselves_more_than_they_are(cast, name):
    add = "INSERT INTO access_{} (id, user_id, {}, valid) VALUES (gen_random_uuid(), %s, %s, '(,)')"
    change = "UPDATE access_heldscope SET scope = 'coordinator' WHERE user_id = %s RETURNING 1"
    with cast.seen_by(name) as viewer:
        assert error_of(add.format("heldscope", "scope"), viewer.user_id, "coordinator") == NOT_ALLOWED
        assert (
            error_of(add.format("membership", "team_id"), viewer.user_id, cast.team_of("Cora")) == NOT_ALLOWED
        )
        assert ask(change, viewer.user_id) == []


@pytest.mark.parametrize(
    ("task", "extra"),
    [
        ("audit.seal", ""),
        ("procrastinate.builtin_tasks.remove_old_jobs", ""),
        ("events.dispatch", ", queueing_lock"),
        ("events.dispatch", ", lock"),
    ],
)
def test_the_application_gives_the_worker_no_orders(cast, task, extra):
    value = ", 'audit.seal'" if extra else ""
    add = (
        f"INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status{extra})"
        f" VALUES ('default', '{task}', 0, '{{}}', 'todo'{value})"
    )
    with cast.seen_by("Cora"):
        assert error_of(add) == NOT_ALLOWED
