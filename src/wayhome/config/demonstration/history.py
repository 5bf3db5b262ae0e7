"""The finished past as rows: what the commands would have written from report to closure. Pure: no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from wayhome.access.vocabulary import Basis
from wayhome.config.demonstration import words
from wayhome.config.demonstration.children import Child, shares
from wayhome.config.demonstration.episodes import Past
from wayhome.config.demonstration.partnership import MANAGERS
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.vocabulary import EpisodeKind, InterviewOutcome, OfferAnswer

Row = dict[str, Any]

# Of all returns: offered 75%, of those accepted 55%, of those held nearly all; 63% of the held within 72 hours.
_ENDINGS = {
    "held": 0.39,
    "accepted_not_held": 0.0225,
    "declined_child": 0.19,
    "declined_parent": 0.05,
    "not_contactable": 0.0975,
    "never_offered": 0.25,
}
_NEVER_OFFERED = (
    "not_offered",
    "not_offered",
    "not_offered",
    "other_authority",
    "missing_again",
    "custody_or_hospital",
    "moved_away",
)
_IN_TIME = 0.63
_RISKS = ("no_apparent_risk", "low", "medium", "high"), (8, 27, 55, 10)


@dataclass(frozen=True, slots=True)
class Ids:
    """What the rows refer to, by the keys of the plans."""

    people: Mapping[int, UUID]
    teams: Mapping[str, UUID]
    users: Mapping[str, UUID]


@dataclass
class Rows:
    """Rows by model, with the things that happened as the record tells them: (episode row, at, who, verb, detail)."""

    of: dict[str, list[Row]] = field(default_factory=dict)
    happened: list[tuple[Row, datetime, str, str, Row]] = field(default_factory=list)

    def add(self, model: str, **row: Any) -> Row:
        """Add a row to a table."""
        self.of.setdefault(model, []).append(row)
        return row


def finished(past: Sequence[Past], ids: Ids, now: datetime, rng: Random) -> Rows:
    """All rows of all finished episodes."""
    rows = Rows()
    endings = shares(rng, len(past), _ENDINGS)
    held = endings.count("held")
    in_time = iter(shares(rng, held, {"yes": _IN_TIME, "no": 1 - _IN_TIME}))
    for one, ending in zip(past, endings, strict=True):
        Finished(one, ids, now, rng, rows).write(ending, next(in_time) if ending == "held" else "")
    return rows


class Finished:
    """Writes one finished episode, step by step as it happened."""

    def __init__(self, past: Past, ids: Ids, now: datetime, rng: Random, rows: Rows) -> None:
        self.past, self.child, self.ids, self.rng, self.rows = past, past.child, ids, rng, rows
        self.latest = now - timedelta(hours=3)
        self.person_id = ids.people[past.child.number]
        self.home = past.child.home_on(london_day(past.seen_at))
        self.in_care = past.child.stay_on(london_day(past.seen_at)) is not None
        self.officer = rng.choice(("pat", "piotr", "priya"))
        self.interviewer = rng.choice(("ines", "isaac", "imogen"))
        self.worker = past.child.lead.worker
        self.episode: Row = {}

    def write(self, ending: str, in_time: str) -> None:
        """From report to closure."""
        self._report()
        self._risk()
        self._return()
        self._check()
        self._interview(ending, in_time)
        self._analyse_and_close()
        self._grants()

    def _id(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def _between(self, start: datetime, end: datetime) -> datetime:
        """Some instant from start to end, to the minute, never before start."""
        span = max((min(end, self.latest) - start).total_seconds(), 0)
        at = start + timedelta(seconds=self.rng.random() * span)
        return max(start, at.replace(second=0, microsecond=0))

    def _hours(self, start: datetime, low: float, high: float) -> datetime:
        return self._between(start + timedelta(hours=low), start + timedelta(hours=high))

    def _note(self, at: datetime, who: str, verb: str, **detail: Any) -> None:
        self.rows.happened.append((self.episode, at, who, verb, detail))
        if verb not in ("report missing", "grant"):
            self.episode["version"] += 1

    def _report(self) -> None:
        seen, length = self.past.seen_at, self.past.returned_at - self.past.seen_at
        noticed = self._between(seen, seen + min(length * 0.3, timedelta(hours=2)))
        reported = self._between(noticed, noticed + min(length * 0.4, timedelta(hours=3)))
        away = self.in_care and self.rng.random() < 0.14
        told = {
            "kind": EpisodeKind.AWAY if away else EpisodeKind.MISSING,
            "last_seen_at": seen,
            "noticed_at": noticed,
            "reported_at": reported,
            "last_seen_place": self.rng.choice(words.PLACES),
            "missing_from": self._missing_from(),
            "circumstances": self.rng.choice(words.CIRCUMSTANCES),
            "police_reference": f"SVP-{seen:%y%m}-{self.rng.randrange(10_000):04d}",
        }
        recorded = self._between(reported, reported + timedelta(minutes=25))
        home_team = self.ids.teams[self.home] if self.home else None
        self.episode = self.rows.add(
            "missing.Episode",
            **told,
            id=self._id(),
            person_id=self.person_id,
            recorded_at=recorded,
            home_team_id=home_team,
            version=1,
        )
        reporter = MANAGERS[self.home] if self.home else self.officer
        source = (
            "home" if self.home else "parent" if not self.in_care and self.rng.random() < 0.4 else "police"
        )
        self._told(told, source, recorded, reporter)
        self._note(recorded, reporter, "report missing", source=source)

    def _told(self, told: Row, source: str, recorded: datetime, reporter: str) -> None:
        self.rows.add(
            "missing.Report",
            **told,
            id=self._id(),
            episode_id=self.episode["id"],
            person_id=self.person_id,
            source=source,
            told_by="Mother" if source == "parent" else "",
            recorded_at=recorded,
            recorded_by_id=self.ids.users[reporter],
        )

    def _missing_from(self) -> str:
        stay = self.child.stay_on(london_day(self.past.seen_at))
        if stay is None:
            return self.rng.choices(("home", "school", "other"), (8, 1, 1))[0]
        return "placement" if stay.placement == "K2" else "foster"

    def _risk(self) -> None:
        level = self.rng.choices(*_RISKS)[0]
        judged = self._between(
            self.episode["recorded_at"], self.episode["recorded_at"] + timedelta(minutes=40)
        )
        levels = [level, "high"] if level == "medium" and self.past.hours > 30 else [level]
        for step, each in enumerate(levels):
            at = min(judged + timedelta(hours=9 * step), self.past.returned_at)
            self.rows.add(
                "missing.RiskJudgement",
                id=self._id(),
                episode_id=self.episode["id"],
                person_id=self.person_id,
                level=each,
                reason=self.rng.choice(words.RISK_REASONS[each]),
                reassess_by=at + timedelta(hours=2 if each == "no_apparent_risk" else 8),
                judged_at=at,
                judged_by_id=self.ids.users[self.officer],
            )
            self.episode["risk"] = each
            self._note(at, self.officer, "judge risk", level=each)

    def _return(self) -> None:
        seen, back = self.past.seen_at, self.past.returned_at
        was_located = self.rng.random() < 0.35
        located = max(seen, back - (back - seen) * 0.2) if was_located else back
        method = self.rng.choices(
            ("RETURNED_SELF", "FOUND_POLICE", "FOUND_CARER", "FOUND_FAMILY", "FOUND_OTHER"),
            (55, 20, 12, 9, 4),
        )[0]
        self.episode |= {
            "located_at": located.replace(second=0, microsecond=0) if was_located else back,
            "located_place": self.rng.choice(words.FOUND_AT) if was_located else "",
            "returned_at": back,
            "returned_to": "Placement" if self.in_care else "Home",
            "return_method": method,
            "risk_reassess_by": None,
        }
        if was_located:
            self._note(self.episode["located_at"], self.officer, "locate")
        self._note(back, self.officer, "return")

    def _check(self) -> None:
        at = self._hours(self.past.returned_at, 0.3, 22 if self.rng.random() < 0.85 else 40)
        outcome = self.rng.choices(("seen_safe", "harm_found", "refused"), (93, 4, 3))[0]
        account = {"seen_safe": words.SEEN_SAFE, "harm_found": words.HARM_FOUND}.get(
            outcome, ("Would not come down. Heard to be well.",)
        )
        self.rows.add(
            "missing.SafeAndWellCheck",
            id=self._id(),
            episode_id=self.episode["id"],
            person_id=self.person_id,
            outcome=outcome,
            checked_at=at,
            checked_by=f"PC {self.rng.randrange(1000, 9999)}",
            seen_alone=self.rng.random() < 0.8,
            account=self.rng.choice(account),
            recorded_at=at,
            recorded_by_id=self.ids.users[self.officer],
        )
        self.episode["safe_and_well_at"] = at
        self._note(at, self.officer, "check safe and well", outcome=outcome)

    def _interview(self, ending: str, in_time: str) -> None:
        if ending == "never_offered":
            self._settle(self._hours(self.past.returned_at, 30, 110), self.rng.choice(_NEVER_OFFERED))
            return
        offered = self._hours(self.past.returned_at, 1, 30)
        if ending == "held":
            self._offer(offered, OfferAnswer.ACCEPTED)
            self._hold(offered, in_time == "yes")
        elif ending == "accepted_not_held":
            self._offer(offered, OfferAnswer.ACCEPTED)
            self._settle(self._hours(offered, 40, 110), self.rng.choice(("missing_again", "not_contactable")))
        elif ending == "not_contactable":
            self._offer(offered, OfferAnswer.NO_ANSWER)
            self._offer(self._hours(offered, 5, 30), OfferAnswer.NO_ANSWER)
            self._settle(self._hours(offered, 40, 110), ending)
        else:
            self._offer(offered, OfferAnswer(ending))
            self._settle(self._hours(offered, 1, 40), ending)

    def _offer(self, at: datetime, answer: OfferAnswer) -> None:
        self.rows.add(
            "missing.InterviewOffer",
            id=self._id(),
            episode_id=self.episode["id"],
            person_id=self.person_id,
            offered_at=at,
            channel=self.rng.choices(("phone", "face_to_face", "text", "through_carer"), (5, 2, 2, 2))[0],
            answer=answer,
            leaflet_given=answer != OfferAnswer.NO_ANSWER,
            offered_by_id=self.ids.users[self.interviewer],
        )
        self.episode.setdefault("interview_offered_at", at)
        if answer == OfferAnswer.ACCEPTED:
            self.episode["interview_accepted_at"] = at
        self._note(at, self.interviewer, "offer interview", answer=answer)

    def _hold(self, offered: datetime, in_time: bool) -> None:
        limit = self.past.returned_at + timedelta(hours=72)
        held = (
            self._between(max(offered, limit - timedelta(hours=40)), limit)
            if in_time
            else self._hours(limit, 1, 96)
        )
        told = words.told(self.rng)
        outcome = InterviewOutcome.PARTIAL if self.rng.random() < 0.06 else InterviewOutcome.COMPLETED
        self.rows.add(
            "missing.ReturnInterview",
            id=self._id(),
            episode_id=self.episode["id"],
            person_id=self.person_id,
            outcome=outcome,
            held_at=held,
            place=self.rng.choice(words.INTERVIEW_PLACES),
            interviewer_id=self.ids.users[self.interviewer],
            independence=self.rng.choice(words.INDEPENDENCE),
            child_seen_alone=self.rng.random() < 0.9,
            own_words=told.own_words,
            before=told.before,
            during=told.during,
            after=told.after,
            harm=told.harm,
            would_help=told.would_help,
            carer_view=told.carer_view,
            push_reasons=list(told.push),
            pull_reasons=list(told.pull),
            leaflet_given=True,
            settled_at=self._between(held, held + timedelta(hours=5)),
        )
        settled = self.rows.of["missing.ReturnInterview"][-1]["settled_at"]
        self.episode |= {
            "interview_held_at": held,
            "interview_settled_at": settled,
            "interview_outcome": outcome,
        }
        self._note(settled, self.interviewer, "settle interview", outcome=outcome)

    def _settle(self, at: datetime, outcome: str) -> None:
        self.rows.add(
            "missing.ReturnInterview",
            id=self._id(),
            episode_id=self.episode["id"],
            person_id=self.person_id,
            outcome=outcome,
            reason_not_held=words.NOT_HELD[outcome],
            leaflet_given=outcome.startswith("declined"),
            settled_at=at,
        )
        self.episode |= {"interview_settled_at": at, "interview_outcome": outcome}
        self._note(at, self.interviewer, "settle interview", outcome=outcome)

    def _analyse_and_close(self) -> None:
        settled = self.episode["interview_settled_at"]
        written = self._hours(settled, 3, 24 * 8)
        text, effect, note = self.rng.choice(words.ANALYSES)
        user = self.ids.users[self.worker]
        self.rows.add(
            "missing.Analysis",
            id=self._id(),
            episode_id=self.episode["id"],
            person_id=self.person_id,
            text=text,
            plan_effect=effect,
            plan_note=note,
            written_at=written,
            written_by_id=user,
        )
        closed = self._hours(written, 0.2, 30)
        self.episode |= {"analysed_at": written, "closed_at": closed, "closed_by_id": user}
        self._note(written, self.worker, "analyse return", plan_effect=effect)
        self._note(closed, self.worker, "close")

    def _grants(self) -> None:
        opened, closed = self.episode["recorded_at"], self.episode["closed_at"]
        missing, interview = "The child is reported missing", "Offers the return interview"
        self._grant("desk", missing, opened, closed)
        self._grant("interviews", interview, self.past.returned_at, closed)
        # The coordinators keep watch over a child who was once on the pathway.
        self._grant("coordination", missing, opened, None)

    def _grant(self, team: str, reason: str, since: datetime, until: datetime | None) -> None:
        self.rows.add(
            "access.Grant",
            id=self._id(),
            person_id=self.person_id,
            team_id=self.ids.teams[team],
            basis=Basis.ALLOCATION,
            reason=reason,
            valid=(since, until),
        )


def people(children: Sequence[Child], ids: Ids, now: datetime, authority: str, rng: Random) -> Rows:
    """All rows about who the children are and who works with them."""
    rows = Rows()
    for child in children:
        PersonRows(child, ids, now, authority, rng, rows).write()
    return rows


class PersonRows:
    """Writes one child."""

    def __init__(
        self, child: Child, ids: Ids, now: datetime, authority: str, rng: Random, rows: Rows
    ) -> None:
        self.child, self.ids, self.now, self.authority = child, ids, now, authority
        self.rng, self.rows = rng, rows
        self.person_id = ids.people[child.number]

    def write(self) -> None:
        """The person, then everything about them."""
        child = self.child
        self.rows.add(
            "people.Person",
            id=self.person_id,
            given_name=child.given,
            family_name=child.family,
            date_of_birth=child.born,
            birth_precision=child.precision,
            sex=child.sex,
            ethnicity=child.ethnicity,
            language=child.language,
            needs_interpreter=child.needs_interpreter,
            is_mother=False if child.care and child.sex == "F" else None,
            created_at=self._start(child.known_since),
        )
        self._names()
        self._identifiers()
        self._addresses()
        self._care()
        self._work()
        for relative in child.relatives:
            self._add("people.Relationship", **self._relative(relative))

    def _add(self, model: str, **row: Any) -> None:
        self.rows.add(
            model, id=UUID(int=self.rng.getrandbits(128), version=4), person_id=self.person_id, **row
        )

    def _start(self, day: Any) -> datetime:
        return min(start_of_day(day) + timedelta(hours=9), self.now)

    def _names(self) -> None:
        child = self.child
        self._add("people.Name", kind="current", given_name=child.given, family_name=child.family)
        if child.alias:
            kind, given, family = child.alias
            self._add("people.Name", kind=kind, given_name=given, family_name=family, source="School")

    def _identifiers(self) -> None:
        child = self.child
        numbers: list[tuple[str, str, str, bool | None]]
        numbers = [("NHS Number", child.nhs, "", True), ("Unique Pupil Number", child.upn, "", True)]
        numbers.append(("LA Child ID", child.child_number, self.authority, None))
        if child.police_person:
            numbers.append(("Police Person Reference", child.police_person, "Saltmere and Vale Police", None))
        for type_, value, issuer, is_verified in numbers:
            self._add(
                "people.Identifier",
                type=type_,
                value=value,
                issuer=issuer,
                is_verified=is_verified,
                valid_from=child.known_since,
            )

    def _addresses(self) -> None:
        child = self.child
        self._add(
            "people.Address",
            kind="home",
            lines=child.street,
            postcode=child.postcode,
            valid=(child.born, None),
        )
        for stay in child.care:
            if stay.placement == "K2" or stay.ended_on is None:
                lines = "Children's home" if stay.placement == "K2" else "Foster home"
                self._add(
                    "people.Address",
                    kind="placement",
                    lines=lines,
                    postcode=stay.placement_postcode,
                    is_masked=child.number % 7 == 0,
                    valid=(stay.started_on, stay.ended_on),
                )

    def _care(self) -> None:
        for stay in self.child.care:
            team = self.ids.teams[stay.home] if stay.home else None
            self._add(
                "people.CareEpisode",
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
                home_team_id=team,
            )
            if team:
                self._grant(team, Basis.HOME, "The child lives in this home", stay.started_on, stay.ended_on)

    def _work(self) -> None:
        for work in self.child.work:
            team = self.ids.teams[work.team]
            self._add(
                "people.Involvement",
                team_id=team,
                worker_id=self.ids.users[work.worker] if work.worker else None,
                service=work.service,
                is_lead=work.is_lead,
                valid=(work.since, work.until),
            )
            reason = f"Works with the child: {work.service}"
            self._grant(team, Basis.INVOLVEMENT, reason, work.since, work.until)

    def _grant(self, team: UUID, basis: Basis, reason: str, since: Any, until: Any) -> None:
        period = (self._start(since), self._start(until) if until else None)
        self._add("access.Grant", team_id=team, basis=basis, reason=reason, valid=period)

    def _relative(self, relative: Any) -> Row:
        return {
            "kind": relative.kind,
            "name": relative.name,
            "phone": relative.phone,
            "note": relative.note,
            "other_id": self.ids.people[relative.sibling] if relative.sibling else None,
            "has_parental_responsibility": relative.has_responsibility,
        }


def recent_entries(
    rows: Rows, names: Mapping[str, tuple[UUID, str, str]], since: datetime, rng: Random
) -> Iterator[Row]:
    """What the record holds of the last weeks: who did what when. Names: key to user id, name and agency."""
    for episode, at, who, verb, detail in rows.happened:
        if at >= since:
            user_id, name, agency = names[who]
            yield {
                "at": at,
                "user_id": user_id,
                "actor": name,
                "agency": agency,
                "verb": verb,
                "subject_kind": "episode",
                "subject_id": episode["id"],
                "person_id": episode["person_id"],
                "outcome": "done",
                "request_id": f"{rng.getrandbits(48):012x}",
                "detail": detail,
            }
