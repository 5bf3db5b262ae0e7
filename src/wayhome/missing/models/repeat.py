from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import Invited, OfferChannel, RepeatTrigger, TriggerAnswer


class TriggerHit(models.Model):
    """A reason to look at a child again that a return met, and what a person decided about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="trigger_hits")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    trigger = models.TextField(choices=RepeatTrigger)
    # The facts that met it, in words: which episodes, how long, how old.
    because = models.TextField()
    hit_at = models.DateTimeField()
    answer = models.TextField(choices=TriggerAnswer, blank=True)
    answer_note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The episode for which it was decided, before that was merged into another.
    merged_from = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "trigger"],
                condition=Q(merged_from=None),
                name="an_episode_meets_a_trigger_once",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="a_trigger_is_answered_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-hit_at"], name="triggers_of_a_person"),
            models.Index(fields=["hit_at"], name="triggers_waiting", condition=Q(answer="")),
        ]

    def __str__(self) -> str:
        return self.get_trigger_display()


class Seminar(models.Model):
    """A meeting for children who went missing for the first time, and their parents or carers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    place = models.TextField()
    note = models.TextField(blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(place=""), name="a_seminar_is_somewhere")]

    def __str__(self) -> str:
        return f"{self.place}, {self.held_at:%d %B %Y %H:%M}"


class SeminarInvitation(models.Model):
    """A child, or their parents or carers, asked to a seminar after a first episode; and whether they came."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="invitations")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="invitations")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    invited = models.TextField(choices=Invited)
    channel = models.TextField(choices=OfferChannel)
    invited_at = models.DateTimeField()
    attended = models.BooleanField(null=True)
    attendance_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    invited_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    # The episode after which they were asked, before that was merged into another.
    merged_from = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seminar", "person", "invited"], name="asked_once_to_a_seminar")
        ]
        indexes = [models.Index(fields=["person", "-invited_at"], name="invitations_of_a_person")]

    def __str__(self) -> str:
        return self.get_invited_display()
