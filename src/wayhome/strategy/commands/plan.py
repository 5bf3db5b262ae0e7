"""A plan and its key: found, edited, put in force, closed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.changing import Stale, made, plan_to_change, save_changes
from wayhome.strategy.models import KeyWord, Plan
from wayhome.strategy.rules.ratings import DEFAULT_KEY
from wayhome.strategy.rules.standing import NEEDS_REMEDY
from wayhome.strategy.vocabulary import DocumentState, RatingValue

# From each state, those that may follow.
FOLLOWS = {
    DocumentState.DRAFT: (DocumentState.APPROVED, DocumentState.LIVE, DocumentState.CLOSED),
    DocumentState.APPROVED: (DocumentState.LIVE, DocumentState.CLOSED),
    DocumentState.LIVE: (DocumentState.CLOSED,),
}


class PlanHasNoTitle(Refusal):
    """Give the plan a title."""

    field = "title"


class EndsBeforeItStarts(Refusal):
    """The last day is before the first. Check both."""

    field = "ends_on"


class StaleAfter(Refusal):
    """Choose between 7 and 730 days."""

    field = "stale_after_days"


class ColourMeansNothing(Refusal):
    """Say what each colour means in this plan."""

    field = "green"


class DoesNotFollow(Refusal):
    """A plan goes from draft to approved to in force to closed, and not back."""

    field = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetails:
    """What is said of a plan as a whole."""

    title: str
    body_id: UUID | None = None
    document_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    stale_after_days: int = 120
    ask_days_before: int = 10


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What a colour means, and whether it calls for remedial action."""

    words: str
    needs_remedy: bool = False


Key = Mapping[str, KeyEntry]
# What most partnerships mean by the colours.
USUAL_KEY: Key = {
    rating.value: KeyEntry(words, rating.value in NEEDS_REMEDY) for rating, words in DEFAULT_KEY.items()
}


def check_details(details: PlanDetails) -> None:
    """Raise PlanHasNoTitle, EndsBeforeItStarts or StaleAfter."""
    if not details.title.strip():
        raise PlanHasNoTitle
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise EndsBeforeItStarts
    if not 7 <= details.stale_after_days <= 730:
        raise StaleAfter


@transaction.atomic
def found_plan(
    *, partnership_id: UUID, details: PlanDetails, key: Key = USUAL_KEY, viewer: Viewer, now: datetime
) -> UUID:
    """Begin a plan, as a draft, with the key of its colours."""
    require(viewer, Verb.KEEP_PLANS)
    check_details(details)
    plan = Plan(partnership_id=partnership_id, made_at=now, made_by_id=viewer.user_id, **asdict(details))
    made(plan, kind="plan", viewer=viewer, now=now, verb="found")
    set_key(plan_id=plan.pk, key=key, viewer=viewer, now=now)
    return plan.pk


@transaction.atomic
def edit_plan(
    *, plan_id: UUID, details: PlanDetails, edition: int | None = None, viewer: Viewer, now: datetime
) -> None:
    """Change what is said of a plan as a whole. Raises Stale with its present words if somebody was faster."""
    plan = plan_to_change(plan_id, viewer)
    check_details(details)
    after = asdict(details)
    if edition is not None and edition != plan.edition:
        raise Stale({name: getattr(plan, name) for name in after})
    save_changes(plan, after, kind="plan", viewer=viewer, now=now)


@transaction.atomic
def set_key(*, plan_id: UUID, key: Key, viewer: Viewer, now: datetime) -> None:
    """Say what the colours mean in a plan. Ratings that were given keep their colour."""
    plan = plan_to_change(plan_id, viewer)
    if any(not key[rating].words.strip() for rating in key):
        raise ColourMeansNothing
    known = {word.rating: word for word in plan.key_words.all()}
    for rating in (each for each in RatingValue.values if each in key):
        entry = key[rating]
        said = {
            "words": entry.words.strip(),
            "needs_remedy": entry.needs_remedy and rating != RatingValue.NOT_RATED,
        }
        if rating in known:
            save_changes(known[rating], said, kind="key", viewer=viewer, now=now)
        else:
            made(KeyWord(plan=plan, rating=rating, **said), kind="key", viewer=viewer, now=now)


@transaction.atomic
def move_plan(*, plan_id: UUID, state: str, viewer: Viewer, now: datetime) -> None:
    """Approve a plan, put it in force, or close it."""
    plan = plan_to_change(plan_id, viewer)
    if state not in FOLLOWS.get(DocumentState(plan.state), ()):
        raise DoesNotFollow
    save_changes(plan, {"state": state}, kind="plan", viewer=viewer, now=now, verb="move")
