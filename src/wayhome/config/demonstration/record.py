"""What the record holds: who put down the facts about a child; of the last weeks, who did what to an episode. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from wayhome.config.demonstration.rows import Happened, Row, Rows, Written, id_at


class Named(NamedTuple):
    """Somebody as the record names them."""

    user_id: UUID
    name: str
    agency: str


# Why an interview was not held stands with the episode, without a name.
SAID_HERE_ONLY = frozenset({"settle interview"})


def recent_entries(rows: Rows, names: Mapping[str, Named], since: datetime, rng: Random) -> Iterator[Row]:
    """Entries of the record since a time, and older ones that alone say who wrote something."""
    for one in rows.happened:
        if one.at < since and one.verb not in SAID_HERE_ONLY:
            continue
        who, request_id = names[one.who], f"{rng.getrandbits(48):012x}"
        read_at = one.at - timedelta(minutes=rng.randrange(1, 9), seconds=rng.randrange(60))
        page = {"page": "episode"}
        if one.at >= since:
            yield _entry(
                one, who, read_at, rng, verb="read", subject_kind="person", detail=page, request_id=""
            )
        yield _entry(
            one,
            who,
            one.at,
            rng,
            verb=one.verb,
            subject_kind="episode",
            detail=one.detail,
            request_id=request_id,
        )


def first_entries(rows: Rows, names: Mapping[str, Named], rng: Random) -> Iterator[Row]:
    """Who put down each fact: the overview of a child says so beside it, however long ago it was."""
    for one in rows.written:
        yield _written(one, names[one.who], rng)


def _written(one: Written, who: Named, rng: Random) -> Row:
    return {
        "id": id_at(one.at, rng),
        "at": one.at,
        "user_id": who.user_id,
        "actor": who.name,
        "agency": who.agency,
        "verb": one.verb,
        "subject_kind": one.kind,
        "subject_id": one.id,
        "person_id": one.person_id,
        "outcome": "done",
    }


def _entry(one: Happened, who: Named, at: datetime, rng: Random, **more: Any) -> Row:
    person_id = one.episode["person_id"]
    return {
        "id": id_at(at, rng),
        "at": at,
        "user_id": who.user_id,
        "actor": who.name,
        "agency": who.agency,
        "subject_id": one.episode["id"] if more["subject_kind"] == "episode" else person_id,
        "person_id": person_id,
        "outcome": "done",
        **more,
    }
