from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from wayhome.events import outbox
from wayhome.kernel.clock import utc_now


@app.task(name="events.dispatch", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def dispatch(event_id: str) -> None:
    outbox.dispatch(UUID(event_id), now=utc_now())
