"""How one action stands today: what its rating is worth, and what is missing. It judges what was said, not the work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wayhome.kernel.clock import london_day
from wayhome.strategy.rules.contradiction import contradiction_of
from wayhome.strategy.rules.due import due_of
from wayhome.strategy.rules.plan_file import ActionFact, KeyFact, PlanFile

NOT_RATED = "not_rated"
# Off the way by the key of most plans. A plan whose key does not name a colour means by it what most do.
NEEDS_REMEDY = ("amber", "red")
LIVE = ("not_started", "in_progress", "stalled")
ENDED = ("cancelled", "superseded")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be said of an action today. Every text is empty where there is nothing to say."""

    # The rating that counts. Not rated is one of its own.
    rating: str
    due: str
    overdue: str
    # How many days ago the rating was given, once that is too long ago; otherwise nought.
    stale_days: int
    contradicted: str
    # Stalled by its owner's word, or nobody wrote anything for long.
    stalled: str
    missing_remedy: bool
    has_lead: bool
    # Owners who are only words yet, and posts that nobody holds.
    unresolved: tuple[str, ...]
    vacant: tuple[str, ...]
    is_live: bool

    @property
    def stale(self) -> str:
        """The age of the rating, in words."""
        return f"Rated {self.stale_days} days ago and not confirmed since" if self.stale_days else ""

    @property
    def is_unrated(self) -> bool:
        """Still to be done, and nobody says how it goes."""
        return self.is_live and self.rating == NOT_RATED

    @property
    def unresolved_owner(self) -> bool:
        """Nobody can be asked: there is no lead, or an owner is only words."""
        return bool(self.unresolved) or not self.has_lead

    @property
    def needs_somebody(self) -> bool:
        """Whether anything about it is not as it should be."""
        return any((self.overdue, self.stale_days, self.contradicted, self.stalled, self.missing_remedy)) or (
            self.is_live and (self.rating == NOT_RATED or self.unresolved_owner)
        )


def standing_of(action: ActionFact, plan: PlanFile, today: date) -> Standing:
    """How an action of a plan stands on a day."""
    is_live = action.state in LIVE
    rating = action.rating.rating if action.rating else NOT_RATED
    due = due_of(action, plan.starts_on)
    late = due.days_late(today) if is_live else 0
    return Standing(
        rating=rating,
        due=due.words,
        overdue=_late_words(action, late),
        stale_days=stale_days(action, plan.stale_after_days, today),
        contradicted="" if action.state in ENDED else contradiction_of(action),
        stalled=_stalled(action, plan, today) if is_live else "",
        missing_remedy=is_live and needs_remedy(rating, plan.key) and not _remedy(action),
        has_lead=any(owner.part == "lead" for owner in action.owners),
        unresolved=_names(owner.name for owner in action.owners if owner.kind == "unresolved"),
        vacant=_names(owner.name for owner in action.owners if owner.kind == "post" and not owner.holder),
        is_live=is_live,
    )


def needs_remedy(rating: str, key: Iterable[KeyFact]) -> bool:
    """Whether a colour calls for remedial action: as the key says, and where it is silent, amber and red do."""
    said = {fact.rating: fact.needs_remedy for fact in key}
    return said.get(rating, rating in NEEDS_REMEDY)


def stale_days(action: ActionFact, after: int, today: date) -> int:
    """The age of a rating that nobody confirmed for too long; nought while it is fresh.

    What is complete stays so: blue grows no older, nor does what is over. Not rated says nothing that could be stale.
    """
    rating = action.rating
    if rating is None or rating.rating in (NOT_RATED, "blue") or action.state not in LIVE:
        return 0
    age = (today - london_day(rating.at)).days
    return age if age >= after else 0


def silent_days(action: ActionFact, starts_on: date | None, today: date) -> int | None:
    """For how many days nobody wrote an update; None where nobody ever did and nobody knows since when."""
    last = london_day(action.updates[-1].at) if action.updates else starts_on
    return (today - last).days if last else None


def _stalled(action: ActionFact, plan: PlanFile, today: date) -> str:
    if action.state == "stalled":
        return "Stalled"
    days = silent_days(action, plan.starts_on, today)
    if days is not None and days < plan.stale_after_days:
        return ""
    return f"No update for {days} days" if action.updates else "No update yet"


def _late_words(action: ActionFact, days: int) -> str:
    if not days:
        return ""
    late = "1 day late" if days == 1 else f"{days} days late"
    return f"Review {late}" if action.due_kind == "recurring" else late.capitalize()


def _remedy(action: ActionFact) -> str:
    return action.rating.remedy.strip() if action.rating else ""


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
