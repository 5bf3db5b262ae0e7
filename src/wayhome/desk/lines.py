"""Episodes as the lists of the desk show them, with the homes and teams around their children."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wayhome.database.reading import Reading, answered
from wayhome.desk.rules.board import Line
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries import AnEpisode, EpisodeRow
from wayhome.missing.queries.board import seen_by_their_report_alone
from wayhome.missing.rules import has_died
from wayhome.missing.vocabulary import MissingFrom
from wayhome.partnership.queries import TeamCard, team_cards_reading
from wayhome.people.masked import homes_kept_from
from wayhome.people.queries import leads_reading
from wayhome.people.rules import age_is, age_words

MISSING_FROM = dict(MissingFrom.choices)
Lead = tuple[UUID | None, UUID | None]
NOBODY: Lead = (None, None)


@dataclass(frozen=True, slots=True)
class Names:
    """The homes of episodes and the leads of children, without the homes that are kept from this viewer. `homes`: the
    team by episode; `leads`: the team and the user by child; `teams`: their cards.
    """

    homes: dict[UUID, UUID]
    leads: dict[UUID, tuple[UUID, UUID | None]]
    teams: dict[UUID, TeamCard]

    def home_of(self, row: EpisodeRow[AnEpisode]) -> UUID | None:
        """Where the child lived."""
        return self.homes.get(row.episode.pk)

    def lead_of(self, row: EpisodeRow[AnEpisode]) -> Lead:
        """Who leads the work with the child."""
        return self.leads.get(row.person_id, NOBODY)

    def teams_of(self, rows: Iterable[EpisodeRow[AnEpisode]]) -> list[TeamCard]:
        """The homes and leading teams of these episodes."""
        found = {team for row in rows for team in (self.home_of(row), self.lead_of(row)[0]) if team}
        return [self.teams[each] for each in found]


def names_around(episodes: Sequence[AnEpisode], viewer: Viewer, now: datetime) -> Reading[Names]:
    """What lists name around these episodes. Four queries or fewer."""
    children = [each.person_id for each in episodes]
    kept = homes_kept_from(viewer, children, seen_by_their_report_alone(episodes))
    found = yield from leads_reading(children, london_day(now))
    leads = {child: lead for child, lead in found.items() if (child, lead[0]) not in kept}
    homes = {
        each.pk: each.home_team_id
        for each in episodes
        if each.home_team_id and (each.person_id, each.home_team_id) not in kept
    }
    teams = yield from team_cards_reading({*homes.values(), *(team for team, _ in leads.values())})
    return Names(homes, leads, teams)


def lines_of(
    rows: Sequence[EpisodeRow[AnEpisode]], viewer: Viewer, now: datetime
) -> tuple[list[Line], list[TeamCard]]:
    """Episodes with their children as lists show them, and the homes and leading teams they name. Four queries or
    fewer.
    """
    names = answered(names_around([each.episode for each in rows], viewer, now))
    return lines_by(rows, names, now), list(names.teams.values())


def lines_by(rows: Iterable[EpisodeRow[AnEpisode]], names: Names, now: datetime) -> list[Line]:
    """The same, where it is known what is around them."""
    today = london_day(now)
    return [_line(each, names.home_of(each), names.lead_of(each), names.teams, today) for each in rows]


def _line(
    found: EpisodeRow[AnEpisode],
    home_id: UUID | None,
    lead: Lead,
    teams: dict[UUID, TeamCard],
    today: date,
) -> Line:
    episode, child = found.episode, found.episode.person
    age = age_is(today, child.date_of_birth, child.birth_precision)
    return Line(
        episode_id=episode.pk,
        person_id=found.person_id,
        name=str(child),
        age=age_words(age, child.birth_precision),
        kind=episode.kind,
        stage=found.stage,
        risk=episode.risk,
        last_seen_at=episode.last_seen_at,
        certainty=episode.last_seen_certainty,
        returned_at=episode.returned_at,
        missing_from=MISSING_FROM.get(episode.missing_from, ""),
        home_id=home_id,
        home=teams[home_id].name if home_id else "",
        place_words=_place(episode.located_place, episode.last_seen_place),
        lead_id=lead[0],
        lead=teams[lead[0]].name if lead[0] else "",
        lead_user_id=lead[1],
        version=episode.version,
        has_died=has_died(episode),
        has_declined=episode.interview_declined_at is not None,
        duties=found.duties,
    )


def _place(located: str, last_seen: str) -> str:
    if located:
        return f"located at {located}"
    return f"last seen at {last_seen}" if last_seen else ""
