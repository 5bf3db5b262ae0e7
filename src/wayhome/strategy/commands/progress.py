"""What is said of an action: updates by its owners, and ratings. Neither is ever edited; a correction is a new one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wayhome.access.policies import may, require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotAllowed, NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import Stale, locked_action
from wayhome.strategy.models import Action, ActionOwner, ActionUpdate, Rating, UpdateRequest
from wayhome.strategy.queries.mine import my_owner_ids
from wayhome.strategy.rules.plan_file import KeyFact
from wayhome.strategy.rules.standing import needs_remedy
from wayhome.strategy.vocabulary import ActionState, OwnerPart, RatingValue, UpdateOrigin

# What an owner may say of their own part. Cancelling and replacing is for those who keep the plan.
SAID_STATES = (
    ActionState.NOT_STARTED,
    ActionState.IN_PROGRESS,
    ActionState.STALLED,
    ActionState.COMPLETE,
)


class NotYours(NotAllowed):
    """This action, or this part of it, is not yours to report on. Ask the one who leads it, or your coordinator."""


class OnlyTheLeadRates(NotAllowed):
    """The lead of an action rates it, or those who keep the plan. Say in an update how your part goes."""


class SaysNothing(Refusal):
    """Write what was achieved, what comes next or what is in the way."""

    field = "achieved"


class StalledBecause(Refusal):
    """Say what is in the way, so that somebody can help."""

    field = "blocker"


class StateNotYours(Refusal):
    """Say whether it is not started, in progress, stalled or complete."""

    field = "state"


class ActionIsOver(Refusal):
    """This action was cancelled or replaced. Nothing more is said of it."""


class NoReason(Refusal):
    """Say why it is rated so, or why it cannot be rated yet."""

    field = "reason"


class NoEvidence(Refusal):
    """Say what shows it: a document, a figure, who saw it."""

    field = "evidence"


class NoRemedy(Refusal):
    """This colour needs remedial action in this plan. Say what is being done, by whom and by when."""

    field = "remedy"


class NoSuchRating(Refusal):
    """Choose a rating."""

    field = "rating"


@transaction.atomic
def update_action(
    *,
    action_id: UUID,
    owner_id: UUID | None,
    achieved: str = "",
    next_steps: str = "",
    blocker: str = "",
    state: str,
    edition: int | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Say how an action goes: for one's own part of it, or, as somebody who keeps the plan, for any part or the whole.

    The lead's word moves the action itself. `edition`: what the writer had read; if somebody was faster, Stale says
    what they wrote. An open request for an update of this part is answered by it.
    """
    action = locked_action(action_id)
    owner = part_of(action, owner_id, viewer, now)
    words = {"achieved": achieved.strip(), "next_steps": next_steps.strip(), "blocker": blocker.strip()}
    check_words(words, state)
    check_edition(action, edition)
    if action.state in (ActionState.CANCELLED, ActionState.SUPERSEDED):
        raise ActionIsOver
    made = ActionUpdate(
        action=action,
        owner=owner,
        state=state,
        written_at=now,
        written_by_id=viewer.user_id,
        written_by_name=viewer.name,
        origin=origin_of(viewer),
        **words,
    )
    made.save(force_insert=True)
    before = action.state
    _move(action, owner, state, now)
    if owner:
        UpdateRequest.objects.filter(owner=owner, answer=None, withdrawn_because="").update(answer=made)
    changes = {name: ("", said) for name, said in words.items() if said}
    if before != action.state:
        changes["state"] = (before, action.state)
    record(
        viewer=viewer, now=now, verb="update", subject_kind="action", subject_id=action.pk, changes=changes
    )
    return made.pk


def check_words(words: dict[str, str], state: str) -> None:
    """Raise SaysNothing, StalledBecause or StateNotYours."""
    if state not in SAID_STATES:
        raise StateNotYours
    if not any(words.values()):
        raise SaysNothing
    if state == ActionState.STALLED and not words["blocker"]:
        raise StalledBecause


def part_of(action: Action, owner_id: UUID | None, viewer: Viewer, now: datetime) -> ActionOwner | None:
    """The part that somebody speaks for: their own, or any for those who keep plans. Raises NotYours, NotFound."""
    keeps = bool(may(viewer, Verb.KEEP_PLANS))
    if not keeps and not viewer.link_id:
        require(viewer, Verb.UPDATE_OWN_ACTIONS)
    if owner_id is None:
        if not keeps:
            raise NotYours
        return None
    owner = action.owners.filter(pk=owner_id, valid__contains=london_day(now)).first()
    if not keeps and owner_id not in my_owner_ids():
        raise NotYours
    if owner is None:
        raise NotFound
    return owner


def check_edition(action: Action, edition: int | None) -> None:
    """Raise Stale with what was said last, if the action is not as it was when somebody began to write."""
    if edition is not None and edition != action.edition:
        raise Stale(last_said(action))


def last_said(action: Action) -> dict[str, str]:
    """What is said of an action now, by the labels of the forms."""
    update = action.updates.order_by("-written_at", "-pk").first()
    rating = action.ratings.order_by("-rated_at", "-pk").first()
    said = {"How it is": str(ActionState(action.state).label)}
    if update:
        said |= {
            "Achieved": update.achieved,
            "Next": update.next_steps,
            "In the way": update.blocker,
            "Update written by": update.written_by_name,
        }
    if rating:
        said |= {
            "Rating": str(RatingValue(rating.rating).label),
            "Why": rating.reason,
            "Rated by": rating.rated_by_name,
        }
    return {label: words for label, words in said.items() if words}


def origin_of(viewer: Viewer) -> UpdateOrigin:
    """By a page, or by a link."""
    return UpdateOrigin.LINK if viewer.link_id else UpdateOrigin.PAGE


def _move(action: Action, owner: ActionOwner | None, state: str, now: datetime) -> None:
    if owner:
        owner.state, owner.state_said_at = state, now
        owner.save(update_fields=["state", "state_said_at"])
    if owner is None or owner.part == OwnerPart.LEAD:
        action.state = state
    action.edition += 1
    action.save(update_fields=["state", "edition"])


@transaction.atomic
def rate_action(
    *,
    action_id: UUID,
    rating: str,
    reason: str,
    evidence: str = "",
    remedy: str = "",
    edition: int | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Judge how an action stands: its lead, or those who keep the plan. To rate it the same again confirms it.

    Raises NoReason, NoEvidence, and NoRemedy where the key of the plan asks for remedial action.
    """
    action = locked_action(action_id)
    check_may_rate(action, viewer, now)
    words = {"reason": reason.strip(), "evidence": evidence.strip(), "remedy": remedy.strip()}
    check_rating(rating, words, key_of(action))
    check_edition(action, edition)
    if action.state in (ActionState.CANCELLED, ActionState.SUPERSEDED):
        raise ActionIsOver
    before = action.ratings.order_by("-rated_at", "-pk").values_list("rating", flat=True).first()
    made = Rating(
        action=action,
        rating=rating,
        rated_at=now,
        rated_by_id=viewer.user_id,
        rated_by_name=viewer.name,
        origin=origin_of(viewer),
        **words,
    )
    made.save(force_insert=True)
    action.edition += 1
    action.save(update_fields=["edition"])
    record(
        viewer=viewer,
        now=now,
        verb="rate",
        subject_kind="action",
        subject_id=action.pk,
        changes={"rating": (before, rating)} | {name: ("", said) for name, said in words.items() if said},
    )
    return made.pk


def check_may_rate(action: Action, viewer: Viewer, now: datetime) -> None:
    """Raise NotAllowed, NotYours or OnlyTheLeadRates."""
    if may(viewer, Verb.KEEP_PLANS):
        return
    if not viewer.link_id:
        require(viewer, Verb.UPDATE_OWN_ACTIONS)
    own = action.owners.filter(Q(pk__in=my_owner_ids()), valid__contains=london_day(now))
    parts = set(own.values_list("part", flat=True))
    if not parts:
        raise NotYours
    if OwnerPart.LEAD not in parts:
        raise OnlyTheLeadRates


def check_rating(rating: str, words: dict[str, str], key: list[KeyFact]) -> None:
    """Raise NoSuchRating, NoReason, NoEvidence or NoRemedy."""
    if rating not in RatingValue.values:
        raise NoSuchRating
    if not words["reason"]:
        raise NoReason
    if rating != RatingValue.NOT_RATED and not words["evidence"]:
        raise NoEvidence
    if needs_remedy(rating, key) and not words["remedy"]:
        raise NoRemedy


def key_of(action: Action) -> list[KeyFact]:
    """What the colours mean in the plan of an action."""
    return [KeyFact(word.rating, word.words, word.needs_remedy) for word in action.plan.key_words.all()]
