"""Who was asked for an update before a meeting, who has answered, who is late, and how the request reaches them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wayhome.access.queries import Place, places
from wayhome.database.reading import Reading
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.partnership.queries import governance
from wayhome.partnership.queries.governance import Holder, NextMeeting
from wayhome.strategy.models import ActionOwner, OwnerLink, UpdateRequest
from wayhome.strategy.queries.mine import my_owners_reading
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.queries.snapshot import plan
from wayhome.strategy.rules.asking import days_late
from wayhome.strategy.rules.plan_file import ActionFact, OwnerFact, PlanFile
from wayhome.strategy.vocabulary import LIVE_STATES

# An owner who is not among those of today any more.
NOBODY: tuple[ActionFact | None, OwnerFact | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody is reached: the names of those who see it on Today, or to whom a link could go."""

    accounts: tuple[str, ...] = ()
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One owner's part of one live action."""

    action: ActionFact
    owner: OwnerFact
    reach: Reach
    link: OwnerLink | None

    @property
    def is_reached(self) -> bool:
        """True if a request gets to somebody."""
        return bool(self.reach.accounts or self.link)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: whose part, and how it stands."""

    row: UpdateRequest
    action: ActionFact | None
    owner: OwnerFact | None
    part: Part | None
    days_late: int

    @property
    def is_open(self) -> bool:
        """True while an answer is waited for."""
        return self.row.answer_id is None and not self.row.withdrawn_because


@dataclass(frozen=True, slots=True)
class Cycle:
    """What is asked for before the next meeting, and by which links owners without an account answer."""

    plan: PlanFile
    body_id: UUID | None
    ask_days_before: int
    meeting: NextMeeting | None
    asked: tuple[Asked, ...]
    not_asked: tuple[Part, ...]
    links: tuple[OwnerLink, ...]

    @property
    def late(self) -> tuple[Asked, ...]:
        """Who should have answered by now, the longest first."""
        late = (each for each in self.asked if each.is_open and each.days_late)
        return tuple(sorted(late, key=lambda each: -each.days_late))

    @property
    def waiting(self) -> tuple[Asked, ...]:
        """Who still has time."""
        return tuple(each for each in self.asked if each.is_open and not each.days_late)

    @property
    def answered(self) -> tuple[Asked, ...]:
        """Who has answered."""
        return tuple(each for each in self.asked if each.row.answer_id)

    @property
    def withdrawn(self) -> tuple[Asked, ...]:
        """Who need not answer any more, and why."""
        return tuple(each for each in self.asked if each.row.withdrawn_because)


@dataclass(frozen=True, slots=True)
class AskedOfMe:
    """One update that the viewer is asked for."""

    action_id: UUID
    owner_id: UUID
    reference: str
    title: str
    plan: str
    body: str
    meeting_on: date
    due_on: date
    days_late: int


def cycle_of(plan_id: UUID, *, now: datetime) -> Cycle:
    """Everything of one plan's cycle. As many queries however many owners there are. Raises NotFound."""
    file = plan_file(plan_id, now=now)
    today = london_day(now)
    row = plan(plan_id)
    meeting = governance.next_meetings(today, [row.body_id]).get(row.body_id) if row.body_id else None
    links = tuple(
        OwnerLink.objects.filter(plan_id=plan_id).prefetch_related("owners").order_by("-made_at", "pk")
    )
    parts = _parts(file, links, now)
    asked = _asked(plan_id, meeting, file, parts, today)
    reached = {each.row.owner_id for each in asked}
    return Cycle(
        plan=file,
        body_id=row.body_id,
        ask_days_before=row.ask_days_before,
        meeting=meeting,
        asked=asked,
        not_asked=tuple(part for part in parts.values() if part.owner.id not in reached),
        links=links,
    )


def parts_of(plan_id: UUID, *, now: datetime) -> list[Part]:
    """Every owner's part of every live action, in the order of the plan."""
    file = plan_file(plan_id, now=now)
    links = list(OwnerLink.objects.filter(plan_id=plan_id).prefetch_related("owners"))
    return list(_parts(file, links, now).values())


def link_of(link_id: UUID) -> OwnerLink:
    """One link. Raises NotFound."""
    found = OwnerLink.objects.filter(pk=link_id).select_related("plan").first()
    if found is None:
        raise NotFound
    return found


def request_of(request_id: UUID) -> UpdateRequest:
    """One request with what it is about. Raises NotFound."""
    found = UpdateRequest.objects.select_related("owner__action__plan", "meeting__body")
    one = found.filter(pk=request_id).first()
    if one is None:
        raise NotFound
    return one


def asked_of_me(now: datetime) -> Reading[list[AskedOfMe]]:
    """The updates that whoever is looking is asked for, the first due first. Two queries."""
    mine = yield from my_owners_reading()
    if not mine:
        return []
    waiting = UpdateRequest.objects.filter(owner_id__in=mine, answer=None, withdrawn_because="")
    found = waiting.filter(owner__action__state__in=LIVE_STATES).select_related(
        "owner__action__plan", "meeting__body"
    )
    return [_of_me(each, london_day(now)) for each in found.order_by("due_on", "owner__action__position")]


def _of_me(asked: UpdateRequest, today: date) -> AskedOfMe:
    action = asked.owner.action
    return AskedOfMe(
        action_id=action.pk,
        owner_id=asked.owner_id,
        reference=action.reference,
        title=action.title or action.text,
        plan=action.plan.title,
        body=asked.meeting.body.name,
        meeting_on=asked.meeting.held_on,
        due_on=asked.due_on,
        days_late=days_late(today, asked.due_on),
    )


def _asked(
    plan_id: UUID,
    meeting: NextMeeting | None,
    file: PlanFile,
    parts: Mapping[UUID, Part],
    today: date,
) -> tuple[Asked, ...]:
    """The requests for this meeting, and those for earlier ones that are still open, in the order of the plan."""
    rows = UpdateRequest.objects.filter(owner__action__plan_id=plan_id).select_related("answer", "meeting")
    wanted = [
        each
        for each in rows.order_by("owner__action__position", "owner__part", "pk")
        if (meeting and each.meeting_id == meeting.id)
        or (each.answer_id is None and not each.withdrawn_because)
    ]
    known = {owner.id: (action, owner) for action in file.actions for owner in action.owners}
    return tuple(
        Asked(
            each, *known.get(each.owner_id, NOBODY), parts.get(each.owner_id), days_late(today, each.due_on)
        )
        for each in wanted
    )


def _parts(file: PlanFile, links: Iterable[OwnerLink], now: datetime) -> dict[UUID, Part]:
    live = [
        (action, owner) for action in file.actions if action.state in LIVE_STATES for owner in action.owners
    ]
    reach = _reach([owner.id for _, owner in live], now)
    holds = {
        owner.pk: link
        for link in links
        if link.revoked_at is None and link.expires_at > now
        for owner in link.owners.all()
    }
    return {
        owner.id: Part(action, owner, reach.get(owner.id, Reach()), holds.get(owner.id))
        for action, owner in live
    }


def _reach(owner_ids: Collection[UUID], now: datetime) -> dict[UUID, Reach]:
    """Who answers for these parts. Five queries."""
    owners = list(ActionOwner.objects.filter(pk__in=owner_ids))
    return {
        owner_id: _reach_of(people, [each.name for each in members])
        for owner_id, (people, members) in people_of(owners, now).items()
    }


def people_of(
    owners: Collection[ActionOwner], now: datetime
) -> dict[UUID, tuple[list[Holder], Sequence[Place]]]:
    """Whoever holds the post, sits on the body or is in the team that owns a part. Four queries."""
    today = london_day(now)
    seats = governance.posts_on({each.body_id for each in owners if each.body_id}, today)
    posts = {each.post_id for each in owners if each.post_id} | {
        post for each in seats.values() for post in each
    }
    holders = governance.holders_now(posts, today)
    members: dict[UUID | None, list[Place]] = {}
    for place in places(now) if any(each.team_id for each in owners) else ():
        members.setdefault(place.team_id, []).append(place)
    return {
        owner.pk: (
            [holders[post] for post in _posts(owner, seats) if post in holders],
            members.get(owner.team_id, ()) if owner.team_id else (),
        )
        for owner in owners
    }


def _posts(owner: ActionOwner, seats: Mapping[UUID, Collection[UUID]]) -> Collection[UUID]:
    if owner.post_id:
        return (owner.post_id,)
    return seats.get(owner.body_id, ()) if owner.body_id else ()


def _reach_of(people: Collection[Holder], members: Collection[str]) -> Reach:
    """Members of a body without an account do not stand in the way of those who have one."""
    accounts = [each.name for each in people if each.user_id] + list(members)
    without = next((each for each in people if not each.user_id), None)
    return Reach(tuple(accounts), without.name if without else "", without.email if without else "")
