from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from wayhome.kernel.ids import new_id
from wayhome.people.models.person import Person
from wayhome.people.vocabulary import (
    AddressKind,
)


class Address(models.Model):
    """Where somebody lives or lived. A masked address is shown only to those who ask for it, and that is recorded."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses", db_index=False)
    kind = models.TextField(choices=AddressKind)
    lines = models.TextField()
    # Without its space, upper case.
    postcode = models.TextField(blank=True)
    uprn = models.TextField(blank=True)
    is_masked = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            ExclusionConstraint(
                name="one_home_address_at_a_time",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=AddressKind.HOME),
            )
        ]
        indexes = [models.Index(fields=["person"], name="addresses_of_a_person")]

    def __str__(self) -> str:
        return self.lines


class CareEpisode(models.Model):
    """A period of being looked after with one legal status in one placement: the episode of the SSDA903 return.

    A new row starts when either changes. Codes are those of codelists/ (RNE, LS, CIN, PLACE, ...).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care_episodes", db_index=False)
    started_on = models.DateField()
    start_reason = models.TextField()
    legal_status = models.TextField()
    need = models.TextField(blank=True)
    placement = models.TextField()
    placement_provider = models.TextField(blank=True)
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(blank=True)
    placement_change_reason = models.TextField(blank=True)
    home_postcode = models.TextField(blank=True)
    placement_postcode = models.TextField(blank=True)
    # Ofsted's number of the home or agency.
    urn = models.TextField(blank=True)
    # The authority that placed the child, where it is not this partnership's; and the one they are placed in, likewise.
    placed_by = models.TextField(blank=True, default="", db_default="")
    placed_in = models.TextField(blank=True, default="", db_default="")
    # The home as a team of ours, if it is one: its staff may see the child while they live there.
    home_team = models.ForeignKey(
        "partnership.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            # Its index finds the care of a child, too.
            models.UniqueConstraint(
                fields=["person", "started_on", "legal_status", "placement"],
                name="a_care_episode_starts_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="care_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["home_team"], name="care_in_a_home", condition=Q(home_team__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.legal_status} {self.placement} from {self.started_on}"
