"""Plays the open work by the product's own commands, each step as the person whose work it is, at its own time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import connection

from wayhome.access import commands as access
from wayhome.access.commands import Opening
from wayhome.access.viewing import open_for
from wayhome.access.vocabulary import Basis
from wayhome.config.demonstration import words
from wayhome.config.demonstration.cases import Case, Judged, Offered, OpenCase, hours_ago
from wayhome.config.demonstration.partnership import ARRANGER, Opened
from wayhome.config.demonstration.places import MANAGERS
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing import commands
from wayhome.missing.vocabulary import HELD, SafeAndWellOutcome

# One step: when, by whom, and what. It is told who looks and what time it is.
Doing = Callable[[Viewer, datetime], object]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that one person did at one time."""

    at: datetime
    who: str
    do: Doing


def play(
    cases: list[OpenCase], opened: Opened, people: dict[int, UUID], now: datetime, rng: Random
) -> list["Played"]:
    """Play all cases at once, in the order of time."""
    played = [Played(open_case, opened, people, now, rng) for open_case in cases]
    steps = [step for one in played for step in one.steps()]
    for step in sorted(steps, key=lambda step: step.at):
        act(opened.viewers[step.who], step.at, step.do)
    _date_grants()
    return played


def act(viewer: Viewer, at: datetime, do: Doing) -> None:
    """Do something as somebody: the database knows who is looking, as it does in a request."""
    open_for(viewer)
    do(viewer, at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wayhome.viewer', '', true)")


def _date_grants() -> None:
    """Commands open grants from the database's present on; what an open episode opened is as old as the episode."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE access_grant g
               SET valid = tstzrange(CASE WHEN t.kind = 'interviewers' THEN e.returned_at ELSE e.recorded_at END,
                                     upper(g.valid))
               FROM missing_episode e, partnership_team t
               WHERE e.person_id = g.person_id AND t.id = g.team_id AND e.closed_at IS NULL
                 AND g.basis = 'allocation' AND lower(g.valid) = now()"""
        )


class Played:
    """One case as steps. The episode's id is known once the first step was done."""

    def __init__(
        self, open_case: OpenCase, opened: Opened, people: dict[int, UUID], now: datetime, rng: Random
    ) -> None:
        self.case: Case = open_case.case
        self.child, self.opened, self.now, self.rng = open_case.child, opened, now, rng
        self.person_id = people[self.child.number]
        self.stay = self.child.stay_on(london_day(now))
        self.home = self.stay.home if self.stay else ""
        self.officer = rng.choice(("pat", "priya"))
        self.interviewer = "ines" if self.case.draft else rng.choice(("ines", "ines", "isaac"))
        self.episode_id: UUID | None = None

    @property
    def episode(self) -> UUID:
        """The episode that the first step opened."""
        if self.episode_id is None:
            raise LookupError("The report comes first.")
        return self.episode_id

    def steps(self) -> Iterator[Step]:
        """Everything that has happened in this case so far."""
        case = self.case
        reporter = self.officer
        if case.source == "home":
            reporter = MANAGERS[self.home] if self.home else self.child.lead.worker
        yield self._step(case.reported, reporter, self._report)
        yield from (self._judged(judged) for judged in case.judged)
        if case.also_told is not None:
            yield self._step(case.also_told, self.officer, self._also_told)
        if case.located is not None:
            yield self._step(case.located, self.officer, self._locate)
        if case.returned is not None:
            yield self._step(case.returned, self.officer, self._return)
        if case.checked is not None:
            yield self._step(case.checked, self.officer, self._check)
        yield from (self._offered(offered) for offered in case.offers)
        yield from self._settled()
        if case.analysed is not None:
            yield self._step(case.analysed, self.child.lead.worker, self._analyse)

    def _step(self, ago: float, who: str, do: Doing) -> Step:
        return Step(hours_ago(self.now, ago), who, do)

    def _settled(self) -> Iterator[Step]:
        if self.case.held is not None:
            yield self._step(self.case.held, self.interviewer, self._hold)
        if self.case.without is not None:
            yield self._step(self.case.without[0], self.interviewer, self._settle)

    def _report(self, viewer: Viewer, at: datetime) -> None:
        if viewer.user_id in (self.opened.users["pat"], self.opened.users["priya"]):
            self._open_to_reporter(viewer, at)
        self.episode_id = commands.report_missing(
            person_id=self.person_id,
            new=self._told(self.case.source, self.case.reported),
            home_team_id=self.opened.teams[self.home] if self.home else None,
            viewer=viewer,
            now=at,
        )

    def _open_to_reporter(self, viewer: Viewer, at: datetime) -> None:
        """Who reports may see; a grant to oneself opens from the present on, and this was earlier."""
        opening = Opening(
            basis=Basis.REPORT,
            reason="Reported the child missing",
            user_id=viewer.user_id,
            until=at + timedelta(days=31),
        )
        access.grant(person_id=self.person_id, opening=opening, viewer=ARRANGER, now=at)

    def _told(self, source: str, reported: float) -> commands.NewReport:
        case = self.case
        gap = (case.seen - case.reported) * 0.45
        return commands.NewReport(
            source=source,
            kind=case.kind,
            last_seen_at=hours_ago(self.now, case.seen),
            noticed_at=hours_ago(self.now, case.seen - gap),
            reported_at=hours_ago(self.now, reported),
            told_by="Mother" if source == "parent" else "",
            last_seen_place=case.place or self.rng.choice(words.PLACES),
            missing_from="placement" if self.home else "foster" if self.stay else "home",
            circumstances=case.circumstances or self.rng.choice(words.CIRCUMSTANCES),
            companions=case.companions,
            police_reference=f"SVP-{self.now:%y%m}-{self.rng.randrange(10_000):04d}",
        )

    def _also_told(self, viewer: Viewer, at: datetime) -> None:
        commands.add_report(
            episode_id=self.episode,
            person_id=self.person_id,
            new=self._told("police", self.case.also_told or 0),
            viewer=viewer,
            now=at,
        )

    def _judged(self, judged: Judged) -> Step:
        again = None if judged.again_in is None else self.now + timedelta(hours=judged.again_in)

        def judge(viewer: Viewer, at: datetime) -> None:
            commands.judge_risk(
                episode_id=self.episode,
                level=judged.level,
                reason=judged.reason,
                reassess_by=again.replace(second=0, microsecond=0) if again else None,
                viewer=viewer,
                now=at,
            )

        return self._step(judged.ago, self.officer, judge)

    def _locate(self, viewer: Viewer, at: datetime) -> None:
        commands.record_located(
            episode_id=self.episode, located_at=at, place=self.case.located_at, viewer=viewer, now=at
        )

    def _return(self, viewer: Viewer, at: datetime) -> None:
        commands.record_returned(
            episode_id=self.episode,
            returned_at=at,
            returned_to="Placement" if self.stay else "Home",
            return_method=self.case.method,
            viewer=viewer,
            now=at,
        )

    def _check(self, viewer: Viewer, at: datetime) -> None:
        check = commands.SafeAndWell(
            outcome=SafeAndWellOutcome.SEEN_SAFE,
            checked_at=at,
            checked_by=f"PC {self.rng.randrange(1000, 9999)}",
            seen_alone=True,
            account=self.rng.choice(words.SEEN_SAFE),
        )
        commands.record_safe_and_well(episode_id=self.episode, check=check, viewer=viewer, now=at)

    def _offered(self, offered: Offered) -> Step:
        def offer(viewer: Viewer, at: datetime) -> None:
            made = commands.Offer(
                offered_at=at,
                channel=offered.channel,
                answer=offered.answer,
                note=offered.note,
                leaflet_given=offered.channel == "face_to_face",
            )
            commands.offer_interview(episode_id=self.episode, offer=made, viewer=viewer, now=at)

        return self._step(offered.ago, self.interviewer, offer)

    def _hold(self, viewer: Viewer, at: datetime) -> None:
        told = words.told(self.rng)
        account = commands.Account(
            held_at=at - timedelta(minutes=40),
            place=self.rng.choice(words.INTERVIEW_PLACES),
            independent_as="outside",
            independence=self.rng.choice(words.INDEPENDENCE),
            child_seen_alone=True,
            own_words=told.own_words,
            before=told.before,
            during=told.during,
            after=told.after,
            harm=told.harm,
            would_help=told.would_help,
            carer_view=told.carer_view,
            push_reasons=told.push,
            pull_reasons=told.pull,
        )
        commands.hold_interview(episode_id=self.episode, account=account, viewer=viewer, now=at)

    def _settle(self, viewer: Viewer, at: datetime) -> None:
        _, outcome, reason = self.case.without or (0, "", "")
        if outcome in HELD:
            raise LookupError("An interview that was held is not settled without one.")
        commands.settle_without_interview(
            episode_id=self.episode,
            outcome=outcome,
            reason=reason,
            leaflet_given=True,
            viewer=viewer,
            now=at,
        )

    def _analyse(self, viewer: Viewer, at: datetime) -> None:
        text, effect, note = self.rng.choice(words.ANALYSES)
        commands.analyse_return(
            episode_id=self.episode, text=text, plan_effect=effect, plan_note=note, viewer=viewer, now=at
        )
