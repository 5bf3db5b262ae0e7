"""The notification log of the demonstration: every report of the last year as it was received, and some that wait."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.present import Played, act
from wayhome.config.demonstration.rows import Row, Rows, id_at
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.deciding import settle
from wayhome.missing.commands.notification import NewNotification, write_down
from wayhome.missing.vocabulary import NotificationChannel, NotificationOutcome, ReportSource

SEED = 40_297
KEPT = timedelta(days=366)
_TOLD = (
    "last_seen_at",
    "noticed_at",
    "reported_at",
    "last_seen_place",
    "missing_from",
    "circumstances",
    "police_reference",
)
# How often a source leaves out whom to ring; how it usually tells.
_WITHOUT_CONTACT = {"police": 0.08, "home": 0.15, "parent": 0.3, "professional": 0.2}
_CHANNELS = {"police": ("page", "email"), "home": ("page", "phone"), "parent": ("phone", "in_person")}
_CALLERS = {"police": "Control room", "home": "Senior on shift", "parent": "Mother"}


def past_messages(what: Rows, now: datetime) -> Rows:
    """A notification for each report of the last year; the report points at it."""
    rng, rows = Random(SEED), Rows()  # noqa: S311 (invents, and keeps no secret)
    known: set[Any] = set()
    for report in what.of.get("missing.Report", ()):
        is_first = report["episode_id"] not in known
        known.add(report["episode_id"])
        if report["recorded_at"] > now - KEPT:
            outcome = NotificationOutcome.OPENED if is_first else NotificationOutcome.ADDED
            report["notification_id"] = _message(rows, report, outcome, rng)["id"]
    return rows


def _message(rows: Rows, report: Row, outcome: str, rng: Random) -> Row:
    source, recorded = report["source"], report["recorded_at"]
    received = recorded - min(timedelta(minutes=rng.randrange(1, 40)), recorded - report["reported_at"])
    can_be_rung = rng.random() > _WITHOUT_CONTACT.get(source, 0.2)
    return rows.add(
        "missing.Notification",
        id=id_at(received, rng),
        person_id=report["person_id"],
        episode_id=report["episode_id"],
        source=source,
        channel=rng.choice(_CHANNELS.get(source, ("email",))),
        told_by=_CALLERS.get(source, "Duty worker"),
        contact="01632 960000" if can_be_rung else "",
        kind_told=report["kind"],
        **{name: report[name] for name in _TOLD},
        received_at=received,
        recorded_at=recorded,
        recorded_by_id=report["recorded_by_id"],
        outcome=outcome,
        decided_at=recorded,
        decided_by_id=report["recorded_by_id"],
    )


def tell_messages(played: list[Played], opened: Opened, now: datetime) -> None:
    """What came in this morning: some wait, and about some it is decided already."""
    missing = [one for one in played if one.case.returned is None]
    _write(opened, "pat", now, 3.2, _UNKNOWN)
    _write(opened, "cora", now, 1.4, _VAGUE)
    if missing:
        one = missing[0]
        known = _SIGHTED | {"name_told": one.child.name}
        _write(opened, "pat", now, 0.6, known, one)
    first = _write(opened, "pat", now, 9.0, _AT_WORK)
    again = _write(opened, "pat", now, 8.5, _AT_WORK)
    _settle(opened, "cora", now, 8.2, first, outcome="not_missing", reason="Rang her: on shift until ten.")
    _settle(opened, "cora", now, 8.1, again, outcome="repeated", repeats_id=first)
    cat = _write(opened, "pat", now, 20.0, _NO_CHILD)
    _settle(
        opened, "pat", now, 19.5, cat, outcome="not_a_child", reason="The caller meant a dog of that name."
    )


def _write(
    opened: Opened, who: str, now: datetime, ago: float, told: dict[str, Any], one: Played | None = None
) -> Any:
    at = (now - timedelta(hours=ago)).replace(second=0, microsecond=0)
    times = {name: at - timedelta(hours=hours) for name, hours in told.items() if name.endswith("_at")}
    new = NewNotification(**(told | times), received_at=at)
    made: list[Any] = []

    def do(viewer: Viewer, then: datetime) -> None:
        made.append(write_down(new=new, person_id=one.person_id if one else None, viewer=viewer, now=then))

    act(opened.viewers[who], at, do)
    return made[0]


def _settle(opened: Opened, who: str, now: datetime, ago: float, note: Any, **said: Any) -> None:
    at = (now - timedelta(hours=ago)).replace(second=0, microsecond=0)
    act(
        opened.viewers[who],
        at,
        lambda viewer, then: settle(notification_id=note, viewer=viewer, now=then, **said),
    )


# Times are hours before it was received.
_UNKNOWN: dict[str, Any] = {
    "source": ReportSource.POLICE,
    "channel": NotificationChannel.EMAIL,
    "sender_reference": "SVP-LOG-0412",
    "told_by": "Control room",
    "contact": "01632 960044",
    "name_told": "Jamie Samplecroft",
    "born_told": "about 14",
    "risk_told": "absent",
    "last_seen_at": 4.0,
    "reported_at": 1.0,
    "last_seen_place": "Saltmere bus station",
    "circumstances": "Seen alone by a driver at the last bus. Says the family is on holiday here.",
}
_VAGUE: dict[str, Any] = {
    "source": ReportSource.PROFESSIONAL,
    "channel": NotificationChannel.PHONE,
    "told_by": "School office",
    "name_told": "Alex, year 9",
    "circumstances": "Did not come back after the break. The school rings again when it has asked the friends.",
}
_SIGHTED: dict[str, Any] = {
    "source": ReportSource.PARENT,
    "channel": NotificationChannel.PHONE,
    "told_by": "Grandmother",
    "contact": "01632 960071",
    "last_seen_at": 2.0,
    "reported_at": 0.2,
    "last_seen_place": "Outside the library",
    "circumstances": "Saw them with two older boys, would not stop when she called.",
}
_AT_WORK: dict[str, Any] = {
    "source": ReportSource.PARENT,
    "channel": NotificationChannel.PHONE,
    "told_by": "Father",
    "contact": "01632 960018",
    "name_told": "Robyn Fableham",
    "born_told": "17",
    "last_seen_at": 6.0,
    "noticed_at": 1.0,
    "reported_at": 0.4,
    "last_seen_place": "Home",
    "circumstances": "Not home from college and the phone is off.",
}
_NO_CHILD: dict[str, Any] = {
    "source": ReportSource.PROFESSIONAL,
    "channel": NotificationChannel.PHONE,
    "name_told": "Benji",
    "circumstances": "A caller asks for help to find Benji, gone since the morning.",
}
