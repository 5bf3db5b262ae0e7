from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.strategy.models.action import Action
from wayhome.strategy.vocabulary import Direction


class MeasureReading(models.Model):
    """A measure of the product for one month of the partnership, as it was counted at one moment.

    The module that counts hands them in: nothing here looks at a child. `value` is empty where the count is held
    back because it is small.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", models.PROTECT, related_name="+")
    key = models.TextField()
    # The first day of the month.
    month = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    as_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key", "month", "as_at"], name="a_measure_is_read_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.month:%Y-%m}"


class MeasureLink(models.Model):
    """A live measure by which an action is to be judged, and which way it should go."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="measures")
    key = models.TextField()
    direction = models.TextField(choices=Direction)
    # From when on the action was to show, so what came before is the baseline.
    since = models.DateField()
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "key"], name="a_measure_is_linked_once")]

    def __str__(self) -> str:
        return self.key


class EvidenceItem(models.Model):
    """A document or a finding that shows how an action stands: what it is and where to find it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="evidence_items")
    title = models.TextField()
    where = models.TextField(blank=True)
    finding = models.TextField(blank=True)
    dated = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by_name = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="evidence_has_a_title")]

    def __str__(self) -> str:
        return self.title
