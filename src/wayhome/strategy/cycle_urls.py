"""The pages of a plan's cycle: asking owners, snapshots, comparison, and the one page behind an owner's link."""

from django.urls import path

from wayhome.strategy.views import by_link, cycle, snapshots

urlpatterns = [
    path("plans/<uuid:plan_id>/updates", cycle.cycle, name="plan_cycle"),
    path("plans/<uuid:plan_id>/updates/ask", cycle.ask_now, name="ask_for_updates"),
    path("plans/<uuid:plan_id>/updates/remind", cycle.chase_now, name="chase_updates"),
    path("plans/<uuid:plan_id>/links/new", cycle.make_link, name="make_owner_link"),
    path("links/<uuid:link_id>/end", cycle.revoke_link, name="revoke_owner_link"),
    path("requests/<uuid:request_id>/withdraw", cycle.withdraw_request, name="withdraw_request"),
    path("plans/<uuid:plan_id>/snapshots", snapshots.snapshots, name="snapshots"),
    path("plans/<uuid:plan_id>/snapshots/new", snapshots.take_snapshot, name="take_snapshot"),
    path("plans/<uuid:plan_id>/compare", snapshots.compare, name="compare_plan"),
    path("snapshots/<uuid:snapshot_id>", snapshots.snapshot, name="snapshot"),
    path("snapshots/<uuid:snapshot_id>/sign-off", snapshots.sign_off, name="sign_off"),
    path("update/<slug:token>", by_link.update_by_link, name="update_by_link"),
    path("update/<slug:token>/draft", by_link.draft_by_link, name="draft_by_link"),
]
