from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse

from wayhome.access import commands
from wayhome.access.forms import LogForm
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.web.pages import page_number, render


@allowed_to(Verb.READ_ACCESS_LOG)
def access_log(request: ViewerRequest) -> HttpResponse:
    form = LogForm(request.GET if request.GET else None)
    wanted = commands.LogFilter(person_id=_child(request))
    if form.is_bound and form.is_valid():
        wanted = commands.LogFilter(**form.cleaned_data, person_id=_child(request))
    page = page_number(request)
    found = commands.read_log(wanted=wanted, page=page, viewer=request.viewer, now=request.now)
    rest = [(name, value) for name, value in request.GET.items() if name != "page" and value]
    context = {
        "form": form,
        "log": found,
        "wanted": wanted,
        "page": page,
        "prefix": f"?{urlencode([*rest, ('page', '')])}",
    }
    return render(request, "access/log.html", context)


def _child(request: ViewerRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("child", ""))
    except ValueError:
        return None
