from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.episode import Episode
from wayhome.missing.vocabulary import (
    OF_AN_EPISODE,
    NotificationChannel,
    NotificationOutcome,
    ReportSource,
    TakenFrom,
)


class Notification(models.Model):
    """What reached the partnership about a missing child, as it was received. What was told is never changed.

    Whether it opened an episode is decided apart, and said with who and why. Without a child it is one of whom nobody
    has said yet who they are.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.TextField(choices=ReportSource)
    channel = models.TextField(choices=NotificationChannel)
    agency = models.ForeignKey(
        "partnership.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    told_by = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    # The sender's own number of the message. Twice it is the same message, unless it is about another child. No
    # constraint says so: it would tell who writes one down of a message that is hidden from them.
    sender_reference = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "access.User", models.PROTECT, null=True, related_name="+", db_index=False
    )

    # As told.
    name_told = models.TextField(blank=True)
    born_told = models.TextField(blank=True)
    number_told = models.TextField(blank=True, default="", db_default="")
    kind_told = models.TextField(blank=True)
    risk_told = models.TextField(blank=True)
    last_seen_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    last_seen_place = models.TextField(blank=True)
    missing_from = models.TextField(blank=True)
    circumstances = models.TextField(blank=True)
    companions = models.TextField(blank=True)
    police_reference = models.TextField(blank=True)

    # What became of it.
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    episode = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="notifications")
    outcome = models.TextField(choices=NotificationOutcome, default=NotificationOutcome.WAITING)
    outcome_reason = models.TextField(blank=True)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=NotificationOutcome.WAITING, decided_at=None)
                | ~Q(outcome=NotificationOutcome.WAITING) & Q(decided_at__isnull=False),
                name="a_notification_is_decided_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=OF_AN_EPISODE, episode__isnull=False, person__isnull=False)
                | ~Q(outcome__in=OF_AN_EPISODE),
                name="a_notification_that_counts_is_of_an_episode",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=NotificationOutcome.NOT_MISSING) | ~Q(outcome_reason=""),
                name="not_missing_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at"], name="notifications_by_time"),
            models.Index(fields=["person", "-received_at"], name="notifications_about_a_person"),
            models.Index(
                fields=["source", "sender_reference"],
                name="notifications_by_reference",
                condition=~Q(sender_reference=""),
            ),
            models.Index(
                fields=["received_at"],
                name="notifications_waiting",
                condition=Q(outcome=NotificationOutcome.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, received {self.received_at:%d %B %Y %H:%M}"


class ChosenFact(models.Model):
    """Two sources told a fact of an episode differently, and somebody chose. Both stay on their reports."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="chosen_facts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    fact = models.TextField(choices=TakenFrom)
    report = models.ForeignKey("missing.Report", models.PROTECT, related_name="+", db_index=False)
    # As text: instants in ISO 8601, UTC.
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_choice_says_why")]
        indexes = [models.Index(fields=["person", "-chosen_at"], name="choices_about_a_person")]

    def __str__(self) -> str:
        return self.get_fact_display()
