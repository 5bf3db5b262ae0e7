"""Whom the words of a plan can mean: posts, agencies, groups and teams by their names and former names.

A holder's own name leads to the post, and a person says whether it is meant: who left may be named in an old plan.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from wayhome.partnership.models import Agency, Body, FormerName, Post, PostHolder, Team
from wayhome.strategy.intake.known import Known, KnownNames, known_names
from wayhome.strategy.rules.due import written


def who_is_known(on: date) -> KnownNames:
    """Everybody who exists on a day. Six queries."""
    here = [*_named(on)]
    by_id = {UUID(known.id): known for _, known in here}
    found = [*here, *_formerly(by_id), *_held(by_id, on)]
    return known_names(found, (known for _, known in here))


def _named(on: date) -> Iterator[tuple[str, Known]]:
    for post in Post.objects.filter(valid__contains=on).select_related("agency").order_by("title", "pk"):
        shown = f"{post.title}, {post.agency.name}" if post.agency else post.title
        yield post.title, Known("post", str(post.pk), shown)
    for agency in Agency.objects.filter(valid__contains=on).order_by("name"):
        yield agency.name, Known("agency", str(agency.pk), agency.name)
    for body in Body.objects.filter(valid__contains=on).order_by("name"):
        yield body.name, Known("body", str(body.pk), body.name)
    for team in Team.objects.filter(valid__contains=on).select_related("agency").order_by("name"):
        yield team.name, Known("team", str(team.pk), f"{team.name}, {team.agency.name}")


def _formerly(by_id: dict[UUID, Known]) -> Iterable[tuple[str, Known]]:
    for former in FormerName.objects.filter(noun_id__in=by_id).order_by("-valid"):
        now = by_id[former.noun_id]
        yield former.name, Known(now.kind, now.id, now.name, f"{now.name} was called so.")


def _held(by_id: dict[UUID, Known], on: date) -> Iterable[tuple[str, Known]]:
    for held in PostHolder.objects.filter(post_id__in=by_id).order_by("-valid"):
        post = by_id[held.post_id]
        if on in held.valid:
            why = f"They hold the post {post.name}."
        else:
            last = f" until {written(held.valid.upper - timedelta(days=1))}" if held.valid.upper else ""
            why = f"They held the post {post.name}{last}, and do not hold it now."
        yield held.name, Known("post", post.id, post.name, why, is_sure=False)
