"""Reads of return interviews as text, and of the sentences marked in them. Row security hides both from homes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wayhome.access.queries import names_of
from wayhome.database.reading import Reading, reading_of
from wayhome.kernel.refusal import NotFound
from wayhome.missing.models import Episode, Mark, ReturnInterview
from wayhome.missing.rules.marked import ANSWERS, NothingToMark
from wayhome.missing.rules.mentions import KnownName, Mention, mentions, names_among
from wayhome.missing.vocabulary import HELD, MarkKind, MarkState
from wayhome.people.queries import known_names, led_by

ON_A_PAGE = 50
_BY_KIND = "SELECT kind, count(*) FROM missing_mark WHERE state = %s GROUP BY kind"
STANDING = (MarkState.WAITING, MarkState.TAKEN_UP)


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A marked sentence with the names of who marked it and who answered it, as far as they are known."""

    mark: Mark
    marked_by: str
    state_by: str


@dataclass(frozen=True, slots=True)
class MarksPage:
    """Some of the marks that were asked for."""

    rows: list[MarkRow]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.total // ON_A_PAGE), 1)


def interview_of(episode_id: UUID) -> ReturnInterview:
    """The interview with the words after this episode, which may be one held about several.

    Raises NothingToMark if none was held, or none the viewer may read.
    """
    found = ReturnInterview.objects.select_related("answered_in").filter(episode_id=episode_id).first()
    if found is None or found.outcome not in HELD:
        raise NothingToMark
    return found.answered_in or found


def answers_of(interview: ReturnInterview) -> dict[str, str]:
    """What was written in the interview, by field, in the order of the talk; what is empty is left out."""
    return {field: text for field in ANSWERS if (text := getattr(interview, field)).strip()}


def marks_in(interview: ReturnInterview) -> list[MarkRow]:
    """Everything marked in an interview, in the order in which it was. Two queries."""
    return _rows(Mark.objects.filter(interview=interview).order_by("marked_at", "pk"))


def mark_row(mark_id: UUID) -> MarkRow:
    """One mark. Raises NotFound if there is none the viewer may see."""
    found = _rows(
        Mark.objects.filter(pk=mark_id).select_related(
            "person", "interview__episode", "interview__answered_in"
        )
    )
    if not found:
        raise NotFound
    return found[0]


def marks_by_id(mark_ids: Collection[UUID]) -> dict[UUID, Mark]:
    """Marks with the interviews they are in, as far as the viewer may read interviews. One query, or none."""
    if not mark_ids:
        return {}
    return Mark.objects.select_related("interview").in_bulk(mark_ids)


def _rows(marks: Iterable[Mark]) -> list[MarkRow]:
    found = list(marks)
    names = names_of({mark.marked_by_id for mark in found} | {mark.state_by_id for mark in found})
    return [MarkRow(mark, _name(names, mark.marked_by_id), _name(names, mark.state_by_id)) for mark in found]


def _name(names: dict[UUID, str], user_id: UUID | None) -> str:
    return names.get(user_id, "") if user_id else ""


def marks(*, kind: str = "", state: str = "", person_id: UUID | None = None, page: int = 1) -> MarksPage:
    """Marks of every child the viewer may see, those that wait longest first, else the newest. Three queries."""
    asked = {"kind": kind, "state": state, "person_id": person_id}
    found = Mark.objects.filter(**{field: value for field, value in asked.items() if value})
    found = found if state else found.exclude(state=MarkState.DISMISSED)
    order = ("marked_at", "pk") if state == MarkState.WAITING else ("-marked_at", "-pk")
    total = found.count()
    page = min(max(page, 1), max(-(-total // ON_A_PAGE), 1))
    shown = found.select_related("person", "interview").order_by(*order)
    return MarksPage(_rows(shown[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]), total, page)


def standing_among(marks: Iterable[Mark], *, at_most: int = 6) -> MarksPage:
    """What a child's overview shows of all their marks, newest first. One query, or none."""
    standing = [mark for mark in marks if mark.state in STANDING]
    standing.sort(key=lambda mark: (mark.marked_at, mark.pk), reverse=True)
    return MarksPage(_rows(standing[:at_most]), len(standing), 1)


def plan_changes(person_id: UUID) -> list[MarkRow]:
    """What was marked as a change to a child's plan and waits to be taken up, the oldest first. Two queries."""
    found = Mark.objects.filter(person_id=person_id, kind=MarkKind.PLAN_CHANGE, state=MarkState.WAITING)
    return _rows(found.order_by("marked_at", "pk"))


def plan_changes_for(user_id: UUID | None, team_ids: Collection[UUID], on: date) -> Reading[list[MarkRow]]:
    """The same for all children whom this user leads, or whose leading team is theirs and has named nobody.

    Three queries.
    """
    children = yield from led_by(user_id, team_ids, on)
    if not children:
        return []
    found = Mark.objects.filter(
        person_id__in=children, kind=MarkKind.PLAN_CHANGE, state=MarkState.WAITING
    ).select_related("person", "interview")
    return _rows(found.order_by("marked_at", "pk")[:ON_A_PAGE])


def waiting_by_kind() -> Reading[dict[str, int]]:
    """How many marks wait to be taken up, by kind, among the children the viewer may see. One query."""
    found = yield from reading_of(_BY_KIND, MarkState.WAITING.value)
    return dict(found)


def names_round(interview: ReturnInterview, on: date) -> list[KnownName]:
    """The names that may be mentioned: those on the child's record, and whom the report names as their company."""
    episode = Episode.objects.filter(pk=interview.episode_id).only("companions").first()
    company = names_among(episode.companions) if episode else []
    known = [KnownName(words, who) for words, who in known_names(interview.person_id, on)]
    return [*known, *(KnownName(name, "reported to be with them") for name in company)]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the rules found, where it stands first, and how often it does."""

    field: str
    mention: Mention
    times: int


def suggestions(interview: ReturnInterview, on: date) -> list[Suggestion]:
    """What the text mentions by the rules and nobody has marked or dismissed yet, each once. Five queries."""
    known = names_round(interview, on)
    decided = list(interview.marks.exclude(state=MarkState.WITHDRAWN))
    found: dict[tuple[str, str], list[tuple[str, Mention]]] = {}
    for field, text in answers_of(interview).items():
        for each in mentions(text, known):
            if not any(_settles(mark, field, each) for mark in decided):
                found.setdefault((each.kind, each.value), []).append((field, each))
    return [Suggestion(*places[0], len(places)) for places in found.values()]


def _settles(mark: Mark, field: str, mention: Mention) -> bool:
    """Whether a mark says what a mention is: it stands there, or elsewhere with the same value."""
    if mark.kind != mention.kind:
        return False
    if mark.field == field and mark.start < mention.end and mention.start < mark.end:
        return True
    return mention.value.casefold() == mark.value.casefold()
