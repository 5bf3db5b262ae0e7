from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from wayhome.kernel.ids import new_id
from wayhome.people.models.person import Person
from wayhome.people.vocabulary import (
    PlanKind,
    RelationshipKind,
)


class Involvement(models.Model):
    """An agency's or team's work with a person over a period. One of them leads."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements", db_index=False)
    team = models.ForeignKey("partnership.Team", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    # In plain words: child in need, child protection plan, early help, school nurse...
    service = models.TextField()
    is_lead = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_lead_professional_at_a_time",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_lead=True),
            )
        ]
        indexes = [models.Index(fields=["person"], name="involvements_with_a_person")]

    def __str__(self) -> str:
        return self.service


class Relationship(models.Model):
    """Someone around a person: on our record, or only by name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships", db_index=False)
    kind = models.TextField(choices=RelationshipKind)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    has_parental_responsibility = models.BooleanField(null=True)
    is_safe_to_contact = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    valid = DateRangeField(default=(None, None))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False) | ~Q(name=""), name="a_relationship_is_with_somebody"
            ),
            models.CheckConstraint(condition=~Q(other=F("person")), name="nobody_is_related_to_themselves"),
        ]
        indexes = [models.Index(fields=["person"], name="people_around_a_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class PlanStatus(models.Model):
    """A statutory or early help plan of a child over a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans", db_index=False)
    kind = models.TextField(choices=PlanKind)
    note = models.TextField(blank=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_plan_of_a_kind_at_a_time",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes = [models.Index(fields=["person"], name="plans_of_a_person")]

    def __str__(self) -> str:
        return self.get_kind_display()
