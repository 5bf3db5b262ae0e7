"""A partnership sets the limit of a duty for itself, with the local document that says so."""

from datetime import datetime

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.rules.limits import LIMITS, Limit
from wayhome.partnership.commands import change_setting


class OutOfBounds(Refusal):
    """This limit cannot be set so. Look at what is possible."""

    field = "value"


class SourceMissing(Refusal):
    """Write which local document says so."""

    field = "source"


@transaction.atomic
def change_limit(*, key: str, value: int, source: str, viewer: Viewer, now: datetime) -> None:
    """Set a limit. It counts from now on, also for what runs already. Raises OutOfBounds."""
    limit = next((limit for limit in LIMITS if limit.key == key), None)
    if limit is None:
        raise NotFound
    set_limit(limit, value, source, viewer, now)


def set_limit(limit: Limit, value: int, source: str, viewer: Viewer, now: datetime) -> None:
    """Set one of the limits of a partnership, of whichever module. Raises OutOfBounds, SourceMissing."""
    require(viewer, Verb.MANAGE_PARTNERSHIP)
    if viewer.partnership_id is None:
        raise NotFound
    if not limit.allows(value):
        raise OutOfBounds(f"Enter {limit.at_least} to {limit.at_most} {limit.unit}.")
    if not source.strip():
        raise SourceMissing
    change_setting(
        partnership_id=viewer.partnership_id,
        key=limit.key,
        value=value,
        source=source.strip(),
        viewer=viewer,
        now=now,
    )
