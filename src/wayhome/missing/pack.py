"""The missing pack: one page with which a child is looked for. What is kept current, and what the report adds to it.

Part one is written by who looks after the child while there is time; part two is read off the open episode, so that
nobody writes it twice. Shape: the Philomena Protocol.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from wayhome.access.policies import may_for
from wayhome.access.roles import Verb
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode, RiskJudgement
from wayhome.missing.queries import open_episode_of
from wayhome.missing.vocabulary import MissingFrom
from wayhome.partnership.queries import TeamCard, team_cards, team_ids
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people.masked import A_HOME, kept_homes
from wayhome.people.pack import KeptPart, kept_part, pack_days
from wayhome.people.queries import Surroundings, labels, surroundings
from wayhome.people.rules import age_words, born_words
from wayhome.people.vocabulary import AddressKind, PlaceSafety
from wayhome.web.showing import day, known, sentence, span, when

Pairs = list[tuple[str, str]]

LOOKS = {
    "height": "Height",
    "build": "Build",
    "hair": "Hair",
    "eyes": "Eyes, glasses",
    "marks": "Scars, tattoos, piercings",
    "clothes": "Likes to wear",
}
WAYS = {
    "phones": "Phones",
    "online_names": "Online",
    "money": "Money",
    "transport": "Gets about by",
    "friends": "Friends",
}
NEEDS = {
    "health": "Health",
    "medicines": "Medicines",
    "communication": "How to talk with them",
    "calming": "Calms, frightens",
}


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place where the child may be. What is kept from view has no words in it, unless it was asked for."""

    id: UUID
    place: str
    why: str
    safety: str
    safety_words: str
    reason: str
    judged: str
    is_masked: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ring, and for what."""

    who: str
    name: str
    phones: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything on the page of a missing pack."""

    person_id: UUID
    name: str
    age: str
    about: Pairs
    looks: Pairs
    ways: Pairs
    needs: Pairs
    places: list[PlaceLine]
    contacts: list[Contact]
    # The homes that are kept from view, as the contacts that they would be.
    hidden: list[Contact]
    not_to_ring: list[str]
    kept: KeptPart
    episode: Episode | None
    risk: str
    live: Pairs


def pack_of(child: Any, viewer: Viewer, now: datetime) -> Pack:
    """The pack of a child, in as many queries for every child. Places kept from view are left without words, and so is
    the home: this page is carried about.
    """
    today = london_day(now)
    around = surroundings(child, today)
    kept = kept_part(child.pk, on=today, days=pack_days(viewer.partnership_id))
    episode = open_episode_of(child.pk)
    homes = homes_to_ring(around, episode)
    hidden = {home for _, home in kept_homes([child.pk])}
    return Pack(
        person_id=child.pk,
        name=str(child),
        age=age_words(around.age, child.birth_precision),
        about=about(around),
        looks=told(kept, LOOKS),
        ways=told(kept, WAYS),
        needs=told(kept, NEEDS),
        places=[place_line(place, kept) for place in kept.places],
        contacts=contacts(around, homes, hidden, today),
        hidden=_of_homes(homes & hidden),
        not_to_ring=[each.name for each in around.relationships if each.is_safe_to_contact is False],
        kept=kept,
        episode=episode,
        risk=episode.risk if episode else "",
        live=live_part(episode, now) if episode else [],
    )


def about(around: Surroundings) -> Pairs:
    """Who the child is."""
    child = around.person
    words = labels(child)
    interpreter = "needs an interpreter" if child.needs_interpreter else ""
    return _said(
        [
            ("Born", born_words(child.date_of_birth, child.birth_precision)),
            ("Sex", words["sex"]),
            ("Gender", child.gender),
            ("Ethnicity", words["ethnicity"]),
            ("Also known as", ", ".join(str(name) for name in around.other_names)),
            ("Said like", child.pronunciation),
            ("Language", ", ".join(filter(None, (words["language"], interpreter)))),
            ("Lives at", _lives(around)),
        ]
    )


def _lives(around: Surroundings) -> str:
    """Where the child lives now, as far as a page that is carried about may say it."""
    kind = AddressKind.PLACEMENT if around.placement else AddressKind.HOME
    now = [each for each in around.addresses if each.kind == kind and each.valid.upper is None]
    if not now:
        return ""
    return "Kept from view" if now[0].is_masked else ", ".join(now[0].lines.splitlines())


def told(kept: KeptPart, wanted: dict[str, str]) -> Pairs:
    """What is written down of these, with short labels."""
    described = kept.description
    return _said([(label, getattr(described, name)) for name, label in wanted.items()]) if described else []


def place_line(place: Any, kept: KeptPart) -> PlaceLine:
    """A place with its judgement and by whom it was made."""
    by = kept.names.get(place.assessed_by_id, "")
    return PlaceLine(
        id=place.pk,
        place="A place kept from view" if place.is_masked else place.place,
        why="" if place.is_masked else place.why,
        safety=place.safety,
        safety_words=str(PlaceSafety(place.safety).label),
        reason="" if place.is_masked else place.safety_reason,
        judged=", ".join(filter(None, (day(place.assessed_on), by))),
        is_masked=place.is_masked,
    )


def unmasked(pack: Pack) -> Pack:
    """The pack with the words of the places and homes that are kept from view: for those who may, on the record."""
    words = {place.pk: place for place in pack.kept.places}
    lines = [
        replace(line, place=words[line.id].place, why=words[line.id].why, reason=words[line.id].safety_reason)
        for line in pack.places
    ]
    told = [each for each in pack.contacts if each.name != A_HOME]
    return replace(pack, places=lines, contacts=[*pack.hidden, *told])


def homes_to_ring(around: Surroundings, episode: Episode | None) -> set[UUID]:
    """The home of the placement, and the one that the child is missing from."""
    homes = {around.placement.home_team_id if around.placement else None, episode and episode.home_team_id}
    return {home for home in homes if home}


def contacts(around: Surroundings, homes: set[UUID], hidden: set[UUID], on: Any) -> list[Contact]:
    """Whom to ring: the police desk, the home, who leads, and those around the child whom it is safe to ring."""
    desks = set(team_ids(kind=TeamKind.POLICE_DESK, on=on))
    teams = team_cards(desks | homes - hidden)
    found = [_team("Home" if card.kind == TeamKind.HOME else "Police", card) for card in teams.values()]
    if homes & hidden:
        found.append(Contact("Home", A_HOME, (), "ask who leads the work with the child"))
    lead = around.lead
    if lead and lead.team.id not in hidden:
        card = replace(lead.team, name=", ".join(filter(None, (lead.worker, lead.team.name))))
        found.append(_team("Lead professional", card))
    people = [each for each in around.relationships if each.phone and each.is_safe_to_contact is not False]
    return found + [
        Contact(
            str(each.get_kind_display()),
            each.name,
            (each.phone,),
            "has parental responsibility" if each.has_parental_responsibility else "",
        )
        for each in people
    ]


def _of_homes(ids: set[UUID]) -> list[Contact]:
    return [_team("Home", card) for card in team_cards(ids).values()] if ids else []


def _team(who: str, card: TeamCard) -> Contact:
    out_of_hours = f"{card.out_of_hours_phone} out of hours" if card.out_of_hours_phone else ""
    phones = tuple(filter(None, (card.phone, out_of_hours)))
    return Contact(who, card.name, phones, card.agency)


def live_part(episode: Episode, now: datetime) -> Pairs:
    """What the report says, so far as it helps to find the child."""
    judged = RiskJudgement.objects.filter(episode=episode).order_by("-judged_at", "-pk").first()
    seen = sentence(known(episode.last_seen_at, episode.last_seen_certainty, now))
    return _said(
        [
            ("Last seen", f"{seen} ({span(now - episode.last_seen_at)} ago)"),
            ("Where", episode.last_seen_place),
            ("Missing from", str(MissingFrom(episode.missing_from).label) if episode.missing_from else ""),
            ("What happened", episode.circumstances),
            ("Perhaps with", episode.companions),
            ("Located", _located(episode, now)),
            ("Why this risk", judged.reason if judged else ""),
            ("Police reference", episode.police_reference),
        ]
    )


def _located(episode: Episode, now: datetime) -> str:
    if episode.located_at is None:
        return ""
    return ", ".join(filter(None, (sentence(when(episode.located_at, now)), episode.located_place)))


def _said(pairs: Iterable[tuple[str, str]]) -> Pairs:
    return [(label, answer) for label, answer in pairs if answer]


def may_see_masked(viewer: Viewer, person_id: UUID) -> bool:
    """Whether the viewer may ask for places of this child that are kept from view."""
    return bool(may_for(viewer, Verb.SEE_MASKED_PLACES, person_id))
