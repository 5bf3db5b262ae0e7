"""A child of the demonstration: who they are, where they live, who works with them. Pure: no database."""

from dataclasses import dataclass
from datetime import date

from wayhome.config.demonstration.care import Stay
from wayhome.kernel.partial_date import age_on, birthday


@dataclass(frozen=True, slots=True)
class Relative:
    """Someone around a child. `sibling` is the number of the child it is, if they are on record too."""

    kind: str
    name: str
    phone: str = ""
    sibling: int | None = None
    has_responsibility: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A team's work with a child. Keys of demonstration/partnership.py."""

    team: str
    service: str
    since: date
    worker: str = ""
    is_lead: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """One invented child."""

    number: int
    group: str
    given: str
    family: str
    sex: str
    born: date
    precision: str
    ethnicity: str
    language: str
    needs_interpreter: bool
    nhs: str
    upn: str
    child_number: str
    police_person: str
    street: str
    postcode: str
    known_since: date
    alias: tuple[str, str, str] | None = None
    care: tuple[Stay, ...] = ()
    work: tuple[Work, ...] = ()
    relatives: tuple[Relative, ...] = ()

    @property
    def name(self) -> str:
        """As it is written everywhere."""
        return f"{self.given} {self.family}"

    @property
    def lead(self) -> Work:
        """Who leads the work with the child."""
        return next(work for work in self.work if work.is_lead)

    @property
    def eighteen_on(self) -> date:
        """The birthday on which childhood ends."""
        return birthday(self.born, 18)

    def stay_on(self, day: date) -> Stay | None:
        """The placement on a day, if looked after then."""
        return next(
            (s for s in self.care if s.started_on <= day and (s.ended_on is None or day < s.ended_on)), None
        )

    def home_on(self, day: date) -> str:
        """The key of our children's home in which the child lives on a day, or nothing."""
        stay = self.stay_on(day)
        return stay.home if stay else ""


def is_child_on(child: Child, day: date) -> bool:
    """Seven or older, and under eighteen, so that a missing episode can be told of them."""
    return 7 <= age_on(day, child.born) < 18
