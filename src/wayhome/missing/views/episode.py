from uuid import UUID

from django.http import HttpResponse

from wayhome.access.queries import seen_by_a_report_alone, who_sees
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.audit.queries import writes_to
from wayhome.kernel.clock import london_day
from wayhome.kernel.viewer import Viewer
from wayhome.missing import queries
from wayhome.missing.models import Episode
from wayhome.missing.policies import corrections, is_open_to, next_steps
from wayhome.missing.queries.duties import duties_of
from wayhome.missing.queries.handover import of_episode
from wayhome.missing.queries.hearing import told_together
from wayhome.missing.queries.screening import screen_of
from wayhome.missing.rules import has_died
from wayhome.missing.story import drawn, risk_drawn, told_in_order
from wayhome.missing.views import apart, hearing, reading
from wayhome.missing.views.acting import on_record, opened
from wayhome.missing.views.screening import has_no_outcome, may_be_screened, screen_pairs
from wayhome.missing.views.telling import side_by_side
from wayhome.missing.vocabulary import NOTICES, Duty, WallDuty
from wayhome.partnership.queries import team_cards, team_ids
from wayhome.partnership.vocabulary import TeamKind
from wayhome.people.masked import told_who_sees
from wayhome.web.pages import render

THEIRS_ALONE = (
    "What was seen and said stays with those who did it and with the people who work on the child's plan: a child "
    "must be able to speak about where they live."
)


@allowed_to(Verb.READ_CHILD)
def episode(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    found = opened(request, episode_id, page="episode")
    file, now = on_record(request, found), request.now
    clocks = queries.clocks_of(request.viewer.partnership_id)
    writes = writes_to(person_id=found.person_id, subject_id=found.pk)
    only_reported = bool(seen_by_a_report_alone({found.person_id}, request.viewer))
    allowed = {verb for verb in Verb if is_open_to(request.viewer, verb, only_reported=only_reported)}
    may_answer = Verb.ANSWER_REPORTS in allowed
    told = told_together(file.interview) if file.interview else None
    screen = screen_of(found.pk)
    context = {
        "file": file,
        "episode": file.episode,
        "steps": next_steps(file.episode, request.viewer, only_reported=only_reported),
        "strip": drawn(file, clocks, now),
        "happenings": told_in_order(file, writes),
        "sources": side_by_side(file, now),
        **apart.sources_of(file, now),
        "doubles": queries.likely_doubles(found) if may_answer else [],
        "may_answer": may_answer,
        "theirs_alone": THEIRS_ALONE,
        "risk_rows": reading.risk_rows(file, now),
        "risk_strip": risk_drawn(file, now),
        "duties": duties_of(file.episode, request.viewer, now),
        "handed": of_episode(episode_id, request.viewer, now),
        "notices": NOTICES,
        "duty_words": dict([*Duty.choices, *WallDuty.choices]),
        "own_answers": frozenset(WallDuty.values) - {WallDuty.OFFER_AGAIN},
        "may_answer_duty": Verb.ANSWER_DUTY in allowed,
        "has_died": has_died(file.episode),
        "corrections": corrections(file.episode, request.viewer),
        "correction_rows": reading.correction_rows(file, now),
        "return_pairs": reading.return_pairs(file, now),
        "checks": [reading.check_pairs(file, check, now) for check in file.checks],
        "told": told,
        "interview_pairs": hearing.interview_pairs(file, told, clocks, now) if told else [],
        "offer_rows": hearing.offer_rows(file, now),
        "steps_after_no": [] if only_reported else hearing.steps_after_no(file.episode, request.viewer),
        "screen_pairs": screen_pairs(screen, now) if screen else [],
        "needs_outcome": has_no_outcome(screen),
        "may_screen": not only_reported and may_be_screened(found, request.viewer),
        "analysis_pairs": reading.analysis_pairs(file, now),
        "record_rows": reading.record_rows(writes),
    }
    return render(request, "missing/episode.html", context)


@allowed_to(Verb.REPORT_MISSING)
def reported(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    found = opened(request, episode_id, page="report sent")
    desks = team_ids(kind=TeamKind.POLICE_DESK, on=london_day(request.now))
    context = {
        "file": on_record(request, found),
        "episode": found,
        "seen_by": seen_by_teams(found, request.viewer),
        "desks": list(team_cards(set(desks)).values()),
    }
    return render(request, "missing/reported.html", context)


def seen_by_teams(found: Episode, viewer: Viewer) -> list[tuple[str, str, str]]:
    """The teams that can see the child now, and why. None if the record is restricted to named people."""
    reasons = told_who_sees(who_sees(found.person_id), found.person_id, viewer)
    grants = [each for each in reasons if each.is_team and not each.held_back]
    return list(dict.fromkeys((each.holder, each.agency, each.reason) for each in grants))
