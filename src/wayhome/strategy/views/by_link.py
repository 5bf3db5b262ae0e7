"""The one page behind an owner's link, and the address that keeps what is typed there.

Nobody is signed in. For this request alone, in one transaction, the visitor is whoever the link was made for; the
database shows them their own actions, and every other page takes them for a stranger. The address itself is a secret:
it is written neither to the record nor into a draft.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from wayhome.access.requests import ViewerRequest
from wayhome.access.submitting import form_for, is_sent, send, typed_in
from wayhome.access.viewing import open_for
from wayhome.audit.commands import save_draft
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import by_link
from wayhome.strategy.commands.by_link import say_by_link
from wayhome.strategy.commands.changing import Stale
from wayhome.strategy.commands.owner_link import UsedLink, note_opened, use_link
from wayhome.strategy.forms.cycle import UpdateByLink
from wayhome.strategy.queries.by_link import link_page
from wayhome.web.pages import render

P = ParamSpec("P")
View = Callable[Concatenate[ViewerRequest, UsedLink, P], HttpResponse]
NAME = "update by link"
SENT = "?sent=yes"  # led to relative to the address, which must stay out of the record
LARGEST_DRAFT = 200_000  # bytes


def with_link(view: "View[P]") -> Callable[..., HttpResponse]:
    """Opens a link for one request: who holds it sees the page, everybody else a plain refusal."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not _counted(request, dry_run=True):
            return _refused(request, "too_many", 429)
        if request.user.is_authenticated:
            return _refused(request, "signed_in", 403)
        try:
            with transaction.atomic():
                return view(*_visit(request, token), *args, **kwargs)
        except Refusal:
            _counted(request)
            return _refused(request, "ended", 404)

    return cast("Callable[..., HttpResponse]", opened)


def _counted(request: HttpRequest, *, dry_run: bool = False) -> bool:
    """Counts an address that opens nothing, as tries to sign in are counted. False if there were too many."""
    return bool(consume(request, app="allauth.account", action="open_link", limit_get=True, dry_run=dry_run))


def _visit(request: HttpRequest, token: str) -> tuple[ViewerRequest, UsedLink]:
    """Looks at everything as the one whom the link was made for, until the transaction ends. Raises NotFound."""
    link = use_link(token)
    if link is None:
        raise NotFound
    visit = cast("ViewerRequest", request)
    visit.viewer = by_link(link.id, link.name, request_id=visit.id)
    open_for(visit.viewer)
    return visit, link


def _refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    response = render(request, "strategy/cycle/link_refused.html", {"why": why}, status=status)
    # Django notes the address of every refused request in its log.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


@with_link
def update_by_link(request: ViewerRequest, link: UsedLink) -> HttpResponse:
    page = link_page(link.plan_id, now=request.now)
    if request.method == "GET":
        note_opened(link, viewer=request.viewer, now=request.now)
    form = form_for(request, UpdateByLink, name=NAME, parts=page.parts, key=page.plan.key)
    if request.method == "POST" and "later" in request.POST:
        return _kept(request)

    def do(data: dict[str, Any]) -> str:
        try:
            count = say_by_link(said=form.said(), viewer=request.viewer, now=request.now)
        except Stale:
            form.read_again()
            raise
        told = "Your update is" if count == 1 else f"Your {count} updates are"
        messages.success(request, f"{told} recorded. Thank you. You can add to it until the link ends.")
        return SENT

    done = send(request, form, name=NAME, do=do)
    return done or render(request, "strategy/cycle/by_link.html", {"page": page, "form": form, "link": link})


def _kept(request: ViewerRequest) -> HttpResponse:
    """What was typed is kept without being sent: for a phone without scripts."""
    save_draft(viewer=request.viewer, now=request.now, form=NAME, subject="", data=typed_in(request))
    messages.success(request, "What you typed is kept. Open the link again to go on.")
    return HttpResponse(status=303, headers={"Location": "?kept=yes"})


@require_POST
@with_link
def draft_by_link(request: ViewerRequest, link: UsedLink) -> HttpResponse:
    if int(request.headers.get("Content-Length") or 0) > LARGEST_DRAFT:
        return JsonResponse({"message": "This is too long to be kept. Send it in parts."}, status=413)
    sent_before = is_sent(request)
    if not sent_before:
        save_draft(viewer=request.viewer, now=request.now, form=NAME, subject="", data=typed_in(request))
    return JsonResponse({"saved_at": request.now.isoformat(), "sent": sent_before})
