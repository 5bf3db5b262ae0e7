from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode


class Handover(models.Model):
    """One duty worker hands what is open to the next. It is over when every item is acknowledged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey("partnership.Team", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    # Whom it is for, if it is somebody in particular; otherwise anybody of the team.
    to_user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["team", "-made_at"], name="handovers_of_a_team_by_time")]

    def __str__(self) -> str:
        return f"Handover of {self.made_at:%d %B %Y %H:%M}"


class HandoverItem(models.Model):
    """What the next worker has to know or do about one episode. Acknowledged by itself, by one who read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="handover_items")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    # What was open when it was handed over, in the words of the wall.
    open_duties = models.TextField(blank=True)
    note = models.TextField(blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "episode"], name="an_episode_is_handed_over_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="somebody_acknowledged_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="handover_items_of_a_person"),
            models.Index(
                fields=["handover"], name="handover_items_waiting", condition=Q(acknowledged_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.note
