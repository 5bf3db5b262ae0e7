"""Children in the middle of things, for the tests of the desk's pages."""

from datetime import timedelta
from uuid import UUID

from tests.personas import NOW, Cast, a_child, an_episode

from wayhome.missing import commands
from wayhome.missing.commands.safe_and_well import SafeAndWell

OWN_WORDS = "They shout at me there."


def a_return(cast: Cast, person_id: UUID, *, hours_ago: float = 1) -> UUID:
    """An episode of a child who is back since so many hours."""
    seen = NOW - timedelta(hours=hours_ago + 6)
    episode = an_episode(
        cast, person_id, last_seen_at=seen, noticed_at=seen, reported_at=seen, last_seen_place="Saltmere pier"
    )
    with cast.seen_by("Pat") as pat:
        commands.record_returned(
            episode_id=episode,
            returned_at=NOW - timedelta(hours=hours_ago),
            returned_to="Home",
            return_method="RETURNED_SELF",
            viewer=pat,
            now=NOW,
        )
    return episode


def a_hearing(cast: Cast, episode_id: UUID) -> None:
    """The child was seen safe and heard."""
    with cast.seen_by("Pat") as pat:
        check = SafeAndWell(outcome="seen_safe", checked_at=NOW, checked_by="PC Example")
        commands.record_safe_and_well(episode_id=episode_id, check=check, viewer=pat, now=NOW)
    with cast.seen_by("Ines") as ines:
        account = commands.Account(held_at=NOW, place="Park", independent_as="outside", own_words=OWN_WORDS)
        commands.hold_interview(episode_id=episode_id, account=account, viewer=ines, now=NOW)


def some_children(cast: Cast, count: int, *, known_to: tuple[str, ...] = ("Sal",)) -> list[UUID]:
    """So many children, each missing now or back, by turns."""
    children = [
        a_child(cast, given_name=f"Robin{chr(97 + number % 26)}", known_to=known_to)
        for number in range(count)
    ]
    for number, child in enumerate(children):
        if number % 2:
            a_return(cast, child, hours_ago=number)
        else:
            an_episode(cast, child)
    return children
