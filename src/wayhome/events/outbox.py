"""Publish an event; have it handled once it is committed."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from wayhome.events.models import OutboxEvent


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Subclasses are frozen dataclasses of ids and codes; the class name is the event's."""

    name: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        cls.name = cls.__name__


Handler = Callable[[dict[str, Any], datetime], None]


def publish(event: Event, *, now: datetime) -> UUID:
    """Put an event in the outbox and queue its handling, both in the caller's transaction.

    Raises TransactionManagementError outside a transaction: an event without its fact, or the other way round,
    must not be possible.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An event is published in the transaction of its fact.")
    payload = {key: str(value) if isinstance(value, UUID) else value for key, value in asdict(event).items()}
    row = OutboxEvent(name=event.name, payload=payload, occurred_at=now)
    row.save(force_insert=True)
    app.configure_task("events.dispatch").defer(event_id=str(row.pk))
    return row.pk


def handlers_of(name: str) -> tuple[Handler, ...]:
    """The handlers that config/subscriptions.py names for this event."""
    subscriptions: dict[type[Event], tuple[Handler, ...]] = import_string(settings.WAYHOME_SUBSCRIPTIONS)
    return next((found for event, found in subscriptions.items() if event.name == name), ())


@transaction.atomic
def dispatch(event_id: UUID, *, now: datetime) -> None:
    """Call the handlers of one event, all or none; a second call does nothing."""
    row = OutboxEvent.objects.select_for_update().get(pk=event_id)
    if row.handled_at is not None:
        return
    for handle in handlers_of(row.name):
        handle(row.payload, now)
    row.handled_at = now
    row.save(update_fields=["handled_at"])
