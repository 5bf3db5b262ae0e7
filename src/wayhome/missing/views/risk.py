from typing import Any
from uuid import UUID

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.missing import commands
from wayhome.missing.forms.risk import Risk
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, number, opened
from wayhome.missing.vocabulary import PoliceRisk


@allowed_to(Verb.JUDGE_RISK)
@keeps_what_was_typed("judge_risk")
def judge_risk(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="judge risk")
    fresh = {"judgements_read": episode.risk_judgements.count()}
    form = form_for(request, Risk, name="judge_risk", subject=str(episode_id), initial=fresh)

    def do(said: dict[str, Any]) -> str:
        commands.judge_risk(
            episode_id=episode_id,
            level=said["level"],
            reason=said["reason"],
            reassess_by=said["reassess_by"],
            judgements_read=number(said["judgements_read"]),
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, f"The risk is recorded: {PoliceRisk(said['level']).label.lower()}.", episode_id)

    return answer(
        request,
        form,
        name="judge_risk",
        episode=episode,
        do=do,
        template="missing/risk.html",
        fresh=fresh,
    )
