from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from wayhome.kernel.ids import new_id
from wayhome.partnership.vocabulary import (
    AgencyKind,
    AttendanceKind,
    BodyKind,
    MeetingState,
    NounKind,
    SeatRole,
    TeamKind,
)


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
    kind = models.TextField(choices=BodyKind, default=BodyKind.GROUP)
    purpose = models.TextField(blank=True)
    # How often it meets, in its own words, and when it was last asked whether it is still needed.
    meets = models.TextField(blank=True)
    reviewed_on = models.DateField(null=True)
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


class Post(models.Model):
    """A post of an agency or of the partnership. Who holds it changes; what the post answers for stays with it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="posts")
    title = models.TextField()
    valid = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_post_has_a_title"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="post_is_valid_for_a_time"),
        ]

    def __str__(self) -> str:
        return self.title


class PostHolder(models.Model):
    """Who holds a post for a time. Many are heads of services without an account of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holders")
    name = models.TextField()
    email = models.TextField(blank=True)
    # A user of `access`, which lies above: kept by id and checked there.
    user_id = models.UUIDField(null=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_holder_of_a_post_at_a_time",
                expressions=[
                    (F("post"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_holder_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class BodyTerms(models.Model):
    """One version of a body's terms of reference. An old version is kept as it was agreed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveIntegerField()
    text = models.TextField()
    # Of a panel: which children come to it, and from which threshold on.
    cohort = models.TextField(blank=True)
    threshold = models.TextField(blank=True)
    quorum = models.PositiveIntegerField(null=True)
    agreed_on = models.DateField()
    review_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "terms of reference"
        constraints = [
            models.UniqueConstraint(fields=["body", "version"], name="one_text_per_version_of_terms"),
            models.CheckConstraint(condition=~Q(text=""), name="terms_say_something"),
        ]

    def __str__(self) -> str:
        return f"Terms of {self.body_id}, version {self.version}"


class BodySeat(models.Model):
    """A place on a body: of an agency, and of a post if it is known. A required seat that stays empty is a gap."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="seats")
    role = models.TextField(choices=SeatRole, default=SeatRole.MEMBER)
    required = models.BooleanField(default=True)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_chair_of_a_body_at_a_time",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role="chair"),
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="seat_is_valid_for_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.body_id}"


class BodyMeeting(models.Model):
    """A meeting of a body: planned, held or cancelled."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True)
    place = models.TextField(blank=True)
    state = models.TextField(choices=MeetingState, default=MeetingState.PLANNED)
    cancelled_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "held_on"],
                condition=~Q(state="cancelled"),
                name="a_body_meets_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                name="a_cancelled_meeting_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} on {self.held_on}"


class Attendance(models.Model):
    """Who of a body came to a meeting, sent somebody, or did not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(BodyMeeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(BodySeat, on_delete=models.PROTECT, related_name="attendances")
    kind = models.TextField(choices=AttendanceKind)
    # Who sat there.
    name = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="a_seat_is_filled_once_per_meeting")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
