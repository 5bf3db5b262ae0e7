"""A child whose record is restricted is reported missing: by telephone, or as one whom nobody knows."""

from datetime import date

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.access.commands import Opening, restrict
from wayhome.access.vocabulary import Basis
from wayhome.config.testing import as_worker
from wayhome.database.reading import answered
from wayhome.kernel.ids import new_id
from wayhome.kernel.partial_date import Precision
from wayhome.missing.commands import set_aside_episode
from wayhome.missing.models import Episode, PossibleMatch
from wayhome.missing.queries import possibly_restricted
from wayhome.missing.tests.pages import answer_all, client_of, sent, text_of
from wayhome.people.commands import NewPerson, add_identifier, create_person
from wayhome.people.vocabulary import IdentifierType

pytestmark = pytest.mark.django_db
LINE = "A report may be about a child whose record is restricted"
NUMBER = "999 000 0018"


def hide(cast, **about):
    """Rowan Testhidden, whom only Sal sees now. A coordinator restricted the record, and left."""
    child = a_child(cast, given_name="Rowan", family_name="Testhidden", known_to=("Sal", "Cora"), **about)
    with cast.seen_by("Sal") as sal:
        add_identifier(person_id=child, type_=IdentifierType.NHS_NUMBER, value=NUMBER, viewer=sal, now=NOW)
    with cast.seen_by("Cora") as cora:
        named = frozenset({cora.user_id, cast.users["Sal"].pk})
        restrict(person_id=child, named=named, reason="A witness", viewer=cora, now=NOW)
    return child


def unknown(cast, given="Rowan", family="Testhidden", born=date(2011, 6, 5), number=""):
    """Otto makes a record of a child whom nobody seems to know, and reports them missing."""
    with cast.seen_by("Otto") as otto:
        seen_by = (Opening(basis=Basis.INVOLVEMENT, reason="Made it", user_id=otto.user_id),)
        new = NewPerson(
            given_name=given,
            family_name=family,
            date_of_birth=born,
            birth_precision=Precision.DAY,
            openings=seen_by,
        )
        child = create_person(new=new, viewer=otto, now=NOW)
        if number:
            add_identifier(
                person_id=child, type_=IdentifierType.NHS_NUMBER, value=number, viewer=otto, now=NOW
            )
    return an_episode(cast, child, by="Otto")


def told(cast, name):
    with cast.seen_by(name):
        return [(each.episode_id, each.person_id) for each in answered(possibly_restricted())]


@pytest.mark.parametrize(
    "about", [{}, {"given": "testhidden", "family": "Rowán"}, {"given": "Robyn", "number": NUMBER}]
)
def test_those_named_and_coordinators_are_told_each_their_side_and_nobody_else(cast, about):
    hidden = hide(cast)
    episode = unknown(cast, **about)
    assert told(cast, "Sal") == [(None, hidden)]
    assert told(cast, "Cora") == [(episode, hidden)]
    for name in ("Otto", "Pat", "Hal", "Ines", "Ana", "Ivo"):
        assert told(cast, name) == [], name


@pytest.mark.parametrize("about", [{"given": "Robyn"}, {"born": date(2011, 6, 6)}])
def test_a_likeness_is_not_enough(cast, about):
    hide(cast)
    unknown(cast, **about)
    assert told(cast, "Cora") == []


def test_a_child_who_is_not_restricted_is_no_match(cast):
    a_child(cast, given_name="Rowan", family_name="Testhidden")
    unknown(cast)
    with as_worker():
        assert not PossibleMatch.objects.exists()


def test_it_is_over_with_the_episode(cast):
    hide(cast)
    episode = unknown(cast)
    with cast.seen_by("Cora") as cora:
        set_aside_episode(episode_id=episode, reason="Twice", viewer=cora, now=NOW)
    assert told(cast, "Sal") == []


def test_it_goes_on_with_the_episode_that_the_report_was_merged_into(cast):
    hidden = hide(cast)
    double = unknown(cast)
    with as_worker():
        kept = Episode.objects.get(pk=double)
        kept.pk = new_id()
        Episode.objects.filter(pk=double).update(cancelled_at=NOW, cancelled_reason="Twice")
        kept.save(force_insert=True)
        Episode.objects.filter(pk=double).update(merged_into=kept)
    assert told(cast, "Cora") == [(kept.pk, hidden)]


def test_the_board_and_the_first_page_say_so_to_those_who_may_know(cast):
    hide(cast)
    unknown(cast)
    for name, is_told in (("Sal", True), ("Cora", True), ("Otto", False), ("Pat", False)):
        for page in ("board", "today"):
            shown = text_of(client_of(cast, name).get(reverse(page)))
            assert (LINE in shown) == is_told, (name, page)


def test_a_report_that_cannot_be_taken_says_whom_to_ring_the_same_for_every_child(cast):
    hidden = hide(cast)
    otto = client_of(cast, "Otto")
    pages = []
    for child in (hidden, new_id()):
        answer_all(otto, child)
        answer = sent(otto, reverse("report_check", args=[child]))
        assert answer.status_code == 404
        pages.append(text_of(answer).replace(str(child), ""))
    assert pages[0] == pages[1]
    assert "Missing Coordination, Saltmere Council: 01632 960001" in pages[0]
    assert "999" in pages[0]
    assert "kept as your draft" in pages[0]


def test_who_finds_nobody_is_led_to_the_numbers_to_ring(cast):
    otto = client_of(cast, "Otto")
    asked = {
        "by": "name",
        "name": "Nobody Testunknown",
        "born_on_0": "1",
        "born_on_1": "2",
        "born_on_2": "2012",
    }
    asked |= {"born_on-day": "1", "born_on-month": "2", "born_on-year": "2012", "number": ""}
    page = otto.post(reverse("index_card"), asked).content.decode()
    assert reverse("ring_to_report") in page
    assert "01632 960001" in text_of(otto.get(reverse("ring_to_report")))
