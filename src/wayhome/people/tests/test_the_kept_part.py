"""What is kept current for a missing pack: by whom, over what, and whether it has to be read through."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.journeys.stage import lives_in
from tests.personas import ARRANGER, NOW, a_child

from wayhome.audit.models import Change, Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.people.commands import (
    Describing,
    Judging,
    Stale,
    add_known_place,
    add_photo,
    begin_plan,
    check_description,
    describe,
    end_known_place,
    end_plan,
    judge_known_place,
    reveal_place,
    take_photo_away,
)
from wayhome.people.commands.description import NothingToCheck
from wayhome.people.commands.photo import TakenInTheFuture
from wayhome.people.commands.photographs import NotAPicture, PictureTooLarge, PictureTooSmall, redrawn
from wayhome.people.commands.places import JudgedMeanwhile, PlaceUnnamed, SafetyNeedsAReason
from wayhome.people.commands.plans import PlanEndsBeforeItStarts, PlanEndsLater, PlanIsOver, PlanOverlaps
from wayhome.people.models import Description, KnownPlace, Photo, PlanStatus
from wayhome.people.pack import kept_part, pack_days, reasons_to_check
from wayhome.people.rules import PackReason, why_check

BACKEND = "wayhome.access.signed_in.Backend"
TODAY = london_day(NOW)


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


@pytest.fixture
def child(cast):
    made = a_child(cast, known_to=("Sal", "Cora", "Pat"))
    lives_in(cast, "Hal", made)
    return made


def described(cast, child, *, by="Hal", version=0, now=NOW, **words):
    with cast.seen_by(by) as viewer:
        describe(person_id=child, version=version, words=Describing(**words), viewer=viewer, now=now)


def row(model, **where):
    with as_worker():
        return model.objects.get(**where)


DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("checked", "moved", "on", "reason"),
    [
        (None, None, DAY, PackReason.NOT_WRITTEN),
        (DAY, None, DAY, None),
        (DAY, None, DAY + timedelta(days=90), None),
        (DAY, None, DAY + timedelta(days=91), PackReason.OLD),
        (DAY, DAY, DAY, None),
        (DAY, DAY + timedelta(days=1), DAY + timedelta(days=1), PackReason.MOVED),
        (DAY, DAY - timedelta(days=1), DAY, None),
    ],
)
def test_a_pack_has_to_be_read_through_when_it_is_old_or_the_child_moved(checked, moved, on, reason):
    assert why_check(checked, on, moved_on=moved) == reason


class TestDescribing:
    def test_is_kept_with_before_and_after(self, cast, child):
        described(cast, child, hair="Long, brown")
        described(cast, child, by="Sal", version=1, hair="Short, blue")
        assert row(Description, pk=child).hair == "Short, blue"
        with as_worker():
            change = Change.objects.filter(person_id=child, field="hair").latest("pk")
        assert (change.before, change.after) == ("Long, brown", "Short, blue")

    def test_is_not_over_somebody_elses_words(self, cast, child):
        described(cast, child, hair="Long")
        with pytest.raises(Stale):
            described(cast, child, by="Sal", version=0, hair="Short")

    def test_is_not_for_the_police_nor_for_otto(self, cast, child):
        for name, refusal in (("Pat", NotAllowed), ("Otto", NotFound)):
            with pytest.raises(refusal):
                described(cast, child, by=name, hair="x")

    def test_shows_both_versions_and_saves_over_what_was_shown(self, cast, as_user, child):
        described(cast, child, hair="Long")
        sent = {"hair": "Short", "version": "0", "submission_key": str(new_id())}
        page = as_user("Sal").post(reverse("describe", args=[child]), sent).content.decode()
        assert "Both versions" in page
        assert 'name="version" id="id_version" value="1"' in page
        answer = as_user("Sal").post(reverse("describe", args=[child]), sent | {"version": "1"})
        assert answer["Location"] == reverse("missing_pack", args=[child])
        assert row(Description, pk=child).hair == "Short"


class TestReadingThrough:
    def test_is_one_press(self, cast, as_user, child):
        described(cast, child, hair="Long", now=NOW - timedelta(days=200))
        sent = {"submission_key": str(new_id())}
        as_user("Hal").post(reverse("check_description", args=[child]), sent)
        found = row(Description, pk=child)
        assert london_day(found.checked_at) == TODAY
        assert found.checked_by_id == cast.users["Hal"].pk
        assert found.version == 1

    def test_is_of_something_written(self, cast, child):
        with cast.seen_by("Hal") as hal, pytest.raises(NothingToCheck):
            check_description(person_id=child, viewer=hal, now=NOW)

    def test_is_asked_of_the_new_home_after_a_move(self, cast, child):
        described(cast, child, hair="Long", now=NOW - timedelta(days=95))
        with cast.seen_by("Hal"):
            assert kept_part(child, on=TODAY, days=365).reason == PackReason.MOVED
            assert reasons_to_check([child], on=TODAY, days=365) == {child: PackReason.MOVED}
        with cast.seen_by("Hal") as hal:
            check_description(person_id=child, viewer=hal, now=NOW)
            assert kept_part(child, on=TODAY, days=365).reason is None
            assert reasons_to_check([child], on=TODAY, days=365) == {}

    def test_is_asked_after_as_many_days_as_the_partnership_says(self, cast):
        assert pack_days(cast.partnership_id) == 90
        assert pack_days(None) == 90


class TestPlaces:
    def judged(self, cast, child, *, by="Hal", **told):
        with cast.seen_by(by) as viewer:
            judging = Judging(**{"place": "12 Harbour Row"} | told)
            return add_known_place(
                person_id=child, judging=judging, viewer=viewer, now=NOW - timedelta(days=5)
            )

    def test_are_judged_with_a_reason(self, cast, child):
        with pytest.raises(SafetyNeedsAReason):
            self.judged(cast, child, safety="safe")
        with pytest.raises(PlaceUnnamed):
            self.judged(cast, child, place=" ")

    def test_keep_the_judgement_before(self, cast, child):
        first = self.judged(cast, child)
        with cast.seen_by("Sal") as sal:
            again = Judging(place="12 Harbour Row", safety="unsafe", safety_reason="Warned off")
            judge_known_place(place_id=first, judging=again, viewer=sal, now=NOW)
        with as_worker():
            assert KnownPlace.objects.filter(person_id=child).count() == 2
        with cast.seen_by("Hal"):
            (place,) = kept_part(child, on=TODAY, days=90).places
        assert place.safety == "unsafe"

    def test_judged_twice_on_one_day_keep_both(self, cast, child):
        first = self.judged(cast, child)
        with cast.seen_by("Sal") as sal:
            for reason in ("Warned off", "Arrested"):
                again = Judging(place="12 Harbour Row", safety="unsafe", safety_reason=reason)
                first = judge_known_place(place_id=first, judging=again, viewer=sal, now=NOW)
        with cast.seen_by("Hal"):
            (place,) = kept_part(child, on=TODAY, days=90).places
        assert place.safety_reason == "Arrested"

    def test_show_both_judgements_to_one_who_was_slower(self, cast, as_user, child):
        first = self.judged(cast, child)
        with cast.seen_by("Sal") as sal:
            again = Judging(place="12 Harbour Row", safety="unsafe", safety_reason="Warned off")
            second = judge_known_place(place_id=first, judging=again, viewer=sal, now=NOW)
        sent = {
            "place": "12 Harbour Row",
            "safety": "safe",
            "safe_because": "An aunt lives there",
            "is_masked": "no",
            "over": str(first),
            "submission_key": str(new_id()),
        }
        address = reverse("judge_known_place", args=[child, first])
        page = as_user("Hal").post(address, sent).content.decode()
        assert "Both judgements" in page
        assert str(second) in page
        assert as_user("Hal").post(address, sent | {"over": str(second)}).status_code == 303

    def test_are_taken_off_once(self, cast, child):
        place = self.judged(cast, child)
        with cast.seen_by("Hal") as hal:
            end_known_place(place_id=place, viewer=hal, now=NOW)
            with pytest.raises(JudgedMeanwhile):
                end_known_place(place_id=place, viewer=hal, now=NOW)

    def test_kept_from_view_are_shown_to_those_who_may_and_ask(self, cast, as_user, child):
        place = self.judged(cast, child, by="Sal", place="The Refuge", is_masked=True)
        address = reverse("masked_place", args=[child, place])
        assert as_user("Hal").post(address).status_code == 403
        assert "The Refuge" in as_user("Sal").post(address).content.decode()
        with as_worker():
            assert Entry.objects.filter(verb="reveal place", person_id=child).count() == 1
        with cast.seen_by("Otto") as otto, pytest.raises(NotFound):
            reveal_place(place_id=place, viewer=otto, now=NOW)
        assert as_user("Hal").get(reverse("judge_known_place", args=[child, place])).status_code == 403


def picture(size=(400, 500), kind="JPEG", **options):
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **options)
    return out.getvalue()


def with_place(size=(400, 500)):
    """A JPEG as a phone makes it: turned, with the camera and the place in it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Lantern Phones", 6
    exif.get_ifd(0x8825)[1] = "N"
    return picture(size, exif=exif)


class TestDrawingAnew:
    def test_leaves_the_picture_and_nothing_of_the_camera_or_the_place(self):
        drawn = redrawn(with_place())
        assert b"Lantern Phones" not in drawn.image
        assert not Image.open(BytesIO(drawn.image)).getexif()

    def test_turns_it_upright(self):
        drawn = redrawn(with_place())
        assert (drawn.width, drawn.height) == (500, 400)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_takes_what_phones_and_offices_make(self, kind):
        assert redrawn(picture(kind=kind)).image.startswith(b"\xff\xd8")

    def test_makes_a_large_one_smaller(self):
        drawn = redrawn(picture((3000, 1500)))
        assert (drawn.width, drawn.height) == (1200, 600)

    @pytest.mark.parametrize(
        ("file", "refusal"),
        [
            (b"", NotAPicture),
            (b"%PDF-1.7 not a picture", NotAPicture),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPicture),
            (picture(kind="GIF"), NotAPicture),
            (picture()[:600], NotAPicture),
            (picture((119, 400)), PictureTooSmall),
            (b"\xff\xd8" + bytes(15_000_000), PictureTooLarge),
        ],
    )
    def test_refuses_what_it_cannot_keep(self, file, refusal):
        with pytest.raises(refusal):
            redrawn(file)

    def test_refuses_a_small_file_that_unpacks_to_a_huge_picture(self):
        with pytest.raises(PictureTooLarge):
            redrawn(picture((12_000, 8_000), "PNG"))


class TestPhotos:
    def send(self, client, child, file, name="photo.jpg", **more):
        upload = SimpleUploadedFile(name, file, content_type="image/jpeg")
        told = {"file": upload, "submission_key": str(new_id())} | more
        return client.post(reverse("add_photo", args=[child]), told)

    def test_are_added_and_served_from_behind_row_security_uncached(self, as_user, child):
        client = as_user("Hal")
        assert self.send(client, child, picture()).status_code == 303
        photo = row(Photo, person_id=child)
        address = reverse("photo", args=[child, photo.pk])
        served = client.get(address)
        assert served["Content-Type"] == "image/jpeg"
        assert served["Cache-Control"] == "no-store"
        assert as_user("Otto").get(address).status_code == 404

    def test_are_one_at_a_time(self, cast, as_user, child):
        client = as_user("Hal")
        self.send(client, child, picture())
        first = row(Photo, person_id=child)
        self.send(client, child, picture((300, 300)))
        assert row(Photo, person_id=child, is_current=True).pk != first.pk
        assert client.get(reverse("photo", args=[child, first.pk])).status_code == 404

    def test_sent_again_with_another_file_are_not_lost(self, as_user, child):
        client, key = as_user("Hal"), str(new_id())
        self.send(client, child, picture(), submission_key=key)
        again = self.send(client, child, picture((300, 300)), submission_key=key)
        assert "You have sent this form before" in again.content.decode()

    def test_say_in_a_sentence_what_is_wrong_with_a_file(self, as_user, child):
        page = self.send(as_user("Hal"), child, b"not a picture").content.decode()
        assert "This file is not a picture that can be read" in page
        page = as_user("Hal").post(reverse("add_photo", args=[child]), {"submission_key": str(new_id())})
        assert "Choose a photograph" in page.content.decode()

    def test_are_not_from_the_future(self, cast, child):
        with cast.seen_by("Hal") as hal, pytest.raises(TakenInTheFuture):
            add_photo(
                person_id=child, file=picture(), taken_on=TODAY + timedelta(days=1), viewer=hal, now=NOW
            )

    def test_are_taken_away(self, cast, as_user, child):
        client = as_user("Hal")
        self.send(client, child, picture())
        sent = {"submission_key": str(new_id())}
        assert client.post(reverse("take_photo_away", args=[child]), sent).status_code == 303
        with cast.seen_by("Hal") as hal, pytest.raises(NotFound):
            take_photo_away(person_id=child, viewer=hal, now=NOW)


class TestPlans:
    def begun(self, child, since=TODAY - timedelta(days=30), kind="child_protection"):
        with as_worker():
            return begin_plan(person_id=child, kind=kind, since=since, viewer=ARRANGER, now=NOW)

    def test_are_one_of_a_kind_at_a_time(self, child):
        self.begun(child)
        self.begun(child, kind="ehc")
        with pytest.raises(PlanOverlaps):
            self.begun(child, since=TODAY)

    def test_end_on_a_day_that_can_be(self, child):
        plan = self.begun(child)
        with as_worker():
            common = {"plan_id": plan, "viewer": ARRANGER, "now": NOW}
            for day, refusal in (
                (TODAY - timedelta(days=31), PlanEndsBeforeItStarts),
                (TODAY + timedelta(days=1), PlanEndsLater),
            ):
                with pytest.raises(refusal):
                    end_plan(on=day, **common)
            end_plan(on=TODAY, **common)
            with pytest.raises(PlanIsOver):
                end_plan(on=TODAY, **common)
            with pytest.raises(NotFound):
                end_plan(on=TODAY, **common | {"plan_id": new_id()})

    def test_begin_and_end_by_the_pages(self, as_user, child):
        client = as_user("Sal")
        boxes = {"since-day": "1", "since-month": "9", "since-year": "2026", "note": "Neglect"}
        sent = {"kind": "child_protection", "submission_key": str(new_id())} | boxes
        assert client.post(reverse("add_to_person", args=[child, "plan"]), sent).status_code == 303
        plan = row(PlanStatus, person_id=child)
        assert "Child protection plan" in client.get(reverse("child", args=[child])).content.decode()
        ending = {"on-day": "1", "on-month": "10", "on-year": "2026", "submission_key": str(new_id())}
        assert client.post(reverse("end_plan", args=[child, plan.pk]), ending).status_code == 303
        assert row(PlanStatus, person_id=child).valid.upper == date(2026, 10, 1)


class TestRowSecurity:
    def test_shows_nothing_of_it_to_the_police_before_a_report(self, cast, child):
        described(cast, child, hair="Blue")
        with cast.seen_by("Pat"):
            assert not Description.objects.exists()
        with cast.seen_by("Sal"):
            assert Description.objects.exists()
