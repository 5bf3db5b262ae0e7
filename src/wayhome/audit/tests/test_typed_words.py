"""Information governance reads who did what about children it does not see: nothing that was typed is among it."""

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.access import commands as access
from wayhome.access.vocabulary import Basis, BreakGlassReason
from wayhome.audit.models import Change, Entry
from wayhome.config.testing import as_worker
from wayhome.missing.commands import judge_risk
from wayhome.people.commands import find, open_list

TYPED = "Samplequill went with her uncle"


@pytest.fixture
def child(cast):
    return a_child(cast, known_to=("Sal", "Cora"))


def do_everything(cast, child):
    """Whatever takes typed words and is about a child, or may name one."""
    episode = an_episode(cast, child)
    on_call = BreakGlassReason.ON_CALL
    with cast.seen_by("Otto") as otto:
        access.break_glass(person_id=child, reason_code=on_call, reason=TYPED, viewer=otto, now=NOW)
    with cast.seen_by("Pat") as pat:
        judge_risk(episode_id=episode, level="high", reason=TYPED, viewer=pat, now=NOW)
    with cast.seen_by("Sal") as sal:
        find(typed=TYPED, year=None, viewer=sal, now=NOW)
        open_list(page="duty board", found=0, viewer=sal, now=NOW)
        opening = access.Opening(basis=Basis.HANDOVER, reason=TYPED, team_id=cast.team_of("Ines"))
        access.grant(person_id=child, opening=opening, viewer=sal, now=NOW)
    with cast.seen_by("Cora") as cora:
        named = frozenset({cora.user_id})
        access.restrict(person_id=child, named=named, reason=TYPED, viewer=cora, now=NOW)
        access.lift_restriction(person_id=child, reason=TYPED, viewer=cora, now=NOW)
    with cast.seen_by("Ivo") as ivo:
        wanted = access.LogFilter(who=TYPED, verb=TYPED)
        access.read_log(wanted=wanted, page=1, viewer=ivo, now=NOW)


def test_no_entry_holds_what_was_typed(cast, child):
    do_everything(cast, child)
    with as_worker():
        verbs = set(Entry.objects.values_list("verb", flat=True))
        assert {
            "break glass",
            "search",
            "grant",
            "restrict",
            "lift restriction",
            "judge risk",
            "read",
        } <= verbs
        assert Change.objects.filter(after__icontains="Samplequill").count() >= 6
    with cast.seen_by("Ivo"):
        said = [[entry.verb, entry.reason, entry.detail, entry.purpose] for entry in Entry.objects.all()]
        assert len(said) > 8
        assert "Samplequill" not in str(said)
        assert not Change.objects.exists()


def test_who_sees_the_child_reads_it(cast, child):
    do_everything(cast, child)
    with cast.seen_by("Sal"):
        fields = Change.objects.filter(person_id=child, after__icontains="Samplequill")
        assert {change.entry.verb for change in fields} >= {"break glass", "restrict", "lift restriction"}
