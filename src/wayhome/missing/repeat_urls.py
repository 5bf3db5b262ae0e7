"""Addresses of repeat and first-time missing."""

from django.urls import path

from wayhome.missing.views import repeat, seminar, together

A_SEMINAR = "seminars/<uuid:seminar_id>"

PATTERNS = [
    path("repeat", repeat.repeat, name="repeat"),
    path("first-time", seminar.first_time, name="first_time"),
    path("together", together.together, name="together"),
    path("seminars/new", seminar.plan_seminar, name="plan_seminar"),
    path(A_SEMINAR, seminar.seminar, name="seminar"),
    path(f"{A_SEMINAR}/cancel", seminar.cancel_seminar, name="cancel_seminar"),
    path("episodes/<uuid:episode_id>/repeat", repeat.decide_repeat, name="decide_repeat"),
    path("episodes/<uuid:episode_id>/invite", seminar.invite_to_seminar, name="invite_to_seminar"),
]
