"""Whom the words of a plan can mean: posts, agencies, groups and teams by their names and former names.

A holder's own name leads to the post, and a person says whether it is meant: who left may be named in an old plan.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from wayhome.partnership.queries.names import formerly, held, named
from wayhome.strategy.intake.known import Known, KnownNames, known_names
from wayhome.strategy.rules.due import written


def who_is_known(on: date) -> KnownNames:
    """Everybody who exists on a day. Six queries."""
    here = [(each.name, Known(each.kind, str(each.id), each.shown)) for each in named(on)]
    by_id = {UUID(known.id): known for _, known in here}
    found = [*here, *_formerly(by_id), *_held(by_id, on)]
    return known_names(found, (known for _, known in here))


def _formerly(by_id: Mapping[UUID, Known]) -> Iterator[tuple[str, Known]]:
    for noun_id, name in formerly(by_id):
        now = by_id[noun_id]
        yield name, Known(now.kind, now.id, now.name, f"{now.name} was called so.")


def _held(by_id: Mapping[UUID, Known], on: date) -> Iterator[tuple[str, Known]]:
    for each in held(by_id, on):
        post = by_id[each.post_id]
        if each.is_now:
            why = f"They hold the post {post.name}."
        else:
            last = f" until {written(each.until - timedelta(days=1))}" if each.until else ""
            why = f"They held the post {post.name}{last}, and do not hold it now."
        yield each.name, Known("post", post.id, post.name, why, is_sure=False)
