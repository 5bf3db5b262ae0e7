from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from wayhome.kernel.ids import new_id
from wayhome.kernel.partial_date import Precision
from wayhome.people.rules import UNKNOWN_UPNS
from wayhome.people.vocabulary import (
    AddressKind,
    IdentifierType,
    NameKind,
    PlaceSafety,
    PlanKind,
    RelationshipKind,
)

PRECISIONS = [(precision.value, precision.value) for precision in Precision]


class Person(models.Model):
    """A child, or an adult around one. What they are to each other is said by relationships, not by subclasses.

    `given_name` and `family_name` repeat the current row of `Name`, because every list shows them. `version` counts
    edits, so that a stale form can be told.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    given_name = models.TextField()
    family_name = models.TextField()
    # As precisely as it is known: with precision "month" the day is 1, with "year" the month too.
    date_of_birth = models.DateField(null=True)
    birth_precision = models.TextField(choices=PRECISIONS, default=Precision.DAY)
    # Codes of codelists/: sex, ethnicity, language.
    sex = models.TextField(blank=True)
    gender = models.TextField(blank=True)
    ethnicity = models.TextField(blank=True)
    language = models.TextField(blank=True)
    needs_interpreter = models.BooleanField(default=False)
    pronunciation = models.TextField(blank=True)
    died_on = models.DateField(null=True)
    # SSDA903 header: whether a looked-after girl is a mother, and her child's date of birth.
    is_mother = models.BooleanField(null=True)
    own_child_born_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=Q(date_of_birth=None, birth_precision=Precision.UNKNOWN)
                | Q(date_of_birth__isnull=False) & ~Q(birth_precision=Precision.UNKNOWN),
                name="birth_date_and_precision_agree",
            )
        ]
        indexes = [models.Index(fields=["date_of_birth"], name="people_by_birth_date")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Name(models.Model):
    """Every name somebody has or had. Search looks at all of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.TextField(choices=NameKind)
    given_name = models.TextField(blank=True)
    family_name = models.TextField(blank=True)
    valid = DateRangeField(default=(None, None))
    source = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind=NameKind.CURRENT), name="one_current_name_per_person"
            ),
            models.CheckConstraint(condition=~Q(given_name="", family_name=""), name="a_name_has_letters"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class NameToken(models.Model):
    """Every distinct word of any name: misspelt words are matched against this short list, not against people.

    `shortenings` are the word and what is left of it without any one letter: two words that share one are a slip or
    two apart. `sound` is how it is heard (double metaphone). Written by people_index_names() (rows.sql) only.
    """

    token = models.TextField(primary_key=True)
    shortenings = ArrayField(models.TextField(), default=list)
    sound = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["token"], opclasses=["text_pattern_ops"], name="words_by_prefix"),
            GinIndex(fields=["shortenings"], name="words_by_shortening"),
            models.Index(fields=["sound"], name="words_by_sound"),
        ]

    def __str__(self) -> str:
        return self.token


class PersonToken(models.Model):
    """Which words name which person. Written by people_index_names() (rows.sql) only."""

    id = models.BigAutoField(primary_key=True)
    token = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    born_year = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "person"], name="a_word_names_a_person_once")]
        indexes = [models.Index(fields=["person"], name="words_of_a_person")]

    def __str__(self) -> str:
        return self.token


class Identifier(models.Model):
    """A number that an agency knows a person by, in the shape of SSD's linked identifiers: type, value, from, to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    type = models.TextField(choices=IdentifierType)
    value = models.TextField()
    issuer = models.TextField(blank=True)
    # Whether its check digit holds; None where the type has none.
    is_verified = models.BooleanField(null=True)
    # Somebody else on record has it, whom the one who wrote it must not know of: kept, and proves nothing.
    is_shared = models.BooleanField(default=False, db_default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "value", "issuer"],
                # UN1 to UN5 say why there is no pupil number, and are true of many.
                condition=Q(valid_to=None)
                & ~Q(is_verified=False)
                & Q(is_shared=False)
                & ~Q(type=IdentifierType.UPN, value__in=sorted(UNKNOWN_UPNS)),
                name="an_identifier_names_one_person",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="identifier_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["value"], name="people_by_identifier")]

    def __str__(self) -> str:
        return f"{self.type} {self.value}"


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
    home_team = models.ForeignKey("partnership.Team", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "started_on", "legal_status", "placement"],
                name="a_care_episode_starts_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="care_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["person", "started_on"], name="care_of_a_person")]

    def __str__(self) -> str:
        return f"{self.legal_status} {self.placement} from {self.started_on}"


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
