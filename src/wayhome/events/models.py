from django.db import models

from wayhome.kernel.ids import new_id


class OutboxEvent(models.Model):
    """Something that happened, waiting for its handlers or done with them. Ids only, no content."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["occurred_at"], name="events_to_handle", condition=models.Q(handled_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.occurred_at:%Y-%m-%d %H:%M}"
