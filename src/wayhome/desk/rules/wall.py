"""The clock wall: every duty of every unfinished episode, the first to go late first. Pure: lines and `now` in.

What a reader leaves out stands in the address as codes, never as a name.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from wayhome.access.roles import Verb
from wayhome.desk.rules.board import Line
from wayhome.exploitation.queries.duties import PathwayDuty
from wayhome.exploitation.rules.duties import WHO_ACT_ON_THE_PATHWAY
from wayhome.kernel.deadline import Deadline, DeadlineState
from wayhome.missing.rules import RULE_OF, RULES
from wayhome.missing.vocabulary import Duty, WallDuty
from wayhome.people.rules import age_words

ON_A_PAGE = 25  # duties; more are too many to look through on a phone
GROUPS = {
    "late": (DeadlineState.LATE, "Late"),
    "soon": (DeadlineState.DUE_SOON, "Due soon"),
    "due": (DeadlineState.DUE, "Due"),
}
GROUP_OF = {state: key for key, (state, _title) in GROUPS.items()}
# Of the exploitation pathway, by the kinds of exploitation.queries.duties.
OF_THE_PATHWAY: dict[str, str] = {
    "screening": "Screen a worry",
    "answer": "Answer to who told a worry",
    "disagreement": "Disagreement",
    "assessment": "Exploitation assessment",
    "level review": "Level looked at again",
    "countersignature": "Assessment countersigned",
    "plan_review": "Plan looked at again",
    "nrm_decision": "National Referral Mechanism decision",
    "nrm_reasonable": "Reasonable grounds decision",
    "nrm_conclusive": "Conclusive grounds decision",
    "nrm_guardian": "Independent guardian",
    "transfer": "Handover to another service",
    "transition": "Handover to adult services begun",
}
DUTIES: dict[str, str] = dict([*Duty.choices, *WallDuty.choices]) | OF_THE_PATHWAY
# Who can act, by a word for the address.
WHO: dict[str, str] = {
    who.lower().translate(str.maketrans(" ", "-", ",'’")): who
    for who in (*(rule.who_can_act for rule in RULES), *WHO_ACT_ON_THE_PATHWAY)
}


@dataclass(frozen=True, slots=True)
class Act:
    """The page on which a duty is done, and whose scope opens it."""

    name: str
    words: str
    verb: Verb


ACTS: dict[str, Act] = {
    Duty.REASSESS_RISK: Act("judge_risk", "Judge the risk again", Verb.JUDGE_RISK),
    Duty.SAFE_AND_WELL: Act("record_safe_and_well", "Record the check", Verb.CHECK_SAFE_AND_WELL),
    Duty.INTERVIEW: Act("offer_interview", "Offer the interview", Verb.OFFER_INTERVIEW),
    Duty.ANALYSIS: Act("analyse_return", "Write the analysis", Verb.ANALYSE_RETURN),
    WallDuty.OFFER_AGAIN: Act("offer_again", "Record the offer", Verb.OFFER_INTERVIEW),
}
PATHWAY_ACTS: dict[str, Act] = {
    "screening": Act("screen_referral", "Screen it", Verb.SCREEN_REFERRAL),
    "answer": Act("answer_referral", "Write the answer", Verb.SCREEN_REFERRAL),
    "disagreement": Act("disagreement", "Open the disagreement", Verb.DISAGREE),
    "assessment": Act("begin_assessment", "Assess", Verb.ASSESS),
    "level review": Act("child_levels", "Judge again", Verb.JUDGE_LEVEL),
    "countersignature": Act("assessment", "Open the assessment", Verb.SEE_PATHWAY),
    "plan_review": Act("review_child_plan", "Record the review", Verb.KEEP_CHILD_PLAN),
    "nrm_decision": Act("decide_nrm", "Decide", Verb.DECIDE_NRM),
    "nrm_reasonable": Act("nrm_record", "Open the referral", Verb.SEE_PATHWAY),
    "nrm_conclusive": Act("nrm_record", "Open the referral", Verb.SEE_PATHWAY),
    "nrm_guardian": Act("nrm_record", "Open the referral", Verb.SEE_PATHWAY),
    "transition": Act("prepare_transfer", "Prepare the handover", Verb.WORK_AROUND),
    "transfer": Act("move_transfer", "Say how it goes on", Verb.WORK_AROUND),
}
AFTER_NO = Act("interview_not_held", "Record that it was declined", Verb.OFFER_INTERVIEW)
ANSWER = Act("answer_duty", "Write down what was done", Verb.ANSWER_DUTY)


@dataclass(frozen=True, slots=True)
class Entry:
    """One duty on the wall. `reason` is why it is late, if somebody wrote it."""

    line: Line
    duty: Deadline
    reason: str = ""

    @property
    def id(self) -> str:
        """The row's id in the page."""
        return f"{self.duty.kind}-{self.line.episode_id}"

    @property
    def act(self) -> Act:
        """Where it is done. After a no the interview is not offered at once again: what was done instead is written."""
        if self.duty.kind == Duty.INTERVIEW and self.line.has_declined:
            return AFTER_NO
        return ACTS.get(self.duty.kind, ANSWER)

    @property
    def address(self) -> tuple[object, ...]:
        """What stands in the address of that page."""
        if self.act is ANSWER:
            return self.line.episode_id, self.duty.kind
        return (self.line.episode_id,)

    @property
    def who(self) -> str:
        """Who can act, as the rule has it."""
        return RULE_OF[self.duty.kind].who_can_act

    @property
    def team_ids(self) -> set[UUID]:
        """The home and the team that leads."""
        return self.line.team_ids

    def version(self, now: datetime) -> str:
        """Changes when somebody writes to the episode, and when the clock passes from one state to the next."""
        return f"{self.line.version}-{self.duty.state(now).name}"


@dataclass(frozen=True, slots=True)
class PathwayEntry:
    """One duty of the exploitation pathway on the wall: it hangs on no episode, and has no page for why it is late."""

    found: PathwayDuty
    reason: str = ""

    @property
    def duty(self) -> Deadline:
        """What is due."""
        return self.found.deadline

    @property
    def id(self) -> str:
        """The row's id in the page: a level and a plan of one child are two rows."""
        return f"{self.duty.kind}-{self.found.subject_id}".replace(" ", "_")

    @property
    def act(self) -> Act:
        """Where it is done."""
        return PATHWAY_ACTS[self.duty.kind]

    @property
    def address(self) -> tuple[object, ...]:
        """What stands in the address of that page."""
        return (self.found.subject_id,)

    @property
    def who(self) -> str:
        """Who can act."""
        return self.duty.who_can_act

    @property
    def team_ids(self) -> frozenset[UUID]:
        """The team that screens, or that works with the child."""
        return self.found.teams

    @property
    def age(self) -> str:
        """Of the child, where it is known who that is."""
        child = self.found.child
        return age_words(child.age, child.birth_precision) if child else ""

    def version(self, now: datetime) -> str:
        """Changes when the clock passes from one state to the next, or runs anew."""
        return f"{self.duty.due_at:%Y%m%d%H%M}-{self.duty.state(now).name}"


AnEntry = Entry | PathwayEntry


@dataclass(frozen=True, slots=True)
class WallAsked:
    """What the reader asked of the wall; empty means everything. Kept in the address of the page."""

    duty: str = ""
    who: str = ""
    team: str = ""
    late: str = ""
    unexplained: str = ""
    group: str = ""
    page: int = 1

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Self:
        """From an address. What it does not know is left out."""
        page = typed.get("page", "")
        return cls(
            duty=_one_of(typed.get("duty", ""), DUTIES),
            who=_one_of(typed.get("who", ""), WHO),
            team=_a_team(typed.get("team", "")),
            late="yes" if typed.get("late") else "",
            unexplained="yes" if typed.get("unexplained") else "",
            group=_one_of(typed.get("group", ""), GROUPS),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 and int(page) else 1,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out of the wall."""
        return bool(self.duty or self.who or self.team or self.late or self.unexplained)

    def query(self, **changes: object) -> str:
        """The address that asks the same, but for the changes."""
        asked = replace(self, page=1, **changes)  # type: ignore[arg-type]
        names = ("duty", "who", "team", "late", "unexplained", "group")
        return urlencode({name: getattr(asked, name) for name in names if getattr(asked, name)})

    def wants(self, entry: AnEntry, now: datetime) -> bool:
        """Whether a duty is among what was asked for."""
        is_late = entry.duty.state(now) == DeadlineState.LATE
        return (
            self.duty in ("", entry.duty.kind)
            and (not self.who or WHO[self.who] == entry.who)
            and (not self.team or self.team in map(str, entry.team_ids))
            and (is_late or not (self.late or self.unexplained))
            and not (self.unexplained and (entry.reason or isinstance(entry, PathwayEntry)))
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Duties in one state, the first to go late first, as far as they stand on this page. `total` counts all of them
    that were asked for.
    """

    key: str
    entries: Sequence[AnEntry]
    total: int

    @property
    def title(self) -> str:
        """The heading."""
        return GROUPS[self.key][1]


@dataclass(frozen=True, slots=True)
class WallPage:
    """One page of the wall. The pages follow each other: what is late, what is due soon, what is due."""

    groups: Sequence[Group]
    total: int
    page: int
    pages: int

    @property
    def entries(self) -> list[AnEntry]:
        """The duties on this page."""
        return [entry for group in self.groups for entry in group.entries]

    @property
    def first(self) -> int:
        """The place of the first of them among all."""
        return (self.page - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        """The place of the last of them among all."""
        return self.first - 1 + len(self.entries)

    @property
    def shown(self) -> list[Group]:
        """What has a heading on this page: groups with a duty here; on the first also those with none at all."""
        return [group for group in self.groups if group.entries or (self.page == 1 and not group.total)]


def entries_of(
    lines: Iterable[Line],
    reason: Callable[[UUID, Deadline], str],
    of_the_pathway: Iterable[PathwayDuty] = (),
) -> list[AnEntry]:
    """Every duty of these episodes and of the exploitation pathway, the first to go late first."""
    found = [Entry(line, duty, reason(line.episode_id, duty)) for line in lines for duty in line.duties]
    found.sort(key=lambda entry: (entry.duty.due_at, entry.line.last_seen_at))
    others = [PathwayEntry(duty) for duty in of_the_pathway]
    return sorted([*found, *others], key=lambda entry: entry.duty.due_at)


def wall_page(entries: Iterable[AnEntry], asked: WallAsked, now: datetime) -> WallPage:
    """One page of the wall as it was asked for, or of one group of it. Nothing stands on two pages, or on none."""
    found: dict[str, list[AnEntry]] = {key: [] for key in ([asked.group] if asked.group else GROUPS)}
    for entry in entries:
        key = GROUP_OF[entry.duty.state(now)]
        if key in found and asked.wants(entry, now):
            found[key].append(entry)
    total = sum(map(len, found.values()))
    pages = max(ceil(total / ON_A_PAGE), 1)
    page = min(asked.page, pages)
    start = (page - 1) * ON_A_PAGE
    groups = []
    for key, of_group in found.items():
        groups.append(Group(key, of_group[max(start, 0) : max(start + ON_A_PAGE, 0)], len(of_group)))
        start -= len(of_group)
    return WallPage(groups, total, page, pages)


def with_children(page: WallPage, name: Callable[[list[PathwayDuty]], Iterable[PathwayDuty]]) -> WallPage:
    """The page with the children of its duties of the pathway, whom `name` finds for all of them at once."""
    found = iter(name([entry.found for entry in page.entries if isinstance(entry, PathwayEntry)]))

    def shown(entry: AnEntry) -> AnEntry:
        return PathwayEntry(next(found)) if isinstance(entry, PathwayEntry) else entry

    return replace(
        page, groups=[replace(group, entries=[*map(shown, group.entries)]) for group in page.groups]
    )


def by_duty(entries: Iterable[AnEntry], now: datetime) -> list[tuple[str, str, int, int]]:
    """How many duties of each kind there are, and how many of them are late: (key, words, all, late)."""
    found = [entry.duty for entry in entries]
    total = Counter(duty.kind for duty in found)
    late = Counter(duty.kind for duty in found if duty.state(now) == DeadlineState.LATE)
    return [(key, words, total[key], late[key]) for key, words in DUTIES.items() if total[key]]


def _one_of(typed: str, known: Iterable[str]) -> str:
    return typed if typed in known else ""


def _a_team(typed: str) -> str:
    """An id as it stands in an address; nothing if it is none, so that no name is kept there."""
    try:
        return str(UUID(typed))
    except ValueError:
        return ""
