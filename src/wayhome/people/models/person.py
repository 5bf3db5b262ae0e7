from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from wayhome.kernel.ids import new_id
from wayhome.kernel.partial_date import Precision
from wayhome.people.rules import UNKNOWN_UPNS, full_name
from wayhome.people.vocabulary import (
    IdentifierType,
    NameKind,
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
        return full_name(self.given_name, self.family_name)


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
        return full_name(self.given_name, self.family_name)


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
