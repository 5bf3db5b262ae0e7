"""What each module knows of a child, as happenings of one chronology. Pure: rows of the modules in, happenings out.

The rows are those that neighbours' queries gave; `Facts` says who wrote them. They are read here and never asked
for more, so that drawing a chronology costs no query.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from wayhome.desk.rules.chronology import Happening
from wayhome.desk.rules.happenings.episodes import episode_title, of_episodes
from wayhome.desk.rules.happenings.facts import RETURN, Facts
from wayhome.desk.rules.happenings.followed import PACK_KINDS, PACK_VERBS, of_what_followed
from wayhome.desk.rules.happenings.life import HIDDEN_ADDRESS, of_the_life
from wayhome.desk.rules.happenings.pathway import PATHWAY_WRITERS, of_the_pathway
from wayhome.desk.rules.happenings.words import QUOTE, sentences, shortened

__all__ = [
    "HIDDEN_ADDRESS",
    "PACK_KINDS",
    "PACK_VERBS",
    "PATHWAY_WRITERS",
    "QUOTE",
    "RETURN",
    "WRITERS",
    "Facts",
    "episode_title",
    "happenings",
    "sentences",
    "shortened",
    "user_ids",
]


def happenings(facts: Facts) -> Iterator[Happening]:
    """All of it, in no order."""
    yield from of_episodes(facts)
    yield from of_what_followed(facts)
    yield from of_the_life(facts)
    yield from of_the_pathway(facts)


# Under each of missing.queries.happened_to: the column that says who wrote it.
WRITERS = {
    "reports": "recorded_by_id",
    "risk_judgements": "judged_by_id",
    "corrections": "corrected_by_id",
    "checks": "recorded_by_id",
    "interviews": "interviewer_id",
    "analyses": "written_by_id",
    "duty_answers": "recorded_by_id",
    "breach_reasons": "written_by_id",
    "marks": "marked_by_id",
    "triggers": "answered_by_id",
    "invitations": "invited_by_id",
}


def user_ids(
    missing: Mapping[str, Iterable[Any]], pathway: Mapping[str, Iterable[Any]] = MappingProxyType({})
) -> set[UUID | None]:
    """Everyone who wrote any of it."""
    found = {getattr(each, column) for kind, column in WRITERS.items() for each in missing[kind]}
    return found | {
        getattr(each, column)
        for kind, columns in PATHWAY_WRITERS.items()
        for column in columns
        for each in pathway.get(kind, ())
    }
