"""Ids of the measured world, computed from numbers: a measurement can name whom it needs."""

from uuid import UUID

TEAMS = 200


def person_id(number: int) -> UUID:
    """The id of the person with this number, from 0. The viewer's team sees every number that TEAMS divides."""
    return UUID(f"01900000-0000-7000-8000-{number:012x}")


def episode_id(number: int) -> UUID:
    """The id of the episode with this number, from 0. Episodes 5 n to 5 n + 4 are those of person n."""
    return UUID(f"01910000-0000-7000-8000-{number:012x}")
