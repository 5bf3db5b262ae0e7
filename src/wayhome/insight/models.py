from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id


class CountedMonth(models.Model):
    """A figure of one month as it was at an instant. Never changed: where later facts changed it, another row follows.

    Counted at the start of each month. A row is kept for a figure that was not counted before or has changed since.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", models.PROTECT, related_name="+")
    # Its first day.
    month = models.DateField()
    # A key of rules/months.py, as "done-in-time".
    measure = models.TextField()
    numerator = models.PositiveIntegerField()
    # None where the measure is a count and no share.
    denominator = models.PositiveIntegerField(null=True)
    # The start of a month: what was written down later is not in it.
    counted_at = models.DateTimeField()
    # When the latest episode among them was written down; None where there was none.
    facts_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "month", "measure", "counted_at"],
                name="a_month_is_counted_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_begins_on_its_first_day"),
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(numerator__lte=models.F("denominator")),
                name="a_share_is_part_of_its_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.month:%B %Y}"
