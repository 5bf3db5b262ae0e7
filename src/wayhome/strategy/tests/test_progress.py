"""Updates and ratings: who may, what they need, what they move, and who was faster."""

from datetime import timedelta

import pytest
from django.db.models import Model
from tests.personas import NOW, Cast

from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.partnership.models import BodyMeeting
from wayhome.strategy.commands import progress
from wayhome.strategy.commands.changing import PlanIsOver, Stale
from wayhome.strategy.models import Action, ActionOwner, Plan, UpdateRequest
from wayhome.strategy.tests.arranging import (
    a_body,
    a_plan,
    a_post,
    a_rating,
    a_seat,
    an_action,
    an_owner,
    last_changes,
)

SAID = {"achieved": "Twelve homes have a link worker.", "state": "in_progress", "now": NOW}
RATED = {"rating": "green", "reason": "On time.", "evidence": "Minutes of May.", "now": NOW}


def again(*rows: Model) -> None:
    """As they are in the database now."""
    with as_worker():
        for row in rows:
            row.refresh_from_db()


@pytest.fixture
def action(cast: Cast) -> Action:
    return an_action(a_plan(cast), state="not_started")


def test_the_lead_moves_the_action_and_their_own_part(cast: Cast, action: Action) -> None:
    owner = an_owner(action, post=a_post(cast, held_by="Sal"))
    with cast.seen_by("Sal") as viewer:
        progress.update_action(action_id=action.pk, owner_id=owner.pk, viewer=viewer, **SAID)
    again(action, owner)
    assert (action.state, action.edition) == ("in_progress", 2)
    assert (owner.state, owner.state_said_at) == ("in_progress", NOW)
    said = last_changes(action.pk, "update")
    assert said["state"] == ("not_started", "in_progress")
    assert said["achieved"] == ("", "Twelve homes have a link worker.")


def test_a_contributor_moves_only_their_own_part(cast: Cast, action: Action) -> None:
    an_owner(action, post=a_post(cast, held_by="Sal"))
    part = an_owner(action, "contributor", team_id=cast.team_of("Ines"))
    with cast.seen_by("Ines") as viewer:
        progress.update_action(
            action_id=action.pk, owner_id=part.pk, viewer=viewer, **(SAID | {"state": "complete"})
        )
    again(action, part)
    assert (action.state, part.state) == ("not_started", "complete")


def test_who_sits_on_the_body_that_owns_it_speaks_for_it(cast: Cast, action: Action) -> None:
    body = a_body(cast)
    a_seat(cast, body, a_post(cast, held_by="Otto"))
    owner = an_owner(action, body=body)
    with cast.seen_by("Otto") as viewer:
        progress.update_action(action_id=action.pk, owner_id=owner.pk, viewer=viewer, **SAID)
        progress.rate_action(action_id=action.pk, viewer=viewer, **RATED)
    with as_worker():
        assert action.ratings.get().rated_by_name == "Otto Practitioner"


@pytest.mark.parametrize("name", ["Otto", "Ana", "Ada", "Ivo"])
def test_others_say_nothing_of_it(cast: Cast, action: Action, name: str) -> None:
    owner = an_owner(action, post=a_post(cast, held_by="Sal"))
    with cast.seen_by(name) as viewer:
        with pytest.raises((NotAllowed, NotFound)):
            progress.update_action(action_id=action.pk, owner_id=owner.pk, viewer=viewer, **SAID)
        with pytest.raises((NotAllowed, NotFound)):
            progress.rate_action(action_id=action.pk, viewer=viewer, **RATED)


def test_an_owner_speaks_for_no_part_but_their_own(cast: Cast, action: Action) -> None:
    lead = an_owner(action, post=a_post(cast, held_by="Sal"))
    part = an_owner(action, "contributor", team_id=cast.team_of("Ines"))
    with cast.seen_by("Ines") as viewer:
        for owner_id in (lead.pk, None):
            with pytest.raises(progress.NotYours):
                progress.update_action(action_id=action.pk, owner_id=owner_id, viewer=viewer, **SAID)
        with pytest.raises(progress.OnlyTheLeadRates):
            progress.rate_action(action_id=action.pk, viewer=viewer, **RATED)
    with cast.seen_by("Cora") as viewer:
        progress.update_action(action_id=action.pk, owner_id=part.pk, viewer=viewer, **SAID)
        progress.update_action(action_id=action.pk, owner_id=None, viewer=viewer, **SAID)


def test_who_held_the_post_before_is_not_asked_any_more(cast: Cast, action: Action) -> None:
    post = a_post(cast, held_by="Sal")
    owner = an_owner(action, post=post)
    with as_worker():
        holder = post.holders.get()
        holder.valid = (holder.valid.lower, NOW.date() - timedelta(days=1))
        holder.save()
    with cast.seen_by("Sal") as viewer, pytest.raises(NotFound):
        progress.update_action(action_id=action.pk, owner_id=owner.pk, viewer=viewer, **SAID)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"achieved": "  "}, progress.SaysNothing),
        ({"state": "stalled"}, progress.StalledBecause),
        ({"state": "cancelled"}, progress.StateNotYours),
    ],
)
def test_an_update_says_something(
    cast: Cast, action: Action, told: dict[str, str], refusal: type[Exception]
) -> None:
    with cast.seen_by("Lena") as viewer, pytest.raises(refusal):
        progress.update_action(action_id=action.pk, owner_id=None, viewer=viewer, **(SAID | told))


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"reason": " "}, progress.NoReason),
        ({"evidence": ""}, progress.NoEvidence),
        ({"rating": "amber"}, progress.NoRemedy),
        ({"rating": "red", "remedy": " "}, progress.NoRemedy),
        ({"rating": "purple"}, progress.NoSuchRating),
        ({"rating": "not_rated", "reason": ""}, progress.NoReason),
    ],
)
def test_a_rating_has_its_reason_evidence_and_remedy(
    cast: Cast, action: Action, told: dict[str, str], refusal: type[Exception]
) -> None:
    with cast.seen_by("Lena") as viewer, pytest.raises(refusal):
        progress.rate_action(action_id=action.pk, viewer=viewer, **(RATED | told))


def test_not_rated_needs_a_reason_and_no_evidence(cast: Cast, action: Action) -> None:
    with cast.seen_by("Lena") as viewer:
        progress.rate_action(
            action_id=action.pk, rating="not_rated", reason="Starts in May.", viewer=viewer, now=NOW
        )
        progress.rate_action(
            action_id=action.pk, viewer=viewer, **(RATED | {"rating": "amber", "remedy": "A second worker."})
        )
    assert last_changes(action.pk, "rate")["rating"] == ("not_rated", "amber")
    with as_worker():
        assert [rating.rating for rating in action.ratings.order_by("pk")] == ["not_rated", "amber"]


def test_the_slower_of_two_sees_both_and_then_saves(cast: Cast, action: Action) -> None:
    a_rating(action, "green")
    with cast.seen_by("Lena") as viewer:
        progress.update_action(action_id=action.pk, owner_id=None, edition=1, viewer=viewer, **SAID)
    with cast.seen_by("Cora") as viewer:
        with pytest.raises(Stale) as refused:
            progress.update_action(
                action_id=action.pk, owner_id=None, edition=1, viewer=viewer, **(SAID | {"achieved": "Mine."})
            )
        with pytest.raises(Stale):
            progress.rate_action(action_id=action.pk, edition=1, viewer=viewer, **RATED)
        progress.update_action(action_id=action.pk, owner_id=None, edition=2, viewer=viewer, **SAID)
    assert refused.value.theirs["Achieved"] == "Twelve homes have a link worker."
    assert refused.value.theirs["Update written by"] == "Lena Strategic Lead"
    assert refused.value.theirs["Rating"] == "Green"


def test_nothing_more_is_said_of_what_is_over(cast: Cast) -> None:
    plan = a_plan(cast)
    over = an_action(plan, state="cancelled", ended_because="The school closed.")
    with cast.seen_by("Lena") as viewer:
        with pytest.raises(progress.ActionIsOver):
            progress.update_action(action_id=over.pk, owner_id=None, viewer=viewer, **SAID)
        with pytest.raises(progress.ActionIsOver):
            progress.rate_action(action_id=over.pk, viewer=viewer, **RATED)
    with as_worker():
        Plan.objects.update(state="closed")
    with cast.seen_by("Lena") as viewer, pytest.raises(PlanIsOver):
        progress.rate_action(action_id=over.pk, viewer=viewer, **RATED)


def test_an_update_answers_what_was_asked_of_this_part(cast: Cast, action: Action) -> None:
    owner = an_owner(action, post=a_post(cast, held_by="Sal"))
    other = an_owner(action, "contributor", words="JB")
    body = a_body(cast)
    with as_worker():
        meeting = BodyMeeting.objects.create(body=body, held_on=NOW.date() + timedelta(days=9))
        for each in (owner, other):
            UpdateRequest.objects.create(owner=each, meeting=meeting, asked_at=NOW, due_on=NOW.date())
    with cast.seen_by("Sal") as viewer:
        made = progress.update_action(action_id=action.pk, owner_id=owner.pk, viewer=viewer, **SAID)
    with as_worker():
        assert UpdateRequest.objects.get(owner=owner).answer_id == made
        assert UpdateRequest.objects.get(owner=other).answer_id is None


def test_an_owner_of_another_action_is_none_of_this_one(cast: Cast, action: Action) -> None:
    stranger: ActionOwner = an_owner(an_action(action.plan, "1.2"), post=a_post(cast, held_by="Sal"))
    with cast.seen_by("Lena") as viewer, pytest.raises(NotFound):
        progress.update_action(action_id=action.pk, owner_id=stranger.pk, viewer=viewer, **SAID)
