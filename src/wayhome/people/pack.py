"""Reads of plans and of the part of a missing pack that is kept current, as far as the viewer sees the child."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wayhome.access.about import about
from wayhome.access.queries import names_of
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.partnership.queries import settings_of
from wayhome.people.models import CareEpisode, Description, KnownPlace, Photo, PlanStatus
from wayhome.people.rules import PACK_DAYS, PackReason, age_is, age_words, why_check
from wayhome.people.vocabulary import PlaceSafety

# What an officer reads first.
PLACES_IN_ORDER = (PlaceSafety.UNSAFE, PlaceSafety.NOT_ASSESSED, PlaceSafety.SAFE)


@dataclass(frozen=True, slots=True)
class KeptPart:
    """What is written down so that a child can be found, and whether somebody has to read it through."""

    description: Description | None
    places: list[KnownPlace]
    photo: Photo | None
    names: dict[UUID, str]
    moved_on: date | None
    reason: PackReason | None

    @property
    def version(self) -> int:
        """The version that a form is over: 0 if nothing was written yet."""
        return self.description.version if self.description else 0

    @property
    def checked_by(self) -> str:
        """Who read it last."""
        by = self.description.checked_by_id if self.description else None
        return self.names.get(by, "") if by else ""


def pack_days(partnership_id: UUID | None) -> int:
    """How long a pack may go unread here."""
    chosen = settings_of(partnership_id)
    return int(chosen.get("pack_days", PACK_DAYS))


def kept_part(person_id: UUID, *, on: date, days: int) -> KeptPart:
    """The kept-current part of one child's pack, in five queries. The picture itself is left where it is."""
    description = Description.objects.filter(pk=person_id).first()
    places = known_places(person_id)
    moved_on = moves([person_id], on).get(person_id)
    users = {place.assessed_by_id for place in places} | {description.checked_by_id if description else None}
    return KeptPart(
        description=description,
        places=places,
        photo=Photo.objects.filter(person_id=person_id, is_current=True).defer("image").first(),
        names=names_of(users),
        moved_on=moved_on,
        reason=_reason(description, on, moved_on, days),
    )


def _reason(description: Description | None, on: date, moved_on: date | None, days: int) -> PackReason | None:
    checked = london_day(description.checked_at) if description else None
    return why_check(checked, on, moved_on=moved_on, days=days)


def description_version(person_id: UUID) -> int:
    """The version of what is written down now; 0 if nothing is."""
    return Description.objects.filter(pk=person_id).values_list("version", flat=True).first() or 0


def known_places(person_id: UUID) -> list[KnownPlace]:
    """Places where a child may go, as judged now, those that are not safe first."""
    found = KnownPlace.objects.filter(person_id=person_id, valid__upper_inf=True).order_by("place", "pk")
    return sorted(found, key=lambda place: PLACES_IN_ORDER.index(PlaceSafety(place.safety)))


def known_place(person_id: UUID, place_id: UUID) -> KnownPlace:
    """One place of a child, also one that was judged again since. Raises NotFound."""
    found = KnownPlace.objects.filter(pk=place_id, person_id=person_id).first()
    if found is None:
        raise NotFound
    return found


def present_judgement(former: KnownPlace) -> KnownPlace | None:
    """The judgement that came after this one, of the same place or of the one that was last judged."""
    later = KnownPlace.objects.filter(person_id=former.person_id, valid__upper_inf=True, pk__gt=former.pk)
    return later.filter(place=former.place).first() or later.order_by("-pk").first()


def moves(person_ids: list[UUID], on: date) -> dict[UUID, date]:
    """When each of these children came to where they are placed now, in one query.

    A new legal status in the same placement is no move.
    """
    rows = CareEpisode.objects.filter(person_id__in=person_ids, started_on__lte=on)
    columns = ("person_id", "started_on", "placement", "urn", "home_team_id", "placement_postcode")
    found: dict[UUID, date] = {}
    last: dict[UUID, tuple[object, ...]] = {}
    for person_id, started_on, *place in rows.order_by("started_on", "ended_on").values_list(*columns):
        if last.get(person_id) != tuple(place):
            found[person_id] = started_on
        last[person_id] = tuple(place)
    return found


def reasons_to_check(person_ids: list[UUID], *, on: date, days: int) -> dict[UUID, PackReason]:
    """Which of these children's packs have to be read through, and why, in two queries."""
    checked = dict(Description.objects.filter(pk__in=person_ids).values_list("pk", "checked_at"))
    moved = moves(person_ids, on)
    found = {}
    for person_id in person_ids:
        at = checked.get(person_id)
        reason = why_check(london_day(at) if at else None, on, moved_on=moved.get(person_id), days=days)
        if reason:
            found[person_id] = reason
    return found


def photo_of(person_id: UUID, photo_id: UUID) -> bytes:
    """The present picture of a child. Raises NotFound for any other."""
    found = Photo.objects.filter(pk=photo_id, person_id=person_id, is_current=True).first()
    if found is None:
        raise NotFound
    return bytes(found.image)


def present_photo(person_id: UUID) -> Photo | None:
    """Which picture of a child is shown; not the picture itself."""
    return next((each for each in about(Photo, person_id, left=("image",)) if each.is_current), None)


@dataclass(frozen=True, slots=True)
class Placed:
    """A child whose placement crosses the border of an authority."""

    person_id: UUID
    name: str
    age: str
    since: date
    placed_by: str
    placed_in: str
    home_team_id: UUID | None


def placed_across(on: date) -> list[Placed]:
    """Children placed here by others or by us elsewhere, whom the viewer sees. One query."""
    found = CareEpisode.objects.filter(ended_on=None, started_on__lte=on).exclude(placed_by="", placed_in="")
    return [
        Placed(
            person_id=care.person_id,
            name=str(care.person),
            age=age_words(
                age_is(on, care.person.date_of_birth, care.person.birth_precision),
                care.person.birth_precision,
            ),
            since=care.started_on,
            placed_by=care.placed_by,
            placed_in=care.placed_in,
            home_team_id=care.home_team_id,
        )
        for care in found.select_related("person").order_by("person__family_name", "person__given_name", "pk")
    ]


def placed_words(care: CareEpisode | None) -> str:
    """Whose area a placement crosses into, in words; nothing for a child of ours who is placed here."""
    if care is None:
        return ""
    placed_by = f"placed here by {care.placed_by}" if care.placed_by else ""
    placed_in = f"placed in {care.placed_in}" if care.placed_in else ""
    words = ", ".join(filter(None, (placed_by, placed_in)))
    return words[:1].upper() + words[1:]


def plans_of(person_id: UUID) -> list[PlanStatus]:
    """All plans of a child, those that run first, the latest first."""
    plans = sorted(about(PlanStatus, person_id), key=lambda plan: plan.pk)
    plans.sort(key=lambda plan: (plan.valid.lower or date.min, plan.valid.upper or date.max), reverse=True)
    return sorted(plans, key=lambda plan: plan.valid.upper is not None)


def plan(person_id: UUID, plan_id: UUID) -> PlanStatus:
    """One plan of a child. Raises NotFound."""
    found = PlanStatus.objects.filter(pk=plan_id, person_id=person_id).first()
    if found is None:
        raise NotFound
    return found
