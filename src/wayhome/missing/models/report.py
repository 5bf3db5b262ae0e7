from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import (
    Certainty,
    EpisodeKind,
    MissingFrom,
    ReportSource,
)


class Report(models.Model):
    """What one source told about one episode, as it was told. Two sources of one episode are two reports.

    Its keys have a constraint together with `person`, which says more than one each would (migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="reports", db_constraint=False
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    source = models.TextField(choices=ReportSource)
    told_by = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    kind = models.TextField(choices=EpisodeKind)
    last_seen_at = models.DateTimeField()
    last_seen_certainty = models.TextField(
        choices=Certainty, default=Certainty.EXACT, db_default=Certainty.EXACT
    )
    noticed_at = models.DateTimeField(null=True)
    noticed_certainty = models.TextField(
        choices=Certainty, default=Certainty.EXACT, db_default=Certainty.EXACT
    )
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    last_seen_place = models.TextField(blank=True)
    missing_from = models.TextField(choices=MissingFrom, blank=True)
    circumstances = models.TextField(blank=True)
    companions = models.TextField(blank=True)
    police_reference = models.TextField(blank=True)
    # Where the source tells that the child is back already.
    returned_at = models.DateTimeField(null=True)
    returned_certainty = models.TextField(
        choices=Certainty, default=Certainty.EXACT, db_default=Certainty.EXACT
    )
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    # The message it was written from, as it was received.
    notification = models.ForeignKey(
        "missing.Notification",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    # The episode it opened, before it was merged into another.
    merged_from = models.ForeignKey(
        Episode, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-recorded_at"], name="reports_about_a_person")]

    def __str__(self) -> str:
        return f"Report by {self.get_source_display()}"


class ReturnCorrection(models.Model):
    """A return as it was written before somebody corrected it, and why. With `becomes_at` None there was none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="corrections")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    returned_at = models.DateTimeField()
    returned_certainty = models.TextField(choices=Certainty)
    returned_to = models.TextField(blank=True)
    return_method = models.TextField(blank=True)
    becomes_at = models.DateTimeField(null=True)
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_correction_says_why")]
        indexes = [models.Index(fields=["person", "-corrected_at"], name="corrections_about_a_person")]

    def __str__(self) -> str:
        return "Return corrected" if self.becomes_at else "Not back after all"


class PossibleMatch(models.Model):
    """A report about a child whom nobody knew has the name and birth date, or a number, of one who is restricted.

    Neither side is opened by it. Who may know is told by missing_possible_matches() (rows.sql), and nobody else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    # The one whose record is restricted; not the child of the episode.
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "possible matches"
        constraints = [
            models.UniqueConstraint(fields=["episode", "person"], name="a_possible_match_is_noticed_once")
        ]

    def __str__(self) -> str:
        return "A report may be about a child whose record is restricted"
