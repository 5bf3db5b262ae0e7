from django.apps import AppConfig


class Partnership(AppConfig):
    name = "wayhome.partnership"
    label = "partnership"
