from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import (
    PlanEffect,
)


class Analysis(models.Model):
    """What the allocated worker makes of the return: the plan is changed, or why not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="analysis")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    plan_effect = models.TextField(choices=PlanEffect)
    plan_note = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "analyses"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(plan_note=""), name="an_analysis_says_what_and_why"
            )
        ]
        indexes = [models.Index(fields=["person", "-written_at"], name="analyses_of_a_person")]

    def __str__(self) -> str:
        return self.get_plan_effect_display()
