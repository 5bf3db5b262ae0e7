"""The pages on which something is done: the forms, their refusals, and two who do the same."""

from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, a_report, an_episode

from wayhome.audit.queries import draft
from wayhome.missing import commands
from wayhome.missing.commands import Return
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.stages import (
    BACK,
    a_check,
    an_account,
    analysed,
    checked,
    file_of,
    heard,
    returned,
)
from wayhome.missing.views.acting import number
from wayhome.missing.vocabulary import Certainty, Stage

LOCATED = {"place": "Pier"} | typed("located_at", NOW - timedelta(hours=2), certainty="exact")
RETURNED = {"return_method": "FOUND_POLICE", "returned_to": "Home"}
RETURNED |= typed("returned_at", NOW - timedelta(hours=1), certainty="exact")
RISK = {"level": "medium", "reason": "Fourth time this month."}
CHECK = {"outcome": "seen_safe", "checked_by": "PC Example"} | typed("checked_at", NOW)
OFFER = {"channel": "phone", "answer": "accepted"} | typed("offered_at", NOW)
HELD = {
    "place": "Youth café",
    "independent_as": "outside",
    "own_words": "I wanted to see my sister.",
    "in_part": "no",
} | typed("held_at", NOW)
NOT_HELD = {"outcome": "declined_child", "reason_not_held": "Said no twice."}
ANALYSIS = {"text": "The sister is missed.", "plan_effect": "plan_changed", "changed": "Visits on Saturdays."}


def address(name, episode_id):
    return reverse(name, args=[episode_id])


def missing(cast):
    return an_episode(cast, a_child(cast, known_to=("Sal", "Hal")))


def back(cast):
    return returned(cast, a_child(cast, known_to=("Sal", "Hal")))


def seen_safe(cast):
    return checked(cast, a_child(cast, known_to=("Sal", "Hal")))


def listened_to(cast):
    return heard(cast, a_child(cast, known_to=("Sal", "Hal")))


@pytest.mark.parametrize(
    ("name", "page", "stage", "answers", "sentence"),
    [
        ("Pat", "judge_risk", missing, {"level": ""}, "Choose a risk level"),
        ("Pat", "judge_risk", missing, RISK | {"reason": ""}, "The next shift will read it"),
        ("Pat", "judge_risk", missing, RISK | {"level": "no_apparent_risk"}, "looked at again"),
        (
            "Pat",
            "judge_risk",
            missing,
            RISK | typed("reassess_by", NOW - timedelta(days=1)),
            "has to be in the future",
        ),
        ("Pat", "record_located", missing, LOCATED | {"place": ""}, "Write where they are"),
        (
            "Pat",
            "record_located",
            missing,
            LOCATED | typed("located_at", NOW - timedelta(hours=9), certainty="exact"),
            "cannot have been located before they were last seen",
        ),
        (
            "Hal",
            "record_returned",
            missing,
            RETURNED | typed("returned_at", NOW - timedelta(hours=9), certainty="exact"),
            "The return is before the child was last seen",
        ),
        (
            "Hal",
            "record_returned",
            missing,
            RETURNED | typed("returned_at", NOW + timedelta(days=2), certainty="exact"),
            "must be in the past",
        ),
        ("Pat", "record_safe_and_well", missing, CHECK, "The child is not back yet"),
        (
            "Pat",
            "record_safe_and_well",
            back,
            CHECK | {"outcome": "harm_found"},
            "Write what was seen or said",
        ),
        (
            "Pat",
            "record_safe_and_well",
            back,
            CHECK | typed("checked_at", BACK - timedelta(hours=1)),
            "This happened before the child was back",
        ),
        ("Sal", "offer_interview", missing, OFFER, "The child is not back yet"),
        (
            "Ines",
            "hold_interview",
            back,
            HELD | typed("held_at", BACK - timedelta(hours=1)),
            "This happened before the child was back",
        ),
        ("Ines", "hold_interview", back, HELD | {"own_words": " "}, "in their own words"),
        ("Ines", "interview_not_held", back, NOT_HELD | {"outcome": "completed"}, "Choose why"),
        ("Ines", "interview_not_held", back, NOT_HELD | {"reason_not_held": ""}, "what was tried"),
        ("Sal", "analyse_return", back, ANALYSIS, "The return interview is not finished yet"),
        ("Sal", "analyse_return", listened_to, ANALYSIS | {"changed": ""}, "what was changed in the plan"),
        ("Sal", "close_episode", listened_to, {}, "analysis is not written yet"),
        ("Pat", "set_aside_episode", missing, {"reason": " "}, "Say why"),
    ],
)
def test_what_cannot_be_is_refused_in_a_plain_sentence_and_the_words_stay(
    cast, name, page, stage, answers, sentence
):
    episode = stage(cast)
    client = client_of(cast, name)
    refused = sent(client, address(page, episode), **answers)
    assert refused.status_code == 200
    assert "There is a problem" in text_of(refused)
    assert sentence in text_of(refused)
    for words in [value for value in answers.values() if " " in value.strip()]:
        assert words in refused.content.decode()
    with cast.seen_by(name) as viewer:
        kept = draft(viewer=viewer, form=page, subject=str(episode))[0]["typed"]
    typed_words = {key: value for key, value in answers.items() if value}
    assert {key: parse_qs(kept, keep_blank_values=True)[key][0] for key in typed_words} == typed_words


@pytest.mark.parametrize(
    ("name", "page", "stage", "answers", "field"),
    [
        (
            "Hal",
            "record_returned",
            missing,
            RETURNED | typed("returned_at", NOW - timedelta(hours=9), certainty="exact"),
            "returned_at",
        ),
        (
            "Ines",
            "hold_interview",
            back,
            HELD | typed("held_at", BACK - timedelta(hours=1)),
            "held_at",
        ),
        ("Pat", "judge_risk", missing, RISK | {"level": "no_apparent_risk"}, "reassess_by"),
    ],
)
def test_a_refusal_of_a_command_leads_to_its_field(cast, name, page, stage, answers, field):
    shown = sent(client_of(cast, name), address(page, stage(cast)), **answers).content.decode()
    assert f'href="#id_{field}' in shown
    assert f'id="id_{field}-error"' in shown


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("judge_risk", ["Sal", "Hal", "Ines"]),
        ("record_safe_and_well", ["Sal", "Hal", "Ines"]),
        ("offer_interview", ["Hal", "Pat"]),
        ("hold_interview", ["Sal", "Hal", "Pat", "Cora"]),
        ("interview_not_held", ["Hal", "Pat"]),
        ("analyse_return", ["Hal", "Pat", "Ines"]),
        ("close_episode", ["Hal", "Pat", "Ines"]),
        ("set_aside_episode", ["Sal", "Hal", "Ines"]),
        ("merge_episodes", ["Sal", "Hal", "Ines"]),
    ],
)
def test_each_step_is_for_those_whose_work_it_is(cast, page, names):
    episode = back(cast)
    for name in names:
        client = client_of(cast, name)
        for answer in (client.get(address(page, episode)), client.post(address(page, episode))):
            assert answer.status_code == 403
            assert "Your role does not let you" in text_of(answer)


def test_what_is_typed_is_found_again_and_forgotten_once_it_is_sent(cast):
    episode = back(cast)
    ines = client_of(cast, "Ines")
    page = address("hold_interview", episode)
    later = sent(ines, page, **(HELD | {"held_at-time": "", "later": "1"}))
    assert later.headers["Location"] == address("episode", episode)
    assert "kept as your draft" in text_of(ines.get(later.headers["Location"]))
    found = ines.get(page).content.decode()
    assert "I wanted to see my sister." in found
    assert "Saved " in found
    assert sent(ines, page, **HELD).status_code == 303
    assert "I wanted to see my sister." not in ines.get(page).content.decode().split("<form")[-1]


def test_every_long_form_is_saved_as_it_is_typed(cast):
    episode = missing(cast)
    shown = client_of(cast, "Pat").get(address("judge_risk", episode)).content.decode()
    saving = reverse("draft", args=["judge_risk", str(episode)])
    assert f'data-draft-url="{saving}"' in shown
    pat = client_of(cast, "Pat")
    assert "saved_at" in pat.post(saving, {"reason": "An older man with a car"}).json()
    assert "An older man with a car" in pat.get(address("judge_risk", episode)).content.decode()


def test_how_well_a_time_is_known_is_kept_and_shown(cast):
    episode = missing(cast)
    seen = NOW - timedelta(hours=1)
    sent(
        client_of(cast, "Hal"),
        address("record_returned", episode),
        **(RETURNED | typed("returned_at", seen, certainty="day", time="")),
    )
    file = file_of(cast, episode)
    assert file.episode.returned_certainty == Certainty.DAY
    assert "time not known" in text_of(client_of(cast, "Hal").get(address("episode", episode)))


def test_two_who_record_the_return_the_second_reads_the_first_and_keeps_their_words(cast):
    episode = missing(cast)
    pat, hal = client_of(cast, "Pat"), client_of(cast, "Hal")
    hal.get(address("record_returned", episode))
    sent(pat, address("record_returned", episode), **RETURNED)
    second = sent(hal, address("record_returned", episode), **(RETURNED | {"returned_to": "Lantern House"}))
    shown = text_of(second)
    assert "A colleague has recorded the return already" in shown
    assert "On the record now" in shown
    assert "Lantern House" in second.content.decode()
    assert file_of(cast, episode).episode.returned_to == "Home"


@pytest.mark.parametrize(
    ("page", "stage", "first", "second", "sentence"),
    [
        ("judge_risk", missing, RISK, RISK | {"level": "high"}, "A colleague judged the risk"),
        ("record_located", missing, LOCATED, LOCATED | {"place": "Station"}, "recorded where the child is"),
        (
            "record_safe_and_well",
            back,
            CHECK,
            CHECK | {"checked_by": "WPC Other"},
            "recorded a safe and well check",
        ),
    ],
)
def test_a_colleague_who_was_faster_is_noticed_and_what_was_written_can_be_sent_after_reading(
    cast, page, stage, first, second, sentence
):
    episode = stage(cast)
    pat, cora = client_of(cast, "Pat"), client_of(cast, "Cora")
    opened = pat.get(address(page, episode)).content.decode()
    sent(cora, address(page, episode), **first)
    refused = pat.post(address(page, episode), hidden(opened) | second)
    assert refused.status_code == 200
    assert sentence in text_of(refused)
    assert "On the record now" in text_of(refused)
    again = pat.post(address(page, episode), hidden(refused.content.decode()) | second)
    assert again.status_code == 303


def hidden(html):
    import_free = html.split("<form")[-1].split('type="hidden"')[1:]
    pairs = {}
    for part in import_free:
        name, value = part.split('name="')[1].split('"')[0], part.split('value="')[1].split('"')[0]
        pairs[name] = value
    return pairs


def test_a_double_click_is_one_step(cast):
    episode = back(cast)
    ines = client_of(cast, "Ines")
    fields = hidden(ines.get(address("offer_interview", episode)).content.decode())
    answers = [ines.post(address("offer_interview", episode), fields | OFFER) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(file_of(cast, episode).offers) == 1


def test_a_step_that_was_taken_already_says_so_when_it_is_opened(cast):
    episode = listened_to(cast)
    page = client_of(cast, "Ines").get(address("hold_interview", episode))
    assert "own_words" not in page.content.decode()
    shown = text_of(page)
    assert "This is done already, or it is not time for it yet" in shown
    assert "On the record now" in shown
    fresh = text_of(client_of(cast, "Sal").get(address("analyse_return", episode)))
    assert "This is done already" not in fresh
    assert "I wanted to see my sister." in fresh


def test_closing_shows_what_is_done_and_what_is_missing(cast):
    half = seen_safe(cast)
    sal = client_of(cast, "Sal")
    shown = sal.get(address("close_episode", half))
    assert text_of(shown).count("Still missing") == 2
    assert "wh-button--porch" not in shown.content.decode()
    whole = analysed(cast, a_child(cast, given_name="Kit"))
    assert "Still missing" not in text_of(sal.get(address("close_episode", whole)))
    assert sent(sal, address("close_episode", whole)).status_code == 303
    assert file_of(cast, whole).stage == Stage.CLOSED


def test_after_setting_aside_the_desk_is_back_at_its_board(cast):
    episode = missing(cast)
    answer = sent(client_of(cast, "Pat"), address("set_aside_episode", episode), reason="Wrong child")
    assert answer.headers["Location"] == reverse("board")
    assert file_of(cast, episode, "Sal").stage == Stage.CANCELLED


@pytest.mark.parametrize(("keep", "is_this_kept"), [("this", True), ("other", False)])
def test_two_episodes_are_merged_either_way(cast, keep, is_this_kept):
    child = a_child(cast)
    with cast.seen_by("Sal") as sal:
        other = commands.report_missing(
            person_id=child,
            new=a_report(last_seen_at=NOW - timedelta(hours=8), noticed_at=None, source="home"),
            back_already=Return(returned_at=NOW - timedelta(hours=6)),
            viewer=sal,
            now=NOW,
        )
    episode = returned(cast, child)
    answer = sent(
        client_of(cast, "Pat"),
        address("merge_episodes", episode),
        double=str(other),
        keep=keep,
        reason="Same evening",
    )
    kept, double = (episode, other) if is_this_kept else (other, episode)
    assert answer.status_code == 303, text_of(answer)
    assert answer.headers["Location"] == address("episode", kept)
    assert len(file_of(cast, kept).reports) == 2
    assert file_of(cast, double).stage == Stage.CANCELLED


def test_where_nothing_is_near_in_time_there_is_nothing_to_merge(cast):
    shown = client_of(cast, "Pat").get(address("merge_episodes", missing(cast)))
    assert "No other episode of this child is near enough" in text_of(shown)
    assert "wh-button--porch" not in shown.content.decode()


def test_a_no_is_kept_with_what_was_done_then(cast):
    episode = back(cast)
    answer = sent(
        client_of(cast, "Ines"),
        address("interview_not_held", episode),
        **NOT_HELD,
        after_no=["leaflet_child", "leaflet_family"],
    )
    assert answer.status_code == 303
    shown = text_of(client_of(cast, "Sal").get(address("episode", episode)))
    assert "The child was given the leaflet. The family or carers were given the leaflet" in shown


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        (date(2026, 3, 29), "1:30am", "The clocks went forward"),
        (date(2025, 10, 26), "1:30am", "First or second time round?"),
    ],
)
def test_the_nights_on_which_the_clocks_change_are_asked_about(cast, day, time, sentence):
    boxes = {"day": day.day, "month": day.month, "year": day.year, "time": time}
    answers = RETURNED | {f"returned_at-{part}": str(value) for part, value in boxes.items()}
    refused = sent(
        client_of(cast, "Hal"),
        address("record_returned", missing(cast)),
        **(answers | {"returned_at-round": ""}),
    )
    assert sentence in text_of(refused)


def test_an_account_given_in_part_and_a_check_with_harm_are_read_as_such(cast):
    child = a_child(cast)
    episode = returned(cast, child)
    with cast.seen_by("Pat") as pat:
        check = a_check(outcome="harm_found", account="A bruise on the arm.", seen_alone=False)
        commands.record_safe_and_well(episode_id=episode, check=check, viewer=pat, now=NOW)
    with cast.seen_by("Ines") as ines:
        commands.hold_interview(episode_id=episode, account=an_account(in_part=True), viewer=ines, now=NOW)
    shown = text_of(client_of(cast, "Sal").get(address("episode", episode)))
    assert "Held in part" in shown
    assert "A bruise on the arm." in shown
    assert "Seen alone No" in shown


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", 12),
        (" 7 ", 7),
        ("9" * 9, 999_999_999),
        ("9" * 10, None),
        ("9" * 5000, None),
        ("²", None),
        ("", None),
    ],
)
def test_a_hidden_number_is_read_if_it_is_one_that_a_page_could_have_sent(typed, read):
    assert number(typed) == read
