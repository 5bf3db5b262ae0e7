"""Who is looking: the person on whose behalf everything in a request is read and written."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in user as they are at this moment: their teams, their scopes, and the request they make.

    `scopes` are the words of access/roles.py. `request_id` ties every audit entry of one request together.
    A job or an import acts as a viewer without a user (`user_id` None) and names itself in `name`.
    """

    user_id: UUID | None
    name: str
    agency_id: UUID | None = None
    agency_name: str = ""
    team_ids: frozenset[UUID] = frozenset()
    scopes: frozenset[str] = frozenset()
    request_id: str = ""
    purpose: str = ""
    partnership_id: UUID | None = field(default=None)

    @property
    def known_user_id(self) -> UUID:
        """The user, where there has to be one. Raises RuntimeError for a machine: its code called the wrong thing."""
        if self.user_id is None:
            raise RuntimeError(f"{self.name or 'Nobody'} is not a signed-in user.")
        return self.user_id

    def has(self, *scopes: str) -> bool:
        """True if the viewer holds any of these scopes."""
        return not self.scopes.isdisjoint(scopes)


def machine(name: str) -> Viewer:
    """A viewer for work that no person does: a job, an import, the demo."""
    return Viewer(user_id=None, name=name, purpose=name)
