"""A query that the server planned for one viewer shows the next one what is theirs, and nothing else."""

from wayhome.database.reading import abreast, answered, meanwhile, rows_of
from wayhome.database.written_once import WrittenOnce
from wayhome.exploitation.models import Pathway
from wayhome.people.models import Person

MANY = 15  # Enough for the server to plan it for all values.
VIEWERS = ("Sal", "Ana", "Pat", "Hal", "Cora", "Otto", "nobody", "Sal")
people = WrittenOnce(lambda: Person.objects.values_list("pk"))
pathways = WrittenOnce(lambda: Pathway.objects.values_list("person_id"))


def test_each_viewer_is_asked_for_anew(world):
    with world.seen_by("Sal"):
        for _ in range(MANY):
            people(), pathways()
        planned = rows_of("SELECT statement FROM pg_prepared_statements WHERE generic_plans > 0")
    assert any('FROM "people_person"' in text for (text,) in planned)
    shown = {}
    for name in VIEWERS:
        with world.seen_by(name):
            shown[name] = {pk for (pk,) in people()}
            assert shown[name] == set(Person.objects.values_list("pk", flat=True))
            assert {pk for (pk,) in pathways()} == set(Pathway.objects.values_list("person_id", flat=True))
    assert world.children["Alder"] in shown["Sal"]
    assert shown["Ana"] == shown["nobody"] == set()
    assert len(set(map(frozenset, shown.values()))) > 3


def test_what_is_asked_together_shows_the_same(world):
    for name in VIEWERS:
        with world.seen_by(name):
            one_by_one = set(people()), set(pathways())
            with meanwhile(abreast(people.reading(), pathways.reading())) as rest:
                pass
            for found in (answered(abreast(people.reading(), pathways.reading())), rest.found):
                assert tuple(map(set, found)) == one_by_one
