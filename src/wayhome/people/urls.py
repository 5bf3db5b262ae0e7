from django.urls import path

from wayhome.people.views import adding, creating, editing, keeping, photo, places, seeing

A_PLACE = "<uuid:person_id>/known-places/<uuid:place_id>"

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
    path("<uuid:person_id>/plans/<uuid:plan_id>/end", adding.end_plan, name="end_plan"),
    path("<uuid:person_id>/description", keeping.describe, name="describe"),
    path("<uuid:person_id>/description/checked", keeping.check_description, name="check_description"),
    path("<uuid:person_id>/known-places/new", places.add_known_place, name="add_known_place"),
    path(A_PLACE, places.judge_known_place, name="judge_known_place"),
    path(f"{A_PLACE}/end", places.end_known_place, name="end_known_place"),
    path(f"{A_PLACE}/show", places.masked_place, name="masked_place"),
    path("<uuid:person_id>/photo", photo.add_photo, name="add_photo"),
    path("<uuid:person_id>/photo/away", photo.take_photo_away, name="take_photo_away"),
    path("<uuid:person_id>/photo/<uuid:photo_id>", photo.photo, name="photo"),
    path("<uuid:person_id>/who", seeing.who_sees, name="who_sees"),
    path("<uuid:person_id>/reads", seeing.reads, name="reads"),
    path("<uuid:person_id>/restrict", seeing.restrict, name="restrict"),
    path("<uuid:person_id>/lift", seeing.lift, name="lift_restriction"),
]
