"""The first page: what is due for whoever looks, and what they began."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, TypeVar
from uuid import UUID

from wayhome.access.policies import may
from wayhome.access.queries import glass_to_review_count
from wayhome.access.roles import Verb
from wayhome.audit.queries import unfinished
from wayhome.database.reading import Reading, abreast, answered, meanwhile
from wayhome.desk.lines import lines_by, names_around
from wayhome.desk.rules.work import Task, late_count, tasks
from wayhome.exploitation.queries.drafted import people_of_pieces
from wayhome.exploitation.queries.judged_duties import JudgedWork, judged_work
from wayhome.exploitation.queries.looking import looking
from wayhome.exploitation.queries.worklist import PlanWork, plan_work
from wayhome.exploitation.queries.worry_work import WorryWork, worry_work
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing.queries import (
    OwnReport,
    PossiblyRestricted,
    around,
    clocks_from,
    people_of,
    possibly_restricted,
    reported_by,
)
from wayhome.missing.queries.board import first_of_unfinished
from wayhome.missing.queries.handover import HandedItem, waiting
from wayhome.missing.queries.marks import MarkRow, plan_changes_for, waiting_by_kind
from wayhome.missing.queries.notifications import waiting_count
from wayhome.missing.queries.wall import rows_by
from wayhome.partnership.queries import settings_reading
from wayhome.people.queries import KEPT_SEARCH, cards
from wayhome.strategy.queries.asking import AskedOfMe, asked_of_me

T = TypeVar("T")

AT_MOST = 1000  # episodes that are looked through
TASKS = 15  # on a page
RECENTLY = timedelta(days=14)
UUID_LENGTH = 36  # as it is written


@dataclass(frozen=True, slots=True)
class UnfinishedForm:
    """A form the viewer began and did not send."""

    title: str
    about: str
    page: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of anybody who signs in, whatever their role. `glass_count`: how many times glass was broken that
    nobody has answered for. `chosen`: the settings of their partnership.
    """

    drafts: list[UnfinishedForm]
    glass_count: int
    updates: list[AskedOfMe]
    chosen: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MyWork:
    """The first page of somebody who works with children. `told_waiting`: how many notifications nobody has decided."""

    tasks: list[Task]
    task_count: int
    page: int
    pages: int
    late_count: int
    missing_now: int
    worries: list[WorryWork]
    judged: list[JudgedWork]
    plans: list[PlanWork]
    handed: list[HandedItem]
    reports: list[OwnReport]
    plan_changes: list[MarkRow]
    marks_waiting: dict[str, int]
    told_waiting: int
    possibly_restricted: list[PossiblyRestricted]


def asked_of(viewer: Viewer, now: datetime) -> Asked:
    """What anybody is asked. Four queries; more where forms were begun or updates are asked for."""
    found = abreast(
        unfinished_forms(viewer, now),
        _if(viewer, Verb.REVIEW_BREAK_GLASS, glass_to_review_count(), 0),
        asked_of_me(now),
        settings_reading(viewer.partnership_id),
    )
    return Asked(*answered(found))


def my_work(viewer: Viewer, now: datetime, chosen: dict[str, Any], page: int = 1) -> MyWork:
    """What is due for the viewer, in pages. As many queries however much there is."""
    episodes, look = answered(abreast(first_of_unfinished(AT_MOST), looking(viewer, now, chosen)))
    known, names = answered(abreast(around(episodes, viewer, now), names_around(episodes, viewer, now)))
    of_pathways = abreast(worry_work(look), judged_work(look), plan_work(look))
    of_others = abreast(waiting(viewer, now), reported_by(viewer, now - RECENTLY), possibly_restricted())
    told = abreast(
        _plan_changes(viewer, now),
        _if(viewer, Verb.TAKE_UP_MARK, waiting_by_kind(), {}),
        _if(viewer, Verb.ANSWER_REPORTS, waiting_count(), 0),
    )
    with meanwhile(abreast(of_pathways, of_others, told)) as rest:
        lines = lines_by(rows_by(episodes, clocks_from(chosen), known), names, now)
        mine = tasks(lines, viewer, now)
        pages = max(ceil(len(mine) / TASKS), 1)
        page = min(page, pages)
    (worries, judged, plans), (handed, reports, restricted), (changes, marks, notifications) = rest.found
    return MyWork(
        tasks=mine[(page - 1) * TASKS : page * TASKS],
        task_count=len(mine),
        page=page,
        pages=pages,
        late_count=late_count(mine, now),
        missing_now=sum(line.is_missing_now for line in lines),
        worries=worries,
        judged=judged,
        plans=plans,
        handed=handed,
        reports=reports,
        plan_changes=changes,
        marks_waiting=marks,
        told_waiting=notifications,
        possibly_restricted=restricted,
    )


def _if(viewer: Viewer, verb: Verb, reading: Reading[T], otherwise: T) -> Reading[T]:
    """What is read for those who may do something about it."""
    return (yield from reading) if may(viewer, verb) else otherwise


def _plan_changes(viewer: Viewer, now: datetime) -> Reading[list[MarkRow]]:
    theirs = plan_changes_for(viewer.user_id, viewer.team_ids, london_day(now))
    return _if(viewer, Verb.ANALYSE_RETURN, theirs, [])


def unfinished_forms(viewer: Viewer, now: datetime) -> Reading[list[UnfinishedForm]]:
    """The viewer's drafts with the child each is about. A query; two more where there are any, and
    again two where one is about a piece of the exploitation pathway.
    """
    kept = yield from unfinished(viewer, besides=KEPT_SEARCH)
    names = _names_of({subject for each in kept if (subject := _subject(each.subject))}, now)
    return [
        UnfinishedForm(
            title=each.form.replace("_", " ").capitalize(),
            about=names.get(_subject(each.subject), ""),
            page=each.page,
            saved_at=each.saved_at,
        )
        for each in kept
    ]


def _names_of(subjects: set[UUID], now: datetime) -> dict[UUID | None, str]:
    """What the children are called whom these are, or whose episodes or pieces of the pathway these are."""
    if not subjects:
        return {}
    whose = people_of(subjects)
    found = cards(subjects | set(whose.values()), london_day(now))
    if rest := subjects - set(whose) - set(found):
        of_pieces = people_of_pieces(rest)
        whose |= of_pieces
        found |= cards(set(of_pieces.values()) - set(found), london_day(now))
    owners = {subject: whose.get(subject, subject) for subject in subjects}
    return {subject: found[owner].name for subject, owner in owners.items() if owner in found}


def _subject(text: str) -> UUID | None:
    """What a draft is about. What stands behind a child's number says which of several forms about them it is."""
    try:
        return UUID(text[:UUID_LENGTH])
    except ValueError:
        return None
