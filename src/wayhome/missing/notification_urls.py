"""The addresses of the notification log, and of setting right what was told of an episode."""

from django.urls import path

from wayhome.missing.views import apart, deciding, notifications

AN_EPISODE = "episodes/<uuid:episode_id>"
A_NOTIFICATION = "notifications/<uuid:notification_id>"

PATTERNS = [
    path("notifications", notifications.notifications, name="notifications"),
    path("notifications/new", notifications.write_notification, name="write_notification"),
    path(
        "notifications/new/<uuid:person_id>",
        notifications.write_notification_about,
        name="write_notification_about",
    ),
    path(A_NOTIFICATION, notifications.notification_page, name="notification"),
    path(f"{A_NOTIFICATION}/child", deciding.name_notification, name="name_notification"),
    path(f"{A_NOTIFICATION}/take", deciding.take_notification, name="take_notification"),
    path(f"{A_NOTIFICATION}/settle", deciding.settle_notification, name="settle_notification"),
    path(f"{AN_EPISODE}/merge/undo", apart.unmerge_episodes_page, name="unmerge_episodes"),
    path(f"{AN_EPISODE}/split", apart.split_episode_page, name="split_episode"),
    path(f"{AN_EPISODE}/split/undo", apart.undo_split_page, name="undo_split"),
    path(f"{AN_EPISODE}/sources", apart.choose_fact_page, name="choose_fact"),
]
