"""The addresses of the partnership's pages. Its module lies below this one and knows no viewer."""

from django.urls import path

from wayhome.access.views import governance, partnership

urlpatterns = [
    path("", partnership.partnership, name="partnership"),
    path("governance", governance.overview, name="governance"),
    path("gaps", governance.gaps, name="membership_gaps"),
    path("panels", governance.panels, name="panel_register"),
    path("posts", governance.post_list, name="posts"),
    path("posts/new", governance.open_post, name="open_post"),
    path("posts/<uuid:post_id>/holder", governance.appoint, name="appoint"),
    path("posts/<uuid:post_id>/vacant", governance.leave_post, name="leave_post"),
    path("bodies/<uuid:body_id>", governance.body, name="body"),
    path("bodies/<uuid:body_id>/change", governance.change_body, name="change_body"),
    path("bodies/<uuid:body_id>/terms", governance.agree_terms, name="agree_terms"),
    path("bodies/<uuid:body_id>/seats", governance.add_seat, name="add_seat"),
    path("bodies/<uuid:body_id>/meetings", governance.plan_meeting, name="plan_meeting"),
    path("seats/<uuid:seat_id>/end", governance.end_seat, name="end_seat"),
    path("meetings/<uuid:meeting_id>/cancel", governance.cancel_meeting, name="cancel_meeting"),
    path("meetings/<uuid:meeting_id>/attendance", governance.attendance, name="attendance"),
    path("<slug:noun>/new", partnership.open_noun, name="open_noun"),
    path("<slug:noun>/<uuid:noun_id>/rename", partnership.rename, name="rename_noun"),
    path("<slug:noun>/<uuid:noun_id>/phones", partnership.phones, name="change_phones"),
    path("<slug:noun>/<uuid:noun_id>/close", partnership.close, name="close_noun"),
]
