from django.apps import AppConfig


class People(AppConfig):
    name = "wayhome.people"
    label = "people"
