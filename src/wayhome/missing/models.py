from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from wayhome.kernel.ids import new_id
from wayhome.missing.vocabulary import (
    DIED,
    Certainty,
    EpisodeKind,
    InterviewOutcome,
    MissingFrom,
    OfferAnswer,
    OfferChannel,
    PlanEffect,
    PoliceRisk,
    ReportSource,
    SafeAndWellOutcome,
)


class TimeMissing(Func):
    """From last seen to returned, an open end while still missing; the end itself is not part of it."""

    function = "tstzrange"


class Episode(models.Model):
    """One time that a child was missing, or away without authorisation, from last seen to returned.

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
    last_seen_place = models.TextField(blank=True)
    missing_from = models.TextField(choices=MissingFrom, blank=True)
    home_team = models.ForeignKey("partnership.Team", on_delete=models.PROTECT, null=True, related_name="+")
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
    interview_held_at = models.DateTimeField(null=True)
    interview_settled_at = models.DateTimeField(null=True)
    interview_outcome = models.TextField(choices=InterviewOutcome, blank=True)
    analysed_at = models.DateTimeField(null=True)

    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    # Set aside because it was an error or a double: kept, never counted.
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.TextField(blank=True)
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
                | Q(return_method=DIED, analysed_at__isnull=False),
                name="closed_only_when_seen_heard_and_analysed",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancelled_reason=""), name="set_aside_says_why"
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
            models.Index(fields=["last_seen_at"], name="episodes_by_start", include=["person"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.last_seen_at:%d %B %Y %H:%M}"


class Report(models.Model):
    """What one source told about one episode, as it was told. Two sources of one episode are two reports."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
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
    # The episode it opened, before it was merged into another.
    merged_from = models.ForeignKey(Episode, models.PROTECT, null=True, related_name="+", db_index=False)

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


class RiskJudgement(models.Model):
    """The police risk level of an episode at one time, with who and why. All are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="risk_judgements")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.TextField(choices=PoliceRisk)
    reason = models.TextField()
    reassess_by = models.DateTimeField(null=True)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_risk_level_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(level=PoliceRisk.NO_APPARENT_RISK) | Q(reassess_by__isnull=False),
                name="no_apparent_risk_is_looked_at_again",
            ),
        ]
        indexes = [models.Index(fields=["person", "-judged_at"], name="risk_of_a_person")]

    def __str__(self) -> str:
        return self.get_level_display()


class SafeAndWellCheck(models.Model):
    """Is the child unhurt, now? Done on return, by the police as a rule. It is not the return interview."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.TextField(choices=SafeAndWellOutcome)
    checked_at = models.DateTimeField()
    checked_by = models.TextField()
    seen_alone = models.BooleanField(null=True)
    account = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "-checked_at"], name="checks_of_a_person")]

    def __str__(self) -> str:
        return self.get_outcome_display()


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
    independence = models.TextField(blank=True)
    child_seen_alone = models.BooleanField(null=True)
    own_words = models.TextField(blank=True)
    before = models.TextField(blank=True)
    during = models.TextField(blank=True)
    after = models.TextField(blank=True)
    harm = models.TextField(blank=True)
    would_help = models.TextField(blank=True)
    carer_view = models.TextField(blank=True)
    # Codes of codelists/push_reason and pull_reason.
    push_reasons = ArrayField(models.TextField(), default=list)
    pull_reasons = ArrayField(models.TextField(), default=list)
    reason_not_held = models.TextField(blank=True)
    # Values of vocabulary.AfterNo.
    after_no = ArrayField(models.TextField(), default=list, db_default=[])
    leaflet_given = models.BooleanField(default=False)
    settled_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[InterviewOutcome.COMPLETED, InterviewOutcome.PARTIAL],
                    held_at__isnull=False,
                    interviewer__isnull=False,
                )
                & ~Q(own_words="")
                | ~Q(outcome__in=[InterviewOutcome.COMPLETED, InterviewOutcome.PARTIAL])
                & ~Q(reason_not_held=""),
                name="held_with_the_childs_words_or_a_reason",
            )
        ]
        indexes = [models.Index(fields=["person", "-settled_at"], name="interviews_of_a_person")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Analysis(models.Model):
    """What the allocated worker makes of the return: the plan is changed, or why not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="analysis")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    plan_effect = models.TextField(choices=PlanEffect)
    plan_note = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "analyses"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(plan_note=""), name="an_analysis_says_what_and_why"
            )
        ]
        indexes = [models.Index(fields=["person", "-written_at"], name="analyses_of_a_person")]

    def __str__(self) -> str:
        return self.get_plan_effect_display()
