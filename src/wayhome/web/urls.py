"""The addresses of the module: only the page that shows its components."""

from django.urls import path

from wayhome.web import views

urlpatterns = [path("components", views.components, name="components")]
