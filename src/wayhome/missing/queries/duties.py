"""The duties of one episode from first to last: what runs, what was done, what was late and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wayhome.access.queries import names_of
from wayhome.database.reading import answered
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import BreachReason, DutyAnswer, Episode
from wayhome.missing.queries.around import around
from wayhome.missing.queries.board import bank_holidays, clocks_of
from wayhome.missing.queries.wall import Breach, breach_of, reasons_of
from wayhome.missing.rules import Case, Run, late, running


@dataclass(frozen=True, slots=True)
class FoundCase:
    """An episode as the rules of duties read it, and the reasons written for what was late."""

    case: Case
    episode_id: UUID
    reasons: Mapping[Breach, str]

    def reason(self, run: Run) -> str:
        """Why this was late, if somebody wrote it down."""
        return self.reasons.get(breach_of(self.episode_id, run.rule.key, run.start.due_at), "")


def case_of(episode: Episode, viewer: Viewer, now: datetime) -> FoundCase:
    """One episode, with its child, for the rules. Eight queries."""
    clocks = clocks_of(viewer.partnership_id)
    known = answered(around([episode], viewer, now)).get(episode.pk)
    return FoundCase(Case(episode, clocks, bank_holidays(), known), episode.pk, reasons_of([episode.pk]))


@dataclass(frozen=True, slots=True)
class EpisodeDuties:
    """What the page of an episode says of its duties."""

    running: list[Run]
    late: list[Run]
    answers: list[DutyAnswer]
    reasons: list[BreachReason]
    user_names: Mapping[UUID, str]
    found: FoundCase

    def name(self, user_id: UUID | None) -> str:
        """Who it was; nothing where no user wrote it."""
        return self.user_names.get(user_id, "") if user_id else ""


def duties_of(episode: Episode, viewer: Viewer, now: datetime) -> EpisodeDuties:
    """Every duty of one episode and what was written about each."""
    found = case_of(episode, viewer, now)
    answers = list(episode.duty_answers.order_by("done_at", "pk"))
    reasons = list(episode.breach_reasons.order_by("written_at", "pk"))
    return EpisodeDuties(
        running=running(found.case),
        late=late(found.case, now),
        answers=answers,
        reasons=reasons,
        user_names=names_of(_who(answers, reasons)),
        found=found,
    )


def _who(answers: Iterable[DutyAnswer], reasons: Iterable[BreachReason]) -> set[UUID | None]:
    return {each.recorded_by_id for each in answers} | {each.written_by_id for each in reasons}


def answer_to(episode: Episode, duty: str) -> DutyAnswer | None:
    """What was done about one duty of an episode, if anybody has answered it."""
    found = episode.duty_answers.filter(duty=duty).order_by("done_at", "pk")
    # After a merge or a move there can be two: the one whose receipt is still to come needs the reader.
    return min(found, key=lambda each: not each.waits_for_receipt, default=None)
