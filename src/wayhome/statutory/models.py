from django.db import models

from wayhome.kernel.ids import new_id


class ImportBatch(models.Model):
    """One return that was taken in: from where, of which day, by whom, and what became of its rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    folder = models.TextField()
    authority = models.TextField()
    as_at = models.DateField()
    imported_by = models.TextField()
    imported_at = models.DateTimeField()
    row_count = models.PositiveIntegerField()
    accepted_count = models.PositiveIntegerField()
    rejected_count = models.PositiveIntegerField()
    # By file name: what ssda903.report.FileCount counts.
    files = models.JSONField()
    # Files of the return for which we have no use yet, with their tables and rows.
    not_imported = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "import batches"
        indexes = [models.Index(fields=["authority", "-as_at"], name="imports_of_an_authority")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(row_count=models.F("accepted_count") + models.F("rejected_count")),
                name="every_row_is_accepted_or_rejected",
            )
        ]

    def __str__(self) -> str:
        return f"Return as at {self.as_at}"


class ImportRejection(models.Model):
    """One thing that kept a row of a return out. The values are the file's own; numbers count from 1, the header.

    `person` is the child on record with the number that the row gives, if there is one: who may see the rejection
    depends on whether that record is restricted (rows.sql).
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rejections")
    file = models.TextField()
    row = models.PositiveIntegerField()
    child = models.TextField(blank=True)
    column = models.TextField(blank=True)
    value = models.TextField(blank=True)
    code = models.TextField()
    reason = models.TextField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="a_rejection_says_why")]

    def __str__(self) -> str:
        return f"{self.file} row {self.row}: {self.code}"
