"""Reads for the desk's pages. Row security has already left out the children the viewer may not see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from wayhome.access.queries import (
    is_restricted,
    open_by_glass_until,
    places,
    seen_by_a_report_alone,
    user_cards,
)
from wayhome.audit.queries import done_about
from wayhome.codelists import load
from wayhome.database.reading import abreast, answered, meanwhile
from wayhome.desk.forms import ToHandOver
from wayhome.desk.lines import lines_by, lines_of, names_around
from wayhome.desk.rules.board import Line
from wayhome.desk.rules.chronology import Chosen, Chronology, chronology
from wayhome.desk.rules.happenings import (
    HIDDEN_ADDRESS,
    PACK_KINDS,
    PACK_VERBS,
    Facts,
    happenings,
    user_ids,
)
from wayhome.desk.rules.on_pathway import OnPathway, on_pathway
from wayhome.desk.rules.wall import AnEntry, entries_of
from wayhome.exploitation.queries.duties import may_be_more, pathway_duties
from wayhome.exploitation.queries.happened import happened_on_pathway
from wayhome.exploitation.queries.looking import looking
from wayhome.kernel.clock import london_day
from wayhome.kernel.deadline import DeadlineState
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries import (
    around,
    board,
    clocks_from,
    clocks_of,
    happened_to,
    missing_now,
    unfinished_of,
    wall,
)
from wayhome.missing.queries.board import first_of_unfinished
from wayhome.missing.queries.handover import HandedItem, waiting
from wayhome.missing.queries.marks import (
    MarksPage,
    standing_among,
)
from wayhome.missing.queries.wall import Wall, reasons_reading, rows_by, with_notices
from wayhome.missing.rules.repeat import triggers_from
from wayhome.partnership.queries import TeamCard, settings_of, team_cards
from wayhome.people.masked import homes_kept_from, without
from wayhome.people.pack import plans_of
from wayhome.people.queries import (
    PersonCard,
    Surroundings,
    cards,
    labels,
    sharing_numbers,
)
from wayhome.people.rules import age_words, born_words

AT_MOST = 1000  # episodes on a board
ADULT = 18  # Children Act 1989 s.105(1)
WRITTEN_DOWN = ("episode", "care_episode", "address", "involvement", "plan")


@dataclass(frozen=True, slots=True)
class DutyBoard:
    """The lines of the board. `is_cut`: there are more than a board can hold."""

    lines: list[Line]
    is_cut: bool
    teams: list[TeamCard]


def duty_board(viewer: Viewer, now: datetime) -> DutyBoard:
    """Every unfinished episode the viewer may see. Four queries however many there are."""
    clocks = clocks_of(viewer.partnership_id)
    rows = with_notices(board(clocks, at_most=AT_MOST), clocks, viewer, now)
    lines, teams = lines_of(rows, viewer, now)
    return DutyBoard(lines, len(rows) == AT_MOST, sorted(teams, key=lambda team: (team.agency, team.name)))


@dataclass(frozen=True, slots=True)
class ClockWall:
    """Every duty the viewer may see, the first to go late first. `is_cut`: there are more episodes than it can hold;
    `is_pathway_cut`: there may be more duties of one kind of the exploitation pathway. `waits`: what was handed over
    and nobody has taken over.
    """

    entries: list[AnEntry]
    is_cut: bool
    is_pathway_cut: bool
    teams: list[TeamCard]
    waits: list[HandedItem]


def clock_wall(viewer: Viewer, now: datetime) -> ClockWall:
    """Every duty of every unfinished episode the viewer may see. As many queries however many there are."""
    chosen = settings_of(viewer.partnership_id)
    episodes, look = answered(abreast(first_of_unfinished(AT_MOST), looking(viewer, now, chosen)))
    known, reasons, names = answered(
        abreast(
            around(episodes, viewer, now),
            reasons_reading([each.pk for each in episodes]),
            names_around(episodes, viewer, now),
        )
    )
    with meanwhile(abreast(pathway_duties(look), waiting(viewer, now))) as rest:
        found = Wall(rows_by(episodes, clocks_from(chosen), known), reasons)
        with_duties = [each for each in found.rows if each.duties]
        lines = lines_by(with_duties, names, now)
        teams = sorted(names.teams_of(with_duties), key=lambda team: (team.agency, team.name))
    of_pathways, handed = rest.found
    return ClockWall(
        entries_of(lines, found.reason, of_pathways),
        len(found.rows) == AT_MOST,
        may_be_more(of_pathways),
        teams,
        handed,
    )


def to_hand_over(viewer: Viewer, now: datetime) -> list[ToHandOver]:
    """Every unfinished episode the viewer may hand over, the first to go late first, with what is open on it."""
    lines, _ = lines_of(wall(viewer, now, at_most=AT_MOST).rows, viewer, now)
    lines = sorted(lines, key=lambda line: (not line.duties, line.duties and line.duties[0].due_at))
    only_reported = seen_by_a_report_alone({line.person_id for line in lines}, viewer)
    return [
        ToHandOver(
            line.episode_id,
            f"{line.name}, {line.age}",
            ". ".join([line.stage.label, *(f"{duty.duty}: {duty.words(now)}" for duty in line.duties)]),
            is_missing=line.is_missing_now,
            is_late=any(duty.state(now) == DeadlineState.LATE for duty in line.duties),
        )
        for line in lines
        if line.person_id not in only_reported
    ]


def takers(viewer: Viewer, now: datetime) -> list[tuple[str, str]]:
    """To whom the viewer can hand over: to a team of theirs, or to somebody in it."""
    mine = team_cards(viewer.team_ids)
    there = [each for each in places(now) if each.team_id in mine and each.user_id != viewer.user_id]
    anybody = [(str(team.id), f"Anybody in {team.name}") for team in mine.values()]
    return anybody + [(f"{each.team_id} {each.user_id}", each.name) for each in there]


@dataclass(frozen=True, slots=True)
class FoundChild:
    """A person in the results, and the episode in which they are missing now."""

    card: PersonCard
    line: str
    is_child: bool
    episode_id: UUID | None


def with_episodes(found: Sequence[PersonCard]) -> list[FoundChild]:
    """Results with who of them is missing now. One query."""
    open_now = missing_now([card.id for card in found])
    return [
        FoundChild(
            card=card,
            line=_who(card),
            is_child=card.age is None or card.age < ADULT,
            episode_id=open_now[card.id].pk if card.id in open_now else None,
        )
        for card in found
    ]


def _who(card: PersonCard) -> str:
    """What tells two children of one name apart."""
    born = born_words(card.date_of_birth, card.birth_precision)
    return f"{age_words(card.age, card.birth_precision)}, born {born}" if born else "date of birth not known"


@dataclass(frozen=True, slots=True)
class Care:
    """A care placement in words."""

    placement: str
    legal_status: str
    since: Any
    until: Any


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around the child."""

    kind: str
    name: str
    phone: str
    note: str
    has_parental_responsibility: bool | None
    is_safe_to_contact: bool | None
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page of a child."""

    known: Surroundings
    words: dict[str, str]
    lives: str
    care: list[Care]
    plans: list[Any]
    around: list[Around]
    unfinished: list[Line]
    sharing: list[Any]
    chronology: Chronology
    pathway: OnPathway
    said: MarksPage
    is_restricted: bool
    open_by_glass_until: datetime | None

    @property
    def is_child(self) -> bool:
        """Whether they can be reported missing here."""
        return self.known.age is None or self.known.age < ADULT

    @property
    def missing_now(self) -> Line | None:
        """The episode in which the child is missing or away now."""
        return next((line for line in self.unfinished if line.is_missing_now), None)


def overview(known: Surroundings, chosen: Chosen, viewer: Viewer, now: datetime) -> Overview:
    """A child with all that is around them and their chronology; as many queries for every child."""
    child = known.person
    missing = happened_to(child.pk)
    kept = homes_kept_from(viewer, [child.pk])
    known = replace(known, workers=[each for each in known.workers if (child.pk, each.team.id) not in kept])
    teams = without(kept, child.pk, team_cards(_home_ids(known, missing)))
    chosen_here = settings_of(viewer.partnership_id)
    unfinished = unfinished_of(missing["episodes"], child, clocks_from(chosen_here))
    plans = plans_of(child.pk)
    exploited = happened_on_pathway(child.pk)
    users = user_cards(user_ids(missing, exploited))
    pack, writings = done_about(child.pk, kinds=PACK_KINDS, verbs=PACK_VERBS, written=WRITTEN_DOWN)
    facts = Facts(
        missing=missing,
        care=known.care,
        plans=plans,
        addresses=known.addresses,
        workers=known.workers,
        pack=pack,
        users=users,
        writings=writings,
        teams=teams,
        numbers=triggers_from(chosen_here),
        now=now,
        pathway=exploited,
    )
    return Overview(
        known=known,
        words=labels(known.person),
        lives=_lives(known, teams),
        care=[_care(each, teams) for each in known.care],
        plans=plans,
        around=_around(known, now),
        unfinished=lines_of(unfinished, viewer, now)[0],
        sharing=sharing_numbers(known.identifiers),
        chronology=chronology(happenings(facts), chosen, now),
        pathway=on_pathway(exploited, users, london_day(now)),
        said=standing_among(missing["marks"]),
        is_restricted=is_restricted(child.pk),
        open_by_glass_until=open_by_glass_until(child.pk, now),
    )


def _home_ids(known: Surroundings, missing: dict[str, list[Any]]) -> set[UUID]:
    homes = {care.home_team_id for care in known.care}
    return {home for home in homes | {e.home_team_id for e in missing["episodes"]} if home}


def _lives(known: Surroundings, teams: dict[UUID, TeamCard]) -> str:
    """Where the child lives now, as far as it is shown without asking."""
    if known.placement:
        return _care(known.placement, teams).placement
    if known.home_address is None:
        return ""
    return (
        HIDDEN_ADDRESS if known.home_address.is_masked else ", ".join(known.home_address.lines.splitlines())
    )


def _care(care: Any, teams: dict[UUID, TeamCard]) -> Care:
    words = load("placement").label(care.placement, care.started_on)
    home = teams.get(care.home_team_id)
    return Care(
        placement=f"{home.name} ({words[:1].lower()}{words[1:]})" if home else words,
        legal_status=load("legal_status").label(care.legal_status, care.started_on),
        since=care.started_on,
        until=care.ended_on,
    )


def _around(known: Surroundings, now: datetime) -> list[Around]:
    """The people around the child. One whose own record is not open to the viewer, and who has no other name, is not
    shown and not counted. One query.
    """
    others = {each.other_id for each in known.relationships if each.other_id}
    found = cards(others, london_day(now)) if others else {}
    return [
        Around(
            kind=each.get_kind_display(),
            name=found[each.other_id].name if each.other_id in found else each.name,
            phone=each.phone,
            note=each.note,
            has_parental_responsibility=each.has_parental_responsibility,
            is_safe_to_contact=each.is_safe_to_contact,
            person_id=each.other_id if each.other_id in found else None,
        )
        for each in known.relationships
        if each.name or each.other_id in found
    ]
