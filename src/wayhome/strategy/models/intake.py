from django.db import models

from wayhome.kernel.ids import new_id
from wayhome.strategy.models.plan import Plan
from wayhome.strategy.vocabulary import ImportState


class PlanImport(models.Model):
    """A file somebody brought in: what was understood of it, as they mended it, until it is saved as a plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", models.PROTECT, related_name="+")
    file_name = models.TextField()
    # SHA-256 of the file, by which the same file is recognised.
    digest = models.TextField()
    # What was read (imports/as_json.py), and what a person made of it.
    read = models.JSONField()
    mended = models.JSONField()
    state = models.TextField(choices=ImportState, default=ImportState.PREVIEW)
    # The plan it became, or the one it brings up to date.
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="imports")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="imports_of_one_file")]

    def __str__(self) -> str:
        return self.file_name
