from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.strategy.vocabulary import HorizonDecision


class Guidance(models.Model):
    """One version of a law, guidance, protocol or piece of research that the partnership works by."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", models.PROTECT, related_name="+")
    title = models.TextField()
    publisher = models.TextField()
    version = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    # Shown, never fetched.
    address = models.TextField(blank=True)
    local = models.BooleanField(default=False)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")
    next_check_on = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "guidance"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="guidance_has_a_title"),
            models.CheckConstraint(
                condition=~Q(superseded_by=models.F("id")), name="guidance_does_not_replace_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GuidanceAudience(models.Model):
    """An agency that is to read a document. Its receipt says that it has."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    guidance = models.ForeignKey(Guidance, models.PROTECT, related_name="audience")
    agency = models.ForeignKey("partnership.Agency", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guidance", "agency"], name="an_agency_is_asked_to_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} is to read {self.guidance_id}"


class GuidanceReceipt(models.Model):
    """An agency's word that its people have read a document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    guidance = models.ForeignKey(Guidance, models.PROTECT, related_name="receipts")
    agency = models.ForeignKey("partnership.Agency", models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    read_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guidance", "agency"], name="an_agency_acknowledges_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} read {self.guidance_id}"


class HorizonItem(models.Model):
    """A change in law, guidance or research that somebody saw coming, and what was decided about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", models.PROTECT, related_name="+")
    title = models.TextField()
    why = models.TextField(blank=True)
    address = models.TextField(blank=True)
    expected_on = models.DateField(null=True)
    owner_post = models.ForeignKey("partnership.Post", models.PROTECT, null=True, related_name="+")
    owner_words = models.TextField(blank=True)
    decision = models.TextField(choices=HorizonDecision, default=HorizonDecision.OPEN)
    decided_because = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    guidance = models.ForeignKey(Guidance, models.PROTECT, null=True, related_name="horizon_items")
    seen_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="open") | (~Q(decided_because="") & Q(decided_on__isnull=False)),
                name="a_decision_on_the_horizon_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.title
