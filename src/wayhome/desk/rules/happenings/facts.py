"""What the modules gave about one child, and who wrote each thing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from wayhome.access.queries import UserCard
from wayhome.audit.queries import Deed, Writing
from wayhome.desk.rules.happenings.words import signature
from wayhome.missing.rules.repeat import Triggers
from wayhome.partnership.queries import TeamCard
from wayhome.people.queries import Worker

RETURN = "A return of looked-after children"  # who wrote what came with an SSDA903 file


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one child, as the modules gave it, with who wrote it."""

    missing: Mapping[str, list[Any]]  # missing.queries.happened_to
    care: list[Any]
    plans: list[Any]
    addresses: list[Any]
    workers: list[Worker]
    pack: list[Deed]
    users: Mapping[UUID, UserCard]
    writings: Mapping[tuple[UUID, str], Writing]
    teams: Mapping[UUID, TeamCard]
    numbers: Triggers
    now: datetime
    pathway: Mapping[str, list[Any]] = field(default_factory=dict)  # exploitation.queries.happened_on_pathway

    def by(self, user_id: UUID | None, at: datetime | None, nobody: str = "") -> dict[str, Any]:
        """Who wrote it: a user; without one it came by an import or a job."""
        card = self.users.get(user_id) if user_id else None
        if card is None:
            return {"writer": nobody, "written_at": at}
        return {"writer": signature(card.name, card.agency), "agency": card.agency, "written_at": at}

    def written(
        self, thing_id: UUID, at: datetime | None, nobody: str = "", *, verb: str = ""
    ) -> dict[str, Any]:
        """Who wrote it, as the record of writings has it: for things that do not name their writer themselves."""
        written = self.writings.get((thing_id, verb))
        if written is None:
            return {"writer": nobody, "written_at": at}
        return {
            "writer": signature(written.writer, written.agency),
            "agency": written.agency,
            "written_at": at or written.at,
        }
