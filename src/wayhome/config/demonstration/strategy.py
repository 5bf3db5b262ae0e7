"""Lays the strategy of the invented partnership: its document, its plan as it went for a year, and what it works by.

Rows go in at once; the two snapshots are taken by the product's own commands from the plan as it was then.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from wayhome.config.demonstration import strategy_words as told
from wayhome.config.demonstration.governing import Governed
from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.rows import Row, Rows, id_at
from wayhome.config.demonstration.strategy_words import Act
from wayhome.config.demonstration.tables import fill
from wayhome.insight.commands.handing_over import hand_over_measures, hand_over_past_measures
from wayhome.kernel.clock import london_day
from wayhome.strategy.commands.snapshot import sign_off, take_snapshot

BEGAN = timedelta(days=400)
# The plan was presented so many days ago: to which body, and whether the chair has signed.
PRESENTED = ((192, "strategic", True), (90, "board", True))
# Asked before the next meeting of the group that owns the plan: action, days ago, how often chased.
ASKED = (("1.1", 6, 0), ("2.4", 6, 1), ("3.1", 6, 0), ("4.1", 6, 2))
# What judges which action: it should go up or down from so many days ago on.
JUDGED = (
    ("2.2", "done-in-time", "up", 260, 90),
    ("2.3", "notifications-complete", "up", 190, None),
    # Green, while more and more children are missing: the pages say so.
    ("2.7", "episodes", "down", 390, None),
    ("1.4", "first-time", "down", 300, None),
)
_KEY = (
    ("blue", "Done, and it stays done", False),
    ("green", "On its way as planned", False),
    ("amber", "Off its way, and we know what to do", True),
    ("red", "Off its way, and the group has to help", True),
    ("not_rated", "Nobody has said how it stands", False),
)


def lay_strategy(opened: Opened, governed: Governed, now: datetime) -> None:
    """Everything of the strategy, as it would have come about."""
    laying = _Laying(opened, governed, now)
    laying.frame()
    for act in told.ACTS:
        laying.action(act)
    laying.around()
    laying.fill_all()
    before = timedelta.max
    for days, body, is_signed in PRESENTED:
        laying.history(before, timedelta(days=days))
        laying.present(days, body, is_signed=is_signed)
        before = timedelta(days=days)
    laying.history(before, timedelta(0))


def lay_measures(now: datetime) -> None:
    """The measures as they were read at the start of this month and of the last ones."""
    hand_over_past_measures(now=now, back=3)
    hand_over_measures(now=now)


class _Laying:
    """The rows while they are laid."""

    def __init__(self, opened: Opened, governed: Governed, now: datetime) -> None:
        self.opened, self.governed, self.now, self.today = opened, governed, now, london_day(now)
        self.rng = Random(20)  # noqa: S311 (invents, and keeps no secret)
        self.rows, self.ids = Rows(), dict[str, UUID]()
        self.began = now - BEGAN
        self.here = {"partnership_id": opened.partnership_id}

    def add(self, model: str, at: datetime, **row: Any) -> Row:
        return self.rows.add(f"strategy.{model}", id=id_at(at, self.rng), **row)

    def ago(self, days: int) -> datetime:
        """Some time of a working day so many days ago."""
        at = self.now - timedelta(days=days)
        return at.replace(
            hour=9 + self.rng.randrange(7), minute=self.rng.randrange(60), second=0, microsecond=0
        )

    def on(self, days: int) -> date:
        """The day so many days from now."""
        return self.today + timedelta(days=days)

    def fill_all(self) -> None:
        """Into the tables, in the order in which they were first added."""
        for model, rows in self.rows.of.items():
            fill(model, rows)
        self.rows = Rows()

    def frame(self) -> None:
        """The document, the plan with its key, its headings and its objectives."""
        document = self.add(
            "StrategyDocument",
            self.began,
            title=told.TITLE,
            body_id=self.governed.bodies["strategic"],
            state="live",
            starts_on=self.on(-390),
            ends_on=self.on(705),
            approved_on=self.on(-394),
            approved_by="Safeguarding Children Partnership Board",
            published_on=self.on(-388),
            made_at=self.began,
            **self.here,
        )
        for place, (kind, heading, text, source) in enumerate(told.SECTIONS, start=1):
            section = {"kind": kind, "heading": heading, "text": text, "source": source}
            self.add("DocumentSection", self.began, document_id=document["id"], position=place, **section)
        plan = self.add(
            "Plan",
            self.began,
            document_id=document["id"],
            title=told.PLAN,
            body_id=self.governed.bodies["strategic"],
            state="live",
            starts_on=self.on(-390),
            ends_on=self.on(705),
            made_at=self.began,
            **self.here,
        )
        self.ids["plan"] = plan["id"]
        for rating, words, needs in _KEY:
            self.add(
                "KeyWord", self.began, plan_id=plan["id"], rating=rating, words=words, needs_remedy=needs
            )
        for place, (key, title, aim, post, four_p) in enumerate(told.PRIORITIES, start=1):
            lead = {"lead": told.POSTS[post][0], "lead_post_id": self.governed.posts[post]}
            self.grouping(key, "priority", place, title, aim=aim, four_p=four_p, **lead)
        for place, (key, title) in enumerate(told.GROUPS, start=1):
            self.grouping(key, "section", place, title)
        for place, (key, text, priority) in enumerate(told.OBJECTIVES, start=1):
            row = {"reference": key, "text": text, "priority_id": self.ids[priority], "position": place}
            self.ids[key] = self.add("Objective", self.began, plan_id=plan["id"], **row)["id"]

    def grouping(self, key: str, axis: str, place: int, title: str, **more: Any) -> None:
        """A priority or section."""
        row = {"plan_id": self.ids["plan"], "axis": axis, "reference": key, "title": title, "position": place}
        self.ids[key] = self.add("Grouping", self.began, **row, **more)["id"]

    def action(self, act: Act) -> None:
        """An action with who does it. How it went is laid later, step by step."""
        kind, days = act.due
        due, _, frequency_and_body = kind.partition(":")
        frequency, _, body = frequency_and_body.partition(":")
        row = self.add(
            "Action",
            self.began,
            plan_id=self.ids["plan"],
            reference=act.reference,
            title=act.title,
            text=act.text,
            evidence=act.shows,
            objective_id=self.ids.get(act.objective),
            priority_id=self.ids[act.priority],
            section_id=self.ids[act.group],
            four_p=list(act.four_p),
            level=act.level,
            state=act.state,
            ended_because=act.because,
            due_kind=due,
            due_on=self.due_on(due, days),
            frequency=frequency,
            review_body_id=self.governed.bodies.get(body),
            position=len(self.rows.of.get("strategy.Action", ())) + 1,
            made_at=self.began,
        )
        self.ids[act.reference] = row["id"]
        for place, owner in enumerate(act.owners):
            self.owner(act, owner, "contributor" if place else "lead")

    def due_on(self, kind: str, days: int) -> date | None:
        """The day; of a month its last one."""
        if kind not in ("date", "month"):
            return None
        day = self.on(days)
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        return following - timedelta(days=1) if kind == "month" else day

    def owner(self, act: Act, words: str, part: str) -> None:
        """A post, team or agency by its key, or words that nobody resolved."""
        kind, found, key = words.partition(":")
        known = {"post": self.governed.posts, "agency": self.opened.agencies, "team": self.opened.teams}
        is_known = bool(found) and kind in known
        row = self.add(
            "ActionOwner",
            self.began,
            action_id=self.ids[act.reference],
            part=part,
            kind=kind if is_known else "unresolved",
            words="" if is_known else words,
            state=act.state if act.state in ("complete", "stalled", "not_started") else "in_progress",
            valid=(self.on(-400), None),
            **({f"{kind}_id": known[kind][key]} if is_known else {}),
        )
        self.ids.setdefault(f"owner {act.reference}", row["id"])

    def around(self) -> None:
        """What stands beside the actions: promises, means, evidence, measures, questions, library and horizon."""
        for place, (priority, text, served) in enumerate(told.PROMISES, start=1):
            row = {
                "plan_id": self.ids["plan"],
                "grouping_id": self.ids[priority],
                "text": text,
                "position": place,
            }
            promise = self.add("Commitment", self.began, **row)
            for reference in served:
                link = {"commitment_id": promise["id"], "action_id": self.ids[reference]}
                self.add("CommitmentServed", self.began, said_at=self.began, **link)
        for reference, what, funder, state, note in told.NEEDS:
            row = {
                "action_id": self.ids[reference],
                "what": what,
                "funder": funder,
                "state": state,
                "note": note,
            }
            self.add("Resource", self.began, said_at=self.began, **row)
        for reference, title, where, finding, days in told.EVIDENCE:
            at = self.ago(days)
            row = {
                "title": title,
                "where": where,
                "finding": finding,
                "dated": self.on(-days),
                "added_at": at,
            }
            self.add("EvidenceItem", at, action_id=self.ids[reference], added_by_name="Wim Specimenby", **row)
        for reference, key, direction, days, target in JUDGED:
            row = {
                "key": key,
                "direction": direction,
                "since": self.on(-days).replace(day=1),
                "target": target,
            }
            self.add("MeasureLink", self.began, action_id=self.ids[reference], **row)
        self.questions()
        self.requests()
        self.library()
        self.horizon()

    def questions(self) -> None:
        """What the Board is asked, and what it decided last time."""
        meetings = self.governed.meetings["board"]
        for place, (question, recommended, outcome, days) in enumerate(told.QUESTIONS, start=1):
            decided = self.on(-90) if outcome else None
            at = self.ago(days + 10 if outcome else 5)
            self.add(
                "DecisionAsked",
                at,
                plan_id=self.ids["plan"],
                question=question,
                recommended=recommended,
                outcome=outcome,
                decided_on=decided,
                asked_at=at,
                position=place,
                meeting_id=meetings[-2 if outcome else -1],
            )

    def requests(self) -> None:
        """Owners who were asked before the next meeting and have not answered."""
        meeting = self.governed.meetings["strategic"][-1]
        for reference, days, chased in ASKED:
            at = self.ago(days)
            self.add(
                "UpdateRequest",
                at,
                owner_id=self.ids[f"owner {reference}"],
                meeting_id=meeting,
                asked_at=at,
                asked_by_id=self.opened.users["cora"],
                due_on=self.on(-1 if chased else 5),
                chased_at=self.ago(1) if chased else None,
                times_chased=chased,
            )

    def library(self) -> None:
        """The guidance, who is to read it and who has. What replaces another comes first."""
        made: dict[str, Row] = {}
        for title, publisher, version, days, address, own, check, asked, read, replaces in told.LIBRARY:
            at = self.ago(min(days, 390))
            made[title] = self.add(
                "Guidance",
                at,
                title=title,
                publisher=publisher,
                version=version,
                published_on=self.on(-days),
                address=address,
                local=own,
                next_check_on=None if check is None else self.on(check),
                added_at=at,
                **self.here,
            )
            made[title]["replaces"] = replaces
            for agency in asked:
                row = {"guidance_id": made[title]["id"], "agency_id": self.opened.agencies[agency]}
                self.add("GuidanceAudience", at, **row)
            for agency in read:
                row = {"guidance_id": made[title]["id"], "agency_id": self.opened.agencies[agency]}
                self.add(
                    "GuidanceReceipt",
                    at,
                    read_at=at + timedelta(days=9),
                    read_by_id=self.reader(agency),
                    **row,
                )
        for row in list(made.values()):
            replaced = made.get(row.pop("replaces"))
            if replaced:
                replaced["superseded_by_id"] = row["id"]

    def reader(self, agency: str) -> UUID:
        """Somebody of an agency who said that it has read."""
        by = {
            "council": "cora",
            "police": "piotr",
            "ear": "ines",
            "health": "nadia",
            "homes": "hal",
            "justice": "cora",
        }
        return self.opened.users[by[agency]]

    def horizon(self) -> None:
        """What is coming."""
        for title, why, days, post, decision, because, decided in told.COMING:
            at = self.ago(decided + 30)
            is_open = decision == "open"
            self.add(
                "HorizonItem",
                at,
                title=title,
                why=why,
                expected_on=self.on(days),
                decision=decision,
                owner_post_id=self.governed.posts.get(post),
                owner_words="" if post else "Nobody yet",
                decided_because=because,
                decided_on=None if is_open else self.on(-decided),
                seen_at=at,
                **self.here,
            )

    def history(self, after: timedelta, until: timedelta) -> None:
        """Ratings and updates of a time, as their owners wrote them."""
        for act in told.ACTS:
            for days, rating, reason, evidence, remedy in act.ratings:
                if until < timedelta(days=days) <= after:
                    at = self.ago(days)
                    row = {
                        "rating": rating,
                        "reason": reason,
                        "evidence": evidence,
                        "remedy": remedy,
                        "rated_at": at,
                    }
                    self.by(act, "Rating", at, "rated_by", **row)
            for days, achieved, following, blocker, state in act.said:
                if until < timedelta(days=days) <= after:
                    at = self.ago(days)
                    row = {"achieved": achieved, "next_steps": following, "blocker": blocker, "state": state}
                    owner = self.ids[f"owner {act.reference}"]
                    self.by(act, "ActionUpdate", at, "written_by", owner_id=owner, written_at=at, **row)
        self.fill_all()

    def by(self, act: Act, model: str, at: datetime, who: str, **row: Any) -> None:
        """Something the lead wrote; one who is no user, or only words, wrote it through the coordinator."""
        kind, _, key = act.owners[0].partition(":")
        name, user = (
            ("Cora Lanternby", "cora") if kind != "post" else (told.POSTS[key][2], told.POSTS[key][4])
        )
        if not name:
            name, user = "Cora Lanternby", "cora"
        is_bare = model == "Rating" and not row["evidence"] and row["rating"] != "not_rated"
        self.add(
            model,
            at,
            action_id=self.ids[act.reference],
            origin="import" if is_bare else "page",
            **{f"{who}_id": self.opened.users.get(user), f"{who}_name": name},
            **row,
        )

    def present(self, days: int, body: str, *, is_signed: bool) -> None:
        """Take a snapshot as it was then, and sign it as its chair."""
        then, lena = self.now - timedelta(days=days), self.opened.viewers["lena"]
        cora = self.opened.viewers["cora"]
        taken = take_snapshot(
            plan_id=self.ids["plan"],
            body_id=self.governed.bodies[body],
            presented_on=self.on(-days),
            meeting_id=self.governed.meeting_on(body, -days),
            viewer=cora,
            now=then - timedelta(days=3),
        )
        if is_signed and body == "strategic":
            sign_off(snapshot_id=taken, viewer=lena, now=then - timedelta(days=1))
