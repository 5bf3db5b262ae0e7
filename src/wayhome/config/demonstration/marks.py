"""What was marked in return interviews: answered where the analysis is written, waiting where it is not."""

from datetime import datetime
from random import Random
from uuid import UUID

from wayhome.config.demonstration.cases import hours_ago
from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.present import Doing, Played, act
from wayhome.config.demonstration.rows import Row, Rows, id_at
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.marks import NewMark, mark_sentence
from wayhome.missing.queries.marks import answers_of, interview_of
from wayhome.missing.rules.sentences import sentences
from wayhome.missing.vocabulary import MarkKind, MarkState, PlanEffect


def past_marks(what: Rows, since: datetime) -> Rows:
    """A sentence of each interview since then, marked as a change to the plan and answered with the analysis."""
    found = Rows()
    analyses = {row["episode_id"]: row for row in what.of["missing.Analysis"]}
    for interview in what.of["missing.ReturnInterview"]:
        analysis = analyses.get(interview["episode_id"])
        if analysis and interview["settled_at"] > since and interview.get("own_words"):
            found.add("missing.Mark", **_marked(interview, analysis))
    return found


def _marked(interview: Row, analysis: Row) -> Row:
    field = "would_help" if interview.get("would_help") else "own_words"
    span = sentences(interview[field])[0]
    is_changed = analysis["plan_effect"] == PlanEffect.PLAN_CHANGED
    return {
        # A chance of its own: those of all other rows stay as they are.
        "id": id_at(interview["settled_at"], Random(interview["id"].int)),  # noqa: S311 - an invented row
        "interview_id": interview["id"],
        "person_id": interview["person_id"],
        "kind": MarkKind.PLAN_CHANGE,
        "field": field,
        "start": span.start,
        "end": span.end,
        "quote": span.of(interview[field]),
        "marked_at": interview["settled_at"],
        "marked_by_id": interview["interviewer_id"],
        "state": MarkState.TAKEN_UP if is_changed else MarkState.WITHDRAWN,
        "state_note": analysis["plan_note"],
        "state_at": analysis["written_at"],
        "state_by_id": analysis["written_by_id"],
    }


def tell_marks(played: list[Played], opened: Opened, now: datetime) -> None:
    """In the interviews whose analysis is still due: what would help, for the plan; every third time also something
    for the police.
    """
    open_ones = [one for one in played if one.case.held is not None and one.case.analysed is None]
    for place, one in enumerate(open_ones):
        kinds = [MarkKind.PLAN_CHANGE] + ([MarkKind.INTELLIGENCE] if place % 3 == 0 else [])
        at = hours_ago(now, one.case.held or 0)
        act(opened.viewers[one.interviewer], at, _marking(one.episode, kinds))


def _marking(episode_id: UUID, kinds: list[MarkKind]) -> Doing:
    def do(viewer: Viewer, at: datetime) -> None:
        answers = answers_of(interview_of(episode_id))
        for kind in kinds:
            wanted = "would_help" if kind == MarkKind.PLAN_CHANGE else "during"
            field = wanted if wanted in answers else "own_words"
            span = sentences(answers[field])[0]
            new = NewMark(field=field, start=span.start, end=span.end, kind=kind)
            mark_sentence(episode_id=episode_id, new=new, viewer=viewer, now=at)

    return do
