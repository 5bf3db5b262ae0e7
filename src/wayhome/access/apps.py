from django.apps import AppConfig


class Access(AppConfig):
    name = "wayhome.access"
    label = "access"
