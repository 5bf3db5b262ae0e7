"""The addresses of the notification log."""

from django.urls import path

from wayhome.missing.views import deciding, notifications

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
]
