"""Being looked after: placements and legal statuses as the looked-after return wants them. Pure."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from wayhome.config.demonstration.calendar import Calendar
from wayhome.config.demonstration.places import HOMES
from wayhome.kernel.partial_date import birthday

# The return's check knows every real postcode, so those of children in care have to be real. These are town halls and
# council offices, where nobody lives.
_OFFICES = ("HU179BA", "YO164LP", "DN146BG")
_OFFICES_ELSEWHERE = ("HU12AA", "YO16GA", "DN311HU")

# The children of our homes, each home's in turn, come first among those of the last full year.
BEDS = {"lantern": 6, "harbour": 5, "orchard": 5, "mill": 5, "beacon": 4}
RESIDENTS = sum(BEDS.values())


@dataclass(frozen=True, slots=True)
class Stay:
    """One episode of care: one placement under one legal status. Codes of the SSDA903 return."""

    started_on: date
    start_reason: str
    legal_status: str
    need: str
    placement: str
    provider: str
    home_postcode: str
    placement_postcode: str
    urn: str = ""
    home: str = ""
    ended_on: date | None = None
    end_reason: str = ""
    change_reason: str = ""


def care_of(born: date, group: str, calendar: Calendar, rng: Random, number: int) -> tuple[Stay, ...]:
    """The care of one child, from its first day to today or to its end."""
    began = _began(born, group, calendar, rng)
    ended = _ended(born, group, calendar, rng)
    home = _home_of(number, group)
    first = _first_stay(began, home, rng)
    stays = [first]
    settled = (ended or calendar.today) - timedelta(days=30)
    ordered = began + timedelta(days=rng.randrange(60, 200))
    if first.legal_status == "C1" and ordered < settled:
        stays = _followed(stays, ordered, replace(first, start_reason="L", legal_status="C2"))
    moved = ordered + timedelta(days=rng.randrange(20, 150))
    if moved < settled:
        stays = _followed(stays, moved, _next_stay(stays[-1], home, rng))
    if ended:
        stays[-1] = replace(stays[-1], ended_on=ended, end_reason=_reason_for_end(born, ended))
    return tuple(stays)


def _began(born: date, group: str, calendar: Calendar, rng: Random) -> date:
    year_start = calendar.last_full.first_day
    if group == "this_year":
        return calendar.last_full.last_day - timedelta(days=rng.randrange(30, 400))
    latest = year_start - timedelta(days=60 if group == "last_year" else 800)
    earliest = max(birthday(born, 1), year_start - timedelta(days=1400))
    return max(earliest, latest - timedelta(days=rng.randrange(0, 700)))


def _ended(born: date, group: str, calendar: Calendar, rng: Random) -> date | None:
    """Care ends with the eighteenth birthday at the latest; a few go home before."""
    eighteen = birthday(born, 18)
    if group == "never" and rng.random() < 0.1:
        return min(eighteen, calendar.last_full.first_day + timedelta(days=rng.randrange(20, 330)))
    return eighteen if eighteen <= calendar.today else None


def _reason_for_end(born: date, ended: date) -> str:
    return "E5" if ended >= birthday(born, 18) else "E4A"


def _first_stay(began: date, home: str, rng: Random) -> Stay:
    """With a foster family. Nobody is placed where they came from, so home and placements have different postcodes."""
    came_from = rng.choice([office for office in _OFFICES if office != _postcode_of(home)])
    return Stay(
        started_on=began,
        start_reason="S",
        legal_status=rng.choice(("C1", "C1", "C2", "V2")),
        need=rng.choice(("N1", "N1", "N1", "N4", "N5", "N5", "N6")),
        placement=rng.choice(("U6", "U6", "U3")),
        provider="PR1",
        home_postcode=came_from,
        placement_postcode=_another(came_from, rng),
        urn="9900101",
    )


def _next_stay(before: Stay, home: str, rng: Random) -> Stay:
    """Where the child moved: to one of our homes, to a home elsewhere, or to another foster family."""
    moved = replace(before, start_reason="P")
    if home:
        urn = next(team.urn for team in HOMES if team.key == home)
        place = _postcode_of(home)
        return replace(moved, placement="K2", provider="PR4", urn=urn, home=home, placement_postcode=place)
    if rng.random() < 0.35:
        return replace(
            moved,
            placement="K2",
            provider="PR4",
            urn="9900201",
            placement_postcode=rng.choice(_OFFICES_ELSEWHERE),
        )
    place = _another(before.home_postcode, rng)
    return replace(moved, placement="U4", provider="PR4", urn="9900102", placement_postcode=place)


def _another(postcode: str, rng: Random) -> str:
    return rng.choice([office for office in _OFFICES if office != postcode])


def _postcode_of(home: str) -> str:
    return next((team.postcode.replace(" ", "") for team in HOMES if team.key == home), "")


def _followed(stays: list[Stay], on: date, following: Stay) -> list[Stay]:
    """The last stay ends on the day the following one starts (X1); a move says why."""
    reason = "CARPL" if following.start_reason == "P" else ""
    ended = replace(stays[-1], ended_on=on, end_reason="X1", change_reason=reason)
    return [*stays[:-1], ended, replace(following, started_on=on)]


def _home_of(number: int, group: str) -> str:
    """The beds of our homes go to the first children of the last full year."""
    if group != "last_year" or number > RESIDENTS:
        return ""
    beds = [home for home, count in BEDS.items() for _ in range(count)]
    return beds[number - 1]
