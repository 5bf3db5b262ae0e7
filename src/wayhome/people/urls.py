from django.urls import path

from wayhome.people.views import adding, creating, editing, seeing

urlpatterns = [
    path("new", creating.create_person, name="create_person"),
    path("<uuid:person_id>/edit", editing.edit_person, name="edit_person"),
    path("<uuid:person_id>/add/<slug:noun>", adding.add_to_person, name="add_to_person"),
    path(
        "<uuid:person_id>/teams/<uuid:involvement_id>/end",
        adding.end_involvement,
        name="end_involvement",
    ),
    path("<uuid:person_id>/placements/<uuid:care_episode_id>/end", adding.end_care, name="end_care"),
    path("<uuid:person_id>/who", seeing.who_sees, name="who_sees"),
    path("<uuid:person_id>/reads", seeing.reads, name="reads"),
    path("<uuid:person_id>/restrict", seeing.restrict, name="restrict"),
    path("<uuid:person_id>/lift", seeing.lift, name="lift_restriction"),
]
