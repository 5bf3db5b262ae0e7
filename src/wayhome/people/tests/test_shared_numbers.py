"""A number of a restricted child is taken as if nobody had it; who sees both records is told."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.personas import NOW, a_child

from wayhome.access.commands import restrict
from wayhome.config.testing import as_worker
from wayhome.people.commands import add_identifier
from wayhome.people.commands.surroundings import NumberInUse
from wayhome.people.models import Identifier
from wayhome.people.queries import identifiers_of
from wayhome.people.vocabulary import IdentifierType

pytestmark = pytest.mark.django_db
NUMBER = "999 000 0018"


def add(cast, name, child, value=NUMBER, type_=IdentifierType.NHS_NUMBER):
    with cast.seen_by(name) as viewer:
        return add_identifier(person_id=child, type_=type_, value=value, viewer=viewer, now=NOW)


@pytest.fixture
def hidden(cast):
    """Rowan, known to Cora alone, with a number of the NHS and one of the council."""
    child = a_child(cast, given_name="Rowan", known_to=("Cora",))
    add(cast, "Cora", child)
    add(cast, "Cora", child, "7001", IdentifierType.LA_CHILD_ID)
    with cast.seen_by("Cora") as cora:
        named = frozenset({cora.user_id})
        restrict(person_id=child, named=named, reason="A witness", viewer=cora, now=NOW)
    return child


def page(cast, name, child):
    client = Client()
    client.force_login(cast.users[name], backend="wayhome.access.signed_in.Backend")
    return client.get(reverse("child", args=[child])).content.decode()


@pytest.mark.parametrize(
    ("value", "type_"), [(NUMBER, IdentifierType.NHS_NUMBER), ("7001", IdentifierType.LA_CHILD_ID)]
)
def test_a_number_of_a_restricted_child_is_taken_like_one_that_nobody_has(cast, hidden, value, type_):
    child = a_child(cast, known_to=("Sal", "Cora"))
    made = add(cast, "Sal", child, value, type_)
    with cast.seen_by("Sal"):
        kept = Identifier.objects.get(pk=made)
    assert (kept.value, kept.is_verified) in {("9990000018", True), ("7001", None)}
    assert "is on the record of" not in page(cast, "Sal", child)
    assert "is on the record of" in page(cast, "Cora", child)
    with pytest.raises(NumberInUse):
        add(cast, "Sal", child, value, type_)


def test_a_shared_number_proves_nothing_to_an_import(cast, hidden):
    child = a_child(cast, known_to=("Sal",))
    add(cast, "Sal", child, "7001", IdentifierType.LA_CHILD_ID)
    with as_worker():
        assert identifiers_of(IdentifierType.LA_CHILD_ID, ["7001"], "") == {"7001": hidden}


def test_a_number_on_a_record_that_is_not_restricted_is_refused(cast):
    add(cast, "Pat", a_child(cast, given_name="Birch", known_to=("Pat",)))
    with pytest.raises(NumberInUse):
        add(cast, "Sal", a_child(cast))
