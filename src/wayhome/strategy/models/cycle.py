from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.strategy.models.action import ActionOwner
from wayhome.strategy.models.plan import Plan
from wayhome.strategy.models.progress import ActionUpdate


class OwnerLink(models.Model):
    """A link by which somebody without an account updates their own actions, for a while. Only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="owner_links")
    name = models.TextField()
    email = models.TextField()
    digest = models.TextField(unique=True)
    owners = models.ManyToManyField(ActionOwner, related_name="links", db_table="strategy_ownerlinkowner")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="a_link_lasts_for_a_while"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UpdateRequest(models.Model):
    """An owner asked for an update before a meeting; chased until answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(ActionOwner, models.PROTECT, related_name="requests")
    meeting = models.ForeignKey("partnership.BodyMeeting", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    chased_at = models.DateTimeField(null=True)
    times_chased = models.PositiveIntegerField(default=0)
    answer = models.ForeignKey(ActionUpdate, models.PROTECT, null=True, related_name="answers")
    # Why it is no longer asked for.
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "meeting"], name="an_owner_is_asked_once_per_meeting")
        ]

    def __str__(self) -> str:
        return f"Asked {self.owner_id} by {self.due_on}"
