"""How one field is read: the quick way for what is right, the careful way for what is not.

Reading a value is a look into a dictionary of values already understood. What is not there goes through
`examine`, which says what the value means and what is wrong with it.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

from wayhome.codelists import CodeList
from wayhome.statutory.ssda903.findings import Check, Trouble, reject, warn

LONGEST_TEXT = 100
_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/((?:19|20)[0-9]{2})")

Value = TypeVar("Value")


class NotUnderstood(Exception):
    """The quick way does not know this value."""


class Column(Protocol[Value]):
    """One column of a table, as it is read."""

    name: str
    quick: Callable[[str], Value]

    def examine(self, raw: str) -> tuple[Value, Trouble | None]:
        """The value (blank if it cannot be held) and what is wrong with it."""


class Text:
    """Free text, kept as it is."""

    def __init__(self, name: str, *, blank: Check | None = None) -> None:
        self.name = name
        self.quick: Callable[[str], str] = self._if_filled if blank else str.strip
        self._blank = blank
        self._too_long = reject("too-long", name, f"The value is longer than {LONGEST_TEXT} characters.")

    def _if_filled(self, raw: str) -> str:
        value = raw.strip()
        if not value:
            raise NotUnderstood
        return value

    def examine(self, raw: str) -> tuple[str, Trouble | None]:
        """Refuse what is too long for any identifier or postcode."""
        value = raw.strip()
        if len(value) > LONGEST_TEXT:
            return "", self._too_long.found(value[:LONGEST_TEXT])
        return value, self._blank.found("") if self._blank and not value else None


class Day:
    """A date written dd/mm/yyyy. Blank is None."""

    def __init__(self, name: str, *, rule: str, blank: Check | None = None) -> None:
        self.name = name
        self._known: _Understood[date | None] = _Understood() if blank else _Understood({"": None})
        self.quick: Callable[[str], date | None] = self._known.__getitem__
        self._blank = blank
        self._not_a_date = reject(rule, name, f"{name} is not a date written dd/mm/yyyy.")

    def examine(self, raw: str) -> tuple[date | None, Trouble | None]:
        """Parse, remember what could be parsed, and refuse the rest."""
        value = raw.strip()
        if not value:
            return None, self._blank.found("") if self._blank else None
        day = day_from(value)
        if day is None:
            return None, self._not_a_date.found(value)
        self._known[raw] = day
        return day, None


class Coded:
    """A code of a list as it is on one day: the last day of the collection year."""

    def __init__(  # one keyword for each thing that a coded column can differ in
        self, name: str, codes: CodeList, on: date, *, rule: str, blank: Check | None = None
    ) -> None:
        self.name = name
        self._known: _Understood[str] = _Understood({code: code for code in codes.codes(on)})
        if not blank:
            self._known[""] = ""
        self.quick: Callable[[str], str] = self._known.__getitem__
        self._codes, self._blank = codes, blank
        self._unknown = reject(rule, name, f"{name} is not a code of the return.")
        self._other_year = warn(
            rule, name, f"{name} is a code of the return, but not in this collection year."
        )

    def examine(self, raw: str) -> tuple[str, Trouble | None]:
        """Read small letters and spaces generously; tell a code of another year from no code at all."""
        value = raw.strip().upper()
        if not value:
            return "", self._blank.found("") if self._blank else None
        if value in self._known:
            self._known[raw] = value
            return value, None
        if value in self._codes:
            return value, self._other_year.found(value)
        return "", self._unknown.found(raw.strip())


Understood = TypeVar("Understood")


class _Understood(dict[str, Understood]):
    def __missing__(self, raw: str) -> Understood:
        raise NotUnderstood


def day_from(text: str) -> date | None:
    """The date written as dd/mm/yyyy (1/4/2025 is read too), or None if there is no such day."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
