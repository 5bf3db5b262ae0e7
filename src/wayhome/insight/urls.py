from django.urls import path

from wayhome.insight import views

urlpatterns = [
    path("", views.measures, name="measures"),
    path("reasons", views.reasons, name="measure_reasons"),
    path("notifications", views.notifications, name="measure_notifications"),
    path("exploitation", views.exploitation, name="measure_exploitation"),
    path("exploitation/children", views.children_behind, name="measure_children"),
    path("<slug:key>", views.measure, name="measure"),
    path("<slug:key>/<int:year>-<int:month>", views.measure_month, name="measure_month"),
]
