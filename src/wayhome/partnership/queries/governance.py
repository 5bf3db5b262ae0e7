"""Reads of how the partnership governs itself: bodies, their seats and posts, their meetings, and who came."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, Prefetch, Q, QuerySet

from wayhome.kernel.refusal import NotFound
from wayhome.partnership.models import (
    Attendance,
    Body,
    BodyMeeting,
    BodySeat,
    BodyTerms,
    Post,
    PostHolder,
)
from wayhome.partnership.rules import Gap, SeatFact, gaps_of
from wayhome.partnership.vocabulary import MeetingState, SeatRole

LOOKED_BACK = 3  # meetings


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post: many have no account."""

    name: str
    email: str
    user_id: UUID | None


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """When a body meets next."""

    id: UUID
    body_id: UUID
    held_on: date


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on a body as a reader sees it."""

    row: BodySeat
    holder: str
    # How its last meetings went, the newest first: the kind of attendance, or nothing where none was written down.
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyCard:
    """One body with the days that matter and what is missing from it."""

    body: Body
    terms: BodyTerms | None
    chair: str
    last_met_on: date | None
    meets_next_on: date | None
    seats: tuple[Seat, ...]
    gaps: tuple[Gap, ...]
    under: tuple["BodyCard", ...] = ()


@dataclass(frozen=True, slots=True)
class BodyFile:
    """Everything about one body."""

    card: BodyCard
    terms: tuple[BodyTerms, ...]
    former_seats: tuple[BodySeat, ...]
    meetings: tuple[BodyMeeting, ...]
    reports_to: Body | None
    reporting: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class SeatAsked:
    """A seat of a meeting: what is known of who came, and who would sit there."""

    id: UUID
    name: str
    kind: str
    sat: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two panels have in common."""

    one: BodyCard
    other: BodyCard
    agencies: tuple[str, ...]
    posts: tuple[str, ...]


def body(body_id: UUID) -> Body:
    """One body. Raises NotFound."""
    found = Body.objects.select_related("reports_to").filter(pk=body_id).first()
    if found is None:
        raise NotFound
    return found


def body_cards(on: date, *, kind: str = "", ids: Collection[UUID] | None = None) -> list[BodyCard]:
    """The bodies of a day with their seats and gaps, by name. Eight queries however many there are."""
    bodies = Body.objects.filter(valid__contains=on).select_related("reports_to").order_by("name")
    bodies = bodies.filter(kind=kind) if kind else bodies
    found = list(bodies if ids is None else bodies.filter(pk__in=ids))
    keys = [each.pk for each in found]
    terms = _latest_terms(keys, on)
    seats = _seats(keys, on)
    days = _days(keys, on)
    return [
        _card(each, terms.get(each.pk), seats.get(each.pk, ()), days.get(each.pk, (None, None)))
        for each in found
    ]


def tree(cards: Iterable[BodyCard]) -> list[BodyCard]:
    """The bodies under those they report to. One that reports to a closed body stands at the top."""
    cards = list(cards)
    known = {card.body.pk for card in cards}
    return _under(cards, None, known)


def _under(cards: list[BodyCard], above: UUID | None, known: set[UUID]) -> list[BodyCard]:
    here = [
        card
        for card in cards
        if card.body.reports_to_id == above or (above is None and card.body.reports_to_id not in known)
    ]
    return [replace(card, under=tuple(_under(cards, card.body.pk, known))) for card in here]


def body_file(body_id: UUID, on: date) -> BodyFile:
    """Everything about one body. Raises NotFound."""
    ours = body(body_id)
    cards = body_cards(on, ids=[body_id])
    card = cards[0] if cards else _card(ours, None, (), (None, None))
    seats = BodySeat.objects.filter(body=ours).select_related("agency", "post")
    attendances = Attendance.objects.select_related("seat__agency", "seat__post").order_by("seat__role", "pk")
    meetings = ours.meetings.prefetch_related(Prefetch("attendances", attendances)).order_by("-held_on")
    return BodyFile(
        card=card,
        terms=tuple(ours.terms.order_by("-version")),
        former_seats=tuple(seats.filter(valid__endswith__lte=on).order_by("-valid")),
        meetings=tuple(meetings[:40]),
        reports_to=ours.reports_to,
        reporting=tuple(Body.objects.filter(reports_to=ours, valid__contains=on).order_by("name")),
    )


def overlaps(panels: list[BodyCard]) -> list[Overlap]:
    """Every two panels that share an agency or a post, the most alike first. No query."""
    found = [
        Overlap(one, other, _both(one, other, _agency), _both(one, other, _post))
        for place, one in enumerate(panels)
        for other in panels[place + 1 :]
    ]
    shared = (each for each in found if each.agencies or each.posts)
    return sorted(shared, key=lambda each: (-len(each.posts), -len(each.agencies), each.one.body.name))


def _agency(seat: BodySeat) -> str:
    return seat.agency.name


def _post(seat: BodySeat) -> str:
    return seat.post.title if seat.post else ""


def _both(one: BodyCard, other: BodyCard, what: Callable[[BodySeat], str]) -> tuple[str, ...]:
    names = [{what(seat.row) for seat in card.seats} - {""} for card in (one, other)]
    return tuple(sorted(names[0] & names[1]))


def meetings_of(body_id: UUID, *, since: date) -> list[BodyMeeting]:
    """Meetings of a body from a day on that are not cancelled, the next first."""
    found = BodyMeeting.objects.filter(body_id=body_id, held_on__gte=since)
    return list(found.exclude(state=MeetingState.CANCELLED).order_by("held_on"))


def next_meetings(on: date, body_ids: Collection[UUID]) -> dict[UUID, NextMeeting]:
    """The next meeting of each of these bodies, in one query."""
    planned = BodyMeeting.objects.filter(body_id__in=body_ids, held_on__gte=on, state=MeetingState.PLANNED)
    found: dict[UUID, NextMeeting] = {}
    for each in planned.order_by("held_on"):
        found.setdefault(each.body_id, NextMeeting(each.pk, each.body_id, each.held_on))
    return found


def meeting(meeting_id: UUID) -> BodyMeeting:
    """One meeting with its body. Raises NotFound."""
    found = BodyMeeting.objects.select_related("body").filter(pk=meeting_id).first()
    if found is None:
        raise NotFound
    return found


def chairs_of(body_id: UUID, on: date) -> set[UUID]:
    """The users who chair a body on a day, or stand in for the chair. Empty if nobody with an account does."""
    found = PostHolder.objects.filter(
        post__seats__body_id=body_id,
        post__seats__valid__contains=on,
        post__seats__role__in=[SeatRole.CHAIR, SeatRole.DEPUTY],
        valid__contains=on,
        user_id__isnull=False,
    )
    return {user_id for user_id in found.values_list("user_id", flat=True) if user_id}


def seats_asked(of: BodyMeeting) -> list[SeatAsked]:
    """The seats on the day of a meeting, the chair first, with what is known of who came. Three queries."""
    found = BodySeat.objects.filter(body_id=of.body_id, valid__contains=of.held_on)
    seats = sorted(found.select_related("agency", "post"), key=_place)
    came = {each.seat_id: each for each in of.attendances.all()}
    holders = holders_now({seat.post_id for seat in seats if seat.post_id}, of.held_on)
    return [_asked(seat, came.get(seat.pk), holders.get(seat.post_id or seat.pk)) for seat in seats]


def _asked(seat: BodySeat, came: Attendance | None, holder: Holder | None) -> SeatAsked:
    would = holder.name if holder else ""
    return SeatAsked(seat.pk, seat_name(seat), came.kind if came else "", came.name if came else would)


def _place(seat: BodySeat) -> tuple[int, str, str]:
    return (list(SeatRole.values).index(seat.role), seat.agency.name, str(seat.post or ""))


def seat_name(seat: BodySeat) -> str:
    """A seat by its agency, its post and its part."""
    of = f"{seat.agency.name}, {seat.post.title}" if seat.post else seat.agency.name
    return of if seat.role == SeatRole.MEMBER else f"{of} ({seat.get_role_display().lower()})"


def seat(seat_id: UUID) -> BodySeat:
    """One seat with whose it is. Raises NotFound."""
    found = BodySeat.objects.select_related("agency", "post", "body").filter(pk=seat_id).first()
    if found is None:
        raise NotFound
    return found


def posts(on: date) -> QuerySet[Post]:
    """The posts of a day with their agencies and all who held them, by agency and title. Two queries."""
    held = PostHolder.objects.order_by("-valid")
    found = Post.objects.filter(Q(valid__endswith__gt=on) | Q(valid__upper_inf=True))
    return (
        found.select_related("agency")
        .prefetch_related(Prefetch("holders", held))
        .order_by("agency__name", "title")
    )


def post(post_id: UUID) -> Post:
    """One post with all who held it. Raises NotFound."""
    held = PostHolder.objects.order_by("-valid")
    found = Post.objects.select_related("agency").prefetch_related(Prefetch("holders", held))
    one = found.filter(pk=post_id).first()
    if one is None:
        raise NotFound
    return one


def holders_now(post_ids: Collection[UUID], on: date) -> dict[UUID, Holder]:
    """Who holds these posts on a day, in one query."""
    found = PostHolder.objects.filter(post_id__in=post_ids, valid__contains=on)
    return {each.post_id: Holder(each.name, each.email, each.user_id) for each in found}


def posts_on(body_ids: Collection[UUID], on: date) -> dict[UUID, list[UUID]]:
    """The posts that sit on these bodies on a day, in one query if there are any."""
    seats = BodySeat.objects.filter(body_id__in=body_ids, valid__contains=on, post__isnull=False)
    found: dict[UUID, list[UUID]] = {}
    for body_id, post_id in seats.values_list("body_id", "post_id") if body_ids else ():
        if post_id:
            found.setdefault(body_id, []).append(post_id)
    return found


def _latest_terms(body_ids: Collection[UUID], on: date) -> dict[UUID, BodyTerms]:
    found = BodyTerms.objects.filter(body_id__in=body_ids, agreed_on__lte=on).order_by("version")
    return {each.body_id: each for each in found}


def _days(body_ids: Collection[UUID], on: date) -> dict[UUID, tuple[date | None, date | None]]:
    """When each body last met and meets next."""
    held, planned = Q(state=MeetingState.HELD), Q(state=MeetingState.PLANNED, held_on__gte=on)
    found = BodyMeeting.objects.filter(body_id__in=body_ids).values("body_id")
    found = found.annotate(last=Max("held_on", filter=held), coming=Min("held_on", filter=planned))
    return {each["body_id"]: (each["last"], each["coming"]) for each in found}


def _seats(body_ids: Collection[UUID], on: date) -> dict[UUID, tuple[Seat, ...]]:
    rows = list(
        BodySeat.objects.filter(body_id__in=body_ids, valid__contains=on).select_related("agency", "post")
    )
    holders = holders_now({row.post_id for row in rows if row.post_id}, on)
    came = _came(body_ids)
    rows.sort(key=_place)
    found: dict[UUID, list[Seat]] = {}
    for row in rows:
        holder = holders.get(row.post_id) if row.post_id else None
        meetings = [
            (day, kinds)
            for day, kinds in came.get(row.body_id, ())
            if row.valid.lower is None or day >= row.valid.lower
        ]
        seat = Seat(row, holder.name if holder else "", tuple(kinds.get(row.pk, "") for _, kinds in meetings))
        found.setdefault(row.body_id, []).append(seat)
    return {body_id: tuple(seats) for body_id, seats in found.items()}


def _came(body_ids: Collection[UUID]) -> dict[UUID, list[tuple[date, dict[UUID, str]]]]:
    """The last meetings of each body, the newest first, with the attendance of each seat. Two queries."""
    held = BodyMeeting.objects.filter(body_id__in=body_ids, state=MeetingState.HELD).order_by("-held_on")
    last: dict[UUID, list[BodyMeeting]] = {}
    for each in held:
        known = last.setdefault(each.body_id, [])
        if len(known) < LOOKED_BACK:
            known.append(each)
    of_meeting: dict[UUID, dict[UUID, str]] = {}
    wanted = [each.pk for meetings in last.values() for each in meetings]
    for sat in Attendance.objects.filter(meeting_id__in=wanted):
        of_meeting.setdefault(sat.meeting_id, {})[sat.seat_id] = sat.kind
    return {
        body_id: [(each.held_on, of_meeting.get(each.pk, {})) for each in meetings]
        for body_id, meetings in last.items()
    }


def _card(
    ours: Body, terms: BodyTerms | None, seats: tuple[Seat, ...], days: tuple[date | None, date | None]
) -> BodyCard:
    facts = [
        SeatFact(
            each.row.role,
            each.row.agency.name,
            each.row.post.title if each.row.post else "",
            each.row.required,
            bool(each.holder),
            each.came,
        )
        for each in seats
    ]
    chair = next((each for each in seats if each.row.role == SeatRole.CHAIR), None)
    named = (chair.holder or str(chair.row.post or chair.row.agency.name)) if chair else ""
    return BodyCard(ours, terms, named, *days, seats, gaps_of(facts))
