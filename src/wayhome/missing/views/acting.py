"""What every page shares on which something is done to an episode."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.keeping import local_copy
from wayhome.access.policies import require_for
from wayhome.access.requests import ViewerRequest
from wayhome.access.submitting import refused, send, typed_in
from wayhome.audit.commands import save_draft
from wayhome.kernel.refusal import NotFound
from wayhome.missing import queries
from wayhome.missing.forms.acting import Acting
from wayhome.missing.models import Episode
from wayhome.missing.policies import ALL_STEPS, open_steps
from wayhome.people.commands.reading import open_record
from wayhome.web.errors import typed_text
from wayhome.web.forms.reading import read_number
from wayhome.web.htmx import go_to
from wayhome.web.pages import render

View = Callable[..., HttpResponse]


def keeps_what_was_typed(name: str) -> Callable[[View], View]:
    """Where a record is no longer open to somebody who has just written about it, their words stay theirs.

    `name` is the form's; its subject is the id in the address. The page says the same whether the record was closed
    to them or never was.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: ViewerRequest, **ids: UUID) -> HttpResponse:
            try:
                return view(request, **ids)
            except NotFound as refusal:
                if request.method != "POST":
                    raise
                refused(request, refusal, verb=name)
                keep(request, name=name, subject=next(iter(ids.values())))
                context = {"typed": typed_text(request.POST)}
                return render(request, "missing/no_longer_open.html", context, status=404)

        return guarded

    return guard


def keep(request: ViewerRequest, *, name: str, subject: UUID) -> None:
    """Keep what was sent as the viewer's draft."""
    save_draft(
        viewer=request.viewer, now=request.now, form=name, subject=str(subject), data=typed_in(request)
    )


def opened(request: ViewerRequest, episode_id: UUID, *, page: str) -> Episode:
    """The episode for a page about it, with an entry that says who opened it. Raises NotFound, and NotAllowed where
    the page is for more than the viewer's own report opens.
    """
    found = queries.episode(episode_id)
    request.person_id = found.person_id
    require_for(request.viewer, request.verb, found.person_id)
    open_record(person_id=found.person_id, page=page, viewer=request.viewer, now=request.now)
    return found


def answer(
    request: ViewerRequest,
    form: Acting,
    *,
    name: str,
    episode: Episode,
    do: Callable[[dict[str, Any]], str],
    template: str,
    context: Mapping[str, object] | None = None,
    fresh: Mapping[str, object] | None = None,
    is_open: bool | None = None,
    in_the_field: bool = False,
) -> HttpResponse:
    """The form, or the page it leads to once it is sent.

    What was refused is kept as a draft too, and shown beside what is on the record now. `fresh` are today's values
    of the hidden fields by which a colleague's writing is noticed. `is_open` says whether it can still be done, where
    that is not said by the steps of an episode. `in_the_field`: what is typed may be kept, locked, on the reader's own
    device while there is no connection.
    """
    if "later" in request.POST:
        return kept_for_later(request, name=name, episode_id=episode.pk)
    done = send(request, form, name=name, subject=str(episode.pk), do=do)
    if done:
        return done
    if form.refusal:
        form.renew(**(fresh or {}))
    if request.method == "POST":
        keep(request, name=name, subject=episode.pk)
    is_open = is_open_now(name, episode) if is_open is None else is_open
    page: dict[str, object] = {
        "form": form,
        "name": name,
        "episode": episode,
        "is_open": is_open,
        "kept": local_copy(request.viewer, form=name, subject=str(episode.pk)) if in_the_field else None,
        "on_record": on_record(request, episode) if form.refusal or not is_open else None,
    }
    return render(request, template, page | dict(context or {}))


def is_open_now(name: str, episode: Episode) -> bool:
    """Whether a step can still be taken. Setting aside and merging can, as long as the episode is not over."""
    is_over = bool(episode.closed_at or episode.cancelled_at)
    return not is_over and (name not in ALL_STEPS or name in {step.name for step in open_steps(episode)})


def kept_for_later(request: ViewerRequest, *, name: str, episode_id: UUID) -> HttpResponse:
    """What was typed is kept, whether or not it is right yet, and the reader goes back to the episode."""
    keep(request, name=name, subject=episode_id)
    messages.info(request, "What you wrote is kept as your draft. Only you see it until you record it.")
    return go_to(request, reverse("episode", args=[episode_id]))


def on_record(request: ViewerRequest, episode: Episode) -> queries.EpisodeFile:
    """The episode as it is now, also by a colleague's hand a moment ago."""
    return queries.episode_file(episode.pk, queries.clocks_of(request.viewer.partnership_id))


def done(request: ViewerRequest, sentence: str, episode_id: UUID) -> str:
    """Say on the next page what was done. Returns the episode's address."""
    messages.success(request, sentence)
    return reverse("episode", args=[episode_id])


def number(typed: str) -> int | None:
    """A hidden number as it was sent; None if it is not one."""
    return read_number(typed, digits=9)
