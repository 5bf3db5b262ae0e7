"""The link of an owner without an account: what it opens, what it does not, and what is kept of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.personas import NOW

from wayhome.access.policies import may
from wayhome.access.roles import Verb
from wayhome.access.viewing import open_for
from wayhome.audit.models import Change, Draft, Entry, Submission
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.kernel.viewer import by_link
from wayhome.strategy.commands.asking import ask_for_updates
from wayhome.strategy.commands.owner_link import (
    LinkLastsTooLong,
    NobodyToLink,
    make_link,
    revoke_link,
)
from wayhome.strategy.commands.progress import OnlyTheLeadRates, rate_action, update_action
from wayhome.strategy.links import digest_of, new_token
from wayhome.strategy.models import ActionUpdate, OwnerLink, Rating, UpdateRequest
from wayhome.strategy.tests.arranging import an_action, an_owner
from wayhome.strategy.tests.cycling import Cycle, a_cycle, a_link


@pytest.fixture
def cycle(cast) -> Cycle:
    return a_cycle(cast)


@pytest.fixture
def link(cast, cycle):
    return a_link(cast, cycle)


def path_of(link) -> str:
    return reverse("update_by_link", args=[link.token])


def typed(cycle: Cycle, **words: str) -> dict[str, str]:
    """What is sent about Jo's action."""
    key = cycle.jos.pk.hex
    return {
        "submission_key": str(new_id()),
        f"state_{key}": "in_progress",
        f"edition_{key}": "1",
        **{f"{name}_{key}": said for name, said in words.items()},
    }


def updates() -> list[ActionUpdate]:
    with as_worker():
        return list(ActionUpdate.objects.order_by("pk"))


def test_an_address_is_256_bits_and_signed():
    token = new_token()
    assert len(token) == 65
    assert digest_of(token)
    assert token != new_token()


@pytest.mark.parametrize("place", [0, 20, 42, 43, 64])
def test_an_address_with_any_other_character_is_none_of_ours(place):
    token = new_token()
    other = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    assert digest_of(other) is None
    assert digest_of(token[:-1]) is None
    assert digest_of("") is None


def test_only_a_digest_is_stored(cast, cycle, link):
    with as_worker():
        kept = OwnerLink.objects.get(pk=link.id)
        assert kept.digest == digest_of(link.token)
        with connection.cursor() as cursor:
            cursor.execute("SELECT l::text FROM strategy_ownerlink l")
            assert link.token not in str(cursor.fetchall())
            cursor.execute("SELECT e::text FROM audit_entry e")
            assert link.token not in str(cursor.fetchall())


def test_only_who_keeps_plans_makes_and_ends_links(cast, cycle, link):
    for name in ("Pat", "Ana", "Otto", "Ada"):
        with cast.seen_by(name) as viewer:
            with pytest.raises(NotAllowed):
                make_link(
                    plan_id=cycle.plan.pk,
                    owner_ids=[cycle.jos.pk],
                    name="Me",
                    email="me@wayhome.example",
                    days=5,
                    viewer=viewer,
                    now=NOW,
                )
            with pytest.raises(NotAllowed):
                revoke_link(link_id=link.id, viewer=viewer, now=NOW)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [({"owner_ids": []}, NobodyToLink), ({"days": 0}, LinkLastsTooLong), ({"days": 91}, LinkLastsTooLong)],
)
def test_a_link_is_for_something_and_ends(cast, cycle, told, refusal):
    with pytest.raises(refusal):
        a_link(cast, cycle, **told)


def test_a_link_is_to_parts_of_one_plan(cast, cycle):
    other = a_cycle(cast)
    with pytest.raises(NotFound):
        a_link(cast, cycle, owner_ids=[cycle.jos.pk, other.jos.pk])


def test_the_link_shows_its_owner_their_own_action_and_no_other(cycle, link, client):
    text = client.get(path_of(link)).content.decode()
    assert "Lantern 2" in text
    assert "Lantern 1" not in text
    assert "Lantern 3" not in text
    assert "Jo Bloggs" in text


def test_an_update_by_the_link_is_recorded_in_its_name_and_answers_the_request(cast, cycle, link, client):
    with cast.seen_by("Cora") as viewer:
        ask_for_updates(plan_id=cycle.plan.pk, viewer=viewer, now=NOW)
    said = client.post(path_of(link), typed(cycle, achieved="The lanterns are lit."))
    assert (said.status_code, said["Location"]) == (303, "?sent=yes")
    (update,) = updates()
    assert (update.achieved, update.origin, update.written_by_id) == ("The lanterns are lit.", "link", None)
    assert update.written_by_name == "Jo Bloggs"
    with as_worker():
        assert UpdateRequest.objects.get(owner=cycle.jos).answer_id == update.pk
        entry = Entry.objects.get(subject_id=cycle.actions[1].pk, verb="update")
        assert (entry.actor, entry.user_id, entry.detail["link"]) == ("Jo Bloggs", None, str(link.id))
        assert Change.objects.filter(entry=entry, after="The lanterns are lit.").exists()
        assert OwnerLink.objects.get(pk=link.id).last_used_at
    assert "recorded" in client.get(path_of(link)).content.decode()


def test_the_same_form_sent_twice_counts_once(cycle, link, client):
    sent = typed(cycle, achieved="Lit.")
    for _ in range(2):
        assert client.post(path_of(link), sent).status_code == 303
    assert len(updates()) == 1


def test_the_address_is_nowhere_in_the_database_after_all_of_it(cycle, link, client):
    client.get(path_of(link))
    client.post(
        path_of(link) + "/draft",
        typed(cycle, achieved="Begun"),
        headers={"Referer": f"http://testserver{path_of(link)}"},
    )
    client.post(
        path_of(link), typed(cycle, blocker=""), headers={"Referer": f"http://testserver{path_of(link)}"}
    )
    client.post(path_of(link), typed(cycle, achieved="Lit."))
    with as_worker():
        for model in (Entry, Change, Submission):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
                assert link.token not in str(cursor.fetchall())


def test_what_is_typed_survives_and_holds_no_address(cycle, link, client):
    page = f"http://testserver{path_of(link)}"
    kept = client.post(
        path_of(link) + "/draft", typed(cycle, achieved="Half a sentence"), headers={"Referer": page}
    )
    assert kept.json()["saved_at"]
    again = Client().get(path_of(link)).content.decode()
    assert "Half a sentence" in again
    open_for(by_link(link.id, "Jo Bloggs"))
    (draft,) = Draft.objects.all()
    assert (draft.user_id, draft.data["page"]) == (link.id, "")
    client.post(path_of(link), typed(cycle, achieved="A whole sentence."))
    open_for(by_link(link.id, "Jo Bloggs"))
    assert not Draft.objects.exists()


def test_without_scripts_a_button_keeps_what_is_typed(cycle, link, client):
    kept = client.post(path_of(link), typed(cycle, achieved="Half") | {"later": "yes"})
    assert kept.status_code == 303
    assert updates() == []
    assert "Half" in client.get(path_of(link)).content.decode()


def test_who_writes_nothing_is_told_and_nothing_is_lost(cycle, link, client):
    answer = client.post(path_of(link), typed(cycle))
    assert answer.status_code == 200
    assert "at least one of your actions" in answer.content.decode()


def test_a_stalled_part_says_what_is_in_the_way(cycle, link, client):
    sent = typed(cycle, achieved="Half of them lit.") | {f"state_{cycle.jos.pk.hex}": "stalled"}
    text = client.post(path_of(link), sent).content.decode()
    assert "Say what is in the way" in text
    assert f'href="#id_blocker_{cycle.jos.pk.hex}"' in text
    assert "Half of them lit." in text


def test_two_who_write_at_once_are_told_and_the_second_can_send_again(cast, cycle, link, client):
    with cast.seen_by("Cora") as viewer:
        update_action(
            action_id=cycle.actions[1].pk,
            owner_id=cycle.jos.pk,
            achieved="Cora was faster.",
            state="in_progress",
            viewer=viewer,
            now=NOW,
        )
    sent = typed(cycle, achieved="Jo was slower.")
    answer = client.post(path_of(link), sent)
    text = answer.content.decode()
    assert "Somebody changed this while you were writing" in text
    assert "Cora was faster." in text
    client.post(path_of(link), sent | {f"edition_{cycle.jos.pk.hex}": "2", "submission_key": str(new_id())})
    assert [each.achieved for each in updates()] == ["Cora was faster.", "Jo was slower."]


def test_who_leads_an_action_rates_it_by_the_link_with_reason_evidence_and_remedy(cast, cycle, link, client):
    sent = typed(cycle, is_rated="yes", rating="amber", reason="Half are lit.", evidence="Counted on Monday.")
    text = client.post(path_of(link), sent).content.decode()
    assert "This colour needs remedial action" in text
    assert f'href="#id_remedy_{cycle.jos.pk.hex}"' in text
    assert "Half are lit." in text
    more = {f"remedy_{cycle.jos.pk.hex}": "Two more lamplighters by May.", "submission_key": str(new_id())}
    more |= {f"achieved_{cycle.jos.pk.hex}": "Ten lit."}
    assert client.post(path_of(link), sent | more).status_code == 303
    with as_worker():
        (rated,) = Rating.objects.filter(action=cycle.actions[1])
    assert (rated.rating, rated.origin, rated.rated_by_name) == ("amber", "link", "Jo Bloggs")
    assert (rated.reason, rated.remedy) == ("Half are lit.", "Two more lamplighters by May.")
    assert [each.achieved for each in updates()] == ["Ten lit."]


def test_who_says_they_do_not_rate_it_leaves_the_rating_as_it_is(cast, cycle, link, client):
    client.post(path_of(link), typed(cycle, is_rated="no", rating="green", reason="x", achieved="Lit."))
    assert len(updates()) == 1
    with as_worker():
        assert not Rating.objects.filter(action=cycle.actions[1]).exists()


def test_who_contributes_is_not_asked_to_rate_and_cannot(cast, cycle, link, client):
    with as_worker():
        cycle.jos.part = "contributor"
        cycle.jos.save()
    assert "Do you rate this action anew?" not in client.get(path_of(link)).content.decode()
    sent = typed(cycle, is_rated="yes", rating="green", reason="Lit.", evidence="Seen.")
    assert client.post(path_of(link), sent).status_code == 200
    open_for(by_link(link.id, "Jo Bloggs"))
    with pytest.raises(OnlyTheLeadRates):
        rate_action(
            action_id=cycle.actions[1].pk,
            rating="green",
            reason="Lit.",
            evidence="Seen.",
            viewer=by_link(link.id, "Jo Bloggs"),
            now=NOW,
        )


# ── What a link does not open ────────────────────────────────────────────────────────────────────────────


def test_another_action_by_a_guessed_id_is_not_updated(cycle, link, client):
    key = cycle.pats.pk.hex
    sent = {
        "submission_key": str(new_id()),
        f"state_{key}": "complete",
        f"achieved_{key}": "Not mine",
        f"edition_{key}": "1",
    }
    assert client.post(path_of(link), sent).status_code == 200
    assert updates() == []


@pytest.mark.parametrize("whose", ["pats", "nobodys"])
def test_the_command_itself_refuses_another_part(cast, cycle, link, whose):
    owner = getattr(cycle, whose)
    open_for(by_link(link.id, "Jo Bloggs"))
    with pytest.raises((NotAllowed, NotFound)):
        update_action(
            action_id=owner.action_id,
            owner_id=owner.pk,
            achieved="Not mine",
            state="complete",
            viewer=by_link(link.id, "Jo Bloggs"),
            now=NOW,
        )


def test_a_visitor_is_no_machine_and_may_nothing_else(link):
    visitor = by_link(link.id, "Jo Bloggs")
    assert not [verb for verb in Verb if may(visitor, verb)]


def test_a_link_to_one_plan_shows_nothing_of_another(cast, cycle, link, client):
    other = a_cycle(cast)
    assert str(other.plan.pk) not in client.get(path_of(link)).content.decode()
    an_owner(an_action(other.plan, "9.9", title="Elsewhere"), post=cycle.jos.post)
    assert "Elsewhere" not in client.get(path_of(link)).content.decode()


@pytest.mark.parametrize(
    "page",
    ["today", "governance", "panel_register", "glossary", "plan_cycle", "snapshots", "compare_plan"],
)
def test_every_other_page_takes_a_visitor_for_a_stranger(cycle, link, client, page):
    assert client.get(path_of(link)).status_code == 200
    with_plan = page in ("plan_cycle", "snapshots", "compare_plan")
    answer = client.get(reverse(page, args=[cycle.plan.pk] if with_plan else []))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def ended(link, **change: object) -> None:
    with as_worker():
        OwnerLink.objects.filter(pk=link.id).update(**change)


def refused(client, path: str) -> str:
    for answer in (client.get(path), client.post(path, {"submission_key": str(new_id())})):
        assert answer.status_code == 404
        text = answer.content.decode()
        assert "This link opens nothing" in text
        assert "Lantern" not in text
    return text


def database_now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def test_a_link_opens_until_its_last_second_and_not_after(cycle, link, client):
    ended(link, expires_at=database_now() + timedelta(seconds=1))
    assert client.get(path_of(link)).status_code == 200
    ended(link, expires_at=database_now())
    refused(client, path_of(link))
    ended(link, expires_at=database_now() - timedelta(seconds=1))
    refused(client, path_of(link))


def test_a_link_that_was_ended_opens_nothing_and_says_the_same_as_one_that_never_was(
    cast, cycle, link, client
):
    with cast.seen_by("Cora") as viewer:
        revoke_link(link_id=link.id, viewer=viewer, now=NOW)
        revoke_link(link_id=link.id, viewer=viewer, now=NOW)
    ended_text = refused(client, path_of(link))
    never = refused(client, reverse("update_by_link", args=[new_token()]))
    garbage = refused(client, reverse("update_by_link", args=["abc"]))
    assert len({len(text) for text in (ended_text, never, garbage)}) == 1


def test_a_draft_is_not_kept_by_a_link_that_ended(cycle, link, client):
    ended(link, revoked_at=NOW)
    assert client.post(path_of(link) + "/draft", typed(cycle, achieved="x")).status_code == 404


def test_an_owner_whose_part_has_ended_sees_it_no_more(cast, cycle, link, client):
    with as_worker():
        cycle.jos.valid = (NOW.date() - timedelta(days=9), NOW.date() - timedelta(days=1))
        cycle.jos.save()
    refused(client, path_of(link))


def test_who_is_signed_in_is_sent_to_today(cast, link, client):
    client.force_login(cast.users["Pat"], backend="wayhome.access.signed_in.Backend")
    answer = client.get(path_of(link))
    assert answer.status_code == 403
    assert "You are signed in" in answer.content.decode()
    assert "Lantern" not in answer.content.decode()


def test_guessing_is_slowed_down_and_a_good_link_from_elsewhere_still_opens(cycle, link, client):
    for _ in range(20):
        assert client.get(reverse("update_by_link", args=[new_token()])).status_code == 404
    assert client.get(reverse("update_by_link", args=[new_token()])).status_code == 429
    assert client.get(path_of(link)).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").get(path_of(link)).status_code == 200


def test_the_page_gives_its_address_to_nobody(cycle, link, client):
    answer = client.get(path_of(link))
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert (
        "http"
        not in answer.content.decode().replace("http://www.w3.org", "").split("<main")[1].split("</main")[0]
    )


def test_nothing_of_it_stands_in_the_log(cycle, link, client, caplog):
    with as_worker():
        OwnerLink.objects.filter(pk=link.id).update(revoked_at=NOW)
    client.get(path_of(link))
    assert link.token not in caplog.text


def test_a_form_of_another_site_does_nothing(cycle, link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path_of(link), typed(cycle, achieved="x")).status_code == 403
    assert updates() == []


def test_the_form_begins_with_how_the_action_goes_until_the_owner_has_said(cycle, link, client):
    text = client.get(path_of(link)).content.decode()
    chosen = text[text.index('value="in_progress"') :].split(">")[0]
    assert "checked" in chosen
