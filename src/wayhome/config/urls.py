"""Where each module's pages are."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
