from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import NOTICES, DutyOutcome, WallDuty


class DutyAnswer(models.Model):
    """What was done about a duty that has no record of its own: a discussion held, a notice given and received."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="duty_answers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    duty = models.TextField(choices=WallDuty)
    outcome = models.TextField(choices=DutyOutcome)
    done_at = models.DateTimeField()
    # Who was told, or who took part.
    with_whom = models.TextField(blank=True)
    note = models.TextField()
    # When the other side said that it has the notice.
    received_at = models.DateTimeField(null=True)
    received_by = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The episode it was written for, before that was merged into another.
    merged_from = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "duty"],
                # After a move another authority is told: of each notice no more than the rules ask for.
                condition=Q(merged_from=None) & ~Q(duty__in=[WallDuty.HOST_NOTICE, WallDuty.PLACING_NOTICE]),
                name="a_duty_is_answered_once",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="an_answer_to_a_duty_says_what"),
        ]
        indexes = [models.Index(fields=["person", "-done_at"], name="duty_answers_about_a_person")]

    def __str__(self) -> str:
        return self.get_duty_display()

    @property
    def waits_for_receipt(self) -> bool:
        """Whether it was told to somebody who has not said yet that they have it."""
        return self.duty in NOTICES and self.outcome == DutyOutcome.DONE and self.received_at is None


class BreachReason(models.Model):
    """Why a duty was not done in time, as somebody wrote it. The breach itself is computed and never goes away."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="breach_reasons")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    # Of vocabulary.Duty or WallDuty.
    duty = models.TextField()
    due_at = models.DateTimeField()
    reason = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    # The episode it was written for, before that was merged into another.
    merged_from = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "duty", "due_at"],
                condition=Q(merged_from=None),
                name="a_breach_is_explained_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_breach_says_why"),
        ]
        indexes = [models.Index(fields=["person", "-written_at"], name="breaches_about_a_person")]

    def __str__(self) -> str:
        return self.reason
