"""A substance-use screening after a return, and what comes of a referral. The tool itself is not part of the record."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import recorded
from wayhome.missing.models import Episode, SubstanceScreen
from wayhome.missing.rules import InTheFuture, check_after_return
from wayhome.missing.vocabulary import ReferralState, ScreenOutcome


class ScreenOutcomeMissing(Refusal):
    """Choose whether the screening was done."""

    field = "outcome"


class InstrumentMissing(Refusal):
    """Write which screening tool was used."""

    field = "instrument"


class ReferredToNobody(Refusal):
    """Write to whom the child was referred."""

    field = "referred_to"


class NothingReferred(Refusal):
    """No referral is written down for this return. Record the screening with its referral first."""


class CountedNowhere(Refusal):
    """This episode was set aside. Nothing can be added to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Whether a screening tool was used after a return, and whether a referral was offered."""

    outcome: str
    screened_at: datetime
    instrument: str = ""
    note: str = ""
    referral: str = ReferralState.NONE
    referred_to: str = ""


@transaction.atomic
def record_screen(*, episode_id: UUID, screen: Screen, viewer: Viewer, now: datetime) -> UUID:
    """Record the screening of a return; a second time, correct it. Raises the Refusals above, and BeforeReturn."""
    require(viewer, Verb.SCREEN_SUBSTANCES)
    episode = _counted(episode_id, viewer)
    check_after_return(episode, screen.screened_at, now, field="screened_at")
    _check_said(screen)
    found = SubstanceScreen.objects.filter(episode=episode).first()
    made = found or SubstanceScreen(episode=episode, person_id=episode.person_id)
    referred = screen.referral != ReferralState.NONE
    after = asdict(screen) | {"referral_at": (made.referral_at or screen.screened_at) if referred else None}
    changes = _put(made, after, viewer, now)
    recorded(
        episode,
        verb="record screening",
        viewer=viewer,
        now=now,
        changes=changes,
        outcome=screen.outcome,
        referral=screen.referral,
    )
    return made.pk


@transaction.atomic
def follow_referral(
    *, episode_id: UUID, referral: str, at: datetime, note: str = "", viewer: Viewer, now: datetime
) -> None:
    """Write down what came of a referral, also when the episode is closed. Raises NothingReferred."""
    require(viewer, Verb.SCREEN_SUBSTANCES)
    episode = _counted(episode_id, viewer)
    screen = SubstanceScreen.objects.filter(episode=episode).exclude(referral=ReferralState.NONE).first()
    if screen is None or referral not in ReferralState.values or referral == ReferralState.NONE:
        raise NothingReferred
    if at > now:
        raise InTheFuture(field="at")
    words = "\n".join(filter(None, (screen.note, note)))
    changes = _put(screen, {"referral": referral, "referral_at": at, "note": words}, viewer, now)
    recorded(episode, verb="follow referral", viewer=viewer, now=now, changes=changes, referral=referral)


def _counted(episode_id: UUID, viewer: Viewer) -> Episode:
    episode = Episode.objects.select_for_update().filter(pk=episode_id).first()
    if episode is None:
        raise NotFound
    require_for(viewer, Verb.SCREEN_SUBSTANCES, episode.person_id)
    if episode.cancelled_at:
        raise CountedNowhere
    return episode


def _check_said(screen: Screen) -> None:
    if screen.outcome not in ScreenOutcome.values or screen.referral not in ReferralState.values:
        raise ScreenOutcomeMissing
    if screen.outcome == ScreenOutcome.DONE and not screen.instrument.strip():
        raise InstrumentMissing
    if screen.referral != ReferralState.NONE and not screen.referred_to.strip():
        raise ReferredToNobody


def _put(
    screen: SubstanceScreen, after: dict[str, Any], viewer: Viewer, now: datetime
) -> dict[str, tuple[Any, Any]]:
    is_new = screen._state.adding
    changes = {field: (None if is_new else getattr(screen, field), value) for field, value in after.items()}
    for field, value in {**after, "recorded_at": now, "recorded_by_id": viewer.user_id}.items():
        setattr(screen, field, value)
    screen.version += 0 if is_new else 1
    screen.save()
    return {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
