from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import (
    HELD,
    Independence,
    InterviewOutcome,
    OfferAnswer,
    OfferChannel,
)


class InterviewOffer(models.Model):
    """One try to offer a return interview, and the answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    offered_at = models.DateTimeField()
    channel = models.TextField(choices=OfferChannel)
    answer = models.TextField(choices=OfferAnswer)
    note = models.TextField(blank=True)
    leaflet_given = models.BooleanField(default=False)
    offered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "-offered_at"], name="offers_to_a_person")]

    def __str__(self) -> str:
        return self.get_answer_display()


class ReturnInterview(models.Model):
    """An independent person hears the child. Statutory guidance of 2014: offered within 72 hours of return."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="interview")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.TextField(choices=InterviewOutcome)
    held_at = models.DateTimeField(null=True)
    place = models.TextField(blank=True)
    interviewer = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    independent_as = models.TextField(choices=Independence, blank=True, default="", db_default="")
    independence = models.TextField(blank=True)
    child_seen_alone = models.BooleanField(null=True)
    own_words = models.TextField(blank=True)
    before = models.TextField(blank=True)
    during = models.TextField(blank=True)
    after = models.TextField(blank=True)
    where_been = models.TextField(blank=True, default="", db_default="")
    with_whom = models.TextField(blank=True, default="", db_default="")
    travel = models.TextField(blank=True, default="", db_default="")
    since_return = models.TextField(blank=True, default="", db_default="")
    harm = models.TextField(blank=True)
    substances = models.TextField(blank=True, default="", db_default="")
    would_help = models.TextField(blank=True)
    carer_view = models.TextField(blank=True)
    # Codes of codelists/push_reason and pull_reason.
    push_reasons = ArrayField(models.TextField(), default=list)
    pull_reasons = ArrayField(models.TextField(), default=list)
    reason_not_held = models.TextField(blank=True)
    # Values of vocabulary.AfterNo.
    after_no = ArrayField(models.TextField(), default=list, db_default=[])
    leaflet_given = models.BooleanField(default=False)
    # Whom the child and the family were told they can turn to, and when the offer is made again.
    contacts_given = models.TextField(blank=True, default="", db_default="")
    retry_on = models.DateField(null=True)
    # How the child could follow and be followed: code of codelists/language, interpreter, easy-read material.
    language = models.TextField(blank=True, default="", db_default="")
    had_interpreter = models.BooleanField(null=True)
    used_easy_read = models.BooleanField(null=True)
    # The interview that answers this episode too, where one was held about several.
    answered_in = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="answers_too", db_index=False
    )
    settled_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=sorted(HELD), held_at__isnull=False, interviewer__isnull=False)
                & (~Q(own_words="") | Q(answered_in__isnull=False))
                | ~Q(outcome__in=sorted(HELD)) & ~Q(reason_not_held=""),
                name="held_with_the_childs_words_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_in=None) | Q(outcome__in=sorted(HELD)),
                name="only_a_held_interview_answers_another_return",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-settled_at"], name="interviews_of_a_person"),
            models.Index(fields=["-settled_at"], name="interviews_not_held", condition=Q(held_at=None)),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
