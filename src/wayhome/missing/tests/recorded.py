"""What a command leaves behind: entries on the record, and events."""

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.events.models import OutboxEvent


def verbs_about(person_id):
    """What is on the record about a child, in order."""
    with as_worker():
        return list(Entry.objects.filter(person_id=person_id).order_by("pk").values_list("verb", flat=True))


def last_entry(person_id, verb):
    """The newest entry of a verb, with its changes by field."""
    with as_worker():
        entry = Entry.objects.filter(person_id=person_id, verb=verb).order_by("-pk").first()
        return entry, {change.field: (change.before, change.after) for change in entry.changes.all()}


def events():
    """The names of everything published, in order."""
    with as_worker():
        return list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True))
