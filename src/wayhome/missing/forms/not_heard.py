"""What the list of children who were not heard can be asked for, read from its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.queries.hearing import NotHeardAsked
from wayhome.missing.vocabulary import HELD, InterviewOutcome

PERIODS = (("30", "Last 30 days"), ("90", "Last 90 days"), ("365", "Last 12 months"))
USUAL_DAYS = "90"
OUTCOMES = tuple((each.value, each.label) for each in InterviewOutcome if each not in HELD)


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the list. What cannot be read is not asked for."""

    days: str = USUAL_DAYS
    outcome: str = ""
    to_do: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Filters":
        """The filters that stand in an address."""
        days, outcome = said.get("days", ""), said.get("outcome", "")
        return cls(
            days if days in dict(PERIODS) else USUAL_DAYS,
            outcome if outcome in dict(OUTCOMES) else "",
            "yes" if said.get("to_do") == "yes" else "",
        )

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are not as usual, as they stand in an address."""
        usual = Filters()
        return {
            name: getattr(self, name)
            for name in ("days", "outcome", "to_do")
            if getattr(self, name) != getattr(usual, name)
        }

    def asked(self, now: datetime, page: int) -> NotHeardAsked:
        """What is asked of the database."""
        return NotHeardAsked(
            since=start_of_day(london_day(now) - timedelta(days=int(self.days))),
            until=now + timedelta(seconds=1),
            outcome=self.outcome,
            only_to_do=bool(self.to_do),
            page=page,
        )
