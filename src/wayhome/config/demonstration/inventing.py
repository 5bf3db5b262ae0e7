"""Invents the children of the demonstration. Pure: no database."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from wayhome.config.demonstration.calendar import Calendar
from wayhome.config.demonstration.care import RESIDENTS, care_of
from wayhome.config.demonstration.children import Child, Relative, Work
from wayhome.config.demonstration.names import (
    Named,
    Numbers,
    adult_name,
    family_names,
    misspelt,
    mobile,
    named,
    words,
)
from wayhome.config.demonstration.shares import shares
from wayhome.kernel.partial_date import Precision

# How many of each. The last full year's 250 are the young people of the source document's baseline.
LAST_YEAR, LAST_YEAR_LOOKED_AFTER = 250, 100
NEW_THIS_YEAR, EARLIER_ONLY, NEVER_MISSING = 70, 110, 400

_STREETS = words("Harbour Mill Orchard Lantern Vale Mere Station Beacon Chapel Quay Heron Ferry Elder Linden")
_WAYS = words("Road Street Lane Close Avenue Terrace")
_TOWNS = words("Saltmere Valegate Mereside")


@dataclass
class Makers:
    """What the making of children draws on."""

    calendar: Calendar
    rng: Random
    numbers: Numbers = field(default_factory=Numbers)
    families: list[str] = field(default_factory=list)
    made: int = 0


def all_children(calendar: Calendar, rng: Random) -> list[Child]:
    """Every child on record, in the order of their numbers."""
    makers = Makers(calendar, rng, families=family_names(rng))
    children = [
        *_last_year(makers),
        *_this_year(makers),
        *_earlier(makers),
        *_never_missing(makers),
    ]
    return list(_with_siblings(children, rng))


def _last_year(makers: Makers) -> Iterator[Child]:
    """56% boys, 93% aged 12 to 17 in every month of the year, 40% looked after."""
    first = makers.calendar.last_full.first_day
    sexes = shares(makers.rng, LAST_YEAR, {"M": 0.56, "F": 0.432, "U": 0.008})
    young = shares(makers.rng, LAST_YEAR, {"teen": 0.93, "younger": 0.07})
    for place, (sex, band) in enumerate(zip(sexes, young, strict=True)):
        # The homes are full of children who are still children today.
        oldest = 15 if place < RESIDENTS else 16
        years = _teen_age(makers.rng, oldest) if band == "teen" else makers.rng.uniform(8, 10.9)
        born = _born(first, years)
        if place == LAST_YEAR - 1:
            # One turned eighteen yesterday, with an interview still due.
            born = eighteen_years_before(makers.calendar.today - timedelta(days=1))
        yield _child(makers, "last_year", sex, born, looked_after=place < LAST_YEAR_LOOKED_AFTER)


def _teen_age(rng: Random, oldest: int) -> float:
    """At the start of the year, so that nobody under 12 or over 17 is among them in any month of it."""
    years = rng.choices((12, 13, 14, 15, 16), (10, 15, 20, 28, 27))[0]
    return min(years, oldest) + rng.uniform(0.01, 0.85)


def _this_year(makers: Makers) -> Iterator[Child]:
    first = makers.calendar.last_full.last_day
    for place in range(NEW_THIS_YEAR):
        sex = makers.rng.choices("MFU", (56, 43, 1))[0]
        yield _child(
            makers, "this_year", sex, _born(first, makers.rng.uniform(11, 16.2)), looked_after=place % 6 == 0
        )


def _earlier(makers: Makers) -> Iterator[Child]:
    first = makers.calendar.last_full.first_day - timedelta(days=731)
    for place in range(EARLIER_ONLY):
        sex = makers.rng.choices("MFU", (56, 43, 1))[0]
        yield _child(
            makers, "earlier", sex, _born(first, makers.rng.uniform(12, 15.9)), looked_after=place % 3 == 0
        )


def _never_missing(makers: Makers) -> Iterator[Child]:
    today = makers.calendar.today
    for place in range(NEVER_MISSING):
        sex = makers.rng.choices("MFU", (50, 49, 1))[0]
        years = makers.rng.uniform(16, 17.9) if place % 5 == 0 else makers.rng.uniform(5, 17.8)
        born = eighteen_years_before(today - timedelta(days=1)) if place == 0 else _born(today, years)
        yield _child(makers, "never", sex, born, looked_after=place % 5 == 1)


def _child(makers: Makers, group: str, sex: str, born: date, *, looked_after: bool) -> Child:
    rng, today = makers.rng, makers.calendar.today
    name = named(rng, sex, makers.families)
    makers.made += 1
    if looked_after and sex == "U":
        # The looked-after return asks after a child whose sex is unknown.
        sex = "F"
    known_since = max(born, today - timedelta(days=rng.randrange(1300, 2100)))
    child = Child(
        number=makers.made,
        group=group,
        given=name.given,
        family=name.family,
        sex=sex,
        born=born,
        precision=Precision.DAY,
        ethnicity=name.background.ethnicity,
        language=name.background.language,
        needs_interpreter=name.needs_interpreter,
        nhs=makers.numbers.nhs_number(),
        upn=makers.numbers.upn(born.year + 5),
        child_number=makers.numbers.child_number(),
        police_person=makers.numbers.police_person() if group != "never" else "",
        street=f"{rng.randrange(1, 120)} {rng.choice(_STREETS)} {rng.choice(_WAYS)}, {rng.choice(_TOWNS)}",
        postcode=_postcode_of_nowhere(rng),
        known_since=known_since,
        alias=_alias(rng, name),
        relatives=tuple(_relatives(rng, name)),
    )
    if looked_after:
        care = care_of(child.born, group, makers.calendar, rng, child.number)
        known_since = min(known_since, care[0].started_on)
        child = replace(child, care=care, known_since=known_since, postcode=care[0].home_postcode)
    return replace(_estimated(child, rng), work=tuple(_work(child, today, rng)))


def _estimated(child: Child, rng: Random) -> Child:
    """Of some the date of birth is known only roughly. Not of those in care, whose return asks for the day."""
    if child.care or child.number == LAST_YEAR or not (child.needs_interpreter or rng.random() < 0.015):
        return child
    return replace(child, born=child.born.replace(day=1), precision=Precision.MONTH)


def _born(on: date, years: float) -> date:
    return on - timedelta(days=round(years * 365.2425))


def eighteen_years_before(day: date) -> date:
    """A date of birth of somebody whose eighteenth birthday is this day; the day before for 29 February."""
    try:
        return day.replace(year=day.year - 18)
    except ValueError:
        return date(day.year - 18, 2, 28)


def _postcode_of_nowhere(rng: Random) -> str:
    """There is no postcode area SV."""
    inward = f"{rng.randrange(1, 10)}{rng.choice('ABDEFGHJLN')}{rng.choice('PQRSTUWXYZ')}"
    return f"SV{rng.randrange(1, 20)}{inward}"


def _alias(rng: Random, name: Named) -> tuple[str, str, str] | None:
    """How else a child is known: a nickname, a former family name, or what somebody once misheard."""
    chance = rng.random()
    if chance < 0.06:
        return "alias", misspelt(rng, name.given), name.family
    if chance < 0.10:
        return "alias", name.given[:3], ""
    if chance < 0.14:
        return "former", name.given, rng.choice(("Samplesby", "Fableton", "Mockwell", "Legendary"))
    return None


def _relatives(rng: Random, name: Named) -> Iterator[Relative]:
    yield Relative("mother", adult_name(rng, name.family), mobile(rng), has_responsibility=True)
    if rng.random() < 0.5:
        yield Relative(
            "father", adult_name(rng, name.family), mobile(rng), has_responsibility=rng.random() < 0.7
        )
    if rng.random() < 0.3:
        yield Relative(
            "friend", rng.choice(("Jaz", "Big Mo", "Tee", "Lexi", "Cam", "Shay")), "", note="First name only."
        )
    if rng.random() < 0.25:
        note = "Speaks to them when nobody else may."
        yield Relative("trusted_adult", adult_name(rng, "Listenwell"), mobile(rng), note=note)


# The workers of the teams that lead; the youth team works with those who went missing lately.
_WORKERS = {
    "youth": ("sal", "sunita"),
    "north": ("steve", "shona"),
    "south": ("selma", "sean"),
    "early_help": ("erin",),
    "cared_for": ("stella", "samir"),
}
_SERVICES = {
    "youth": "Child in need plan",
    "early_help": "Early help plan",
    "cared_for": "Looked-after child",
}


def _work(child: Child, today: date, rng: Random) -> Iterator[Work]:
    team = _lead_team(child, rng)
    service = _SERVICES.get(team, rng.choice(("Child in need plan", "Child protection plan")))
    until = child.eighteen_on if child.eighteen_on < today - timedelta(days=60) else None
    yield Work(team, service, child.known_since, rng.choice(_WORKERS[team]), is_lead=True, until=until)
    if rng.random() < 0.35:
        yield Work("nurses_east", "School nurse", child.known_since + timedelta(days=40), until=until)
    if rng.random() < 0.5:
        yield Work(rng.choice(("mereside", "valehigh")), "Pupil", child.known_since, until=until)
    if rng.random() < 0.12:
        yield Work("wellbeing", "Counselling", child.known_since + timedelta(days=200), until=until)


def _lead_team(child: Child, rng: Random) -> str:
    was_missing = child.group == "last_year"
    if any(stay.ended_on is None for stay in child.care):
        return rng.choices(("cared_for", "youth"), (8, 2 if was_missing else 0))[0]
    return rng.choices(("youth", "north", "south", "early_help"), (4 if was_missing else 0, 3, 3, 2))[0]


def _with_siblings(children: list[Child], rng: Random) -> Iterator[Child]:
    """Brothers and sisters share family name and address: pairs who may go missing together, and younger ones."""
    by_number = {child.number: child for child in children}
    for older, younger in _pairs(children, rng):
        first, second = by_number[older], by_number[younger]
        second = _of_the_family(second, first)
        by_number[older] = replace(
            first, relatives=(*first.relatives, Relative("sibling", second.name, sibling=younger))
        )
        by_number[younger] = replace(
            second, relatives=(*second.relatives, Relative("sibling", first.name, sibling=older))
        )
    return (by_number[child.number] for child in children)


def _of_the_family(child: Child, sibling: Child) -> Child:
    """The child with the home and the parents of their brother or sister."""
    parents = tuple(r for r in sibling.relatives if r.kind in ("mother", "father"))
    others = tuple(r for r in child.relatives if r.kind not in ("mother", "father"))
    return replace(
        child,
        family=sibling.family,
        street=sibling.street,
        postcode=sibling.postcode,
        ethnicity=sibling.ethnicity,
        relatives=parents + others,
    )


def _pairs(children: list[Child], rng: Random) -> list[tuple[int, int]]:
    """Numbers of children who live with their parents, two by two, at least ten months apart."""
    at_home = [c for c in children if not c.care and c.group in ("last_year", "never")]
    missing = [c for c in at_home if c.group == "last_year"]
    others = [c for c in at_home if c.group == "never"]
    rng.shuffle(missing)
    possible = [
        *zip(missing[:20:2], missing[1:20:2], strict=True),
        *zip(missing[20:55], others[5:40], strict=True),
    ]
    return [(a.number, b.number) for a, b in possible if abs((a.born - b.born).days) > 300]
