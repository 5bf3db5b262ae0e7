"""How every form is sent: drafts are kept, a double click counts once, a refusal keeps what was typed."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.utils.crypto import salted_hmac

from wayhome.access.mirror import SHOWN, point_out
from wayhome.access.requests import ViewerRequest
from wayhome.audit.commands import SentWithOtherWords, discard_draft, once, record, save_draft, wait_for_form
from wayhome.audit.queries import draft, was_sent
from wayhome.audit.vocabulary import Outcome
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound, Refusal
from wayhome.web import forms
from wayhome.web.htmx import go_to

NOT_TYPED = ("csrfmiddlewaretoken", "submission_key", SHOWN)


class SubmittedForm(forms.Form):
    """A form that carries the key by which a repeat is recognised. `saved_at` is set when it comes from a draft."""

    submission_key = forms.HiddenKey()
    saved_at = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = str(new_id())

    def offer(self, name: str, choices: Iterable[forms.Choice | tuple[str, str]]) -> None:
        """Sets what can be chosen in a field whose choices depend on the viewer or the day."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField | forms.MultiChoiceField):
            raise TypeError(f"Nothing can be chosen in {name}.")
        field.offer(choices)

    def carry(self, name: str, value: str) -> None:
        """Sets a hidden value in what was sent, for when the page is shown again."""
        sent = cast("QueryDict", self.data).copy()
        sent[self.add_prefix(name)] = value
        self.data = sent


F = TypeVar("F", bound=SubmittedForm)


def form_for(request: ViewerRequest, kind: type[F], *, name: str, subject: str = "", **options: Any) -> F:
    """The form as it was sent; or with the viewer's draft in it; or empty."""
    if request.method == "POST":
        return kind(request.POST, request.FILES, **options)
    kept = draft(viewer=request.viewer, form=name, subject=subject)
    if kept is None:
        return kind(**options)
    form = kind.resume(QueryDict(kept[0].get("typed", "")), **options)
    form.saved_at = kept[1]  # type: ignore[assignment]
    return form


def typed_in(request: ViewerRequest, form: SubmittedForm | None = None) -> dict[str, str]:
    """What a draft keeps of a request: everything typed and the page to go on from, nothing of the machinery. `form`:
    what was sent, with what it carries since it was refused, so that who comes back is not refused for the same again.
    """
    typed = cast("QueryDict", form.data if form else request.POST).copy()
    for name in NOT_TYPED:
        typed.pop(name, None)
    # The address of a visitor's link is a secret, and a draft of theirs is reached by nothing else.
    return {"typed": typed.urlencode(), "page": "" if request.viewer.link_id else page_typed_on(request)}


def said_in(request: ViewerRequest) -> str:
    """A digest of everything typed and of every file, by which a repeat is told from other words under the same key.

    Made with the server's secret, for this user and key: who reads the table cannot try out what may have been typed.
    """
    typed = sorted((name, value) for name in request.POST for value in request.POST.getlist(name))
    words = [pair for pair in typed if pair[0] not in NOT_TYPED]
    key = request.POST.get("submission_key", "")
    total = salted_hmac(
        "wayhome.access.submitting.said",
        f"{request.viewer.user_id}/{key}/{urlencode(words)}",
        algorithm="sha256",
    )
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            total.update(b"".join(file.chunks()))
    return total.hexdigest()


def is_sent(request: ViewerRequest) -> bool:
    """Whether these words were sent, so that a draft of them arrives too late. Waits for a form that is on its way."""
    try:
        key = UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return False
    wait_for_form(key)
    return was_sent(key, said_in(request))


def page_typed_on(request: ViewerRequest) -> str:
    """The path of our page that sent this; nothing if the browser does not say."""
    came_from, own = request.headers.get("Referer", ""), request.build_absolute_uri("/")
    return came_from.removeprefix(own.rstrip("/")) if came_from.startswith(own) else ""


def send(
    request: ViewerRequest,
    form: SubmittedForm,
    *,
    name: str,
    do: Callable[[dict[str, Any]], str],
    subject: str = "",
) -> HttpResponse | None:
    """Do what a valid form asks for, once, and lead to the address that `do` returns. None: show the form again.

    A Refusal becomes an error of the form. NotFound and NotAllowed go on to their own pages. Only the words that were
    recorded are forgotten: a repeat leaves alone what was typed since.
    """
    if request.method != "POST" or not form.is_valid():
        return None

    def record_it() -> str:
        address = do(form.cleaned_data)
        discard_draft(viewer=request.viewer, form=name, subject=subject)
        return address

    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    try:
        with transaction.atomic():
            address = once(key=_key(form), form=name, said=said_in(request), do=record_it, **common)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        refused(request, refusal, verb=name)
        form.refuse(refusal)
        if isinstance(refusal, SentWithOtherWords):
            form.carry("submission_key", str(new_id()))
            save_draft(**common, form=name, subject=subject, data=typed_in(request))
        return None
    point_out(request, form)
    return go_to(request, address)


def refused(request: ViewerRequest, refusal: Refusal, *, verb: str) -> None:
    """A refusal on the record of the child it is about, by its class: the sentence may hold what was typed."""
    record(
        viewer=request.viewer,
        now=request.now,
        verb=verb,
        subject_kind="page",
        person_id=_child_of(request),
        outcome=Outcome.REFUSED,
        reason=type(refusal).__name__,
        detail={"path": _path_for_the_record(request)},
    )


def _path_for_the_record(request: ViewerRequest) -> str:
    """What was asked for; of a visitor's link the name of the page, because the address is a secret."""
    found = request.resolver_match
    return (found.view_name if found else "") if request.viewer.link_id else request.path


def _child_of(request: ViewerRequest) -> UUID | None:
    """The child that the address names, or the one to whom the view found that the page belongs."""
    named = request.resolver_match.kwargs.get("person_id") if request.resolver_match else None
    return named or request.person_id


def _key(form: SubmittedForm) -> UUID:
    try:
        return UUID(form.cleaned_data["submission_key"])
    except ValueError:
        return new_id()
