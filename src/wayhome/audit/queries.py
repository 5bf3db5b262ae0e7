"""Reads of drafts and of the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wayhome.audit.models import Draft, Entry
from wayhome.audit.vocabulary import Outcome
from wayhome.kernel.viewer import Viewer


def draft(*, viewer: Viewer, form: str, subject: str) -> tuple[dict[str, Any], datetime] | None:
    """What the viewer typed into this form and did not send, and when it was saved."""
    found = Draft.objects.filter(user_id=viewer.known_user_id, form=form, subject=subject).first()
    return (found.data, found.saved_at) if found else None


def drafts(*, viewer: Viewer) -> QuerySet[Draft]:
    """All the viewer's unfinished forms, newest first."""
    return Draft.objects.filter(user_id=viewer.known_user_id).order_by("-saved_at")


def entries_about(person_id: UUID) -> QuerySet[Entry]:
    """Who did what with this person's record, newest first."""
    return Entry.objects.filter(person_id=person_id).order_by("-at", "-pk")


def entries() -> QuerySet[Entry]:
    """The access log, newest first. Row security decides which part of it the viewer sees."""
    return Entry.objects.order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Writing:
    """Who wrote something down, and when."""

    writer: str
    agency: str
    at: datetime


def writings_about(person_id: UUID, kinds: tuple[str, ...]) -> dict[UUID, Writing]:
    """Who first wrote each thing of these kinds about a person, by the thing's id, in one query."""
    entries = Entry.objects.filter(person_id=person_id, subject_kind__in=kinds, outcome=Outcome.DONE)
    rows = entries.order_by("-at", "-pk").values_list("subject_id", "actor", "agency", "at")
    return {subject_id: Writing(actor, agency, at) for subject_id, actor, agency, at in rows if subject_id}
