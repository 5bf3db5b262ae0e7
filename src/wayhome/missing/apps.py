from django.apps import AppConfig


class Missing(AppConfig):
    name = "wayhome.missing"
    label = "missing"
