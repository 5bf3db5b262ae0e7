"""The children as rows: who they are, where they live, who works with them and may see them. Pure: no database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from wayhome.access.vocabulary import Basis
from wayhome.config.demonstration.care import Stay
from wayhome.config.demonstration.children import Child, Relative, Work
from wayhome.config.demonstration.places import AUTHORITY
from wayhome.config.demonstration.rows import Ids, Row, Rows, Written, id_at
from wayhome.kernel.clock import start_of_day
from wayhome.people.vocabulary import AddressKind, IdentifierType, NameKind

# What the overview signs with a name: the word of the record for each, and what was done.
SIGNED = {
    "people.Address": ("address", "add address"),
    "people.CareEpisode": ("care_episode", "begin care episode"),
    "people.Involvement": ("involvement", "begin involvement"),
}
COORDINATOR = "cora"


def people(
    children: Sequence[Child], ids: Ids, now: datetime, rng: Random, across: Mapping[int, tuple[str, str]]
) -> Rows:
    """All rows about who the children are and who works with them. `across`: by whom and where they are placed."""
    rows = Rows()
    for child in children:
        PersonRows(child, ids, now, rng, rows, across.get(child.number, ("", ""))).write()
    return rows


class PersonRows:
    """Writes one child."""

    def __init__(
        self, child: Child, ids: Ids, now: datetime, rng: Random, rows: Rows, across: tuple[str, str]
    ) -> None:
        self._child, self._ids, self._now, self._rng, self._rows = child, ids, now, rng, rows
        self._placed_by, self._placed_in = across
        self._person_id = ids.people[child.number]

    def write(self) -> None:
        """The person, then everything about them."""
        self._person()
        self._names()
        self._identifiers()
        self._addresses()
        for stay in self._child.care:
            self._stay(stay)
        for work in self._child.work:
            self._work(work)
        for relative in self._child.relatives:
            self._add("people.Relationship", self._child.known_since, **self._relative(relative))

    def _person(self) -> None:
        child = self._child
        self._rows.add(
            "people.Person",
            id=self._person_id,
            given_name=child.given,
            family_name=child.family,
            date_of_birth=child.born,
            birth_precision=child.precision,
            sex=child.sex,
            ethnicity=child.ethnicity,
            language=child.language,
            needs_interpreter=child.needs_interpreter,
            is_mother=False if child.care and child.sex == "F" else None,
            created_at=self._morning(child.known_since),
        )

    def _add(self, model: str, day: date, **row: Any) -> None:
        at = self._morning(day)
        made = id_at(at, self._rng)
        self._rows.add(model, id=made, person_id=self._person_id, **row)
        if model in SIGNED:
            kind, verb = SIGNED[model]
            written = Written(self._person_id, kind, made, at, self._writer(day), verb)
            self._rows.written.append(written)

    def _writer(self, day: date) -> str:
        """Who works with the child by name on a day; else who did so first; else the coordinator."""
        named = [work for work in self._child.work if work.worker]
        then = [work for work in named if work.since <= day and (work.until is None or day < work.until)]
        return next((work.worker for work in [*then, *named]), COORDINATOR)

    def _morning(self, day: date) -> datetime:
        return min(start_of_day(day) + timedelta(hours=9), self._now)

    def _names(self) -> None:
        child = self._child
        named = {"given_name": child.given, "family_name": child.family}
        self._add("people.Name", child.known_since, kind=NameKind.CURRENT, **named)
        if child.alias:
            kind, given, family = child.alias
            other = {"given_name": given, "family_name": family, "source": "School"}
            self._add("people.Name", child.known_since, kind=kind, **other)

    def _identifiers(self) -> None:
        child = self._child
        self._identifier(IdentifierType.NHS_NUMBER, child.nhs, is_verified=True)
        self._identifier(IdentifierType.UPN, child.upn, is_verified=True)
        self._identifier(IdentifierType.LA_CHILD_ID, child.child_number, issuer=AUTHORITY)
        if child.police_person:
            self._identifier(
                IdentifierType.POLICE_PERSON, child.police_person, issuer="Saltmere and Vale Police"
            )

    def _identifier(
        self, type_: str, value: str, *, issuer: str = "", is_verified: bool | None = None
    ) -> None:
        since = self._child.known_since
        number = {"type": type_, "value": value, "issuer": issuer, "is_verified": is_verified}
        self._add("people.Identifier", since, valid_from=since, **number)

    def _addresses(self) -> None:
        child = self._child
        home = {"lines": child.street, "postcode": child.postcode, "valid": (child.born, None)}
        self._add("people.Address", child.known_since, kind=AddressKind.HOME, **home)
        for stay in child.care:
            if stay.placement == "K2" or stay.ended_on is None:
                self._add(
                    "people.Address",
                    stay.started_on,
                    kind=AddressKind.PLACEMENT,
                    lines="Children's home" if stay.placement == "K2" else "Foster home",
                    postcode=stay.placement_postcode,
                    is_masked=child.number % 7 == 0,
                    valid=(stay.started_on, stay.ended_on),
                )

    def _stay(self, stay: Stay) -> None:
        team_id = self._ids.teams[stay.home] if stay.home else None
        self._add(
            "people.CareEpisode",
            stay.started_on,
            started_on=stay.started_on,
            start_reason=stay.start_reason,
            legal_status=stay.legal_status,
            need=stay.need,
            placement=stay.placement,
            placement_provider=stay.provider,
            ended_on=stay.ended_on,
            end_reason=stay.end_reason,
            placement_change_reason=stay.change_reason,
            home_postcode=stay.home_postcode,
            placement_postcode=stay.placement_postcode,
            urn=stay.urn,
            home_team_id=team_id,
            placed_by=self._placed_by,
            placed_in="" if stay.ended_on else self._placed_in,
        )
        if team_id:
            self._grant(team_id, Basis.HOME, "The child lives in this home", stay.started_on, stay.ended_on)

    def _work(self, work: Work) -> None:
        team_id = self._ids.teams[work.team]
        self._add(
            "people.Involvement",
            work.since,
            team_id=team_id,
            worker_id=self._ids.users[work.worker] if work.worker else None,
            service=work.service,
            is_lead=work.is_lead,
            valid=(work.since, work.until),
        )
        reason = f"Works with the child: {work.service}"
        self._grant(team_id, Basis.INVOLVEMENT, reason, work.since, work.until)

    def _grant(self, team_id: UUID, basis: Basis, reason: str, since: date, until: date | None) -> None:
        period = (self._morning(since), self._morning(until) if until else None)
        self._add("access.Grant", since, team_id=team_id, basis=basis, reason=reason, valid=period)

    def _relative(self, relative: Relative) -> Row:
        return {
            "kind": relative.kind,
            "name": relative.name,
            "phone": relative.phone,
            "note": relative.note,
            "other_id": self._ids.people[relative.sibling] if relative.sibling else None,
            "has_parental_responsibility": relative.has_responsibility,
        }
