"""Where an episode came from: what was merged into it or split off it, and which of its sources somebody chose."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from wayhome.access.queries import names_of
from wayhome.missing.models import ChosenFact, Episode


@dataclass(frozen=True, slots=True)
class Together:
    """The other episodes of the child that this one was one with, or is."""

    merged: list[Episode]
    into: Episode | None
    split_off: list[Episode]
    split_from: Episode | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.merged or self.into or self.split_off or self.split_from)


def together(episode: Episode) -> Together:
    """What an episode was merged or split with, in one query."""
    named = [each for each in (episode.merged_into_id, episode.split_from_id) if each]
    related = Q(merged_into=episode) | Q(split_from=episode) | Q(pk__in=named)
    found = list(Episode.objects.filter(related, person_id=episode.person_id).order_by("last_seen_at", "pk"))
    by_id = {each.pk: each for each in found}
    return Together(
        merged=[each for each in found if each.merged_into_id == episode.pk],
        into=by_id.get(episode.merged_into_id) if episode.merged_into_id else None,
        split_off=[
            each for each in found if each.split_from_id == episode.pk and each.merged_into_id != episode.pk
        ],
        split_from=by_id.get(episode.split_from_id) if episode.split_from_id else None,
    )


def choices_made(episode: Episode) -> tuple[list[ChosenFact], dict[UUID, str]]:
    """What somebody chose between sources, the first first, with the names of who chose. Two queries, or one."""
    made = list(episode.chosen_facts.select_related("report").order_by("chosen_at", "pk"))
    return made, names_of({each.chosen_by_id for each in made}) if made else {}
