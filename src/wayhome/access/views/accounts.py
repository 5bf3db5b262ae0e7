from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from wayhome.access import commands, forms, queries
from wayhome.access.requests import ViewerRequest, allowed_to, signed_in
from wayhome.access.roles import BY_SCOPE, Verb, verbs_of
from wayhome.access.sign_in import has_second_factor, send_password_link
from wayhome.access.submitting import form_for, send
from wayhome.kernel.clock import london_day
from wayhome.partnership.queries import agencies, teams
from wayhome.web.htmx import go_to
from wayhome.web.pages import render


@allowed_to(Verb.MANAGE_ACCOUNTS)
def accounts(request: ViewerRequest) -> HttpResponse:
    typed = request.GET.get("name", "").strip()
    context = {"accounts": queries.accounts(typed, now=request.now), "typed": typed}
    return render(request, "access/accounts.html", context)


@signed_in
def own_account(request: ViewerRequest) -> HttpResponse:
    context = {
        "account": queries.account_file(request.user.pk, now=request.now),
        "verbs": sorted(verbs_of(request.viewer.scopes)),
        "has_second_factor": has_second_factor(request.user),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "access/own_account.html", context)


@allowed_to(Verb.MANAGE_ACCOUNTS)
def account(request: ViewerRequest, user_id: UUID) -> HttpResponse:
    found = queries.account_file(user_id, now=request.now)
    context = {
        "account": found,
        "is_own": user_id == request.viewer.user_id,
        "has_second_factor": has_second_factor(found.user),
        "done": request.GET.get("done", ""),
        "mail_goes_out": bool(settings.EMAIL_HOST),
    }
    return render(request, "access/account.html", context)


def _address(user_id: UUID, done: str = "") -> str:
    return reverse("account", args=[user_id]) + (f"?done={done}" if done else "")


@allowed_to(Verb.MANAGE_ACCOUNTS)
def open_account(request: ViewerRequest) -> HttpResponse:
    form = form_for(request, forms.OpenAccountForm, name="open_account")
    form.offer("agency", [(str(a.pk), a.name) for a in agencies(london_day(request.now))])

    def do(data: dict[str, Any]) -> str:
        made = commands.open_account(
            **forms.details(data),
            email=data["email"],
            agency_id=UUID(data["agency"]),
            viewer=request.viewer,
            now=request.now,
        )
        send_password_link(request, data["email"])
        return _address(made, "opened")

    done = send(request, form, name="open_account", do=do)
    context = {"form": form, "title": "Open an account", "button": "Open the account and send the link"}
    return done or render(request, "access/account_form.html", context)


@allowed_to(Verb.MANAGE_ACCOUNTS)
def change_account(request: ViewerRequest, user_id: UUID) -> HttpResponse:
    user = queries.account_file(user_id, now=request.now).user
    first = {name: getattr(user, name) for name in ("name", "job_title", "phone", "is_active")}
    form = form_for(
        request, forms.ChangeAccountForm, name="change_account", subject=str(user_id), initial=first
    )

    def do(data: dict[str, Any]) -> str:
        commands.change_account(
            user_id=user_id,
            **forms.details(data),
            is_active=data["is_active"],
            viewer=request.viewer,
            now=request.now,
        )
        return _address(user_id, "changed")

    done = send(request, form, name="change_account", subject=str(user_id), do=do)
    context = {"form": form, "title": f"Change the account of {user.name}", "button": "Save", "user": user}
    return done or render(request, "access/account_form.html", context)


@require_POST
@allowed_to(Verb.MANAGE_ACCOUNTS)
def password_link(request: ViewerRequest, user_id: UUID) -> HttpResponse:
    send_password_link(request, queries.account_file(user_id, now=request.now).user.email)
    return go_to(request, _address(user_id, "link"))


@require_POST
@allowed_to(Verb.MANAGE_ACCOUNTS)
def second_step(request: ViewerRequest, user_id: UUID) -> HttpResponse:
    commands.remove_second_step(user_id=user_id, viewer=request.viewer, now=request.now)
    return go_to(request, _address(user_id, "second-step"))


@allowed_to(Verb.MANAGE_ACCOUNTS)
def join_team(request: ViewerRequest, user_id: UUID) -> HttpResponse:
    user = queries.account_file(user_id, now=request.now).user
    form = form_for(request, forms.TeamForm, name="join_team", subject=str(user_id))
    found = teams(london_day(request.now))
    form.offer("team", [(str(team.pk), f"{team.agency.name}: {team.name}") for team in found])

    def do(data: dict[str, Any]) -> str:
        commands.join_team(
            user_id=user_id,
            team_id=UUID(data["team"]),
            until=forms.end_of(data["last_day"]),
            viewer=request.viewer,
            now=request.now,
        )
        return _address(user_id, "joined")

    done = send(request, form, name="join_team", subject=str(user_id), do=do)
    context = {
        "form": form,
        "title": f"Put {user.name} into a team",
        "button": "Put into the team",
        "user": user,
    }
    return done or render(request, "access/account_form.html", context)


@allowed_to(Verb.MANAGE_ACCOUNTS)
def give_scope(request: ViewerRequest, user_id: UUID) -> HttpResponse:
    user = queries.account_file(user_id, now=request.now).user
    form = form_for(request, forms.ScopeForm, name="give_scope", subject=str(user_id))

    def do(data: dict[str, Any]) -> str:
        commands.give_scope(
            user_id=user_id,
            scope=data["scope"],
            until=forms.end_of(data["last_day"]),
            viewer=request.viewer,
            now=request.now,
        )
        return _address(user_id, "given")

    done = send(request, form, name="give_scope", subject=str(user_id), do=do)
    context = {"form": form, "title": f"Give {user.name} a role", "button": "Give the role", "user": user}
    return done or render(request, "access/account_form.html", context)


@allowed_to(Verb.MANAGE_ACCOUNTS)
def leave_team(request: ViewerRequest, user_id: UUID, membership_id: UUID) -> HttpResponse:
    account = queries.account_file(user_id, now=request.now)
    place = account.membership(membership_id)

    def do(_: dict[str, Any]) -> str:
        commands.leave_team(membership_id=membership_id, viewer=request.viewer, now=request.now)
        return _address(user_id, "left")

    form = form_for(request, forms.ConfirmForm, name="leave_team", subject=str(membership_id))
    done = send(request, form, name="leave_team", subject=str(membership_id), do=do)
    title = f"Take {account.user.name} out of {place.team.name}?"
    what = "They stop seeing the children whom the team sees, at once."
    context = {
        "form": form,
        "title": title,
        "what": what,
        "button": "Take out of the team",
        "user": account.user,
    }
    return done or render(request, "access/account_end.html", context)


@allowed_to(Verb.MANAGE_ACCOUNTS)
def end_scope(request: ViewerRequest, user_id: UUID, held_scope_id: UUID) -> HttpResponse:
    account = queries.account_file(user_id, now=request.now)
    role = BY_SCOPE[account.held_scope(held_scope_id).scope]

    def do(_: dict[str, Any]) -> str:
        commands.end_scope(held_scope_id=held_scope_id, viewer=request.viewer, now=request.now)
        return _address(user_id, "ended")

    form = form_for(request, forms.ConfirmForm, name="end_scope", subject=str(held_scope_id))
    done = send(request, form, name="end_scope", subject=str(held_scope_id), do=do)
    title = f"End the role {role.name.lower()} of {account.user.name}?"
    what = "What the role allows ends at once."
    context = {"form": form, "title": title, "what": what, "button": "End the role", "user": account.user}
    return done or render(request, "access/account_end.html", context)
