from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from wayhome.kernel.ids import new_id
from wayhome.partnership.vocabulary import AgencyKind, NounKind, TeamKind


class Partnership(models.Model):
    """A local safeguarding partnership. Children Act 2004 s.16E: council, health and police of one area."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    # The council's nine-character code, such as E06000011.
    authority_code = models.TextField(unique=True)

    def __str__(self) -> str:
        return self.name


class Setting(models.Model):
    """A threshold or a clock that this partnership set for itself, with its source. Defaults stand in the rules."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="settings")
    key = models.TextField()
    value = models.JSONField()
    source = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "key"], name="one_value_per_setting")]

    def __str__(self) -> str:
        return self.key


class Agency(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agencies")
    name = models.TextField()
    kind = models.TextField(choices=AgencyKind)
    phone = models.TextField(blank=True)
    valid = DateRangeField()

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            ExclusionConstraint(
                name="one_agency_per_name_at_a_time",
                expressions=[
                    (F("partnership"), RangeOperators.EQUAL),
                    (F("name"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="agency_is_valid_for_a_time"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of an agency. A children's home is the team of a care provider."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.TextField()
    kind = models.TextField(choices=TeamKind)
    phone = models.TextField(blank=True)
    out_of_hours_phone = models.TextField(blank=True)
    # Ofsted's unique reference number of a children's home.
    urn = models.TextField(blank=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_team_per_name_at_a_time",
                expressions=[
                    (F("agency"), RangeOperators.EQUAL),
                    (F("name"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="team_is_valid_for_a_time"),
        ]

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A group that decides or oversees: the Board, a strategic group, a panel. Bodies report to bodies."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="bodies")
    name = models.TextField()
    purpose = models.TextField(blank=True)
    reports_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reporting_bodies"
    )
    valid = DateRangeField()

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(condition=Q(valid__isempty=False), name="body_is_valid_for_a_time"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """What an agency, team or body was called in an earlier period: old papers keep the name they were written with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    noun = models.TextField(choices=NounKind)
    noun_id = models.UUIDField()
    name = models.TextField()
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_former_name_at_a_time",
                expressions=[
                    (F("noun_id"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.name


class HomeLink(models.Model):
    """The worker of another team who is linked to a children's home for a time: visits it, and knows its children."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    home = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="links")
    # A user of `access`, which lies above: kept by id and checked there.
    user_id = models.UUIDField()
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="linked_to_a_home_once_at_a_time",
                expressions=[
                    (F("home"), RangeOperators.EQUAL),
                    (F("user_id"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"Link worker of {self.home_id}"
