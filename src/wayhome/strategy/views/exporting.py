"""A plan as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.strategy.commands.exporting import export_plan
from wayhome.strategy.views.plan import plan_row
from wayhome.web.pages import render


@allowed_to(Verb.SEE_PLANS)
def plan_files(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    return render(request, "strategy/imports/files.html", {"plan": plan_row(plan_id)})


@require_POST
@allowed_to(Verb.SEE_PLANS)
def make_plan_file(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    """The file itself."""
    made = export_plan(
        plan_id=plan_id, kind=request.POST.get("kind", ""), viewer=request.viewer, now=request.now
    )
    answer = HttpResponse(made.content, content_type=made.mime)
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    answer["Cache-Control"] = "no-store"
    return answer
