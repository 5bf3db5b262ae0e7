from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import (
    PoliceRisk,
)


class RiskJudgement(models.Model):
    """The police risk level of an episode at one time, with who and why. All are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="risk_judgements")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.TextField(choices=PoliceRisk)
    # The word of the source where it is not one of ours: "absent" is no apparent risk today.
    as_told = models.TextField(blank=True, default="", db_default="")
    reason = models.TextField()
    reassess_by = models.DateTimeField(null=True)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    # The episode it was judged for, before that was merged into another.
    merged_from = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_risk_level_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(level=PoliceRisk.NO_APPARENT_RISK) | Q(reassess_by__isnull=False),
                name="no_apparent_risk_is_looked_at_again",
            ),
        ]
        indexes = [models.Index(fields=["person", "-judged_at"], name="risk_of_a_person")]

    def __str__(self) -> str:
        return self.get_level_display()
