"""Who does an action: leads and contributors, through time, and words that somebody resolves later."""

from datetime import date, timedelta

import pytest
from tests.personas import NOW, Cast

from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed
from wayhome.strategy.commands import owner as owners
from wayhome.strategy.models import Action, ActionOwner
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.tests.arranging import a_plan, a_post, an_action, an_owner, last_changes

TODAY = NOW.date()


@pytest.fixture
def action(cast: Cast) -> Action:
    return an_action(a_plan(cast))


def test_a_new_lead_follows_the_one_before(cast: Cast, action: Action) -> None:
    first, second = a_post(cast, "Head of Early Help"), a_post(cast, "Head of Safeguarding")
    with cast.seen_by("Cora") as viewer:
        told = {"action_id": action.pk, "part": "lead", "kind": "post", "viewer": viewer, "now": NOW}
        owners.give_owner(who=first.pk, since=date(2026, 1, 1), **told)
        owners.give_owner(who=second.pk, since=TODAY, **told)
        names = [owner.name for owner in plan_file(action.plan_id, now=NOW).actions[0].owners]
        before = ActionOwner.objects.get(post=first)
    assert names == ["Head of Safeguarding"]
    assert (before.valid.lower, before.valid.upper) == (date(2026, 1, 1), TODAY)


def test_several_contribute(cast: Cast, action: Action) -> None:
    with cast.seen_by("Cora") as viewer:
        told = {"action_id": action.pk, "part": "contributor", "since": TODAY, "viewer": viewer, "now": NOW}
        owners.give_owner(kind="agency", who=cast.agencies["Saltmere Police"], **told)
        owners.give_owner(kind="team", who=cast.team_of("Ines"), **told)
        owners.give_owner(kind="unresolved", words="JB & KL", **told)
        with pytest.raises(owners.OwnsItAlready):
            owners.give_owner(kind="team", who=cast.team_of("Ines"), **told)
        with pytest.raises(owners.OwnsItAlready):
            owners.give_owner(kind="unresolved", words="JB & KL", **told)
        for kind, words in (("unresolved", " "), ("post", ""), ("nobody", "JB")):
            with pytest.raises(owners.OwnerIsNobody):
                owners.give_owner(kind=kind, words=words, **told)
        found = plan_file(action.plan_id, now=NOW).actions[0].owners
    assert [(owner.name, owner.agency) for owner in found] == [
        ("Saltmere Police", "Saltmere Police"),
        ("Return Interviews", "Listening Ear"),
        ("JB & KL", ""),
    ]


def test_words_are_resolved_and_stay_beside_it(cast: Cast, action: Action) -> None:
    owner = an_owner(action, words="JB")
    post = a_post(cast, held_by="Sal")
    with cast.seen_by("Cora") as viewer:
        told = {"owner_id": owner.pk, "viewer": viewer, "now": NOW}
        with pytest.raises(owners.OwnerIsNobody):
            owners.resolve_owner(kind="unresolved", who=None, **told)
        owners.resolve_owner(kind="post", who=post.pk, **told)
        with pytest.raises(owners.ResolvedAlready):
            owners.resolve_owner(kind="post", who=post.pk, **told)
        row = ActionOwner.objects.get(pk=owner.pk)
    assert (row.kind, row.post_id, row.words) == ("post", post.pk, "JB")
    assert last_changes(owner.pk, "resolve")["who"] == (None, str(post.pk))


def test_an_owner_ends_on_a_day_and_not_before_they_began(cast: Cast, action: Action) -> None:
    owner = an_owner(action, words="JB")
    with cast.seen_by("Cora") as viewer:
        told = {"owner_id": owner.pk, "viewer": viewer, "now": NOW}
        with pytest.raises(owners.EndsBeforeItBegan):
            owners.end_owner(on=owner.valid.lower - timedelta(days=1), **told)
        owners.end_owner(on=TODAY - timedelta(days=1), **told)
        with pytest.raises(owners.EndedAlready):
            owners.end_owner(on=TODAY, **told)
        assert plan_file(action.plan_id, now=NOW).actions[0].owners == ()


def test_owners_give_themselves_nothing(cast: Cast, action: Action) -> None:
    owner = an_owner(action, post=a_post(cast, held_by="Sal"))
    with cast.seen_by("Sal") as viewer:
        with pytest.raises(NotAllowed):
            owners.end_owner(owner_id=owner.pk, on=TODAY, viewer=viewer, now=NOW)
        with pytest.raises(NotAllowed):
            owners.give_owner(
                action_id=action.pk,
                part="lead",
                kind="unresolved",
                words="Me",
                since=TODAY,
                viewer=viewer,
                now=NOW,
            )


def test_a_vacant_post_still_owns(cast: Cast, action: Action) -> None:
    post = a_post(cast, held_by="Sal")
    an_owner(action, post=post)
    with as_worker():
        holder = post.holders.get()
        holder.valid = (holder.valid.lower, TODAY)
        holder.save()
    with cast.seen_by("Lena"):
        found = plan_file(action.plan_id, now=NOW).actions[0].owners[0]
    assert (found.name, found.holder) == ("Head of Early Help", "")
