from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import ReferralState, ScreenOutcome


class SubstanceScreen(models.Model):
    """Whether a substance-use screening tool was used after a return, and what came of a referral."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.OneToOneField(Episode, models.PROTECT, related_name="screen")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    outcome = models.TextField(choices=ScreenOutcome)
    # The name of the tool the partnership uses.
    instrument = models.TextField(blank=True)
    screened_at = models.DateTimeField()
    note = models.TextField(blank=True)
    referral = models.TextField(choices=ReferralState, default=ReferralState.NONE)
    referred_to = models.TextField(blank=True)
    referral_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(referral=ReferralState.NONE) | ~Q(referred_to=""),
                name="a_referral_is_to_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-screened_at"], name="screens_of_a_person"),
            models.Index(
                fields=["referral_at"],
                name="referrals_without_an_outcome",
                condition=Q(referral__in=[ReferralState.OFFERED, ReferralState.MADE]),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
