"""The police judge the risk of an episode, with a reason. Every judgement is kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import require
from wayhome.access.roles import Verb
from wayhome.events.outbox import publish
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands.episode import episode_to_work_on, recorded, saved
from wayhome.missing.events import RiskJudged
from wayhome.missing.models import RiskJudgement
from wayhome.missing.rules import InTheFuture
from wayhome.missing.vocabulary import PoliceRisk


class RiskReasonMissing(Refusal):
    """Say why this is the right level. The next shift will read it."""

    field = "reason"


class ReassessByMissing(Refusal):
    """Enter when the risk is looked at again. No apparent risk must not stay unquestioned."""

    field = "reassess_by"


class ReassessInThePast(Refusal):
    """The next look at the risk has to be in the future."""

    field = "reassess_by"


class JudgedMeanwhile(Refusal):
    """A colleague judged the risk while you were writing. Look at what they wrote; if you still judge otherwise,
    send yours again. Both are kept.
    """

    field = "level"


class NotARiskLevel(Refusal):
    """Choose a risk level."""

    field = "level"


@transaction.atomic
def judge_risk(
    *,
    episode_id: UUID,
    level: str,
    reason: str,
    reassess_by: datetime | None = None,
    judged_at: datetime | None = None,
    as_told: str = "",
    judgements_read: int | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Set the police risk level of an episode.

    Raises RiskReasonMissing; ReassessByMissing for "no apparent risk" without a time to look again. Source: College
    of Policing, Authorised Professional Practice: missing persons. `judgements_read` is how many there were when the
    form was opened: raises JudgedMeanwhile if there are more now. `as_told` is the word of a source that
    has its own. One that is told late, after a later judgement, is kept and changes nothing.
    """
    require(viewer, Verb.JUDGE_RISK)
    judged_at = judged_at or now
    _check(level, reason, reassess_by, judged_at, now)
    episode = episode_to_work_on(episode_id, viewer, Verb.JUDGE_RISK)
    if judgements_read not in (None, episode.risk_judgements.count()):
        raise JudgedMeanwhile
    judgement = RiskJudgement(
        episode=episode,
        person_id=episode.person_id,
        level=level,
        as_told=as_told,
        reason=reason.strip(),
        reassess_by=reassess_by,
        judged_at=judged_at,
        judged_by_id=viewer.user_id,
    )
    judgement.save(force_insert=True)
    latest = {"risk": level, "risk_reassess_by": None if episode.returned_at else reassess_by}
    is_late = episode.risk_judgements.filter(judged_at__gt=judged_at).exists()
    changes = saved(episode, **({} if is_late else latest))
    recorded(
        episode,
        verb="judge risk",
        viewer=viewer,
        now=now,
        changes={**changes, "reason": (None, reason)},
        level=level,
    )
    publish(RiskJudged(episode_id=episode_id, level=level), now=now)
    return judgement.pk


def _check(level: str, reason: str, reassess_by: datetime | None, judged_at: datetime, now: datetime) -> None:
    if level not in PoliceRisk.values:
        raise NotARiskLevel
    if not reason.strip():
        raise RiskReasonMissing
    if judged_at > now:
        raise InTheFuture(field="judged_at")
    if level == PoliceRisk.NO_APPARENT_RISK and reassess_by is None:
        raise ReassessByMissing
    if reassess_by is not None and reassess_by <= judged_at:
        raise ReassessInThePast
