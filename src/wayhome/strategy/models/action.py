from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.strategy.models.plan import Grouping, Objective, Plan
from wayhome.strategy.vocabulary import (
    ActionState,
    DueKind,
    FourP,
    Frequency,
    Level,
    OwnerKind,
    OwnerPart,
    ResourceState,
)


class Action(models.Model):
    """One thing to do. Its reference never changes; a cancelled action keeps it, and no other gets it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    reference = models.TextField()
    title = models.TextField(blank=True)
    text = models.TextField()
    # What will show that it worked, in the words of the plan.
    evidence = models.TextField(blank=True)
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, related_name="actions")
    priority = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="actions_by_priority")
    section = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="actions_by_section")
    ambition = models.ForeignKey(Grouping, models.PROTECT, null=True, related_name="actions_by_ambition")
    four_p = ArrayField(models.TextField(choices=FourP), default=list)
    level = models.TextField(choices=Level, default=Level.STRATEGIC)
    state = models.TextField(choices=ActionState, default=ActionState.NOT_STARTED)
    # Why it was cancelled, or what replaced it.
    ended_because = models.TextField(blank=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")
    due_kind = models.TextField(choices=DueKind, default=DueKind.OPEN)
    # The last day; of a month its last one.
    due_on = models.DateField(null=True)
    frequency = models.TextField(choices=Frequency, blank=True)
    review_body = models.ForeignKey("partnership.Body", models.PROTECT, null=True, related_name="+")
    # As the plan said it, and who was to do it: kept as written, whatever was understood of it.
    due_words = models.TextField(blank=True)
    owner_words = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "reference"], name="one_action_per_reference"),
            models.CheckConstraint(condition=~Q(reference=""), name="an_action_has_a_reference"),
            models.CheckConstraint(
                condition=~Q(due_kind__in=["date", "month"]) | Q(due_on__isnull=False),
                name="an_action_by_a_date_has_one",
            ),
            models.CheckConstraint(
                condition=~Q(due_kind="recurring") | ~Q(frequency=""), name="a_review_has_a_frequency"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "superseded"]) | ~Q(ended_because=""),
                name="an_ended_action_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ActionOwner(models.Model):
    """Who does an action, for a time: a post and so whoever holds it, an agency, a body, a team, or words only.

    Lead and contributors each report how their own part is going.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="owners")
    part = models.TextField(choices=OwnerPart)
    kind = models.TextField(choices=OwnerKind)
    post = models.ForeignKey("partnership.Post", models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("partnership.Agency", models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("partnership.Body", models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("partnership.Team", models.PROTECT, null=True, related_name="+")
    # As it was written; all there is of an owner who is not resolved.
    words = models.TextField(blank=True)
    # How their own part is, by their last word.
    state = models.TextField(choices=ActionState, default=ActionState.NOT_STARTED)
    state_said_at = models.DateTimeField(null=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="post", post__isnull=False)
                | Q(kind="agency", agency__isnull=False)
                | Q(kind="body", body__isnull=False)
                | Q(kind="team", team__isnull=False)
                | (Q(kind="unresolved") & ~Q(words="")),
                name="an_owner_is_somebody",
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="an_owner_owns_for_a_time"),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(part="lead", valid__upper_inf=True),
                name="one_lead_of_an_action",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} of {self.action_id}"


class Resource(models.Model):
    """A post, money or other means that an action needs, and whether it is there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="resources")
    what = models.TextField()
    funder = models.TextField(blank=True)
    state = models.TextField(choices=ResourceState)
    note = models.TextField(blank=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="a_resource_says_what")]

    def __str__(self) -> str:
        return self.what


class PlanLink(models.Model):
    """An action that hangs on another plan: on one of its actions if that plan is kept here, otherwise in words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="links")
    to_action = models.ForeignKey(Action, models.PROTECT, null=True, related_name="linked_from")
    to_plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="linked_from")
    words = models.TextField(blank=True)
    # A link is ended, not taken away: what was presented with it stays explained.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_action__isnull=False) | Q(to_plan__isnull=False) | ~Q(words=""),
                name="a_link_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(to_action=models.F("action")), name="an_action_does_not_hang_on_itself"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="who_ended_a_link_did_so_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.words
