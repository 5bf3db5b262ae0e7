from django.apps import AppConfig


class Events(AppConfig):
    name = "wayhome.events"
    label = "events"
