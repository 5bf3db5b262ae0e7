"""Which event calls which handlers: reactions that would point upward in the layers, readable in one table."""

from wayhome.events.outbox import Event, Handler

SUBSCRIPTIONS: dict[type[Event], tuple[Handler, ...]] = {}
