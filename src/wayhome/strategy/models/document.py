from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.strategy.vocabulary import DocumentState, SectionKind


class StrategyDocument(models.Model):
    """One version of a strategy: what the partnership says it wants, who approved it and when it was published.

    A new version is a new row that names the one it follows; an approved version is not edited any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", models.PROTECT, related_name="+")
    title = models.TextField()
    version = models.PositiveIntegerField(default=1)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    body = models.ForeignKey("partnership.Body", models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=DocumentState, default=DocumentState.DRAFT)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)
    approved_by = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    # Counts the edits, so that a stale one is noticed.
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_strategy_has_a_title"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approved_on__isnull=False),
                name="a_strategy_in_force_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="a_strategy_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentSection(models.Model):
    """A part of a strategy in the partnership's own words; a quotation says whose words it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(StrategyDocument, models.PROTECT, related_name="sections")
    position = models.PositiveIntegerField()
    kind = models.TextField(choices=SectionKind, default=SectionKind.TEXT)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    source = models.TextField(blank=True)
    address = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="quote") | ~Q(source=""), name="a_quotation_says_whose_it_is"
            ),
        ]

    def __str__(self) -> str:
        return self.heading
