"""Children's homes: the list, the page of one, and who is linked to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access import commands as access
from wayhome.access.policies import may
from wayhome.access.queries import users
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.desk import homes as reads
from wayhome.desk.forms import EndLinkForm, LinkForm
from wayhome.partnership.queries import home, link_of
from wayhome.people.commands import open_list
from wayhome.web.pages import render


@allowed_to(Verb.SEE_HOMES)
def homes(request: ViewerRequest) -> HttpResponse:
    rows = reads.homes(request.viewer, request.now)
    found = sum(row.residents for row in rows)
    open_list(page="homes", found=found, viewer=request.viewer, now=request.now)
    may_link = may(request.viewer, Verb.MANAGE_PARTNERSHIP)
    return render(request, "desk/homes.html", {"rows": rows, "may_link": may_link})


@allowed_to(Verb.SEE_HOMES)
def one_home(request: ViewerRequest, team_id: UUID) -> HttpResponse:
    shown = reads.home_page(team_id, request.viewer, request.now)
    open_list(
        page="home", found=len(shown.residents), viewer=request.viewer, now=request.now, home=str(team_id)
    )
    context = {
        "shown": shown,
        "may_link": may(request.viewer, Verb.MANAGE_PARTNERSHIP),
        "may_keep": may(request.viewer, Verb.KEEP_PACK),
        "may_print": may(request.viewer, Verb.PRINT_PACK),
    }
    return render(request, "desk/home.html", context)


@allowed_to(Verb.MANAGE_PARTNERSHIP)
def link_to_home(request: ViewerRequest, team_id: UUID) -> HttpResponse:
    subject = home(team_id)
    form = form_for(request, LinkForm, name="link_to_home", subject=str(team_id))
    chosen = users().filter(is_active=True)
    form.offer(
        "user_id",
        [(str(each.pk), f"{each.name}, {each.agency.name}" if each.agency else each.name) for each in chosen],
    )

    def do(data: dict[str, Any]) -> str:
        access.link_to_home(
            home_id=team_id,
            user_id=UUID(data["user_id"]),
            since=data["since"],
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, "The link is written down.")
        return back_to(request, team_id)

    done = send(request, form, name="link_to_home", subject=str(team_id), do=do)
    title = f"Link a worker to {subject.name}"
    return done or render(request, "desk/home_link.html", {"form": form, "home": subject, "title": title})


@allowed_to(Verb.MANAGE_PARTNERSHIP)
def end_home_link(request: ViewerRequest, team_id: UUID, link_id: UUID) -> HttpResponse:
    subject = link_of(team_id, link_id).home
    form = form_for(request, EndLinkForm, name="end_home_link", subject=str(link_id))

    def do(data: dict[str, Any]) -> str:
        access.end_home_link(link_id=link_id, on=data["on"], viewer=request.viewer, now=request.now)
        messages.success(request, "The end of the link is written down.")
        return back_to(request, team_id)

    done = send(request, form, name="end_home_link", subject=str(link_id), do=do)
    title = f"The link to {subject.name} ends"
    return done or render(request, "desk/home_link.html", {"form": form, "home": subject, "title": title})


def back_to(request: ViewerRequest, team_id: UUID) -> str:
    """The home's page, or for those who see no children the partnership's."""
    if may(request.viewer, Verb.SEE_HOMES):
        return reverse("home", args=[team_id])
    return reverse("partnership")
