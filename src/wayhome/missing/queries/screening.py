"""Substance-use screenings, and referrals of which nobody has written down what came of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from wayhome.missing.models import SubstanceScreen
from wayhome.missing.vocabulary import ReferralState, ScreenOutcome

ROWS_ON_A_PAGE = 50
WITHOUT_OUTCOME = (ReferralState.OFFERED, ReferralState.MADE)


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """Some referrals without an outcome, the oldest first, and how many there are in all."""

    screens: list[SubstanceScreen]
    total: int


def screen_of(episode_id: UUID) -> SubstanceScreen | None:
    """The screening of a return."""
    return SubstanceScreen.objects.filter(episode_id=episode_id).first()


def referrals_count() -> int:
    """How many referrals have no outcome yet. One query."""
    return _without_outcome().count()


def _without_outcome() -> QuerySet[SubstanceScreen]:
    return SubstanceScreen.objects.filter(referral__in=WITHOUT_OUTCOME, episode__cancelled_at=None)


def referrals_without_outcome(page: int = 1) -> ReferralPage:
    """Two queries however many there are."""
    found = _without_outcome()
    start = (page - 1) * ROWS_ON_A_PAGE
    rows = found.select_related("person").order_by("referral_at", "pk")[start : start + ROWS_ON_A_PAGE]
    return ReferralPage(list(rows), found.count())


def screens_done(person_id: UUID) -> list[tuple[str, datetime]]:
    """A child's screenings that were done and from which nobody was referred: the tool, and when. One query."""
    done = SubstanceScreen.objects.filter(
        person_id=person_id,
        outcome=ScreenOutcome.DONE,
        referral=ReferralState.NONE,
        episode__cancelled_at=None,
    )
    return list(done.order_by("-screened_at").values_list("instrument", "screened_at"))
