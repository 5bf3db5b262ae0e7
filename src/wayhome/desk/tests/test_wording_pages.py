"""The language mirror on the pages: in boxes, after sending, on the check page; it points out and never blocks."""

from django.urls import reverse
from tests.personas import NOW, a_child

from wayhome.missing.tests.pages import ANSWERS, answer_all, client_of, sent, text_of
from wayhome.missing.tests.stages import checked, heard
from wayhome.web.forms.text import MIRROR

ANALYSIS = {"plan_effect": "no_change", "unchanged": "It is in the plan."}


def test_the_list_is_where_the_boxes_look_for_it(cast):
    assert reverse("wording_list") == MIRROR
    found = client_of(cast, "Hal").get(MIRROR).json()["terms"]
    assert {"expression", "better", "why"} == set(found[0])


def test_the_page_of_words_is_reached_from_the_glossary(cast):
    client = client_of(cast, "Hal")
    assert reverse("wording") in client.get(reverse("glossary")).content.decode()
    assert "absconded" in text_of(client.get(reverse("wording")))


def test_every_long_text_has_the_mirror_but_for_the_childs_own_words(cast):
    page = client_of(cast, "Ines").get(reverse("hold_interview", args=[checked(cast, a_child(cast))]))
    boxes = [box.split(">")[0] for box in page.content.decode().split("<textarea")[1:]]
    assert len(boxes) > 5
    assert [('name="own_words"' in box) != (f'data-mirror="{MIRROR}"' in box) for box in boxes] == [
        True
    ] * len(boxes)


def analysed(cast, text, **more):
    client = client_of(cast, "Sal")
    episode = heard(cast, a_child(cast))
    answered = sent(client, reverse("analyse_return", args=[episode]), text=text, **ANALYSIS, **more)
    assert answered.status_code == 303
    return text_of(client.get(answered.headers["Location"]))


def test_without_scripts_it_is_said_after_sending_and_nothing_is_stopped(cast):
    shown = analysed(cast, "Robin absconded with a boyfriend.")
    assert (
        "Another time, for “absconded” better: went missing, was missing, left; for “boyfriend” better"
        in shown
    )
    assert "Robin absconded with a boyfriend." in shown


def test_who_was_shown_it_while_writing_is_not_told_again(cast):
    assert "Another time" not in analysed(cast, "Robin absconded.", wording_shown="1")


def test_a_childs_own_words_are_never_looked_at(cast):
    client = client_of(cast, "Ines")
    episode = checked(cast, a_child(cast))
    at = {f"held_at-{part}": value for part, value in _typed_now().items()}
    said = {"place": "Park", "independence": "Listening Ear", "independent_as": "another_organisation"}
    address = reverse("hold_interview", args=[episode])
    client.post(address, {**at, **said, "own_words": "My boyfriend says I absconded.", "in_part": "no"})
    assert "Another time" not in text_of(client.get(reverse("episode", args=[episode])))


def _typed_now():
    return {"day": NOW.day, "month": NOW.month, "year": NOW.year, "time": f"{NOW:%H:%M}"}


def test_a_report_shows_it_among_the_answers_to_check(cast):
    child = a_child(cast)
    client = client_of(cast, "Sal")
    told = ANSWERS["what-happened"] | {"circumstances": "Absconded; a frequent runaway."}
    answer_all(client, child, **{"what-happened": told})
    shown = text_of(client.get(reverse("report_check", args=[child])))
    assert "Another way to say it “Absconded” : better went missing" in shown
    assert "“frequent runaway” : better how often they were missing, and since when" in shown
