from django.apps import AppConfig


class Statutory(AppConfig):
    name = "wayhome.statutory"
    label = "statutory"
