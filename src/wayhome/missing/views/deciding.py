"""Deciding about a notification: who it is about, and what becomes of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.queries import sees
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.missing.commands.deciding import begins_before, name_child, settle, take_up
from wayhome.missing.commands.report import overlapping_episode
from wayhome.missing.forms.notification import NameChild, Settle, TakeUp
from wayhome.missing.models import Episode, Notification
from wayhome.missing.queries.notifications import could_repeat, notification_file
from wayhome.missing.rules.notification import kind_as_told
from wayhome.missing.views import noting
from wayhome.missing.views.notifications import opened
from wayhome.missing.vocabulary import OF_AN_EPISODE, Certainty
from wayhome.people.commands import find, keep_search
from wayhome.people.queries import PersonCard, cards
from wayhome.web.forms import RoughMoment
from wayhome.web.pages import render


@allowed_to(Verb.ANSWER_REPORTS)
def name_notification(request: ViewerRequest, notification_id: UUID) -> HttpResponse:
    note = to_decide(request, notification_id, page="name child of notification")
    typed = " ".join(request.POST.get("q", "").split())[:100] or note.name_told or note.number_told
    common: dict[str, Any] = {"viewer": request.viewer, "now": request.now}
    found = find(typed=typed, year=None, **common) if typed else []
    looks = "look" in request.POST
    form = NameChild(initial={"outcome_read": note.outcome}) if looks or request.method == "GET" else None
    form = form or NameChild(request.POST)
    form.offer("person", noting.as_choices(with_chosen(request, found)))

    def do(said: dict[str, Any]) -> str:
        name_child(
            notification_id=note.pk,
            person_id=UUID(said["person"]),
            outcome_read=said["outcome_read"] or None,
            **common,
        )
        return reverse("take_notification", args=[note.pk])

    done = None if looks else send(request, form, name="name_notification", subject=str(note.pk), do=do)
    context = page_of(request, note, form) | {
        "typed": typed,
        "found": found,
        "search": f"search={keep_search(typed=typed, **common)}" if typed else "",
        "may_create": may(request.viewer, Verb.CREATE_CHILD),
    }
    return done or render(request, "missing/name_notification.html", context)


def with_chosen(request: ViewerRequest, found: list[PersonCard]) -> list[PersonCard]:
    """Those that were found, and the one that was chosen when others were found."""
    try:
        chosen = cards([UUID(request.POST.get("person", ""))], london_day(request.now))
    except ValueError:
        return found
    return [*found, *(card for card in chosen.values() if card not in found)]


@allowed_to(Verb.ANSWER_REPORTS)
def take_notification(request: ViewerRequest, notification_id: UUID) -> HttpResponse:
    note = to_decide(request, notification_id, page="take notification")
    form = form_for(
        request, TakeUp, name="take_notification", subject=str(note.pk), initial=first_answers(note)
    )

    def do(said: dict[str, Any]) -> str:
        taken = take_up(
            notification_id=note.pk,
            told=form.report(note),
            back_already=form.told_back(note),
            is_same_time=bool(said["is_same_time"]),
            outcome_read=said["outcome_read"] or None,
            viewer=request.viewer,
            now=request.now,
        )
        words = (
            "The episode is open." if taken.has_opened else "It is added to the episode as another source."
        )
        messages.success(request, words)
        return reverse("episode", args=[taken.episode_id])

    done = send(request, form, name="take_notification", subject=str(note.pk), do=do)
    context = page_of(request, note, form) | {"later": later_episode(note, form)}
    return done or render(request, "missing/take_notification.html", context)


def later_episode(note: Notification, form: TakeUp) -> Episode | None:
    """The episode of the child that begins on a later day than what is told: by the form's times where it was sent."""
    said = form.cleaned_data if form.is_bound else {}
    seen = said["last_seen_at"].at if said.get("last_seen_at") else note.last_seen_at
    reported_at = said.get("reported_at") or note.reported_at or note.received_at
    if note.person_id is None or seen is None:
        return None
    known = overlapping_episode(note.person_id, seen, note.returned_at)
    return Episode.objects.get(pk=known) if known and begins_before(seen, reported_at, known) else None


def first_answers(note: Notification) -> dict[str, object]:
    """What was told, as a report begins with it."""
    return {
        "outcome_read": note.outcome,
        "kind": kind_as_told(note.kind_told) or "",
        "last_seen_at": rough(note.last_seen_at),
        "noticed_at": rough(note.noticed_at),
        "reported_at": note.reported_at or note.received_at,
        "missing_from": note.missing_from,
        "last_seen_place": note.last_seen_place,
    }


def rough(at: Any) -> RoughMoment | None:
    """A time that was told, as a form begins with it."""
    return RoughMoment(at, Certainty.EXACT) if at else None  # type: ignore[arg-type]  # the same three words


@allowed_to(Verb.ANSWER_REPORTS)
def settle_notification(request: ViewerRequest, notification_id: UUID) -> HttpResponse:
    note = to_decide(request, notification_id, page="settle notification")
    form = form_for(
        request,
        Settle,
        name="settle_notification",
        subject=str(note.pk),
        initial={"outcome_read": note.outcome},
    )
    form.offer(
        "repeats", [(str(each.pk), noting.in_a_line(each)) for each in could_repeat(note, request.now)]
    )

    def do(said: dict[str, Any]) -> str:
        settle(
            notification_id=note.pk,
            outcome=said["outcome"],
            reason=said["reason"],
            repeats_id=UUID(said["repeats"]) if said["repeats"] else None,
            outcome_read=said["outcome_read"] or None,
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "It is decided, and kept as it was received.")
        return reverse("notifications")

    done = send(request, form, name="settle_notification", subject=str(note.pk), do=do)
    return done or render(request, "missing/settle_notification.html", page_of(request, note, form))


def to_decide(request: ViewerRequest, notification_id: UUID, *, page: str) -> Notification:
    """The notification. Raises NotFound also for one about a child whom the viewer, who wrote it, does not see."""
    note = opened(request, notification_id, page=page)
    if note.person_id and not sees(note.person_id):
        raise NotFound
    return note


def page_of(request: ViewerRequest, note: Notification, form: Any) -> dict[str, object]:
    """What each page of deciding shows."""
    file = notification_file(note, request.now)
    return {
        "form": form,
        "note": note,
        "file": file,
        "about": noting.about(note, file.child),
        "told_pairs": noting.told_pairs(file, request.now),
        "is_open": note.outcome not in OF_AN_EPISODE,
    }
