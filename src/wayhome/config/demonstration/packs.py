"""What is kept current for the missing packs of the demonstration, plans, and borders between authorities. Pure.

Has a chance of its own, so that what is invented here moves nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random
from uuid import UUID

from PIL import Image, ImageDraw

from wayhome.config.demonstration.cases import OpenCase
from wayhome.config.demonstration.children import Child
from wayhome.config.demonstration.rows import Ids, Row, Rows, id_at
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.people.vocabulary import PlaceSafety, PlanKind

SEED = 40_074
# Homes outside our area by the number that the stays give them (care.py).
HOME_ELSEWHERE = "9900201"
AUTHORITIES = ("Northdale Council", "Southfen Council", "Wealdmoor Council")
PLACED_HERE = 4
# Who is linked to which home, and for how many days.
LINKS = (("ines", "lantern", 220), ("isaac", "harbour", 130), ("imogen", "orchard", 60))

_HEIGHTS = ("150 cm", "about 158 cm", "165 cm", "up to my shoulder", "172 cm")
_BUILDS = ("Slight", "Slim, long legs", "Broad shoulders", "Stocky")
_HAIR = (
    "Short, black",
    "Brown plait to the waist",
    "Shaved at the sides, blond on top",
    "Dyed red, shoulder length",
)
_EYES = ("Brown", "Green, wears glasses for reading", "Blue", "Brown, contact lenses")
_MARKS = (
    "",
    "Small star tattooed on the left wrist",
    "Scar through the right eyebrow",
    "Braces, upper teeth",
)
_CLOTHES = (
    "Grey tracksuit, white trainers",
    "Long green coat whatever the weather",
    "Black puffer jacket, rucksack",
)
_PHONES = ("01632 960{:03d}, own phone, pay as you go", "01632 960{:03d}; the old phone takes wifi only")
_ONLINE = ("", "lamp_post_{:02d} on a photo app", "saltmere.{:02d} in a football game")
_MONEY = ("Pocket money on Fridays, own bank card", "No card. Is given cash by somebody older")
_TRANSPORT = ("Bus pass, line 57", "Own bicycle, blue", "Trains without a ticket, knows the guards")
_FRIENDS = (
    "A cousin in Vale",
    "Two from the old school, named in the plan",
    "Somebody called Jaz, not known to us",
)
_HEALTH = ("", "Asthma, inhaler in the coat", "Allergic to nuts, carries two pens", "Type 1 diabetes")
_MEDICINES = {"Type 1 diabetes": "Insulin, four times a day. Dangerous after 12 hours without."}
_COMMUNICATION = (
    "",
    "Give time to answer. Does not look at you when listening.",
    "Hears little on the left side",
)
_CALMING = (
    "Music, and being asked about the dog",
    "Being left to sit. Do not hold.",
    "A drink and a blanket first",
)

# place, why, safety, reason, kept from view
_PLACES = (
    ("Flat over the arcade, Quay Street, Saltmere", "Was found there twice", "unsafe",
     "An adult there buys drink for young people. Do not send staff alone.", False),
    ("Aunt’s house, Fern Road, Vale", "Goes there when it is loud at home", "safe",
     "The aunt rings us. Has agreed to keep them for a night.", False),
    ("Saltmere bus station, upper level", "Meets friends after school", "not_assessed", "", False),
    ("Skate park behind the library", "Every fine evening", "safe", "Youth workers are there until nine.", False),
    ("A refuge in Vale", "Their mother lives there", "safe",
     "Ring first, and never give the address to the father’s family.", True),
)  # fmt: skip
_PLANS = (
    PlanKind.CHILD_IN_NEED,
    PlanKind.CHILD_PROTECTION,
    PlanKind.YOUTH_JUSTICE,
    PlanKind.EDUCATION_HEALTH_CARE,
)


def borders(children: Iterable[Child], cases: Iterable[OpenCase], on: date) -> Mapping[int, tuple[str, str]]:
    """Who placed a child here, or where ours are placed: by number, where it is not us. Some have an open case."""
    open_now = {one.child.number for one in cases}
    here = sorted(
        (child for child in children if child.home_on(on)), key=lambda c: (c.number not in open_now, c.number)
    )
    found = {child.number: (AUTHORITIES[place % 3], "") for place, child in enumerate(here[:PLACED_HERE])}
    for child in children:
        stay = child.stay_on(on)
        if stay and stay.urn == HOME_ELSEWHERE:
            found[child.number] = ("", AUTHORITIES[child.number % 3])
    return found


def packs(children: Sequence[Child], cases: Iterable[OpenCase], ids: Ids, now: datetime) -> Rows:
    """Packs of those who live in our homes or are missing, plans, and who is linked to which home."""
    rng, rows, today = Random(SEED), Rows(), london_day(now)  # noqa: S311
    gone = {one.child.number for one in cases if one.case.returned is None}
    for place, child in enumerate(c for c in children if c.home_on(today) or c.number in gone):
        _Pack(child, ids, now, rng, rows).write(place)
    for child in children:
        if child.group in ("last_year", "this_year") and child.number % 4 == 0:
            _plan(child, ids.people[child.number], rows, now, rng)
    for user, home, days in LINKS:
        since = today - timedelta(days=days)
        linked = {"home_id": ids.teams[home], "user_id": ids.users[user], "valid": (since, None)}
        rows.add("partnership.HomeLink", id=id_at(now, rng), **linked)
    return rows


def _plan(child: Child, person_id: UUID, rows: Rows, now: datetime, rng: Random) -> None:
    since = london_day(now) - timedelta(days=rng.randrange(20, 300))
    kind = _PLANS[child.number // 4 % len(_PLANS)]
    rows.add("people.PlanStatus", id=id_at(now, rng), person_id=person_id, kind=kind, valid=(since, None))


class _Pack:
    """Writes the kept-current part of one child."""

    def __init__(self, child: Child, ids: Ids, now: datetime, rng: Random, rows: Rows) -> None:
        self._child, self._now, self._rng, self._rows = child, now, rng, rows
        self._person_id = ids.people[child.number]
        stay = child.stay_on(london_day(now))
        is_lantern = bool(stay and stay.home == "lantern")
        self._writer = ids.users["hal" if is_lantern else child.lead.worker]

    def write(self, place: int) -> None:
        """Of every sixth nothing is written yet; the others were read through lately, long ago, or before a move."""
        if place % 6 == 5:
            return
        checked_at = self._read_at(place)
        self._rows.add("people.Description", **self._description(), checked_at=checked_at)
        known = self._rng.sample(_PLACES, 3) if place % 3 else list(_PLACES)
        for one in known:
            self._place(one, london_day(checked_at))
        if place % 4 != 3:
            self._photo(checked_at)

    def _read_at(self, place: int) -> datetime:
        """Of every fifth it was read before the child came to where they live now."""
        stay = self._child.stay_on(london_day(self._now))
        if stay and place % 5 == 4:
            return start_of_day(stay.started_on - timedelta(days=10)) + timedelta(hours=10)
        return self._now - timedelta(days=(12, 40, 75, 110, 3)[place % 5])

    def _description(self) -> Row:
        rng, health = self._rng, self._rng.choice(_HEALTH)
        return {
            "person_id": self._person_id,
            "height": rng.choice(_HEIGHTS),
            "build": rng.choice(_BUILDS),
            "hair": rng.choice(_HAIR),
            "eyes": rng.choice(_EYES),
            "marks": rng.choice(_MARKS),
            "clothes": rng.choice(_CLOTHES),
            # Numbers that are given to nobody: Ofcom keeps 01632 960000 to 960999 for invented people.
            "phones": rng.choice(_PHONES).format(rng.randrange(1000)),
            "online_names": rng.choice(_ONLINE).format(rng.randrange(100)),
            "money": rng.choice(_MONEY),
            "transport": rng.choice(_TRANSPORT),
            "friends": rng.choice(_FRIENDS),
            "health": health,
            "medicines": _MEDICINES.get(health, ""),
            "communication": rng.choice(_COMMUNICATION),
            "calming": rng.choice(_CALMING),
            "checked_by_id": self._writer,
        }

    def _place(self, known: tuple[str, str, str, str, bool], on: date) -> None:
        place, why, safety, reason, is_masked = known
        self._rows.add(
            "people.KnownPlace",
            id=id_at(start_of_day(on), self._rng),
            person_id=self._person_id,
            place=place,
            why=why,
            safety=PlaceSafety(safety),
            safety_reason=reason,
            is_masked=is_masked,
            assessed_on=on,
            assessed_by_id=self._writer,
            valid=(on, None),
        )

    def _photo(self, at: datetime) -> None:
        width, height = 360, 450
        self._rows.add(
            "people.Photo",
            id=id_at(at, self._rng),
            person_id=self._person_id,
            image=drawn_lantern(self._child.number, width, height),
            width=width,
            height=height,
            taken_on=london_day(at) - timedelta(days=20),
            added_at=at,
            added_by_id=self._writer,
        )


def drawn_lantern(number: int, width: int, height: int) -> bytes:
    """A picture that is clearly of nobody: a lantern, another for each child, and the word "invented"."""
    shade = 120 + number * 37 % 100
    picture = Image.new("RGB", (width, height), (shade, shade, 235))
    draw = ImageDraw.Draw(picture)
    middle, top = width // 2, height // 4
    glow = 40 + number * 13 % 50
    draw.ellipse((middle - 90 - glow, top - 30, middle + 90 + glow, top + 240), fill=(255, 243, 205))
    draw.polygon([(middle - 70, top + 40), (middle + 70, top + 40), (middle, top - 30)], fill=(20, 32, 60))
    draw.rectangle((middle - 60, top + 40, middle + 60, top + 190), outline=(20, 32, 60), width=10)
    for bar in range(number % 4 + 1):
        x = middle - 45 + bar * 28
        draw.line((x, top + 50, x, top + 180), fill=(245, 158, 43), width=8)
    draw.rectangle((middle - 75, top + 190, middle + 75, top + 215), fill=(20, 32, 60))
    draw.text((middle, height - 70), "invented picture", fill=(20, 32, 60), anchor="mm", font_size=30)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
