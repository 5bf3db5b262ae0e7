from django.urls import path

from wayhome.statutory import views

urlpatterns = [
    path("imports", views.imports, name="imports"),
    path("imports/<uuid:batch_id>", views.one_import, name="import"),
    path("imports/<uuid:batch_id>/rejections.csv", views.rejections, name="import_rejections"),
]
