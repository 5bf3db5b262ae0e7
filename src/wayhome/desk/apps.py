from django.apps import AppConfig


class Desk(AppConfig):
    name = "wayhome.desk"
    label = "desk"
