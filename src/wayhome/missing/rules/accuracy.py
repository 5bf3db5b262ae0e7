"""How complete, how quick and how right the notifications of a source are. Pure: counts in, shares out.

A local measure of whether the police notification process is accurate. Every share names what it is of:

- complete: tells all of rules.notification.ASKED; of those received, the same message once more left out
- from noticed to reported, from reported to received: of those that tell both times, in this order
- not missing: decided so, or its episode was set aside as an error; of those that somebody has decided
- time set aside: somebody chose another source's time; of those that are part of an episode
"""

from dataclasses import dataclass
from datetime import timedelta

# The columns of missing_seen_accuracy() (rows.sql) after the source.
COLUMNS = (
    "received",
    "repeated",
    "complete",
    "noticed_told",
    "noticed_half",
    "noticed_most",
    "reported_told",
    "reported_half",
    "reported_most",
    "decided",
    "not_missing",
    "of_an_episode",
    "set_aside",
)


@dataclass(frozen=True, slots=True)
class Delay:
    """How long something took: half within `half`, nine in ten within `most`, of `of` that tell both times."""

    of: int
    half: timedelta | None
    most: timedelta | None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What is known of one source in a time. `received` has what came once more; `messages` has not."""

    source: str
    received: int
    repeated: int
    complete: int
    to_report: Delay
    to_receive: Delay
    decided: int
    not_missing: int
    of_an_episode: int
    set_aside: int

    @property
    def messages(self) -> int:
        """Each message once."""
        return self.received - self.repeated


def accuracy_from(source: str, counted: dict[str, int | timedelta | None]) -> Accuracy:
    """One source, from a row of the count."""

    def count(name: str) -> int:
        value = counted[name]
        return value if isinstance(value, int) else 0

    def delay(name: str) -> Delay:
        half, most = counted[f"{name}_half"], counted[f"{name}_most"]
        return Delay(
            count(f"{name}_told"),
            half if isinstance(half, timedelta) else None,
            most if isinstance(most, timedelta) else None,
        )

    return Accuracy(
        source=source,
        received=count("received"),
        repeated=count("repeated"),
        complete=count("complete"),
        to_report=delay("noticed"),
        to_receive=delay("reported"),
        decided=count("decided"),
        not_missing=count("not_missing"),
        of_an_episode=count("of_an_episode"),
        set_aside=count("set_aside"),
    )


def share(part: int, whole: int) -> str:
    """As in "3 of 4, 75%"; of nothing there is no share."""
    return f"{part:,} of {whole:,}, {round(100 * part / whole)}%" if whole else "None yet"
