from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.strategy.models.action import Action, ActionOwner
from wayhome.strategy.vocabulary import ActionState, RatingValue, UpdateOrigin


class ActionUpdate(models.Model):
    """What an owner says of an action at one moment. It is never edited: a correction is a new update."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    # Whose part it is about; the whole action where it is empty.
    owner = models.ForeignKey(ActionOwner, models.PROTECT, null=True, related_name="updates")
    achieved = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    blocker = models.TextField(blank=True)
    state = models.TextField(choices=ActionState)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    # Who wrote it, as they were called then; an owner without an account has no user.
    written_by_name = models.TextField()
    origin = models.TextField(choices=UpdateOrigin)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(achieved="") | ~Q(next_steps="") | ~Q(blocker=""),
                name="an_update_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(state="stalled") | ~Q(blocker="") | Q(origin="import"),
                name="a_stalled_action_says_what_blocks_it",
            ),
        ]
        indexes = [models.Index(fields=["action", "-written_at"], name="updates_of_an_action")]

    def __str__(self) -> str:
        return f"{self.action_id} at {self.written_at:%Y-%m-%d}"


class Rating(models.Model):
    """One judgement of how an action stands, with its reason. The last one counts; all of them are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="ratings")
    rating = models.TextField(choices=RatingValue)
    reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    # What is done about it; amber and red need it, as the key of the plan says.
    remedy = models.TextField(blank=True)
    rated_at = models.DateTimeField()
    rated_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    rated_by_name = models.TextField()
    origin = models.TextField(choices=UpdateOrigin)

    class Meta:
        constraints = [
            # A plan on paper often has no reason; what is rated here has one.
            models.CheckConstraint(
                condition=Q(origin="import") | ~Q(reason=""), name="a_rating_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(origin="import") | Q(rating="not_rated") | ~Q(evidence=""),
                name="a_rating_has_its_evidence",
            ),
        ]
        indexes = [models.Index(fields=["action", "-rated_at"], name="ratings_of_an_action")]

    def __str__(self) -> str:
        return self.get_rating_display()
