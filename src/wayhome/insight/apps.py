from django.apps import AppConfig


class Insight(AppConfig):
    name = "wayhome.insight"
    label = "insight"
