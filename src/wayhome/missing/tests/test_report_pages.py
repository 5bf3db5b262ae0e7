"""The report, question by question: what leaks, what is kept, and where a refusal is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.access.commands import restrict
from wayhome.audit.queries import unfinished
from wayhome.config.testing import as_worker
from wayhome.database.reading import answered
from wayhome.kernel.ids import new_id
from wayhome.missing import queries
from wayhome.missing.forms.report import STEPS
from wayhome.missing.models import Episode
from wayhome.missing.rules import stage
from wayhome.missing.tests.pages import ANSWERS, answer_all, client_of, report, sent, text_of, typed
from wayhome.missing.vocabulary import Stage

PAGES = ["report_missing", "report_check", *STEPS]


def address(name, child):
    return reverse(name, args=[child]) if name in PAGES[:2] else reverse("report_step", args=[child, name])


def text_of_step(client, child, step, **answers):
    response = client.post(address(step, child), ANSWERS[step] | answers)
    assert response.status_code == 200
    return text_of(response)


def test_who_does_not_see_the_child_reads_nothing_of_the_record_and_reports_all_the_same(cast):
    child = a_child(cast)
    otto = client_of(cast, "Otto")
    for page in ["report_missing", *STEPS]:
        shown = text_of(otto.get(address(page, child)))
        assert "Robin" not in shown
        assert "Testchild" not in shown
    answer_all(otto, child)
    check = otto.get(address("report_check", child))
    assert "this child" in text_of(check)
    assert "Robin" not in text_of(check)
    answer = sent(otto, address("report_check", child))
    assert "Robin Testchild" in text_of(otto.get(answer.headers["Location"]))


def test_a_child_who_is_restricted_looks_like_a_child_who_is_not_there(cast):
    child = a_child(cast, known_to=("Sal", "Cora"))
    named = [cast.users["Cora"].pk]
    with cast.seen_by("Cora") as cora:
        restrict(person_id=child, named=named, reason="A relative works here", viewer=cora, now=NOW)
    otto = client_of(cast, "Otto")
    shown = []
    for person_id in (child, new_id()):
        pages = [text_of(otto.get(address(page, person_id))) for page in ["report_missing", *STEPS]]
        answer = report(otto, person_id)
        assert answer.status_code == 404
        shown.append([*pages, text_of(answer).split("Reference")[0].replace(str(person_id), "")])
    assert shown[0][:-1] == shown[1][:-1]


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo"])
def test_who_works_with_no_children_gets_no_report_page(cast, name):
    client = client_of(cast, name)
    for page in PAGES:
        assert client.get(address(page, a_child(cast))).status_code == 403


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client, cast):
    answer = client.get(address("report_missing", a_child(cast)))
    assert answer.status_code == 302
    assert "next=/missing/report/" in answer.headers["Location"]


def test_answers_are_kept_from_step_to_step_and_back(cast):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    sal.post(address("kind", child), ANSWERS["kind"])
    answer = sal.post(address("last-seen", child), ANSWERS["last-seen"])
    assert answer.headers["Location"] == address("noticed", child)
    back = sal.get(address("kind", child)).content.decode()
    assert 'value="M" checked' in back
    start = text_of(sal.get(address("report_missing", child)))
    assert "You began this report" in start
    assert sal.get(address("report_missing", child)).content.decode().count(address("noticed", child)) == 1


def test_what_is_wrong_is_kept_as_it_was_typed_and_can_be_left_and_found_again(cast):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    shown = text_of_step(sal, child, "last-seen", **{"last_seen_at-time": "half past"})
    assert "Enter a time, like 10:30pm" in shown
    again = client_of(cast, "Sal").get(address("last-seen", child)).content.decode()
    assert 'value="half past"' in again


def test_what_is_typed_is_kept_before_it_is_sent(cast):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    typing = reverse("report_typed", args=[child, "what-happened"])
    answer = sal.post(typing, {"circumstances": "She took her coat"})
    assert "saved_at" in answer.json()
    assert "She took her coat" in sal.get(address("what-happened", child)).content.decode()
    assert sal.get(typing).status_code == 405
    assert sal.post(reverse("report_typed", args=[child, "nothing"])).status_code == 404


def test_one_persons_draft_is_not_anothers(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    client_of(cast, "Sal").post(address("what-happened", child), {"circumstances": "She took her coat"})
    assert "coat" not in client_of(cast, "Hal").get(address("what-happened", child)).content.decode()


def test_a_report_that_is_not_finished_leads_to_the_first_open_question(cast):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    sal.post(address("kind", child), ANSWERS["kind"])
    answer = sal.get(address("report_check", child))
    assert answer.headers["Location"] == address("last-seen", child)
    assert sal.get(reverse("report_step", args=[child, "nothing"])).status_code == 404


def test_starting_again_forgets_what_was_typed(cast):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    sal.post(address("kind", child), ANSWERS["kind"])
    sal.post(address("report_missing", child))
    assert "You began" not in text_of(sal.get(address("report_missing", child)))


def test_every_answer_can_be_checked_and_changed_before_it_is_sent(cast):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    answer_all(sal, child)
    page = sal.get(address("report_check", child))
    shown = text_of(page)
    for words in ("Missing", "Saltmere bus station", "Left after tea", "About", "01632 960001"):
        assert words in shown
    assert all(address(step, child) in page.content.decode() for step in STEPS)


def test_who_tells_it_begins_with_the_readers_role(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    sources = {"Hal": "home", "Sal": "professional", "Pat": "police"}
    for name, source in sources.items():
        page = client_of(cast, name).get(address("source", child)).content.decode()
        assert f'value="{source}" checked' in page, name


@pytest.mark.parametrize(
    ("step", "answers", "sentence"),
    [
        ("kind", {"kind": ""}, "Say whether you know where Robin Testchild is"),
        ("last-seen", typed("last_seen_at", NOW + timedelta(days=1)), "must be in the past"),
        (
            "last-seen",
            {"last_seen_at-day": "29", "last_seen_at-month": "3", "last_seen_at-year": "2026"}
            | {"last_seen_at-time": "1:30am"},
            "The clocks went forward",
        ),
        (
            "last-seen",
            {"last_seen_at-day": "26", "last_seen_at-month": "10", "last_seen_at-year": "2025"}
            | {"last_seen_at-time": "1:30am", "last_seen_at-round": ""},
            "First or second time round?",
        ),
        ("last-seen", {"last_seen_at-day": "31", "last_seen_at-month": "2"}, "must be a real date"),
        ("noticed", {"reported_at-time": ""}, "must include a time"),
        ("place", {"missing_from": ""}, "Choose where Robin Testchild went missing from"),
        ("what-happened", {"circumstances": ""}, "Write what happened"),
        ("source", {"told_by": ""}, "Enter name of the person who tells it"),
        ("back", {"is_back": ""}, "Say whether Robin Testchild is back already"),
        ("back", {"is_back": "yes"}, "Enter when they came back"),
    ],
)
def test_a_question_says_what_is_missing_or_cannot_be(cast, step, answers, sentence):
    assert sentence in text_of_step(client_of(cast, "Sal"), a_child(cast), step, **answers)


@pytest.mark.parametrize(
    ("step", "answers", "sentence"),
    [
        (
            "noticed",
            typed("noticed_at", NOW - timedelta(hours=6), certainty="exact"),
            "cannot have been noticed before the child was last seen",
        ),
        (
            "noticed",
            typed("reported_at", NOW - timedelta(hours=6)),
            "cannot be earlier than when the child was last seen",
        ),
        (
            "back",
            {"is_back": "yes", "return_method": "FOUND_FAMILY"}
            | typed("returned_at", NOW - timedelta(hours=6), certainty="exact"),
            "The return is before the child was last seen",
        ),
    ],
)
def test_times_that_do_not_fit_together_are_refused_at_their_question(cast, step, answers, sentence):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    refused = report(sal, child, **{step: answers})
    assert refused.status_code == 200
    assert sentence in text_of(refused)
    assert f'action="{address(step, child)}"' in refused.content.decode()
    with as_worker():
        assert not Episode.objects.filter(person_id=child).exists()
    right = sal.post(address(step, child), ANSWERS[step])
    assert right.headers["Location"] == address("report_check", child)
    assert sent(sal, address("report_check", child)).status_code == 303


def test_an_adult_is_refused_with_the_reason(cast):
    child = a_child(cast, born=NOW.date().replace(year=NOW.year - 20))
    assert "This person was 18 or over then" in text_of(report(client_of(cast, "Sal"), child))


def test_a_report_is_sent_once_however_often_it_is_clicked(cast):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    answer_all(sal, child)
    page = sal.get(address("report_check", child))
    key = page.content.decode().split('name="submission_key"')[1].split('value="')[1].split('"')[0]
    answers = [sal.post(address("report_check", child), {"submission_key": key}) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    with as_worker():
        assert Episode.objects.filter(person_id=child).count() == 1
    with cast.seen_by("Sal") as viewer:
        assert not answered(unfinished(viewer))


def test_the_confirmation_says_what_happens_next_who_sees_it_and_whom_to_ring(cast):
    child = a_child(cast)
    sal = client_of(cast, "Sal")
    shown = text_of(sal.get(report(sal, child).headers["Location"]))
    for words in ("What happens next", "Missing Desk", "Missing Coordination", "01632 960001", "72 hours"):
        assert words in shown
    assert "restricted" not in shown


def test_a_restricted_childs_reporter_is_told_to_ring(cast):
    child = a_child(cast, known_to=("Cora",))
    with cast.seen_by("Cora") as cora:
        restrict(
            person_id=child,
            named=[cast.users["Cora"].pk],
            reason="A relative works here",
            viewer=cora,
            now=NOW,
        )
    client = client_of(cast, "Cora")
    shown = text_of(client.get(report(client, child).headers["Location"]))
    assert "This record is restricted: no team sees it on a board" in shown


def test_a_child_who_is_back_already_goes_straight_to_the_check_and_the_interview(cast):
    child = a_child(cast)
    back = {"is_back": "yes", "return_method": "FOUND_FAMILY", "returned_to": "Home"}
    back |= typed("returned_at", NOW - timedelta(hours=1), certainty="exact")
    sal = client_of(cast, "Sal")
    shown = text_of(sal.get(report(sal, child, back=back).headers["Location"]))
    assert "Offer a return interview" in shown
    with cast.seen_by("Ines"):
        assert stage(queries.episodes_of(child)[0]) == Stage.SAFE_AND_WELL_DUE


def test_a_report_while_the_child_is_missing_already_is_shown_beside_the_first_and_added(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = an_episode(cast, child)
    hal = client_of(cast, "Hal")
    assert "reported missing already" in text_of(hal.get(address("report_missing", child)))
    seen = typed("last_seen_at", NOW - timedelta(hours=4), certainty="exact")
    noticed = typed("noticed_at", NOW - timedelta(hours=4), certainty="exact")
    answer = report(hal, child, **{"last-seen": seen, "noticed": noticed, "source": {"source": "home"}})
    already = answer.headers["Location"]
    assert already == reverse("report_already", args=[child, episode])
    page = hal.get(already)
    assert "Last seen (differs)" in text_of(page)
    assert address("last-seen", child) in page.content.decode()
    added = sent(hal, already)
    assert added.headers["Location"] == reverse("episode", args=[episode])
    shown = text_of(hal.get(added.headers["Location"]))
    assert "Your report is added" in shown
    assert "2 sources told of this episode" in shown


def test_who_does_not_see_the_child_is_told_only_that_there_is_a_report_until_they_add_theirs(cast):
    child = a_child(cast)
    an_episode(cast, child)
    otto = client_of(cast, "Otto")
    already = report(otto, child).headers["Location"]
    shown = text_of(otto.get(already))
    assert "This child is reported missing for that time already" in shown
    assert "Robin" not in shown
    assert "differs" not in shown
    added = sent(otto, already)
    assert "2 sources told" in text_of(otto.get(added.headers["Location"]))


def test_an_episode_of_another_child_is_not_compared_with(cast):
    child, other = a_child(cast), a_child(cast, given_name="Kit")
    episode = an_episode(cast, other, last_seen_place="The secret place")
    sal = client_of(cast, "Sal")
    answer_all(sal, child)
    already = reverse("report_already", args=[child, episode])
    assert "The secret place" not in text_of(sal.get(already))
    assert sent(sal, already).status_code == 404
