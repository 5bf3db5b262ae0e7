"""Reads of drafts and of the record."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wayhome.audit.models import Draft, Entry
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
