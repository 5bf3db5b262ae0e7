"""Two who restrict one record: the second is told who was first, and nothing changes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.personas import ARRANGER, NOW, PASSWORD, a_child

from wayhome.access import commands
from wayhome.access.models import Restriction, User
from wayhome.access.roles import Scope
from wayhome.config.testing import as_worker


def another_coordinator(cast):
    """Coral, in Cora's team."""
    told = {"viewer": ARRANGER, "now": NOW}
    with as_worker():
        user_id = commands.open_account(
            email="coral@wayhome.example",
            name="Coral Coordinator",
            agency_id=cast.agencies["Saltmere Council"],
            password=PASSWORD,
            **told,
        )
        commands.join_team(user_id=user_id, team_id=cast.team_of("Cora"), **told)
        commands.give_scope(user_id=user_id, scope=Scope.COORDINATOR, **told)
        cast.users["Coral"] = User.objects.select_related("agency").get(pk=user_id)


def restrict(cast, name, child):
    """As one of them, naming both coordinators: whether it was done, or the sentence that refused it."""
    try:
        with cast.seen_by(name) as viewer:
            named = frozenset(cast.users[each].pk for each in ("Cora", "Coral") if each in cast.users)
            commands.restrict(person_id=child, named=named, reason="A witness", viewer=viewer, now=NOW)
    except commands.RestrictedAlready as refusal:
        return refusal.message
    return "done"


@pytest.mark.django_db
def test_who_restricts_again_is_told_who_did(cast):
    child = a_child(cast, known_to=("Cora",))
    assert restrict(cast, "Cora", child) == "done"
    assert restrict(cast, "Cora", child).startswith("Cora Coordinator has restricted this record already.")


def test_of_two_at_once_the_second_is_told_who_was_first(live_cast):
    another_coordinator(live_cast)
    child = a_child(live_cast, known_to=("Cora",))
    barrier = Barrier(2)

    def run(name):
        barrier.wait()
        try:
            return restrict(live_cast, name, child)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(("Cora", "Coral"), pool.map(run, ("Cora", "Coral")), strict=True))
    first = next(name for name, answer in answers.items() if answer == "done")
    second = next(answer for answer in answers.values() if answer != "done")
    assert second.startswith(f"{first} Coordinator has restricted")
    with as_worker():
        assert Restriction.objects.filter(person_id=child).count() == 1
