"""By which names posts, agencies, bodies and teams are known on a day: their own, their former ones, their holders'."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wayhome.partnership.models import Agency, Body, FormerName, Post, PostHolder, Team


@dataclass(frozen=True, slots=True)
class Named:
    """One that exists on a day: its name, and how it is shown beside others."""

    kind: str
    id: UUID
    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds or held a post. `until`: the day from which on they do not hold it."""

    post_id: UUID
    name: str
    is_now: bool
    until: date | None


def named(on: date) -> Iterator[Named]:
    """Everybody who exists on a day. Four queries."""
    for post in Post.objects.filter(valid__contains=on).select_related("agency").order_by("title", "pk"):
        shown = f"{post.title}, {post.agency.name}" if post.agency else post.title
        yield Named("post", post.pk, post.title, shown)
    for agency in Agency.objects.filter(valid__contains=on).order_by("name"):
        yield Named("agency", agency.pk, agency.name, agency.name)
    for body in Body.objects.filter(valid__contains=on).order_by("name"):
        yield Named("body", body.pk, body.name, body.name)
    for team in Team.objects.filter(valid__contains=on).select_related("agency").order_by("name"):
        yield Named("team", team.pk, team.name, f"{team.name}, {team.agency.name}")


def formerly(ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """What these were called before, the newest name first. One query."""
    found = FormerName.objects.filter(noun_id__in=ids).order_by("-valid")
    return list(found.values_list("noun_id", "name"))


def held(post_ids: Collection[UUID], on: date) -> Iterator[Held]:
    """Who held these posts, the newest first. One query."""
    for row in PostHolder.objects.filter(post_id__in=post_ids).order_by("-valid"):
        yield Held(row.post_id, row.name, on in row.valid, row.valid.upper)
