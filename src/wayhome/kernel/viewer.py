"""Who is looking: the person on whose behalf everything in a request is read and written."""

from dataclasses import dataclass, field
from uuid import UUID

LINK = "link "


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in user as they are at this moment: their teams, their scopes, and the request they make.

    `scopes` are the words of access/roles.py. `request_id` ties every audit entry of one request together.
    A job or an import acts as a viewer without a user (`user_id` None) and names itself in `name`. Somebody without an
    account who came by a link has no user either: their one scope is "link" and the link's id.
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

    @property
    def link_id(self) -> UUID | None:
        """The link by which a visitor without an account came; None for everybody else."""
        if self.user_id is not None:
            return None
        return next((UUID(scope.removeprefix(LINK)) for scope in self.scopes if scope.startswith(LINK)), None)

    @property
    def is_machine(self) -> bool:
        """True for a job or an import, which may do what its command does. Who came by a link is no machine."""
        return self.user_id is None and bool(self.name) and not self.scopes

    @property
    def known_writer_id(self) -> UUID:
        """Whose drafts and forms these are: the user, or the link of a visitor. Raises RuntimeError for a machine."""
        return self.link_id or self.known_user_id

    def has(self, *scopes: str) -> bool:
        """True if the viewer holds any of these scopes."""
        return not self.scopes.isdisjoint(scopes)


def by_link(link_id: UUID, name: str, *, request_id: str = "") -> Viewer:
    """A viewer without an account who came by a link."""
    return Viewer(user_id=None, name=name, scopes=frozenset({f"{LINK}{link_id}"}), request_id=request_id)


def machine(name: str) -> Viewer:
    """A viewer for work that no person does: a job, an import, the demo."""
    return Viewer(user_id=None, name=name, purpose=name)
