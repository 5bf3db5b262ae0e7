from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.strategy.models.document import StrategyDocument
from wayhome.strategy.vocabulary import Axis, DocumentState, RatingValue


class Plan(models.Model):
    """An action plan: what is to be done, by whom, by when, and how it is going."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", models.PROTECT, related_name="+")
    document = models.ForeignKey(StrategyDocument, models.PROTECT, null=True, related_name="plans")
    title = models.TextField()
    # The group that answers for the plan; it reports upwards as the bodies do.
    body = models.ForeignKey("partnership.Body", models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=DocumentState, default=DocumentState.DRAFT)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    # A rating nobody confirmed for this many days is shown as stale.
    stale_after_days = models.PositiveIntegerField(default=120)
    # Owners are asked this many days before a meeting.
    ask_days_before = models.PositiveIntegerField(default=10)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_plan_has_a_title"),
            models.CheckConstraint(
                condition=Q(stale_after_days__range=(7, 730)), name="a_rating_goes_stale_in_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="a_plan_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class KeyWord(models.Model):
    """What one colour means in one plan, and whether it needs remedial action. The key is the plan's own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="key_words")
    rating = models.TextField(choices=RatingValue)
    words = models.TextField()
    needs_remedy = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "rating"], name="a_colour_means_one_thing"),
            models.CheckConstraint(condition=~Q(words=""), name="a_colour_means_something"),
            models.CheckConstraint(
                condition=~Q(rating="not_rated") | Q(needs_remedy=False), name="not_rated_needs_no_remedy"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Grouping(models.Model):
    """A priority, a section or an ambition of a plan. Its reference never changes once it is given."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="groupings")
    axis = models.TextField(choices=Axis)
    reference = models.TextField(blank=True)
    title = models.TextField()
    # What it is to reach; of an ambition also how.
    aim = models.TextField(blank=True)
    approach = models.TextField(blank=True)
    # Who leads it, as it was written down, and the post if it is known.
    lead = models.TextField(blank=True)
    lead_post = models.ForeignKey("partnership.Post", models.PROTECT, null=True, related_name="+")
    four_p = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "axis", "reference"],
                condition=~Q(reference=""),
                name="one_grouping_per_reference",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Objective(models.Model):
    """What a group of actions is to reach."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="objectives")
    reference = models.TextField(blank=True)
    text = models.TextField()
    priority = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="objectives_by_priority")
    section = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="objectives_by_section")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "reference"], condition=~Q(reference=""), name="one_objective_per_reference"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Commitment(models.Model):
    """Something a plan promises without an owner, a date or a rating."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="commitments")
    grouping = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="commitments")
    text = models.TextField()
    position = models.PositiveIntegerField()
    # Why it is no longer promised; empty while it is.
    dropped_because = models.TextField(blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_commitment_says_what"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(dropped_because=""),
                name="a_dropped_commitment_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class CommitmentServed(models.Model):
    """An action that serves a commitment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="served")
    action = models.ForeignKey("strategy.Action", models.PROTECT, related_name="serves")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "action"],
                condition=Q(ended_at__isnull=True),
                name="an_action_serves_a_commitment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id} serves {self.commitment_id}"
