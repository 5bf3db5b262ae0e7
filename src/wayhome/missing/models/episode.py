from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from wayhome.kernel.ids import new_id
from wayhome.missing.vocabulary import (
    DIED,
    Certainty,
    EpisodeKind,
    InterviewOutcome,
    MissingFrom,
    PoliceRisk,
)


class TimeMissing(Func):
    """From last seen to returned, an open end while still missing; the end itself is not part of it."""

    function = "tstzrange"


class Episode(models.Model):
    """One time that a child was missing, or away without authorisation, from last seen to returned.

    A key without a constraint of its own has one together with `person`, which says more (migration 0002).

    The milestones (`safe_and_well_at`, `interview_settled_at`...) repeat facts of the tables below. The board reads
    them in one query, and staff of a home see that an interview was held without seeing the interview.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField(choices=EpisodeKind)

    last_seen_at = models.DateTimeField()
    last_seen_certainty = models.TextField(
        choices=Certainty, default=Certainty.EXACT, db_default=Certainty.EXACT
    )
    noticed_at = models.DateTimeField(null=True)
    noticed_certainty = models.TextField(
        choices=Certainty, default=Certainty.EXACT, db_default=Certainty.EXACT
    )
    reported_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    # A return gives days only: then all instants are midnight in London at the start of the day.
    is_date_only = models.BooleanField(default=False)
    # A file brought it when every clock of its return had run out: history, on which no duty ever opened.
    is_history = models.BooleanField(default=False, db_default=False)
    last_seen_place = models.TextField(blank=True)
    missing_from = models.TextField(choices=MissingFrom, blank=True)
    home_team = models.ForeignKey(
        "partnership.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    circumstances = models.TextField(blank=True)
    companions = models.TextField(blank=True)
    police_reference = models.TextField(blank=True)

    risk = models.TextField(choices=PoliceRisk, blank=True)
    risk_reassess_by = models.DateTimeField(null=True)

    located_at = models.DateTimeField(null=True)
    located_certainty = models.TextField(
        choices=Certainty, default=Certainty.EXACT, db_default=Certainty.EXACT
    )
    located_place = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_certainty = models.TextField(
        choices=Certainty, default=Certainty.EXACT, db_default=Certainty.EXACT
    )
    returned_to = models.TextField(blank=True)
    # Code of codelists/return_method.
    return_method = models.TextField(blank=True)

    # When the child was seen, or it was decided that no further try is made; and the last try without seeing them.
    safe_and_well_at = models.DateTimeField(null=True)
    safe_and_well_tried_at = models.DateTimeField(null=True)
    interview_offered_at = models.DateTimeField(null=True)
    interview_accepted_at = models.DateTimeField(null=True)
    # When the latest offer was made, if the answer to it was no.
    interview_declined_at = models.DateTimeField(null=True)
    interview_held_at = models.DateTimeField(null=True)
    interview_settled_at = models.DateTimeField(null=True)
    interview_outcome = models.TextField(choices=InterviewOutcome, blank=True)
    analysed_at = models.DateTimeField(null=True)

    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    # Set aside because it was an error or a double: kept, never counted.
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.TextField(blank=True)
    # What was told of one episode was of two: the one that these reports were taken from.
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    # It is the same as another: the one that has its reports now.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_child_is_missing_once_at_a_time",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (TimeMissing("last_seen_at", "returned_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at=None),
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("last_seen_at")),
                name="returned_after_last_seen",
            ),
            models.CheckConstraint(
                condition=Q(located_at=None) | Q(located_at__gte=F("last_seen_at")),
                name="located_after_last_seen",
            ),
            models.CheckConstraint(
                condition=Q(located_at=None) | Q(returned_at=None) | Q(located_at__lte=F("returned_at")),
                name="located_before_returned",
            ),
            models.CheckConstraint(
                condition=Q(noticed_at=None) | Q(noticed_at__gte=F("last_seen_at")),
                name="noticed_after_last_seen",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=False)
                | Q(safe_and_well_at=None, safe_and_well_tried_at=None)
                & Q(interview_settled_at=None, analysed_at=None, closed_at=None),
                name="nothing_after_return_before_return",
            ),
            models.CheckConstraint(
                condition=Q(interview_settled_at=None, interview_outcome="")
                | Q(interview_settled_at__isnull=False) & ~Q(interview_outcome=""),
                name="a_settled_interview_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(
                    safe_and_well_at__isnull=False,
                    interview_settled_at__isnull=False,
                    analysed_at__isnull=False,
                )
                | Q(is_date_only=True)
                | Q(is_history=True)
                | Q(return_method=DIED, analysed_at__isnull=False),
                name="closed_only_when_seen_heard_and_analysed",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancelled_reason=""), name="set_aside_says_why"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(cancelled_at__isnull=False), name="merged_is_set_aside"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-last_seen_at"], name="episodes_of_a_person"),
            models.Index(
                fields=["last_seen_at"],
                name="episodes_open",
                condition=Q(closed_at=None, cancelled_at=None),
                include=["person"],
            ),
            models.Index(
                fields=["person"],
                name="open_episodes_of_a_person",
                condition=Q(closed_at=None, cancelled_at=None),
            ),
            models.Index(fields=["last_seen_at"], name="episodes_by_start", include=["person"]),
            models.Index(
                fields=["home_team"], name="episodes_from_a_home", condition=Q(home_team__isnull=False)
            ),
            models.Index(
                fields=["returned_at"],
                name="episodes_by_return",
                condition=Q(returned_at__isnull=False, cancelled_at=None),
                include=["person"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.last_seen_at:%d %B %Y %H:%M}"
