"""A plan as it stands at one moment, whole: what pages show, rules judge, snapshots keep and packs print."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class KeyFact:
    """What one colour means in this plan."""

    rating: str
    words: str
    needs_remedy: bool


@dataclass(frozen=True, slots=True)
class GroupingFact:
    """A priority, section or ambition."""

    id: UUID
    axis: str
    reference: str
    title: str
    aim: str
    approach: str
    lead: str


@dataclass(frozen=True, slots=True)
class ObjectiveFact:
    """What some actions are to reach, with the groupings it stands in."""

    id: UUID
    reference: str
    text: str
    priority_id: UUID | None
    section_id: UUID | None


@dataclass(frozen=True, slots=True)
class OwnerFact:
    """Who does an action or a part of it. `name` is of the post, agency, body or team, or words nobody resolved."""

    id: UUID
    part: str
    kind: str
    name: str
    # Who holds the post now; empty if it is vacant or no post.
    holder: str
    state: str
    state_said_at: datetime | None
    # Theirs, or of the post or team; empty for a body and for words.
    agency: str = ""


@dataclass(frozen=True, slots=True)
class ResourceFact:
    """A post, money or other means, and whether it is there."""

    what: str
    funder: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class UpdateFact:
    """What an owner said at one moment."""

    achieved: str
    next_steps: str
    blocker: str
    state: str
    at: datetime
    by: str
    origin: str
    owner_id: UUID | None


@dataclass(frozen=True, slots=True)
class RatingFact:
    """One judgement of how an action stands."""

    rating: str
    reason: str
    evidence: str
    remedy: str
    at: datetime
    by: str
    origin: str


@dataclass(frozen=True, slots=True)
class MeasurePoint:
    """A month of a measure. `value` is None where a small count is held back."""

    month: date
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """A live measure an action is judged by: which way it should go since when, and how it went, oldest first."""

    key: str
    direction: str
    since: date
    target: Decimal | None
    points: tuple[MeasurePoint, ...]
    as_at: datetime | None


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """A document or a finding."""

    title: str
    where: str
    finding: str
    dated: date | None


@dataclass(frozen=True, slots=True)
class ActionFact:
    """One action with all that was said of it. Updates and ratings stand oldest first."""

    id: UUID
    reference: str
    title: str
    text: str
    evidence: str
    objective_id: UUID | None
    priority_id: UUID | None
    section_id: UUID | None
    ambition_id: UUID | None
    four_p: tuple[str, ...]
    level: str
    state: str
    ended_because: str
    due_kind: str
    due_on: date | None
    frequency: str
    review_body: str
    due_words: str
    owner_words: str
    owners: tuple[OwnerFact, ...] = ()
    resources: tuple[ResourceFact, ...] = ()
    # Other plans it hangs on, in words.
    links: tuple[str, ...] = ()
    updates: tuple[UpdateFact, ...] = ()
    ratings: tuple[RatingFact, ...] = ()
    measures: tuple[MeasureFact, ...] = ()
    evidence_items: tuple[EvidenceFact, ...] = ()

    @property
    def rating(self) -> RatingFact | None:
        """The judgement that counts: the last one."""
        return self.ratings[-1] if self.ratings else None


@dataclass(frozen=True, slots=True)
class CommitmentFact:
    """Something promised without owner or date, and the references of the live actions that serve it."""

    id: UUID
    grouping_id: UUID | None
    text: str
    served_by: tuple[str, ...]
    dropped_because: str


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The whole plan, as at one moment. Groupings, objectives, actions and commitments stand in their order."""

    id: UUID
    title: str
    body: str
    state: str
    document: str
    starts_on: date | None
    ends_on: date | None
    stale_after_days: int
    as_at: datetime
    key: tuple[KeyFact, ...]
    groupings: tuple[GroupingFact, ...]
    objectives: tuple[ObjectiveFact, ...]
    actions: tuple[ActionFact, ...]
    commitments: tuple[CommitmentFact, ...]
