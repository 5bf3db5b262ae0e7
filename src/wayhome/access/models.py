from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeEndsWith, RangeStartsWith
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower

from wayhome.access.roles import Scope
from wayhome.access.vocabulary import Basis, BreakGlassReason, ReviewOutcome
from wayhome.kernel.ids import new_id


class Users(BaseUserManager["User"]):
    """Finds users by the address they sign in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField()
    job_title = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    agency = models.ForeignKey("partnership.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: scopes and grants decide."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Membership(models.Model):
    """A user's place in a team for a time: seconded and rotating workers have an end date."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey("partnership.Team", on_delete=models.PROTECT, related_name="+")
    valid = DateTimeRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="in_a_team_once_at_a_time",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("team"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class HeldScope(models.Model):
    """A scope that a user holds for a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="held_scopes")
    scope = models.TextField(choices=[(scope.value, scope.value) for scope in Scope])
    valid = DateTimeRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="holds_a_scope_once_at_a_time",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("scope"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(scope__in=sorted(scope.value for scope in Scope)), name="a_scope_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.scope}"


class Grant(models.Model):
    """The one answer to "who may see this child, and why". A team or a user, for a period, with the reason.

    `holder` is the team or the user, whichever it is: row policies look for one column. `person_id` gets its foreign
    key from a migration of people, which lies above. `held_back` is set while the record is restricted to named
    people: the grant is kept, and does not open the record. Team and user have no index of their own: `holder` has.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    team = models.ForeignKey("partnership.Team", models.PROTECT, null=True, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    holder = models.GeneratedField(
        expression=Coalesce("user_id", "team_id"),
        output_field=models.UUIDField(),
        db_persist=True,
    )
    basis = models.TextField(choices=Basis)
    reason = models.TextField()
    valid = DateTimeRangeField()
    # The same as two instants, which row security compares in half the time. No start: it was never valid.
    since = models.GeneratedField(
        expression=RangeStartsWith("valid"), output_field=models.DateTimeField(null=True), db_persist=True
    )
    until = models.GeneratedField(
        expression=RangeEndsWith("valid"), output_field=models.DateTimeField(null=True), db_persist=True
    )
    held_back = models.BooleanField(default=False)
    # None when a job or an import granted it.
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None, user__isnull=False) | Q(team__isnull=False, user=None),
                name="a_grant_is_for_a_team_or_a_user",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_grant_says_why"),
            models.CheckConstraint(condition=Q(basis__in=sorted(Basis.values)), name="a_basis_is_known"),
        ]
        indexes = [
            # With all that row security asks of a grant, so that it need not open the row.
            models.Index(
                fields=["person_id", "holder"],
                include=["since", "until", "held_back", "basis"],
                name="who_sees_a_person",
            ),
            models.Index(
                fields=["holder", "person_id"],
                include=["since", "until", "held_back", "basis"],
                name="whom_a_holder_sees",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} sees {self.person_id}: {self.get_basis_display()}"


class Restriction(models.Model):
    """A record open to named people only, such as a colleague's child or a witness."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    reason = models.TextField()
    restricted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    restricted_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(lifted_at=None), name="restricted_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Restriction of {self.person_id}"


class BreakGlass(models.Model):
    """Someone opened a record they had no grant for, with a reason. Listed until a reviewer has answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason_code = models.TextField(choices=BreakGlassReason)
    reason = models.TextField()
    broken_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_outcome = models.TextField(choices=ReviewOutcome, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "broken glass"
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, review_outcome="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(review_outcome=""),
                name="a_review_has_who_when_and_outcome",
            )
        ]
        indexes = [
            models.Index(fields=["broken_at"], name="broken_glass_to_review", condition=Q(reviewed_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.user} broke glass at {self.broken_at:%Y-%m-%d %H:%M}"


class ViewerKey(models.Model):
    """The key that signs who is looking. Readable by the functions of row security and by nobody else."""

    id = models.BooleanField(primary_key=True, default=True)
    key = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=True), name="one_viewer_key")]

    def __str__(self) -> str:
        return "Viewer key"
