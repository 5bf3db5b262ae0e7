from django.db import models


class NameKind(models.TextChoices):
    CURRENT = "current", "Name now"
    FORMER = "former", "Former name"
    ALIAS = "alias", "Also known as"


class IdentifierType(models.TextChoices):
    """Types of the Standard Safeguarding Dataset's linked identifiers, and those of our own feeds."""

    NHS_NUMBER = "NHS Number"
    UPN = "Unique Pupil Number"
    CASE_NUMBER = "Case Number"
    LA_CHILD_ID = "LA Child ID"
    SINGLE_UNIQUE_ID = "Single Unique Identifier"
    POLICE_PERSON = "Police Person Reference"
    HOME_OFFICE = "Home Office Registration"
    YOT_NUMBER = "YOT Number"


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
