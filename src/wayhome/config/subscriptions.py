"""Which event calls which handlers: reactions that would point upward in the layers, readable in one table."""

from wayhome.access import handlers as access
from wayhome.access.events import GlassBroken
from wayhome.events.outbox import Event, Handler

SUBSCRIPTIONS: dict[type[Event], tuple[Handler, ...]] = {
    GlassBroken: (access.tell_reviewers,),
}
