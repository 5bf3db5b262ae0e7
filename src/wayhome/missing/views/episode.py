from uuid import UUID

from django.http import HttpResponse

from wayhome.access.policies import may
from wayhome.access.queries import who_sees
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.audit.queries import writes_to
from wayhome.codelists import load
from wayhome.kernel.clock import london_day
from wayhome.missing import queries
from wayhome.missing.models import Episode
from wayhome.missing.policies import next_steps
from wayhome.missing.rules import Clocks, is_held_in_time
from wayhome.missing.story import drawn, told_in_order
from wayhome.missing.views.acting import on_record, opened
from wayhome.missing.views.telling import side_by_side
from wayhome.missing.vocabulary import AfterNo
from wayhome.partnership.queries import team_cards, team_ids
from wayhome.partnership.vocabulary import TeamKind
from wayhome.web.pages import render
from wayhome.web.showing import span

THEIRS_ALONE = (
    "What was seen and said stays with those who did it and with the people who work on the child's plan: a child "
    "must be able to speak about where they live."
)


@allowed_to(Verb.READ_CHILD)
def episode(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    found = opened(request, episode_id, page="episode")
    file = on_record(request, found)
    clocks = queries.clocks_of(request.viewer.partnership_id)
    context = {
        "file": file,
        "episode": file.episode,
        "steps": next_steps(file.episode, request.viewer),
        "strip": drawn(file, clocks, request.now),
        "happenings": told_in_order(file),
        "sources": side_by_side(file, request.now),
        "doubles": queries.likely_doubles(found) if may(request.viewer, Verb.ANSWER_REPORTS) else [],
        "may_answer_reports": bool(may(request.viewer, Verb.ANSWER_REPORTS)),
        "theirs_alone": THEIRS_ALONE,
        "in_time": in_time(file.episode, clocks),
        **in_words(file),
        "writes": writes_to(person_id=found.person_id, subject_id=found.pk),
    }
    return render(request, "missing/episode.html", context)


def in_time(episode: Episode, clocks: Clocks) -> str:
    """Whether a held interview came within its limit, in words."""
    if not (episode.returned_at and episode.interview_held_at):
        return ""
    is_in_time = is_held_in_time(episode.interview_held_at, episode.returned_at, clocks)
    after = span(episode.interview_held_at - episode.returned_at)
    limit = f"within {clocks.interview_hours} h" if is_in_time else f"later than {clocks.interview_hours} h"
    return f"{after} after the return: {limit}"


def in_words(file: queries.EpisodeFile) -> dict[str, object]:
    """The coded answers of an episode in words."""
    interview = file.interview
    return {
        "return_method": load("return_method").label(file.episode.return_method),
        "push_reasons": [
            load("push_reason").label(code) for code in (interview.push_reasons if interview else ())
        ],
        "pull_reasons": [
            load("pull_reason").label(code) for code in (interview.pull_reasons if interview else ())
        ],
        "after_no": [AfterNo(done).label for done in (interview.after_no if interview else ())],
    }


@allowed_to(Verb.REPORT_MISSING)
def reported(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    found = opened(request, episode_id, page="report sent")
    desks = team_ids(kind=TeamKind.POLICE_DESK, on=london_day(request.now))
    context = {
        "file": on_record(request, found),
        "episode": found,
        "steps": next_steps(found, request.viewer),
        "seen_by": [each for each in who_sees(found.person_id) if each.is_team and not each.held_back],
        "desks": list(team_cards(set(desks)).values()),
    }
    return render(request, "missing/reported.html", context)
