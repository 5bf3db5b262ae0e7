from django.db import models


class NameKind(models.TextChoices):
    CURRENT = "current", "Name now"
    FORMER = "former", "Former name"
    ALIAS = "alias", "Also known as"


class IdentifierType(models.TextChoices):
    """Types of the Standard Safeguarding Dataset's linked identifiers, as spelt there, and those of our own feeds."""

    NHS_NUMBER = "NHS Number", "NHS number"
    UPN = "Unique Pupil Number", "UPN"
    CASE_NUMBER = "Case Number", "Case number"
    LA_CHILD_ID = "LA Child ID", "LA child ID"
    SINGLE_UNIQUE_ID = "Single Unique Identifier", "Single unique identifier"
    POLICE_PERSON = "Police Person Reference", "Police person reference"
    HOME_OFFICE = "Home Office Registration", "Home Office registration"
    YOT_NUMBER = "YOT Number", "YOT number"


class AddressKind(models.TextChoices):
    HOME = "home", "Home"
    PLACEMENT = "placement", "Where they are placed"
    PARENT = "parent", "A parent's address"
    OTHER = "other", "Another address"


class RelationshipKind(models.TextChoices):
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    CARER = "carer", "Carer"
    SIBLING = "sibling", "Brother or sister"
    RELATIVE = "relative", "Another relative"
    FRIEND = "friend", "Friend"
    PARTNER = "partner", "Boyfriend or girlfriend"
    TRUSTED_ADULT = "trusted_adult", "Trusted adult"
    OTHER = "other", "Someone else"


class PlanKind(models.TextChoices):
    """Plans under the Children Act 1989 and beside it."""

    CHILD_PROTECTION = "child_protection", "Child protection plan"
    CHILD_IN_NEED = "child_in_need", "Child in need plan"
    EARLY_HELP = "early_help", "Early help plan"
    EDUCATION_HEALTH_CARE = "ehc", "Education, health and care plan"
    YOUTH_JUSTICE = "youth_justice", "Youth justice plan"


class PlaceSafety(models.TextChoices):
    NOT_ASSESSED = "not_assessed", "Not judged yet"
    SAFE = "safe", "Safe for the child"
    UNSAFE = "unsafe", "Not safe for the child"
