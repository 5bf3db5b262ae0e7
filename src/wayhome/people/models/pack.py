from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from wayhome.kernel.ids import new_id
from wayhome.people.models.person import Person
from wayhome.people.vocabulary import (
    PlaceSafety,
)


class Description(models.Model):
    """What a police officer has to know to find a child: the part of the missing pack that is kept current.

    Written by who looks after the child. Nothing in it is shown to the police before a report.
    """

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, related_name="description"
    )
    height = models.TextField(blank=True)
    build = models.TextField(blank=True)
    hair = models.TextField(blank=True)
    eyes = models.TextField(blank=True)
    marks = models.TextField(blank=True)
    clothes = models.TextField(blank=True)
    phones = models.TextField(blank=True)
    online_names = models.TextField(blank=True)
    money = models.TextField(blank=True)
    transport = models.TextField(blank=True)
    health = models.TextField(blank=True)
    medicines = models.TextField(blank=True)
    communication = models.TextField(blank=True)
    calming = models.TextField(blank=True)
    friends = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    # When somebody last read all of it and said that it is right, with or without a change.
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    def __str__(self) -> str:
        return f"How to know {self.person_id}"


class KnownPlace(models.Model):
    """A place where a child may go, and whether it is safe for them to be there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="known_places", db_index=False)
    place = models.TextField()
    why = models.TextField(blank=True)
    safety = models.TextField(choices=PlaceSafety)
    safety_reason = models.TextField(blank=True)
    is_masked = models.BooleanField(default=False)
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    valid = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(place=""), name="a_known_place_is_named"),
            models.CheckConstraint(
                condition=Q(safety=PlaceSafety.NOT_ASSESSED) | ~Q(safety_reason=""),
                name="a_judged_place_says_why",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="known_places_of_a_person")]

    def __str__(self) -> str:
        return self.place


class Photo(models.Model):
    """A picture by which a child can be known. In the database, so that row security decides who sees it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="photos", db_index=False)
    # JPEG, re-drawn when it was added: nothing of the camera or the place is left in it.
    image = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    taken_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_current=True), name="one_current_photo_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"Photo of {self.added_at:%d %B %Y}"
