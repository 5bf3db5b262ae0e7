"""The collection year of the return: 1 April to 31 March, named after the calendar year in which it ends."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class CollectionYear:
    """Year 2026 runs from 1 April 2025 to 31 March 2026."""

    ends_in: int

    @classmethod
    def of(cls, day: date) -> "CollectionYear":
        """The collection year that holds this day."""
        return cls(day.year + (day.month >= 4))

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.ends_in - 1, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.ends_in, 3, 31)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.ends_in - 1}/{self.ends_in % 100:02d}"
