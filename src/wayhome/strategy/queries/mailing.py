"""Whom a mail reaches that asks for updates: accounts at their address, and those who were sent a link at theirs."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wayhome.access.queries import users
from wayhome.strategy.models import OwnerLink, UpdateRequest
from wayhome.strategy.queries.asking import people_of


@dataclass(frozen=True, slots=True)
class Asking:
    """One mail that asks for updates of one plan, to one person."""

    to: str
    name: str
    count: int
    due_on: date
    by_link: bool


@dataclass(frozen=True, slots=True)
class _Reached:
    """One part of one action, and somebody who can answer for it."""

    to: str
    name: str
    due_on: date
    by_link: bool


def to_mail(request_ids: Collection[UUID], *, now: datetime) -> tuple[str, list[Asking]]:
    """The title of the plan, and a mail for everybody who can answer one of these requests that are still open.

    As many queries however many there are.
    """
    asked = UpdateRequest.objects.filter(pk__in=request_ids, answer=None, withdrawn_because="")
    rows = list(asked.select_related("owner__action__plan").order_by("due_on", "pk"))
    if not rows:
        return "", []
    reached = [*_by_account(rows, now), *_by_link(rows, now)]
    return rows[0].owner.action.plan.title, _gathered(reached)


def _by_account(rows: Iterable[UpdateRequest], now: datetime) -> Iterator[_Reached]:
    rows = list(rows)
    people = people_of([each.owner for each in rows], now)
    ids = {
        owner_id: {each.user_id for each in holders} | {each.user_id for each in members}
        for owner_id, (holders, members) in people.items()
    }
    known = {
        user.pk: user
        for user in users().filter(
            pk__in=[one for each in ids.values() for one in each if one], is_active=True
        )
    }
    for row in rows:
        for user in (known[each] for each in ids[row.owner_id] if each in known):
            yield _Reached(user.email, user.name, row.due_on, by_link=False)


def _by_link(rows: Iterable[UpdateRequest], now: datetime) -> Iterator[_Reached]:
    due = {each.owner_id: each.due_on for each in rows}
    links = OwnerLink.objects.filter(owners__in=due, revoked_at=None, expires_at__gt=now).distinct()
    for link in links.prefetch_related("owners").order_by("made_at", "pk"):
        for owner in link.owners.all():
            if link.email and owner.pk in due:
                yield _Reached(link.email, link.name, due[owner.pk], by_link=True)


def _gathered(reached: Iterable[_Reached]) -> list[Asking]:
    """One mail to an address, by the earliest day of what is asked; in the order of addresses."""
    found: dict[tuple[str, bool], list[_Reached]] = {}
    for each in reached:
        found.setdefault((each.to, each.by_link), []).append(each)
    return [
        Asking(to, parts[0].name, len(parts), min(each.due_on for each in parts), by_link)
        for (to, by_link), parts in sorted(found.items(), key=lambda one: one[0])
    ]
