"""Reading who did what. That is on the record too."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.audit.queries import LogPage, log_page
from wayhome.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What to look for. Empty: everything."""

    who: str = ""
    verb: str = ""
    day: date | None = None
    person_id: UUID | None = None


@transaction.atomic
def read_log(*, wanted: LogFilter, page: int, viewer: Viewer, now: datetime) -> LogPage:
    """One page of the access log, newest first: who did what when, and never what they saw."""
    require(viewer, Verb.READ_ACCESS_LOG)
    found = log_page(**asdict(wanted), page=page)
    record(
        viewer=viewer,
        now=now,
        verb="read",
        subject_kind="access log",
        detail={"day": wanted.day, "person_id": wanted.person_id, "page": page},
        changes={"looked for": (None, {"who": wanted.who, "verb": wanted.verb})},
    )
    return found
