"""The allocated worker says what the return means for the plan."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import episode_to_work_on, recorded, saved
from wayhome.missing.commands.marks import take_up_mark
from wayhome.missing.models import Analysis, Episode
from wayhome.missing.rules import has_died
from wayhome.missing.vocabulary import PlanEffect

HAS_DIED = "The child has died."


class NotHeardYet(Refusal):
    """The return interview is not finished yet. Analyse the return when the child was heard, or declined."""


class AnalysedAlready(Refusal):
    """A colleague has written the analysis already. What you typed is kept as your draft."""


class AnalysisTextMissing(Refusal):
    """Write what you make of this return."""

    field = "text"


class PlanEffectMissing(Refusal):
    """Say what was changed in the plan, or why nothing was."""

    field = "plan_note"


@transaction.atomic
def analyse_return(
    *,
    episode_id: UUID,
    text: str,
    plan_effect: str,
    plan_note: str,
    takes_up: Iterable[UUID] = (),
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Record the analysis: "plan changed" with what, or "no change" with why. Raises NotHeardYet, AnalysedAlready.

    When the child has died these are the allocated worker's words to the record, and nobody asks about the plan.
    """
    require(viewer, Verb.ANALYSE_RETURN)
    episode = episode_to_work_on(episode_id, viewer, Verb.ANALYSE_RETURN)
    if episode.interview_settled_at is None and not has_died(episode):
        raise NotHeardYet
    if episode.analysed_at:
        raise AnalysedAlready
    if not text.strip():
        raise AnalysisTextMissing
    if has_died(episode):
        plan_effect, plan_note = PlanEffect.NO_CHANGE, HAS_DIED
    if plan_effect not in PlanEffect.values or not plan_note.strip():
        raise PlanEffectMissing
    words = {"text": text, "plan_effect": plan_effect, "plan_note": plan_note}
    analysis_id, before = _put(episode, words, viewer, now)
    changes = saved(episode, analysed_at=now)
    written = {field: (before.get(field), words[field]) for field in ("text", "plan_note")}
    recorded(
        episode,
        verb="analyse return",
        viewer=viewer,
        now=now,
        changes={**changes, **written},
        plan_effect=plan_effect,
    )
    for mark_id in takes_up:
        take_up_mark(mark_id=mark_id, note=plan_note, viewer=viewer, now=now)
    return analysis_id


def _put(
    episode: Episode, words: dict[str, str], viewer: Viewer, now: datetime
) -> tuple[UUID, dict[str, str]]:
    """The analysis, and what stood there: of a return that was opened again, as the child was heard after a no."""
    analysis = Analysis.objects.filter(episode=episode).first()
    before = {field: getattr(analysis, field) for field in words} if analysis else {}
    analysis = analysis or Analysis(episode=episode, person_id=episode.person_id)
    for field, value in {**words, "written_at": now, "written_by_id": viewer.user_id}.items():
        setattr(analysis, field, value)
    analysis.save()
    return analysis.pk, before
