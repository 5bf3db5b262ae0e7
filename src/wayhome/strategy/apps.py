from django.apps import AppConfig


class Strategy(AppConfig):
    name = "wayhome.strategy"
    label = "strategy"
