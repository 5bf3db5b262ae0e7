"""The part of the missing pack that is kept current: what one has to know to find a child."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.audit.commands import differences, record
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.people.commands.person import Stale, person_to_change
from wayhome.people.models import Description


class NothingToCheck(Refusal):
    """Nothing is written down yet. Write how the child can be known first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Describing:
    """What can be said so that a child is found, each in plain words. Empty means not known."""

    height: str = ""
    build: str = ""
    hair: str = ""
    eyes: str = ""
    marks: str = ""
    clothes: str = ""
    phones: str = ""
    online_names: str = ""
    money: str = ""
    transport: str = ""
    health: str = ""
    medicines: str = ""
    communication: str = ""
    calming: str = ""
    friends: str = ""


WORDS = tuple(Describing.__dataclass_fields__)


def words_of(description: Description | None) -> dict[str, str]:
    """What is written down now."""
    return {name: getattr(description, name) if description else "" for name in WORDS}


@transaction.atomic
def describe(*, person_id: UUID, version: int, words: Describing, viewer: Viewer, now: datetime) -> None:
    """Save how a child can be known; whoever saves it has read it. Version 0: nothing was written before.

    Raises Stale with the present words if somebody saved since `version` was read.
    """
    require(viewer, Verb.KEEP_PACK)
    person_to_change(person_id, viewer, Verb.KEEP_PACK)
    present = Description.objects.filter(pk=person_id).first()
    before, after = words_of(present), asdict(words)
    if (present.version if present else 0) != version:
        raise Stale(theirs=before)
    _saved(present or Description(person_id=person_id, version=0), after, viewer, now)
    _recorded("describe", person_id, differences(before, after), viewer, now)


@transaction.atomic
def check_description(*, person_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Somebody read all of it and found it right. After a move the new home takes it over by this."""
    require(viewer, Verb.KEEP_PACK)
    person_to_change(person_id, viewer, Verb.KEEP_PACK)
    present = Description.objects.filter(pk=person_id).first()
    if present is None:
        raise NothingToCheck
    before = present.checked_at
    Description.objects.filter(pk=person_id).update(checked_at=now, checked_by_id=viewer.user_id)
    _recorded("check description", person_id, {"checked_at": (before, now)}, viewer, now)


def _saved(description: Description, after: dict[str, str], viewer: Viewer, now: datetime) -> None:
    for name, value in after.items():
        setattr(description, name, value)
    description.version += 1
    description.checked_at, description.checked_by_id = now, viewer.user_id
    description.save(force_insert=description.version == 1)


def _recorded(
    verb: str, person_id: UUID, changes: dict[str, tuple[Any, Any]], viewer: Viewer, now: datetime
) -> None:
    record(
        viewer=viewer,
        now=now,
        verb=verb,
        subject_kind="description",
        subject_id=person_id,
        person_id=person_id,
        changes=changes,
    )
