"""The tables of this module, by noun."""

from wayhome.people.models.around import Involvement, PlanStatus, Relationship
from wayhome.people.models.living import Address, CareEpisode
from wayhome.people.models.pack import Description, KnownPlace, Photo
from wayhome.people.models.person import Identifier, Name, NameToken, Person, PersonToken

__all__ = [
    "Address",
    "CareEpisode",
    "Description",
    "Identifier",
    "Involvement",
    "KnownPlace",
    "Name",
    "NameToken",
    "Person",
    "PersonToken",
    "Photo",
    "PlanStatus",
    "Relationship",
]
