"""The first page: what is due for whoever looks."""

from django.http import HttpResponse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.access.roles import Verb
from wayhome.desk.doors import doors
from wayhome.desk.first_page import asked_of, my_work
from wayhome.exploitation.queries.first_page import AT_MOST, ON_THE_WALL_TOO, may_be_more
from wayhome.people.commands import open_list
from wayhome.web.pages import page_number, render


@signed_in
def today(request: ViewerRequest) -> HttpResponse:
    viewer, now = request.viewer, request.now
    asked = asked_of(viewer, now)
    context: dict[str, object] = {"asked": asked, "work": None}
    if may(viewer, Verb.READ_CHILD):
        work = my_work(viewer, now, asked.chosen, page_number(request))
        context["work"] = work
        context["waits"] = [each for each in work.handed if each.is_mine]
        context["waits_of_others"] = [each for each in work.handed if each.is_loud and not each.is_mine]
        context["may_be_more"] = {
            "worries": may_be_more((each.kind for each in work.worries), ON_THE_WALL_TOO),
            "judged": may_be_more((each.deadline.kind for each in work.judged), ON_THE_WALL_TOO),
            "plans": may_be_more((each.page for each in work.plans), AT_MOST),
        }
        open_list(page="today", found=work.task_count, viewer=viewer, now=now)
    else:
        context["doors"] = doors(viewer)
    return render(request, "desk/today.html", context)
