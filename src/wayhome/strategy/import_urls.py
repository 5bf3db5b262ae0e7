"""The pages of bringing a plan in from a file, and of taking one out as a file."""

from django.urls import path

from wayhome.strategy.views import exporting, importing, mending

urlpatterns = [
    path("imports/new", importing.bring_plan, name="bring_plan"),
    path("imports/<uuid:plan_import_id>", importing.plan_import, name="plan_import"),
    path("imports/<uuid:plan_import_id>/plan", mending.mend_plan, name="mend_imported_plan"),
    path("imports/<uuid:plan_import_id>/rows/<int:key>", mending.mend_row, name="mend_imported_row"),
    path(
        "imports/<uuid:plan_import_id>/<slug:kind>/<int:number>",
        mending.mend_heading,
        name="mend_imported_heading",
    ),
    path("imports/<uuid:plan_import_id>/save", importing.save_plan_import, name="save_plan_import"),
    path("imports/<uuid:plan_import_id>/set-aside", importing.set_aside, name="set_plan_import_aside"),
    path("plans/<uuid:plan_id>/files", exporting.plan_files, name="plan_files"),
    path("plans/<uuid:plan_id>/files/make", exporting.make_plan_file, name="make_plan_file"),
]
