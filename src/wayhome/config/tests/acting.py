"""What people may do to a child's episodes, right or wrong. Who does it to which, and when: sequences.py."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.personas import ARRANGER, NOW, Cast, a_child, a_report

from wayhome.access import commands as access
from wayhome.access.models import User
from wayhome.access.roles import Scope
from wayhome.config.testing import as_worker
from wayhome.insight.commands import count_past_months
from wayhome.kernel.clock import london, london_day
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import machine
from wayhome.missing import commands
from wayhome.missing.commands.deciding import settle, take_up
from wayhome.missing.commands.extract import take_extract
from wayhome.missing.commands.fact import choose_fact
from wayhome.missing.commands.notification import write_down
from wayhome.missing.commands.splitting import split_episode
from wayhome.missing.models import (
    Episode,
    HandoverItem,
    Notification,
    Report,
    RiskJudgement,
)
from wayhome.missing.tests.stages import a_check, an_account, an_offer
from wayhome.missing.tests.told import a_message
from wayhome.missing.vocabulary import Duty, NotificationOutcome, TakenFrom, WallDuty
from wayhome.people.commands import NewCareEpisode, add_identifier, begin_care_episode, begin_plan
from wayhome.people.models import Person
from wayhome.people.vocabulary import IdentifierType, PlanKind

AUTHORITY = "E06000011"
HOUR = timedelta(hours=1)
# Every sequence begins an hour ago, and each step is taken a minute after the one before.
FIRST, BETWEEN = NOW - HOUR, timedelta(minutes=1)
IMPORTER = machine("the importing of a test")
COLLEAGUE = "Tess"
# (what is done, to which of those it can be done to, how many hours ago, how many hours it lasted)
Step = tuple[str, int, int, int]
# Beyond those, something is done to an episode to which it cannot be done, or at a time that cannot be.
WRONG = 3


@dataclass
class Child:
    """The child of a sequence, and what ran on each of their episodes after the last step."""

    id: UUID
    open_duties: dict[UUID, set[str]] = field(default_factory=dict)
    late_duties: dict[UUID, set[str]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The council's number of the child."""
        return f"T{self.id.hex[-12:]}"


@dataclass(frozen=True)
class Act:
    """One thing that is done: to an episode, perhaps with another one, at an instant, by somebody."""

    child: Child
    episode: Episode
    other: UUID
    which: int
    at: datetime
    lasted: timedelta
    viewer: Any
    now: datetime

    @property
    def one(self) -> dict[str, Any]:
        """The episode and by whom, as commands ask for them."""
        return {"episode_id": self.episode.pk, **self.by}

    @property
    def by(self) -> dict[str, Any]:
        """By whom, and when."""
        return {"viewer": self.viewer, "now": self.now}

    @property
    def later(self) -> datetime:
        """Some hours after the episode began."""
        start = self.at if self.which >= WRONG else self.episode.last_seen_at
        return min(start + self.lasted, self.now)

    @property
    def after(self) -> datetime:
        """Some hours after the child was back."""
        back = self.episode.returned_at
        return self.later if back is None or self.which >= WRONG else min(back + self.lasted, self.now)

    def chosen(self, found: Iterable[Any]) -> Any:
        """One of several."""
        several = list(found)
        return several[self.which % len(several)] if several else None


def join_colleague(cast: Cast) -> None:
    """A second worker of Sal's team, who takes over."""
    with as_worker():
        since = NOW - timedelta(days=9)
        user_id = access.open_account(
            email=f"{COLLEAGUE.lower()}@wayhome.example",
            name=f"{COLLEAGUE} Example",
            agency_id=cast.users["Sal"].agency_id,
            viewer=ARRANGER,
            now=since,
        )
        access.join_team(user_id=user_id, team_id=cast.team_of("Sal"), viewer=ARRANGER, now=since)
        access.give_scope(user_id=user_id, scope=Scope.PRACTITIONER, viewer=ARRANGER, now=since)
        cast.users[COLLEAGUE] = User.objects.select_related("agency").get(pk=user_id)


def looked_after(cast: Cast, *, where: str = "") -> Child:
    """A child in care, whose return nobody could object to. `where`: placed in, or by, another authority; on a plan."""
    child = Child(a_child(cast, known_to=("Sal", "Cora", "Ines", "Pat")))
    told = {"viewer": ARRANGER, "now": FIRST}
    begun = london_day(NOW) - timedelta(days=900)
    with as_worker():
        Person.objects.filter(pk=child.id).update(sex="M", ethnicity="WBRI")
        begin_care_episode(
            person_id=child.id,
            new=NewCareEpisode(
                started_on=begun,
                start_reason="S",
                legal_status="C2",
                placement="K2",
                placement_provider="PR4",
                need="N1",
                home_postcode="HU179BA",
                placement_postcode="HU177DP",
                urn="1234567",
                placed_in="Farby Council" if where == "in" else "",
                placed_by="Otherby Council" if where == "by" else "",
            ),
            **told,
        )
        numbers = (
            (IdentifierType.LA_CHILD_ID, child.number, AUTHORITY),
            (IdentifierType.UPN, a_pupil_number(child.id.int), ""),
        )
        for type_, value, issuer in numbers:
            add_identifier(person_id=child.id, type_=type_, value=value, issuer=issuer, **told)
        if where == "plan":
            begin_plan(person_id=child.id, kind=PlanKind.CHILD_PROTECTION, since=begun, **told)
    return child


def a_pupil_number(seed: int) -> str:
    """A pupil number with its right first letter."""
    digits = f"801{seed % 10**9:09d}"
    total = sum(place * int(digit) for place, digit in enumerate(digits, start=2))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + digits


# ── What is done ────────────────────────────────────────────────────────────────────────────────────────────


def report(act: Act, *, over: bool = False) -> None:
    commands.report_missing(
        person_id=act.child.id,
        new=a_report(last_seen_at=act.at, noticed_at=None, reported_at=act.now),
        back_already=commands.Return(returned_at=min(act.at + act.lasted, act.now)) if over else None,
        **act.by,
    )


def add_report(act: Act) -> None:
    """Another source, which saw the child at another time and place."""
    commands.add_report(
        person_id=act.child.id,
        new=a_report(
            source="parent",
            last_seen_at=act.later,
            noticed_at=None,
            reported_at=act.now,
            last_seen_place="Library",
        ),
        back_already=commands.Return(returned_at=act.now) if act.which == WRONG else None,
        **act.one,
    )


def write(act: Act) -> None:
    told = a_message(received_at=act.now, last_seen_at=act.at, noticed_at=None, reported_at=act.now)
    write_down(new=told, person_id=act.child.id, **act.by)


def waiting(act: Act) -> Notification:
    notes = Notification.objects.filter(person_id=act.child.id, outcome=NotificationOutcome.WAITING)
    found = act.chosen(notes.order_by("pk"))
    if found is None:
        raise Refusal
    return found


def take(act: Act) -> None:
    note = waiting(act)
    told = a_report(last_seen_at=note.last_seen_at, noticed_at=None, reported_at=note.reported_at)
    take_up(notification_id=note.pk, told=told, **act.by)


def put_off(act: Act) -> None:
    settle(
        notification_id=waiting(act).pk,
        outcome=NotificationOutcome.NOT_MISSING,
        reason="At grandmother's.",
        **act.by,
    )


def take_file(act: Act) -> None:
    """A row of the police's file; the same reference may come again, with other words."""
    row = {
        "reference": f"{act.child.number}-{act.which}",
        "source": "police",
        "la_child_id": act.child.number,
        "last_seen_at": on_the_wall(act.at),
        "reported_at": on_the_wall(act.now),
        "returned_at": on_the_wall(min(act.at + act.lasted, act.now)) if act.which % 2 else "",
        "kind": "missing",
        "risk": ("", "high", "standard", "no apparent risk")[act.which % 4],
    }
    taken = take_extract(rows=[(2, row)], name="extract.csv", dry_run=False, **act.by)
    if not taken.counts["opened"] + taken.counts["added"]:
        raise Refusal


def on_the_wall(at: datetime) -> str:
    return f"{london(at):%Y-%m-%d %H:%M}{london(at):%z}"


def back(act: Act, method: str = "RETURNED_SELF") -> dict[str, Any]:
    return {"returned_at": act.later, "returned_to": "", "return_method": method}


def check(act: Act, outcome: str = "seen_safe") -> None:
    told = a_check(outcome=outcome, checked_at=act.after, account="As told at the door.")
    commands.record_safe_and_well(check=told, **act.one)


def offer(act: Act, answer: str) -> None:
    commands.offer_interview(offer=an_offer(offered_at=act.after, answer=answer), **act.one)


def offer_again(act: Act, answer: str) -> None:
    commands.offer_after_no(offer=an_offer(offered_at=act.now, answer=answer), **act.one)


def hold(act: Act, *, in_part: bool = False, also: bool = False) -> None:
    about = (act.other,) if also else ()
    commands.hold_interview(
        account=an_account(held_at=act.now if also else act.after, in_part=in_part),
        also_about=about,
        **act.one,
    )


def not_heard(act: Act, outcome: str) -> None:
    commands.settle_without_interview(outcome=outcome, reason="Said so on the telephone.", **act.one)


def answer(act: Act) -> None:
    duty = act.chosen(sorted(act.child.open_duties.get(act.episode.pk, set()) & set(WallDuty.values)))
    outcome = "not_needed" if act.which % 2 else "done"
    told = commands.Answer(outcome=outcome, done_at=act.now, note="As agreed.", with_whom="The duty manager")
    commands.answer_duty(duty=duty or WallDuty.SENIOR_NOTICE, answer=told, **act.one)


def explain(act: Act) -> None:
    late = act.chosen(sorted(act.child.late_duties.get(act.episode.pk, set())))
    commands.explain_late(duty=late or Duty.INTERVIEW, reason="Nobody was on duty.", **act.one)


def judge(act: Act, level: str) -> None:
    commands.judge_risk(
        level=level,
        reason="As the mother told it.",
        reassess_by=act.now + 4 * HOUR if act.which % 2 or level == "no_apparent_risk" else None,
        **act.one,
    )


def merge(act: Act) -> None:
    commands.merge_episodes(double_id=act.episode.pk, into_id=act.other, reason="The same night", **act.by)


def unmerge(act: Act) -> None:
    commands.unmerge_episodes(double_id=act.episode.pk, reason="They were two.", **act.by)


def merge_and_unmerge(act: Act) -> None:
    """A wrong merge is undone without loss: everything is where it was."""
    before = where_all_is(act.child.id)
    merge(act)
    assert where_all_is(act.child.id) != before
    unmerge(act)
    assert where_all_is(act.child.id) == before


def where_all_is(child: UUID) -> dict[str, Any]:
    """The facts of a child's episodes, and to which of them everything belongs."""
    facts = [each.attname for each in Episode._meta.concrete_fields if each.name not in ("version", "person")]
    return {
        "episodes": list(Episode.objects.filter(person_id=child).order_by("pk").values(*facts)),
        **{
            model.__name__: list(
                model.objects.filter(person_id=child).order_by("pk").values("pk", "episode_id", *marks)
            )
            for model, marks in (
                (Report, ["merged_from_id"]),
                (RiskJudgement, ["merged_from_id"]),
                (Notification, ["outcome"]),
                (HandoverItem, ["acknowledged_at"]),
            )
        },
    }


def split(act: Act) -> None:
    told = act.chosen(act.episode.reports.order_by("-recorded_at", "pk"))
    until = min(told.last_seen_at + act.lasted, act.now) if told else act.now
    split_episode(
        report_ids=[told.pk] if told else [],
        back_already=commands.Return(returned_at=until) if act.which % 2 else None,
        reason="Another night.",
        **act.one,
    )


def choose(act: Act) -> None:
    told = act.chosen(act.episode.reports.order_by("-recorded_at", "pk"))
    fact = (TakenFrom.LAST_SEEN_AT, TakenFrom.LAST_SEEN_AT, TakenFrom.LAST_SEEN_PLACE, TakenFrom.NOTICED_AT)
    choose_fact(fact=fact[act.which], report_id=told.pk if told else None, reason="By the camera.", **act.one)


def hand_over(act: Act) -> None:
    (team_id,) = act.viewer.team_ids
    commands.hand_over(team_id=team_id, notes={act.episode.pk: "Ring at nine."}, **act.by)


def acknowledge(act: Act) -> None:
    item = act.chosen(
        HandoverItem.objects.filter(person_id=act.child.id, acknowledged_at=None).order_by("pk")
    )
    if item is None:
        raise Refusal
    commands.acknowledge(item_id=item.pk, **act.by)


def count(act: Act) -> None:
    count_past_months(now=act.now)
