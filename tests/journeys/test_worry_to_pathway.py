"""From a worry to the pathway as three agencies: a school nurse tells, the hub screens, a social worker leads."""

from tests.journeys.stage import PHONE, Stage
from tests.journeys.visitor import Visitor
from tests.personas import a_child


class Telling:
    """A worry about a child whose record is open to the hub, and what comes of it."""

    def __init__(self, stage: Stage) -> None:
        self.child = a_child(stage.cast, known_to=("Sal", "Cora"))

    def when_the_nurse_tells_it_on_a_phone(self, otto: Visitor) -> None:
        otto.visit("/exploitation/refer")
        otto.expect_to_see("If somebody is in danger now, ring 999.")
        otto.look()
        otto.choose("No, not at this moment")
        otto.press("Save and continue")
        otto.choose("A child or young person under 18, whose name I know")
        otto.type("Name, or how they are known", "Robin Testchild")
        otto.press("Save and continue")
        otto.type("What worries you?", "A second phone, and lifts at night.")
        otto.press("Save and continue")
        otto.choose("Criminal exploitation")
        otto.choose("Not that I know of")
        otto.look()
        otto.press("Save and continue")
        otto.choose("Yes", of="Does the child know that you tell us?")
        otto.choose("Not yet", of="Does the family know?")
        otto.press("Save and continue")
        otto.expect_heading("Check your answers")
        otto.look()
        otto.press("Send the worry")
        otto.expect_heading("Your worry is sent")
        otto.look()

    def when_the_hub_says_who_it_is_and_what_is_needed(self, cora: Visitor) -> None:
        cora.visit("/exploitation/worries")
        cora.look()
        cora.follow("Robin Testchild")
        cora.look()
        cora.press("Say who it is about")
        cora.choose("Robin Testchild")
        cora.press("It is about this child")
        cora.press("Screen the worry")
        cora.choose("Exploitation pathway")
        cora.pick("Who leads?", "Sal Practitioner, Saltmere Council")
        cora.choose("Statutory social worker")
        cora.type("Why?", "School saw the phones as well.")
        cora.type("What do you answer whoever told it? (optional)", "Sal leads from today. Ring her.")
        cora.look()
        cora.press("Record the decision")
        cora.expect_to_see("The decision is kept with its reason.")

    def then_the_worker_finds_the_pathway_and_gives_a_part(self, sal: Visitor) -> None:
        sal.visit("/exploitation/")
        sal.look()
        sal.follow("Robin Testchild")
        sal.expect_to_see("Sal Practitioner, Saltmere Council", "School saw the phones as well.")
        sal.look()
        sal.press("Give somebody a part")
        sal.pick("Who?", "Otto Practitioner, Saltmere Health")
        sal.choose("Health worker")
        sal.choose("No", of="Do they lead from now on?")
        sal.press("Give them this part")
        sal.expect_to_see("They have their part, and see the record.")

    def then_the_nurse_has_an_answer(self, otto: Visitor) -> None:
        otto.visit("/exploitation/worries/mine")
        otto.expect_to_see("Sal leads from today. Ring her.")
        otto.look()


def test_a_worry_becomes_a_pathway_as_three_agencies(stage: Stage) -> None:
    it = Telling(stage)
    otto = stage.signed_in("Otto", size=PHONE)
    it.when_the_nurse_tells_it_on_a_phone(otto)
    it.when_the_hub_says_who_it_is_and_what_is_needed(stage.signed_in("Cora"))
    it.then_the_worker_finds_the_pathway_and_gives_a_part(stage.signed_in("Sal"))
    it.then_the_nurse_has_an_answer(otto)
