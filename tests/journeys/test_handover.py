"""One duty worker hands three children to the next, who reads and takes each; two who take one at once are told."""

from datetime import timedelta
from uuid import UUID

from playwright.sync_api import Locator, expect

from tests.journeys.stage import PHONE, Stage
from tests.journeys.visitor import PATIENCE, Visitor
from tests.personas import NOW, a_child, an_episode
from wayhome.config.testing import as_worker
from wayhome.desk.tests.test_handovers import joined
from wayhome.missing.models import Handover

NIGHT = "A quiet night but for these three."
NOTES = {
    "Wren": "Ring the mother at nine: she was at work until eight.",
    "Rowan": "The bus company has the camera pictures ready.",
    "Linnet": "Is at a friend's most likely; the friend's number is in the report.",
}


def named(name: str) -> str:
    return f"{name} Testchild"


def waiting(visitor: Visitor) -> Locator:
    """What was handed over and nobody has taken."""
    return visitor.part("Handed over, not taken yet").locator("li.wh-duty")


def take(visitor: Visitor, name: str) -> None:
    """Take over one child where they stand."""
    here = visitor.main.locator("li.wh-duty").filter(has_text=named(name))
    with visitor.page.expect_navigation(timeout=PATIENCE):
        here.get_by_role("button", name="I have read it and take it over").click()
    visitor.look()


class ShiftChange:
    """Nia goes home, Pat and Quin begin."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        for name in ("Nia", "Quin"):
            joined(stage.cast, name, like="Pat")
        self.pat = stage.signed_in("Pat")
        self.quin = stage.signed_in("Quin", size=PHONE)

    def given_a_night_of_four_children(self) -> None:
        cast = self.stage.cast
        self.episodes: dict[str, UUID] = {}
        for name in (*NOTES, "Hazel"):
            child = a_child(cast, given_name=name)
            self.episodes[name] = an_episode(cast, child)

    def when_the_night_desk_hands_three_over(self) -> None:
        nia = self.stage.signed_in("Nia")
        nia.visit("/wall")
        nia.follow("Hand over to the next worker")
        nia.pick("Who takes over?", "Anybody in Missing Desk")
        nia.type("What does the next worker need to know about all of it?", NIGHT)
        for name, note in NOTES.items():
            nia.page.get_by_role("checkbox", name=named(name)).check()
            box = nia.page.locator(f"textarea[name='note_{self.episodes[name].hex}']")
            box.fill(note)
        nia.press("Hand over")
        nia.expect_to_see("3 children are handed over.", "You handed this over yourself.", *NOTES.values())

    def given_that_nobody_took_them_for_two_hours(self) -> None:
        with as_worker():
            Handover.objects.update(made_at=NOW - timedelta(hours=2))

    def then_it_is_loud(self) -> None:
        pat = self.pat
        for page in ("/wall", "/"):
            pat.visit(page)
            pat.expect_to_see("3, 3 waiting too long", NIGHT, *NOTES.values())
            expect(waiting(pat)).to_have_count(3)
            expect(waiting(pat).first).to_contain_text("Nobody has taken it, 2 h")

    def when_the_first_is_taken(self) -> None:
        take(self.pat, "Wren")
        self.pat.expect_to_see("You have taken it over.", "Taken over by Pat")
        self.pat.visit("/")
        expect(waiting(self.pat)).to_have_count(2)

    def when_two_take_the_same_at_once(self) -> None:
        """Quin had the page open before Pat took it."""
        self.quin.visit("/")
        expect(waiting(self.quin)).to_have_count(2)
        take(self.pat, "Rowan")
        take(self.quin, "Rowan")
        self.quin.expect_to_see("A colleague took this over a moment before you. It is theirs now.")
        self.quin.expect_not_to_see("You have taken it over.")

    def when_the_last_is_taken(self) -> None:
        take(self.quin, "Linnet")
        self.quin.expect_to_see("You have taken it over.", "Nothing waits to be taken over")

    def then_each_has_who_took_it(self) -> None:
        for name, taker in (("Wren", "Pat"), ("Rowan", "Pat"), ("Linnet", "Quin")):
            self.pat.visit(f"/missing/episodes/{self.episodes[name]}")
            handed = self.pat.part("Duties: answered, late, handed over")
            expect(handed).to_contain_text(f"from Nia Example to Missing Desk: {NOTES[name]}")
            expect(handed).to_contain_text(f"Taken over by {taker}")
        for page in ("/wall", "/"):
            self.pat.visit(page)
            self.pat.expect_not_to_see("Handed over, not taken yet")


def test_what_the_night_hands_over_is_taken_one_by_one(stage: Stage) -> None:
    it = ShiftChange(stage)
    it.given_a_night_of_four_children()
    it.when_the_night_desk_hands_three_over()
    it.given_that_nobody_took_them_for_two_hours()
    it.then_it_is_loud()
    it.when_the_first_is_taken()
    it.when_two_take_the_same_at_once()
    it.when_the_last_is_taken()
    it.then_each_has_who_took_it()
