from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.strategy.models.plan import Plan


class Snapshot(models.Model):
    """A plan as it was presented to a body on a day: everything that was on the page, never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="snapshots")
    body = models.ForeignKey("partnership.Body", models.PROTECT, related_name="+")
    meeting = models.ForeignKey("partnership.BodyMeeting", models.PROTECT, null=True, related_name="+")
    presented_on = models.DateField()
    content = models.JSONField()
    # SHA-256 of the content as it is written.
    digest = models.TextField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    taken_by_name = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["plan", "-presented_on"], name="snapshots_of_a_plan")]

    def __str__(self) -> str:
        return f"{self.plan_id} on {self.presented_on}"


class SignOff(models.Model):
    """A chair's word that the plan may go to the body as it stands in the snapshot."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="sign_off")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    signed_by_name = models.TextField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.signed_by_name


class DecisionAsked(models.Model):
    """What a body is asked to decide about a plan, and what it decided."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="decisions_asked")
    meeting = models.ForeignKey("partnership.BodyMeeting", models.PROTECT, null=True, related_name="+")
    question = models.TextField()
    recommended = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    decided_on = models.DateField(null=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="a_decision_is_about_something"),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | ~Q(outcome=""), name="a_decision_has_its_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.question
