"""The notification log, one notification, and writing one down."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.missing.commands.notification import open_notification, write_down
from wayhome.missing.forms.notification import WriteDown
from wayhome.missing.forms.report import SOURCE_OF
from wayhome.missing.models import Notification
from wayhome.missing.queries.notifications import (
    PERIODS,
    LogAsked,
    accuracy,
    log_page,
    notification_file,
)
from wayhome.missing.rules.notification import ASKED, lacking
from wayhome.missing.views import noting
from wayhome.missing.vocabulary import OF_AN_EPISODE, NotificationOutcome, ReportSource
from wayhome.people.commands import open_list
from wayhome.people.commands.reading import open_record
from wayhome.web.pages import page_number, render

WRITE = "write_notification"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@allowed_to(Verb.ANSWER_REPORTS)
def notifications(request: ViewerRequest) -> HttpResponse:
    asked = LogAsked.of(request.GET.dict())
    found = log_page(asked, page_number(request), request.now)
    open_list(
        page="notification log",
        found=len(found.rows),
        viewer=request.viewer,
        now=request.now,
        asked=asked.query(),
    )
    context = {
        "asked": asked,
        "log": found,
        "rows": noting.log_rows(found.rows, request.now),
        "accuracy_rows": noting.accuracy_rows(accuracy(asked.since(request.now) or BEGINNING, request.now)),
        "asked_for": ASKED,
        "periods": PERIODS,
        "sources": ReportSource.choices,
        "outcomes": NotificationOutcome.choices,
    }
    return render(request, "missing/notifications.html", context)


@allowed_to(Verb.REPORT_MISSING)
def notification_page(request: ViewerRequest, notification_id: UUID) -> HttpResponse:
    note = opened(request, notification_id, page="notification")
    file = notification_file(note, request.now)
    is_open = note.outcome not in OF_AN_EPISODE and not file.row.is_hidden
    context = {
        "file": file,
        "note": note,
        "about": noting.about(note, file.child),
        "lacking": lacking(note),
        "told_pairs": noting.told_pairs(file, request.now),
        "became_pairs": noting.became_pairs(file, request.now),
        "may_decide": is_open and bool(may(request.viewer, Verb.ANSWER_REPORTS)),
    }
    return render(request, "missing/notification.html", context)


@allowed_to(Verb.REPORT_MISSING)
def write_notification(request: ViewerRequest) -> HttpResponse:
    """About a child whom perhaps nobody knows yet: who it is, is said later."""
    return writing(request, None, name=WRITE)


@allowed_to(Verb.REPORT_MISSING)
def write_notification_about(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    child = open_record(
        person_id=person_id, page="write notification", viewer=request.viewer, now=request.now
    )
    return writing(request, child, name="write_notification_about")


def writing(request: ViewerRequest, child: Any, *, name: str) -> HttpResponse:
    """The form, or the log's page of what was written down."""
    subject = str(child.pk) if child else ""
    first: dict[str, object] = {"received_at": request.now}
    own = [source for scope, source in SOURCE_OF.items() if request.viewer.has(scope)]
    first |= {"source": own[0]} if own else {}
    form = form_for(request, WriteDown, name=name, subject=subject, initial=first)

    def do(_: dict[str, Any]) -> str:
        made = write_down(
            new=form.told(), person_id=child.pk if child else None, viewer=request.viewer, now=request.now
        )
        messages.success(request, "It is written down as it was received.")
        return reverse("notification", args=[made])

    done = send(request, form, name=name, subject=subject, do=do)
    context = {"form": form, "child": child, "name": name, "subject": subject}
    return done or render(request, "missing/write_notification.html", context)


def opened(request: ViewerRequest, notification_id: UUID, *, page: str) -> Notification:
    """The notification for a page about it, with an entry that says who opened it. Raises NotFound."""
    note = open_notification(
        notification_id=notification_id, page=page, viewer=request.viewer, now=request.now
    )
    request.person_id = note.person_id
    return note
