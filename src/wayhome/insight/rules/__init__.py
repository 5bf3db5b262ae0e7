"""Which counts may be shown. Pure: counts in, counts or None ("held back") out.

A count from 1 to 4 may point to a child. It is held back, and so is every other count by which it could be worked out.
Source: Code of Practice for Statistics (trustworthiness, T6: data governance), Office for Statistics Regulation; the
threshold of five is what children's services statistics of the Department for Education have used.
"""

from collections.abc import Sequence
from datetime import date

SMALLEST_SHOWN = 5
Shown = int | None


def is_small(count: int) -> bool:
    """From 1 to 4. Nought points to nobody."""
    return 0 < count < SMALLEST_SHOWN


def shown(count: int) -> Shown:
    """A count by itself."""
    return None if is_small(count) else count


def parts_of_a_total(counts: Sequence[int], *, may_show_total: bool = True) -> tuple[list[Shown], Shown]:
    """Counts that add up, with their sum: what of them, and whether the sum, may be shown.

    One count held back could be worked out from the sum. So those that follow it are held back too, until more than
    one set of counts fits what is shown; and the sum itself, where that is not enough. They are chosen by their place:
    to choose the smallest would tell how large they are at most. Where the sum must not be shown for another reason, at
    least one of its parts is held back with it.
    """
    hidden = {place for place, count in enumerate(counts) if is_small(count)}
    first = min(hidden, default=0)
    rest = [place for place, count in enumerate(counts) if count >= SMALLEST_SHOWN]
    rest.sort(key=lambda place: (place - first) % len(counts))
    if rest and not hidden and not may_show_total:
        hidden.add(rest.pop(0))
    while hidden and rest and may_show_total and not _is_open(counts, hidden):
        hidden.add(rest.pop(0))
    total = sum(counts)
    shows_total = may_show_total and not is_small(total) and (not hidden or _is_open(counts, hidden))
    parts = [None if place in hidden else count for place, count in enumerate(counts)]
    return parts, total if shows_total else None


def _is_open(counts: Sequence[int], hidden: set[int]) -> bool:
    """Whether the sum leaves open what the hidden counts are: two or more, and neither all ones nor all fours."""
    total = sum(counts[place] for place in hidden)
    return len(hidden) > 1 and total not in (len(hidden), len(hidden) * (SMALLEST_SHOWN - 1))


def apart(counts: Sequence[int]) -> list[Shown]:
    """Counts that are parts of one another (returned, of those offered, of those accepted), most wanted first.

    The difference of two such counts is a count as well: "98 of 100 accepted" says that two did not. So one that is
    from 1 to 4 away from one shown already is held back.
    """
    found: list[Shown] = []
    for count in counts:
        is_near = any(is_small(abs(count - other)) for other in found if other is not None)
        found.append(None if is_small(count) or is_near else count)
    return found


def share(part: Shown, whole: Shown) -> str:
    """A part of a whole in whole per cent, where both may be shown and the whole is not nought."""
    if part is None or not whole:
        return ""
    return f"{round(100 * part / whole)}%"


def year_ending_in(day: date) -> int:
    """The collection year (1 April to 31 March) that holds a day, named after the year in which it ends."""
    return day.year + (day.month >= 4)


def counted_until(today: date) -> date:
    """The day with which counting ends, itself not counted: the first of this month.

    Only full months are shown: counts that moved from one look to the next would tell about the one child in between.
    """
    return today.replace(day=1)


def first_day_of(year: int) -> date:
    """The day on which a collection year begins."""
    return date(year - 1, 4, 1)


def months_of(year: int) -> list[date]:
    """The first days of the months of a collection year."""
    return [date(year - 1, month, 1) for month in range(4, 13)] + [
        date(year, month, 1) for month in (1, 2, 3)
    ]
