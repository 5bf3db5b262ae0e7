from django.apps import AppConfig


class Audit(AppConfig):
    name = "wayhome.audit"
    label = "audit"
