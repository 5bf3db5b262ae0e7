"""The first page: what is due for whoever looks."""

from django.http import HttpResponse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.access.roles import Verb
from wayhome.desk import queries
from wayhome.desk.doors import doors
from wayhome.exploitation.queries.first_page import AT_MOST, ON_THE_WALL_TOO, may_be_more
from wayhome.exploitation.queries.judged_duties import judged_work
from wayhome.exploitation.queries.looking import looking
from wayhome.exploitation.queries.worklist import plan_work
from wayhome.exploitation.queries.worry_work import worry_work
from wayhome.missing.queries import clocks_from, possibly_restricted
from wayhome.missing.queries.handover import waiting
from wayhome.missing.queries.notifications import waiting_count as told_waiting
from wayhome.partnership.queries import settings_of
from wayhome.people.commands import open_list
from wayhome.strategy.queries.asking import asked_of_me
from wayhome.web.pages import page_number, render


@signed_in
def today(request: ViewerRequest) -> HttpResponse:
    viewer, now = request.viewer, request.now
    context: dict[str, object] = {
        "work": None,
        "possibly_restricted": [],
        "drafts": queries.unfinished_forms(viewer, now),
        "glass_count": queries.glass_waiting(viewer),
        "doors": [] if may(viewer, Verb.READ_CHILD) else doors(viewer),
        "asked": asked_of_me(now),
    }
    if may(viewer, Verb.READ_CHILD):
        chosen = settings_of(viewer.partnership_id)
        look = looking(viewer, now, chosen)
        work = queries.my_work(viewer, now, clocks_from(chosen), page_number(request))
        context["work"] = work
        handed = waiting(viewer, now)
        context["waits"] = [each for each in handed if each.is_mine]
        context["waits_of_others"] = [each for each in handed if each.is_loud and not each.is_mine]
        context["worry_work"] = worried = worry_work(look)
        context["judged_work"] = judged = judged_work(look)
        context["plan_work"] = planned = plan_work(look)
        context["may_be_more"] = {
            "worries": may_be_more((each.kind for each in worried), ON_THE_WALL_TOO),
            "judged": may_be_more((each.deadline.kind for each in judged), ON_THE_WALL_TOO),
            "plans": may_be_more((each.page for each in planned), AT_MOST),
        }
        context["possibly_restricted"] = possibly_restricted()
        context["told_waiting"] = told_waiting() if may(viewer, Verb.ANSWER_REPORTS) else 0
        open_list(page="today", found=work.task_count, viewer=viewer, now=now)
    return render(request, "desk/today.html", context)
