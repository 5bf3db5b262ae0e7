from django.urls import path

from wayhome.insight import views

urlpatterns = [path("", views.measures, name="measures")]
