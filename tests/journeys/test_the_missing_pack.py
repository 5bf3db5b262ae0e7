"""A home's manager keeps a child's missing pack on a phone, and prints it on the night it is needed."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.journeys.stage import PHONE, Stage, lives_in
from tests.journeys.visitor import Visitor
from tests.personas import a_child, an_episode

CHILD = "Robin Testchild"
PLACE = "Flat over the arcade, Quay Street"


class HomeManagersPack:
    """What the manager does, in order."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder = stage, folder

    def given_a_child_of_lantern_house(self) -> None:
        self.child_id = a_child(self.stage.cast, known_to=("Sal", "Pat"))
        lives_in(self.stage.cast, "Hal", self.child_id)

    def when_the_manager_opens_the_home_on_a_phone(self) -> None:
        self.hal: Visitor = self.stage.signed_in("Hal", size=PHONE)
        self.hal.visit("/homes")
        self.hal.follow("Lantern House", within=self.hal.main)
        self.hal.expect_to_see(CHILD, "Pack not written yet")
        self.hal.follow("Missing pack", within=self.hal.main)
        self.hal.expect_to_see("Nobody has written down yet")

    def when_they_write_down_how_the_child_can_be_known(self) -> None:
        self.hal.press("Write it down")
        self.hal.type("Hair", "Short, dyed blue")
        self.hal.type("Medicines", "Insulin, four times a day")
        self.hal.press("Save")
        self.hal.expect_to_see("Short, dyed blue", "Insulin, four times a day")

    def when_they_say_where_the_child_may_be(self) -> None:
        self.hal.follow("Add a place")
        self.hal.type("Which place is it?", PLACE)
        self.hal.choose("Not safe for the child")
        self.hal.type("Why is it not safe?", "An adult there buys drink for young people.")
        self.hal.choose("No", of="Has this place to be kept from view?")
        self.hal.press("Save the place")
        self.hal.expect_to_see(PLACE, "Not safe for the child")

    def when_they_add_a_photograph(self) -> None:
        file = BytesIO()
        Image.new("RGB", (600, 800), "navy").save(file, "JPEG")
        self.hal.follow("Add a photograph")
        self.hal.press("Add the photograph")
        self.hal.expect_problem("Choose a photograph")
        self.hal.page.get_by_label("Photograph", exact=True).set_input_files(
            {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
        )
        self.hal.press("Add the photograph")
        self.hal.expect_to_see("The photograph is in the missing pack.")

    def then_the_police_see_nothing_of_it_yet(self) -> None:
        self.pat: Visitor = self.stage.signed_in("Pat")
        self.pat.visit(f"/missing/packs/{self.child_id}", status=403)

    def when_the_child_is_reported_missing(self) -> None:
        an_episode(self.stage.cast, self.child_id, by="Hal")

    def then_one_press_makes_the_page_to_print(self) -> None:
        self.hal.reload()
        self.hal.expect_to_see("Now: missing", "Saltmere bus station")
        self.hal.choose("To look for the child")
        with self.hal.page.expect_download() as waiting:
            self.hal.thing_to_press("Make the page to print").click()
        name = waiting.value.suggested_filename
        waiting.value.save_as(self.folder / name)
        assert "robin" not in name.lower()
        assert (self.folder / name).read_bytes().startswith(b"%PDF")

    def then_the_police_see_it_with_the_report(self) -> None:
        self.pat.visit(f"/missing/packs/{self.child_id}")
        self.pat.expect_to_see("Short, dyed blue", PLACE)


def test_a_home_manager_keeps_the_pack_and_prints_it(stage: Stage, tmp_path: Path) -> None:
    pack = HomeManagersPack(stage, tmp_path)
    pack.given_a_child_of_lantern_house()
    pack.when_the_manager_opens_the_home_on_a_phone()
    pack.when_they_write_down_how_the_child_can_be_known()
    pack.when_they_say_where_the_child_may_be()
    pack.when_they_add_a_photograph()
    pack.then_the_police_see_nothing_of_it_yet()
    pack.when_the_child_is_reported_missing()
    pack.then_one_press_makes_the_page_to_print()
    pack.then_the_police_see_it_with_the_report()
