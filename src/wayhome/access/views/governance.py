"""How the partnership governs itself: bodies and to whom they report, seats, posts, meetings, gaps and panels."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.forms import governance as forms
from wayhome.access.policies import may
from wayhome.access.queries import users
from wayhome.access.requests import ViewerRequest, allowed_to, signed_in
from wayhome.access.roles import Verb
from wayhome.access.submitting import SubmittedForm, form_for, send
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.partnership.commands import bodies as commands
from wayhome.partnership.commands import meetings, posts
from wayhome.partnership.queries import agencies, bodies, governance, the_partnership
from wayhome.partnership.vocabulary import BodyKind, SeatRole
from wayhome.web.pages import render

MANAGE = Verb.MANAGE_PARTNERSHIP


@signed_in
def overview(request: ViewerRequest) -> HttpResponse:
    cards = governance.body_cards(london_day(request.now))
    context = {
        "tree": governance.tree(cards),
        "gap_count": sum(len(card.gaps) for card in cards),
        "panel_count": sum(card.body.kind == BodyKind.PANEL for card in cards),
        "may_manage": may(request.viewer, MANAGE),
        "today": london_day(request.now),
    }
    return render(request, "access/governance/overview.html", context)


@signed_in
def gaps(request: ViewerRequest) -> HttpResponse:
    cards = [card for card in governance.body_cards(london_day(request.now)) if card.seats or card.gaps]
    context = {
        "with_gaps": [card for card in cards if card.gaps],
        "whole": [card for card in cards if not card.gaps],
    }
    return render(request, "access/governance/gaps.html", context)


@signed_in
def panels(request: ViewerRequest) -> HttpResponse:
    today = london_day(request.now)
    found = governance.body_cards(today, kind=BodyKind.PANEL)
    context = {"panels": found, "overlaps": governance.overlaps(found), "today": today}
    return render(request, "access/governance/panels.html", context)


@signed_in
def body(request: ViewerRequest, body_id: UUID) -> HttpResponse:
    today = london_day(request.now)
    context = {
        "file": governance.body_file(body_id, today),
        "roles": dict(SeatRole.choices),
        "kinds": dict(BodyKind.choices),
        "may_manage": may(request.viewer, MANAGE),
        "today": today,
    }
    return render(request, "access/governance/body.html", context)


@signed_in
def post_list(request: ViewerRequest) -> HttpResponse:
    today = london_day(request.now)
    context = {
        "posts": [(post, _holder(post, today)) for post in governance.posts(today)],
        "may_manage": may(request.viewer, MANAGE),
        "today": today,
    }
    return render(request, "access/governance/posts.html", context)


def _holder(post: Any, today: Any) -> Any:
    return next((each for each in post.holders.all() if today in each.valid), None)


def _asked(
    request: ViewerRequest,
    form: SubmittedForm,
    *,
    name: str,
    subject: UUID | None,
    title: str,
    about: str,
    button: str,
    back: str,
    do: Callable[[dict[str, Any]], object],
    done: str,
    is_grave: bool = False,
) -> HttpResponse:
    """A page that asks one thing of the partnership, does it, and leads back."""

    def act(said: dict[str, Any]) -> str:
        do({field: value for field, value in said.items() if field != "submission_key"})
        messages.success(request, done)
        return back

    subject_text = str(subject or "")
    context = {
        "form": form,
        "title": title,
        "about": about,
        "button": button,
        "back_to": back,
        "name": name,
        "subject": subject_text,
        "is_grave": is_grave,
    }
    sent = send(request, form, name=name, subject=subject_text, do=act)
    return sent or render(request, "access/governance/ask.html", context)


def _by(request: ViewerRequest) -> dict[str, Any]:
    return {"viewer": request.viewer, "now": request.now}


@allowed_to(MANAGE)
def change_body(request: ViewerRequest, body_id: UUID) -> HttpResponse:
    ours = governance.body(body_id)
    first = {
        "kind": ours.kind,
        "purpose": ours.purpose,
        "meets": ours.meets,
        "reports_to": str(ours.reports_to_id or ""),
        "reviewed_on": ours.reviewed_on,
    }
    form = form_for(request, forms.BodyForm, name="change_body", subject=str(body_id), initial=first)
    others = [(str(each.pk), each.name) for each in bodies(london_day(request.now)) if each.pk != body_id]
    form.offer("reports_to", [("", "To nobody here"), *others])

    def do(said: dict[str, Any]) -> None:
        above = UUID(said["reports_to"]) if said["reports_to"] else None
        commands.change_body(body_id=body_id, **said | {"reports_to": above}, **_by(request))

    return _asked(
        request,
        form,
        name="change_body",
        subject=body_id,
        title="Change what it is",
        about=ours.name,
        button="Save",
        back=reverse("body", args=[body_id]),
        do=do,
        done="Saved.",
    )


@allowed_to(MANAGE)
def agree_terms(request: ViewerRequest, body_id: UUID) -> HttpResponse:
    ours = governance.body(body_id)
    form = form_for(request, forms.TermsForm, name="agree_terms", subject=str(body_id))
    return _asked(
        request,
        form,
        name="agree_terms",
        subject=body_id,
        title="New terms of reference",
        about=ours.name,
        button="Keep this version",
        back=reverse("body", args=[body_id]),
        do=lambda said: commands.agree_terms(body_id=body_id, **said, **_by(request)),
        done="The new version is kept. Earlier ones stay as they were.",
    )


@allowed_to(MANAGE)
def add_seat(request: ViewerRequest, body_id: UUID) -> HttpResponse:
    ours, today = governance.body(body_id), london_day(request.now)
    form = form_for(request, forms.SeatForm, name="add_seat", subject=str(body_id))
    form.offer("agency", [(str(each.pk), each.name) for each in agencies(today)])
    known = [
        (str(post.pk), f"{post.title}, {post.agency or 'the partnership'}")
        for post in governance.posts(today)
    ]
    form.offer("post", [("", "Not known yet"), *known])

    def do(said: dict[str, Any]) -> None:
        agency, post = said.pop("agency"), said.pop("post")
        commands.add_seat(
            body_id=body_id,
            agency_id=UUID(agency),
            post_id=UUID(post) if post else None,
            **said,
            **_by(request),
        )

    return _asked(
        request,
        form,
        name="add_seat",
        subject=body_id,
        title="Add a seat",
        about=ours.name,
        button="Add the seat",
        back=reverse("body", args=[body_id]),
        do=do,
        done="The seat is added.",
    )


@allowed_to(MANAGE)
def end_seat(request: ViewerRequest, seat_id: UUID) -> HttpResponse:
    seat = governance.seat(seat_id)
    form = form_for(request, forms.DayForm, name="end_seat", subject=str(seat_id))
    return _asked(
        request,
        form,
        name="end_seat",
        subject=seat_id,
        title=f"End the seat of {governance.seat_name(seat)}",
        about=seat.body.name,
        button="End the seat",
        back=reverse("body", args=[seat.body_id]),
        do=lambda said: commands.end_seat(seat_id=seat_id, on=said["on"], **_by(request)),
        done="The seat has ended. Who came until then stays on record.",
        is_grave=True,
    )


@allowed_to(MANAGE)
def open_post(request: ViewerRequest) -> HttpResponse:
    ours = the_partnership()
    if ours is None:
        raise NotFound
    form = form_for(request, forms.PostForm, name="open_post")
    theirs = [(str(each.pk), each.name) for each in agencies(london_day(request.now))]
    form.offer("agency", [("", "The partnership itself"), *theirs])

    def do(said: dict[str, Any]) -> None:
        agency = UUID(said["agency"]) if said["agency"] else None
        posts.open_post(
            partnership_id=ours.pk, agency_id=agency, title=said["title"], since=said["since"], **_by(request)
        )

    return _asked(
        request,
        form,
        name="open_post",
        subject=None,
        title="Add a post",
        about=ours.name,
        button="Add the post",
        back=reverse("posts"),
        do=do,
        done="The post is added.",
    )


@allowed_to(MANAGE)
def appoint(request: ViewerRequest, post_id: UUID) -> HttpResponse:
    post = governance.post(post_id)
    form = form_for(request, forms.HolderForm, name="appoint", subject=str(post_id))
    known = {str(user.pk): user for user in users().filter(is_active=True)}
    form.offer("account", [("", "No"), *((key, f"{user.name}, {user.email}") for key, user in known.items())])

    def do(said: dict[str, Any]) -> None:
        user = known.get(said["account"])
        posts.appoint(
            post_id=post_id,
            name=user.name if user else said["name"] or "",
            email=user.email if user else said["email"] or "",
            user_id=user.pk if user else None,
            since=said["since"],
            **_by(request),
        )

    return _asked(
        request,
        form,
        name="appoint",
        subject=post_id,
        title="Who holds the post now?",
        about=post.title,
        button="Save",
        back=reverse("posts"),
        do=do,
        done="Saved. What the post answers for stays with it.",
    )


@allowed_to(MANAGE)
def leave_post(request: ViewerRequest, post_id: UUID) -> HttpResponse:
    post = governance.post(post_id)
    form = form_for(request, forms.DayForm, name="leave_post", subject=str(post_id))
    return _asked(
        request,
        form,
        name="leave_post",
        subject=post_id,
        title="The post is vacant",
        about=post.title,
        button="Save",
        back=reverse("posts"),
        do=lambda said: posts.leave_post(post_id=post_id, on=said["on"], **_by(request)),
        done="The post is vacant from that day on.",
        is_grave=True,
    )


@allowed_to(MANAGE)
def plan_meeting(request: ViewerRequest, body_id: UUID) -> HttpResponse:
    ours = governance.body(body_id)
    form = form_for(request, forms.MeetingForm, name="plan_meeting", subject=str(body_id))
    return _asked(
        request,
        form,
        name="plan_meeting",
        subject=body_id,
        title="Plan a meeting",
        about=ours.name,
        button="Plan the meeting",
        back=reverse("body", args=[body_id]),
        do=lambda said: meetings.plan_meeting(body_id=body_id, **said, **_by(request)),
        done="The meeting is planned.",
    )


@allowed_to(MANAGE)
def cancel_meeting(request: ViewerRequest, meeting_id: UUID) -> HttpResponse:
    meeting = governance.meeting(meeting_id)
    form = form_for(request, forms.CancelForm, name="cancel_meeting", subject=str(meeting_id))
    return _asked(
        request,
        form,
        name="cancel_meeting",
        subject=meeting_id,
        title="Cancel the meeting",
        about=f"{meeting.body.name}, {meeting.held_on:%-d %B %Y}",
        button="Cancel the meeting",
        back=reverse("body", args=[meeting.body_id]),
        do=lambda said: meetings.cancel_meeting(
            meeting_id=meeting_id, because=said["because"], **_by(request)
        ),
        done="The meeting is cancelled.",
        is_grave=True,
    )


@allowed_to(MANAGE)
def attendance(request: ViewerRequest, meeting_id: UUID) -> HttpResponse:
    meeting = governance.meeting(meeting_id)
    form = form_for(
        request,
        forms.AttendanceForm,
        name="attendance",
        subject=str(meeting_id),
        seats=governance.seats_asked(meeting),
    )
    return _asked(
        request,
        form,
        name="attendance",
        subject=meeting_id,
        title="Who came?",
        about=f"{meeting.body.name}, {meeting.held_on:%-d %B %Y}",
        button="Save who came",
        back=reverse("body", args=[meeting.body_id]),
        do=lambda said: meetings.record_attendance(meeting_id=meeting_id, came=form.came(), **_by(request)),
        done="It is recorded who came.",
    )
