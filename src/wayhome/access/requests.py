"""What a view may rely on: a signed-in viewer, the time, and a scope that allows the page."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wayhome.access.models import User
from wayhome.access.policies import require, require_for
from wayhome.access.roles import Verb
from wayhome.kernel.viewer import Viewer
from wayhome.web.errors import form_expired

P = ParamSpec("P")


class ViewerRequest(HttpRequest):
    """A request of somebody signed in, as the middleware made it."""

    user: User
    viewer: Viewer
    now: datetime
    id: str
    # The child whom the page is about, where the address names something else of theirs. Set by the view.
    person_id: UUID | None
    # What the page is for. Set by `allowed_to`.
    verb: Verb


def signed_in(
    view: Callable[Concatenate[ViewerRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page for everyone who is signed in; others are asked to sign in, and come back to it.

    Who was signed out while they wrote gets back what they wrote: a redirect would lose it.
    """

    @wraps(view)
    def guarded(request: ViewerRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.viewer.user_id is None and request.method == "POST":
            return form_expired(request)
        if request.viewer.user_id is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def allowed_to(
    verb: Verb,
) -> Callable[[Callable[Concatenate[ViewerRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A page for those whose scopes allow a verb, and, where the address names a child, who may do it for this child;
    others get the reason (403).
    """

    def guard(
        view: Callable[Concatenate[ViewerRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: ViewerRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            require(request.viewer, verb)
            request.verb = verb
            if isinstance(person_id := kwargs.get("person_id"), UUID):
                require_for(request.viewer, verb, person_id)
            return view(request, *args, **kwargs)

        return signed_in(cast("Callable[Concatenate[ViewerRequest, P], HttpResponseBase]", guarded))

    return guard
