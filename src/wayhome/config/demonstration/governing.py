"""How the invented partnership governs itself: posts and who holds them, seats, terms, meetings, and who came. Rows."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from wayhome.config.demonstration import strategy_words as told
from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.rows import Row, Rows, id_at
from wayhome.config.demonstration.tables import fill
from wayhome.kernel.clock import london_day

SINCE = -1500
# The Virtual School sends nobody: the post is vacant, and the seat is a gap.
NEVER_CAME = "virtual_school"


@dataclass
class Governed:
    """The ids by their keys; meetings in their order."""

    bodies: dict[str, UUID]
    posts: dict[str, UUID] = field(default_factory=dict)
    meetings: dict[str, list[UUID]] = field(default_factory=dict)
    days: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def meeting_on(self, body: str, days: int) -> UUID | None:
        """The meeting of a body so many days from now."""
        found = dict(zip(self.days[body], self.meetings[body], strict=True))
        return found.get(days)


def lay_governance(opened: Opened, now: datetime) -> Governed:
    """Everything, in as few statements as there are tables."""
    laying = _Laying(opened, now)
    laying.posts()
    laying.panel()
    laying.terms()
    for body, seats in told.SEATS.items():
        laying.seats(body, seats)
        laying.meetings(body)
    for model, rows in laying.rows.of.items():
        fill(model, rows)
    laying.kinds()
    return laying.made


class _Laying:
    """The rows while they are laid."""

    def __init__(self, opened: Opened, now: datetime) -> None:
        self.opened, self.now, self.today = opened, now, london_day(now)
        self.rng, self.rows = Random(21), Rows()  # noqa: S311 (invents, and keeps no secret)
        self.made = Governed(dict(opened.bodies))
        self.seated: dict[str, list[tuple[str, Row]]] = {}

    def add(self, model: str, **row: Any) -> Row:
        return self.rows.add(f"partnership.{model}", id=id_at(self.now, self.rng), **row)

    def on(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def posts(self) -> None:
        """Posts with who holds them: some with an account, some with an address, one with nobody."""
        always = (self.on(SINCE), None)
        for key, (title, agency, holder, email, user) in told.POSTS.items():
            of = {"partnership_id": self.opened.partnership_id, "agency_id": self.opened.agencies[agency]}
            self.made.posts[key] = self.add("Post", title=title, valid=always, **of)["id"]
            if holder:
                self.add(
                    "PostHolder",
                    post_id=self.made.posts[key],
                    name=holder,
                    email=email,
                    user_id=self.opened.users.get(user),
                    valid=(self.on(-900), None),
                )
        # Who held it before: what was written then keeps the name.
        self.add(
            "PostHolder",
            post_id=self.made.posts["exploitation"],
            name="Rae Formerly",
            email="",
            valid=(self.on(SINCE), self.on(-900)),
        )

    def panel(self) -> None:
        """A panel that hears about children."""
        key, name, purpose, _cohort, _threshold = told.PANEL
        self.made.bodies[key] = self.add(
            "Body",
            partnership_id=self.opened.partnership_id,
            name=name,
            kind="panel",
            purpose=purpose,
            meets="Every second week",
            reviewed_on=self.on(-220),
            reports_to_id=self.opened.bodies["missing"],
            valid=(self.on(-1200), None),
        )["id"]

    def terms(self) -> None:
        """What each body is for, as it was agreed; of the panel also whom it hears about."""
        _key, _name, purpose, cohort, threshold = told.PANEL
        for body, text in (
            ("strategic", "Owns the strategy, and says every quarter what is not going well."),
            ("board", "Leads, answers, and decides what the groups cannot."),
            ("missing", "Looks every month at who is missing again and again, and at what was not done."),
        ):
            self.term(body, text, 2, -300, 65)
        self.term("panel", purpose, 1, -500, -20, cohort=cohort, threshold=threshold)

    def term(self, body: str, text: str, version: int, agreed: int, review: int, **more: str) -> None:
        self.add(
            "BodyTerms",
            body_id=self.made.bodies[body],
            version=version,
            text=text,
            quorum=4,
            agreed_on=self.on(agreed),
            review_on=self.on(review),
            **more,
        )

    def seats(self, body: str, seats: tuple[tuple[str, str], ...]) -> None:
        """A seat for each post, of its agency."""
        for post, role in seats:
            row = self.add(
                "BodySeat",
                body_id=self.made.bodies[body],
                agency_id=self.opened.agencies[told.POSTS[post][1]],
                post_id=self.made.posts[post],
                role=role,
                required=role != "adviser",
                valid=(self.on(-900), None),
            )
            self.seated.setdefault(body, []).append((post, row))

    def meetings(self, body: str) -> None:
        """Meetings with who came to those that were held."""
        self.made.days[body] = told.MEETINGS[body]
        for days in told.MEETINGS[body]:
            row = self.add(
                "BodyMeeting",
                body_id=self.made.bodies[body],
                held_on=self.on(days),
                state="held" if days < 0 else "planned",
                place="Lighthouse Room" if body == "board" else "Online",
            )
            self.made.meetings.setdefault(body, []).append(row["id"])
            if days < 0:
                self.attendance(body, row)

    def attendance(self, body: str, meeting: Row) -> None:
        for post, seat in self.seated[body]:
            usual = self.rng.choices(
                ("present", "substitute", "apology_return_sent", "apology_no_return"), (12, 2, 2, 1)
            )
            kind = "absent" if post == NEVER_CAME else usual[0]
            name = told.POSTS[post][2] if kind == "present" else ""
            self.add("Attendance", meeting_id=meeting["id"], seat_id=seat["id"], kind=kind, name=name)

    def kinds(self) -> None:
        """What the bodies are that were opened before there were kinds."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE partnership_body SET kind = %s, meets = %s, reviewed_on = %s WHERE id = %s",
                [
                    (kind, meets, self.on(-days), self.opened.bodies[body])
                    for body, (kind, meets, days) in told.BODIES.items()
                ],
            )
