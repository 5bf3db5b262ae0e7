"""Reports that may be about a child whose record is restricted."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from wayhome.database.reading import Reading, reading_of


class PossiblyRestricted(NamedTuple):
    """A report may be about a child whose record is restricted: the side of it that the viewer may know."""

    noticed_at: datetime
    episode_id: UUID | None
    person_id: UUID | None


def possibly_restricted() -> Reading[list[PossiblyRestricted]]:
    """What those named on a restricted record and the coordinators have to look at, in one query."""
    found = yield from reading_of("SELECT * FROM missing_possible_matches()")
    return [PossiblyRestricted(*row) for row in found]
