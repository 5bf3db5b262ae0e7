"""Finds a child for each open case. Pure: no database."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from random import Random

from wayhome.config.demonstration.calendar import Calendar
from wayhome.config.demonstration.cases import CASES, Case, OpenCase, Who
from wayhome.config.demonstration.children import Child, is_child_on
from wayhome.kernel.partial_date import age_on


def cast_cases(children: list[Child], calendar: Calendar, rng: Random) -> list[OpenCase]:
    """Each case with a child for it. A child has one open case, but for the pair that may be one episode."""
    soon = calendar.today + timedelta(days=3)
    free = [c for c in children if c.group in ("last_year", "this_year") and is_child_on(c, soon)]
    # What is written in the cases is about young people.
    free = [child for child in free if age_on(calendar.today, child.born) >= 12]
    rng.shuffle(free)
    found: list[OpenCase] = []
    for case in _hardest_first(CASES):
        if case.who.turned_eighteen:
            child = _just_eighteen(children, calendar)
        else:
            child = _child_for(case, found[-1].child if found else None, free, calendar)
        free = [other for other in free if other.number != child.number]
        found.append(OpenCase(case, child))
    return found


def _hardest_first(cases: Iterable[Case]) -> Iterator[Case]:
    """In the order given; those that ask for most have to come before the others take their children."""
    groups: list[list[Case]] = []
    for case in cases:
        if case.who.sibling or case.who.same:
            groups[-1].append(case)
        else:
            groups.append([case])
    for group in sorted(groups, key=lambda group: -_demands(group)):
        yield from group


def _demands(group: list[Case]) -> int:
    who = group[0].who
    wishes = (len(group) > 1, who.turned_eighteen, bool(who.home), bool(who.lead), who.in_care is not None)
    return sum(weight * wish for weight, wish in zip((16, 8, 4, 2, 1), wishes, strict=True))


def _child_for(case: Case, before: Child | None, free: list[Child], calendar: Calendar) -> Child:
    who = case.who
    if before and who.same:
        return before
    if before and who.sibling:
        return _siblings(before, free)[0]
    goes_with_sibling = "With their brother" in case.companions
    possible = (child for child in free if goes_with_sibling == bool(_siblings(child, free)))
    return next(child for child in possible if _fits(child, who, calendar))


def _fits(child: Child, who: Who, calendar: Calendar) -> bool:
    home = child.home_on(calendar.today)
    in_care = child.stay_on(calendar.today) is not None
    return (
        home == who.home
        and who.first_time == (child.group == "this_year")
        and who.lead in ("", child.lead.worker)
        and who.in_care in (None, in_care)
    )


def _siblings(child: Child, free: list[Child]) -> list[Child]:
    """Brothers and sisters who go missing too and have no open case yet."""
    numbers = {relative.sibling for relative in child.relatives}
    return [other for other in free if other.number in numbers and other.group == "last_year"]


def _just_eighteen(children: list[Child], calendar: Calendar) -> Child:
    """The one who was still a child when last seen, and is not any more."""
    days = {calendar.today - timedelta(days=days) for days in (1, 2)}
    among = (child for child in children if child.group == "last_year" and not child.care)
    return next(child for child in among if child.eighteen_on in days)
