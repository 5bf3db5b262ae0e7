from django.db import models

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import (
    SafeAndWellOutcome,
)


class SafeAndWellCheck(models.Model):
    """Is the child unhurt, now? Done on return, by the police as a rule. It is not the return interview."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.TextField(choices=SafeAndWellOutcome)
    checked_at = models.DateTimeField()
    checked_by = models.TextField()
    seen_alone = models.BooleanField(null=True)
    account = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "-checked_at"], name="checks_of_a_person")]

    def __str__(self) -> str:
        return self.get_outcome_display()
