"""The addresses of the partnership's pages. Its module lies below this one and knows no viewer."""

from django.urls import path

from wayhome.access.views import partnership

urlpatterns = [
    path("", partnership.partnership, name="partnership"),
    path("<slug:noun>/new", partnership.open_noun, name="open_noun"),
    path("<slug:noun>/<uuid:noun_id>/rename", partnership.rename, name="rename_noun"),
    path("<slug:noun>/<uuid:noun_id>/phones", partnership.phones, name="change_phones"),
    path("<slug:noun>/<uuid:noun_id>/close", partnership.close, name="close_noun"),
]
