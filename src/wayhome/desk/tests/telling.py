"""Facts about a child that the modules might give, for the tests of how they are told."""

from uuid import UUID

from wayhome.access.queries import UserCard
from wayhome.desk.rules.happenings import WRITERS, Facts, happenings
from wayhome.desk.tests.lines import HOME, NOON
from wayhome.missing.rules.repeat import Triggers
from wayhome.partnership.queries import TeamCard

WRITER, THING = UUID(int=1), UUID(int=2)
POLICE = UserCard("Pat Sample", "Saltmere Police")


def all_told(*, care=(), plans=(), addresses=(), workers=(), pack=(), writings=None, pathway=None, **missing):
    """Every happening of these facts."""
    facts = Facts(
        missing={kind: [] for kind in ("episodes", *WRITERS)} | missing,
        care=list(care),
        plans=list(plans),
        addresses=list(addresses),
        workers=list(workers),
        pack=list(pack),
        users={WRITER: POLICE},
        writings=writings or {},
        teams={HOME: TeamCard(HOME, "Lantern House", "Porchlight Homes", "home", "", "")},
        numbers=Triggers(),
        now=NOON,
        pathway=pathway or {},
    )
    return list(happenings(facts))


def told(*, care=(), plans=(), addresses=(), workers=(), writings=None, **missing):
    """The only happening of these facts."""
    things = {"care": care, "plans": plans, "addresses": addresses, "workers": workers, "writings": writings}
    (only,) = all_told(**things, **{kind: [each] for kind, each in missing.items()})
    return only
