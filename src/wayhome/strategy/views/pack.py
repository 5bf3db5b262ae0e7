"""The board pack: what is in it, and the files."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.kernel.refusal import NotFound
from wayhome.strategy.commands.pack import make_pack
from wayhome.strategy.commands.reading import open_pack
from wayhome.strategy.queries.snapshot import name_of
from wayhome.web.pages import render


@allowed_to(Verb.SEE_PLANS)
def board_pack(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    """Which state it is of stands in the address."""
    of = snapshot_asked(request.GET.get("snapshot", ""))
    found = open_pack(plan_id=plan_id, snapshot_id=of, viewer=request.viewer, now=request.now)
    context = {
        "pack": found.content,
        "plan": found.plan,
        "of": found.of,
        "states": [(str(each.pk), name_of(each)) for each in found.snapshots],
        "may_keep": may(request.viewer, Verb.KEEP_PLANS),
    }
    return render(request, "strategy/pack/pack.html", context)


@require_POST
@allowed_to(Verb.SEE_PLANS)
def make_board_pack(request: ViewerRequest, plan_id: UUID) -> HttpResponse:
    """The file itself."""
    made = make_pack(
        plan_id=plan_id,
        snapshot_id=snapshot_asked(request.POST.get("snapshot", "")),
        kind=request.POST.get("kind", ""),
        viewer=request.viewer,
        now=request.now,
    )
    answer = HttpResponse(made.content, content_type=made.mime)
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def snapshot_asked(typed: str) -> UUID | None:
    """The snapshot that an address names; none: as it is now. Raises NotFound."""
    try:
        return UUID(typed) if typed else None
    except ValueError as error:
        raise NotFound from error
