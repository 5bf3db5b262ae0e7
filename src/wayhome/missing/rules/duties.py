"""The duties of an episode by the table: which run, which were done, and which were late. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from wayhome.kernel.deadline import Deadline
from wayhome.missing.rules.case import Around, Case
from wayhome.missing.rules.clocks import Clocks
from wayhome.missing.rules.facts import EpisodeFacts, has_died
from wayhome.missing.rules.table import RULE_OF, RULES, Rule, Start
from wayhome.missing.vocabulary import WallDuty


@dataclass(frozen=True, slots=True)
class Run:
    """One duty of one episode from its start to its end. It ends done, or because nobody can do it any more."""

    rule: Rule
    start: Start
    clocks: Clocks
    done_at: datetime | None
    lapsed_at: datetime | None = None

    @property
    def basis(self) -> str:
        """Why it runs."""
        return _basis(self.rule.key, self.start.because, self.clocks)

    @property
    def is_open(self) -> bool:
        """Whether it is still to do."""
        return self.done_at is None and self.lapsed_at is None

    def is_late(self, now: datetime) -> bool:
        """Whether it was not done in time, also if it was done since. Done exactly on the limit is in time."""
        if self.done_at:
            return self.done_at > self.start.due_at
        return (self.lapsed_at or now) >= self.start.due_at

    def is_shown(self, now: datetime) -> bool:
        """Whether it has begun, and is near enough to be worth a look."""
        before = self.rule.shown_before
        return self.start.at <= now and (before is None or self.start.due_at - before <= now)

    @property
    def deadline(self) -> Deadline:
        """The duty as lists show it."""
        return Deadline(
            self.start.words,
            self.start.due_at,
            self.rule.who_can_act,
            self.basis,
            soon=self.rule.soon,
            kind=self.rule.key,
        )


ON_THE_EPISODE = tuple(rule for rule in RULES if rule.key not in WallDuty.values)


def runs(case: Case) -> list[Run]:
    """Every duty there ever was on an episode, the first due first. None on one that was set aside, or that came as
    history.
    """
    if case.facts.cancelled_at or case.facts.is_history:
        return []
    return sorted(_runs(case), key=_due_at)


def _due_at(run: Run) -> datetime:
    return run.start.due_at


def _runs(case: Case) -> Iterator[Run]:
    over_at = _over_at(case.facts)
    for rule in RULES if case.around else ON_THE_EPISODE:
        for start in rule.starts(case):
            lapses_at = rule.lapses(case) if rule.lapses else None
            lapsed_at = min(lapses_at, over_at) if lapses_at and over_at else lapses_at or over_at
            done_at = rule.done(case, start)
            if done_at and lapsed_at and done_at > lapsed_at and lapses_at:
                done_at = None
            if done_at or lapsed_at is None or lapsed_at > start.due_at:
                yield Run(rule, start, case.clocks, done_at, None if done_at else lapsed_at)


@lru_cache(maxsize=1000)
def _basis(key: str, because: str, clocks: Clocks) -> str:
    """Why a duty runs. The same few sentences for hundreds of episodes."""
    rule = RULE_OF[key]
    limits = {limit: getattr(clocks, limit) for limit in rule.limits}
    return f"{because} {rule.basis.format(**limits)}".strip()


def _over_at(facts: EpisodeFacts) -> datetime | None:
    """When nothing more can be done: the episode was closed, or the child was found dead."""
    return facts.returned_at if has_died(facts) else facts.closed_at


def deadlines(
    facts: EpisodeFacts, clocks: Clocks, bank_holidays: frozenset[date], around: Around | None = None
) -> list[Deadline]:
    """Every duty that runs on an episode now, the first to fall due first. None runs for a child who has died.

    Without `around` only those that stand on the episode itself.
    """
    return [run.deadline for run in running(Case(facts, clocks, bank_holidays, around))]


def running(case: Case) -> list[Run]:
    """The duties still to do."""
    now = case.around.as_at if case.around else None
    return [run for run in runs(case) if run.is_open and (now is None or run.is_shown(now))]


# A duty with no record of its own would be lost with the episode: it is answered before that is closed. But for the
# next offer: a child who said no is asked again also after the episode is closed.
ANSWERED_BEFORE_CLOSING = frozenset(WallDuty.values) - {WallDuty.OFFER_AGAIN}


def unanswered(case: Case) -> list[Run]:
    """The duties that stand in the way of closing: each is done, or somebody says why it is not needed."""
    return [run for run in running(case) if run.rule.key in ANSWERED_BEFORE_CLOSING]


def late(case: Case, now: datetime) -> list[Run]:
    """The duties that were not done in time, whether or not they were done since. Nothing makes one go away."""
    return [run for run in runs(case) if run.is_late(now)]
