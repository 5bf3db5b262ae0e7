from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from wayhome.audit.vocabulary import Outcome
from wayhome.kernel.ids import new_id


class Entry(models.Model):
    """One thing that somebody read, wrote, searched for, exported, or was refused.

    People, users and teams are named by id only: this module lies below theirs. The number is made here, not by
    the database, which would have to read the row to tell it: the application may add entries and not read them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    actor = models.TextField()
    agency = models.TextField(blank=True)
    verb = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    outcome = models.TextField(choices=Outcome)
    reason = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    request_id = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="entry_outcome_is_known"
            )
        ]
        indexes = [
            models.Index(fields=["person_id", "-at"], name="entries_about_a_person"),
            models.Index(fields=["user_id", "-at"], name="entries_by_a_user"),
            BrinIndex(fields=["at"], name="entries_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.subject_kind}"


class Change(models.Model):
    """What one edited fact was before and after, and all else that was typed. Shown to those who may see the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="changes")
    person_id = models.UUIDField(null=True)
    field = models.TextField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.field} changed"


class Seal(models.Model):
    """A batch of entries closed with a hash over them and over the seal before."""

    made_at = models.DateTimeField()
    entry_count = models.PositiveIntegerField()
    previous = models.BinaryField()
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"Seal {self.pk}"


class SealedEntry(models.Model):
    """The hash of one entry as it was when its batch was sealed."""

    entry_id = models.UUIDField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="sealed_entries")
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"Sealed entry {self.entry_id}"


class Draft(models.Model):
    """What a user has typed into a form and not yet sent. Only they can read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user_id = models.UUIDField()
    form = models.TextField()
    subject = models.TextField(blank=True)
    data = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "form", "subject"], name="one_draft_per_form_and_subject"
            )
        ]

    def __str__(self) -> str:
        return f"Draft of {self.form}"


class Submission(models.Model):
    """A form that was sent, by the key it carried: sent again with the same words, it gets the first answer.

    Of the words only a digest is kept, made with the server's secret: enough to tell whether others came with the same
    key, and not to try out which.
    """

    key = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(null=True)
    form = models.TextField()
    said = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Submission of {self.form}"


class Tried(models.Model):
    """How often somebody tried something of late (tried.py). No more than a digest of who and what."""

    key = models.TextField(primary_key=True)
    value = models.JSONField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Until {self.ends_at:%Y-%m-%d %H:%M}"
