"""The addresses of the module. Those of signing in are in sign_in_urls.py."""

from django.urls import path

from wayhome.access.views import accounts, drafts, glass, log, reading

urlpatterns = [
    path("roles", reading.roles, name="roles"),
    path("me", accounts.own_account, name="own_account"),
    path("drafts/<slug:form>/<str:subject>", drafts.draft, name="draft"),
    path("drafts/<slug:form>/", drafts.draft, name="draft"),
    path("children/<uuid:person_id>/break-glass", glass.break_glass, name="break_glass"),
    path("broken-glass", glass.glass, name="glass"),
    path("broken-glass/<uuid:break_glass_id>", glass.review, name="review_glass"),
    path("log", log.access_log, name="access_log"),
    path("accounts", accounts.accounts, name="accounts"),
    path("accounts/new", accounts.open_account, name="open_account"),
    path("accounts/<uuid:user_id>", accounts.account, name="account"),
    path("accounts/<uuid:user_id>/change", accounts.change_account, name="change_account"),
    path("accounts/<uuid:user_id>/password-link", accounts.password_link, name="password_link"),
    path("accounts/<uuid:user_id>/second-step", accounts.second_step, name="remove_second_step"),
    path("accounts/<uuid:user_id>/teams/new", accounts.join_team, name="join_team"),
    path("accounts/<uuid:user_id>/roles/new", accounts.give_scope, name="give_scope"),
    path("accounts/<uuid:user_id>/teams/<uuid:membership_id>/end", accounts.leave_team, name="leave_team"),
    path("accounts/<uuid:user_id>/roles/<uuid:held_scope_id>/end", accounts.end_scope, name="end_scope"),
]
