"""The limits that a partnership may set for itself: what each is for, in which unit, and where it comes from. Pure."""

from dataclasses import dataclass, fields
from enum import StrEnum

from wayhome.missing.rules.clocks import GUIDANCE, Clocks

WORKING_TOGETHER = "Working Together to Safeguard Children (2023)"
PROTOCOL = f"Local protocol under the {GUIDANCE[0].lower()}{GUIDANCE[1:]}"


class Unit(StrEnum):
    """How a limit is counted. Clock hours run through nights, weekends and clock changes; working days do not."""

    CLOCK_HOURS = "clock hours"
    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    YEARS = "years of age"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, between its bounds. `key` is a field of Clocks."""

    key: str
    what: str
    unit: Unit
    at_most: int
    source: str
    at_least: int = 1

    @property
    def default(self) -> int:
        """What counts where the partnership has not said otherwise."""
        return DEFAULTS[self.key]

    def words(self, value: int) -> str:
        """A value with its unit."""
        return f"{value} {self.unit.removesuffix('s') if value == 1 else self.unit}"

    def allows(self, value: int) -> bool:
        """Whether a partnership may choose this."""
        return self.at_least <= value <= self.at_most


DEFAULTS: dict[str, int] = {field.name: int(str(field.default)) for field in fields(Clocks)}

LIMITS: tuple[Limit, ...] = (
    Limit(
        "safe_and_well_hours",
        "Safe and well check, from the return",
        Unit.CLOCK_HOURS,
        72,
        f"{GUIDANCE}, safe and well checks: as soon as possible. 24 is our default, not the law's.",
    ),
    Limit(
        "interview_hours",
        "Return interview, from the return",
        Unit.CLOCK_HOURS,
        72,
        f"{GUIDANCE}, return interviews: within 72 hours. It can be set shorter, never longer.",
    ),
    Limit(
        "analysis_working_days",
        "Analysis of the return, from the interview",
        Unit.WORKING_DAYS,
        20,
        "Local. The allocated worker reads the return into the plan.",
    ),
    Limit(
        "strategy_after_hours",
        "A strategy discussion is needed when a child has been missing for more than",
        Unit.CLOCK_HOURS,
        72,
        f"{PROTOCOL}. 24 is our default.",
    ),
    Limit(
        "strategy_hours",
        "Strategy discussion, from the first thing that calls for one",
        Unit.CLOCK_HOURS,
        120,
        f"Children Act 1989 s.47 and {WORKING_TOGETHER}: without delay. 24 is our default.",
    ),
    Limit(
        "senior_notice_hours",
        "A senior manager is told, from when the child was last seen",
        Unit.CLOCK_HOURS,
        72,
        f"{PROTOCOL}: escalation between 24 and 72 hours. 24 is our default.",
    ),
    Limit(
        "host_notice_hours",
        "The authority that the child is placed in is told, from the report",
        Unit.CLOCK_HOURS,
        120,
        f"{GUIDANCE}, children placed out of area. The hours are local.",
    ),
    Limit(
        "placing_notice_hours",
        "The authority that placed the child is told, from the report",
        Unit.CLOCK_HOURS,
        120,
        f"{GUIDANCE}, children placed out of area. The hours are local.",
    ),
    Limit(
        "offer_again_days",
        "The interview is offered again after a no, where no day was agreed",
        Unit.DAYS,
        90,
        f"{GUIDANCE}, return interviews: a child who says no can still say yes. The days are local.",
    ),
    Limit(
        "handover_hours",
        "A handover is acknowledged, from when it was made",
        Unit.CLOCK_HOURS,
        24,
        "Local: what nobody has taken over is nobody's.",
    ),
)
