"""Who may not see a child: breaks glass and answers for it, or, where the record is restricted, learns nothing."""

from datetime import date
from uuid import UUID, uuid4

from tests.journeys.stage import Stage
from tests.journeys.steps import ask_index, find
from tests.personas import a_child

CHILD = "Robin Testchild"
BORN = date(2011, 6, 5)
NEED = "Robin rang me from the station and is afraid to go home."
FOLLOWS = "Rang the school nurse: as she wrote it. Robin was met at the station."


class BrokenGlass:
    """Another agency cannot wait; the coordinator answers for it."""

    def __init__(self, stage: Stage) -> None:
        self.child_id: UUID = a_child(stage.cast, known_to=("Sal", "Cora"))
        self.otto, self.cora = stage.signed_in("Otto"), stage.signed_in("Cora")

    def when_another_agency_breaks_glass_from_the_index_card(self) -> None:
        self.otto.visit("/find/index")
        ask_index(self.otto, CHILD, BORN)
        self.otto.follow("Break glass: it cannot wait")
        self.otto.expect_not_to_see(CHILD)
        self.otto.press("Break glass and open the record")
        self.otto.expect_problem("Answer the question")
        self.otto.choose("A child may be in danger now")
        self.otto.type("What do you need to do now?", NEED)
        self.otto.press("Break glass and open the record")

    def then_they_see_the_record_and_that_it_is_answered_for(self) -> None:
        self.otto.expect_heading(CHILD)
        self.otto.expect_to_see("You broke glass to open this record", "A reviewer has been told")

    def when_the_coordinator_finds_it_waiting_and_answers(self) -> None:
        self.cora.visit("/")
        self.cora.follow("One record was")
        self.cora.expect_to_see(NEED, "Otto Practitioner")
        self.cora.follow("Answer")
        self.cora.choose("It was right")
        self.cora.type("What did you check, and what follows?", FOLLOWS)
        self.cora.press("Save the answer")
        self.cora.expect_to_see("Nothing waits for an answer", FOLLOWS)

    def when_the_coordinator_restricts_the_record_to_the_social_worker(self) -> None:
        self.cora.visit(f"/children/{self.child_id}")
        self.cora.follow("Who can see this record?")
        self.cora.expect_to_see("Broke glass", NEED)
        self.cora.press("Restrict it to named people")
        self.cora.page.get_by_role("checkbox", name="Sal Practitioner").check()
        self.cora.type("Why is it restricted?", "Child of a colleague in the school nurses' team.")
        self.cora.press("Restrict the record")
        self.cora.expect_to_see("This record is restricted")

    def then_the_other_agency_learns_no_more_than_of_a_child_who_is_not_there(self) -> None:
        self.otto.visit(f"/children/{self.child_id}", status=404)
        find(self.otto, CHILD)
        self.otto.expect_to_see("Nobody found")
        self.otto.visit("/find/index")
        ask_index(self.otto, CHILD, BORN)
        self.otto.expect_heading("No record found")
        for child_id in (self.child_id, uuid4()):
            self.otto.visit(f"/access/children/{child_id}/break-glass")
            self.otto.choose("A child may be in danger now")
            self.otto.type("What do you need to do now?", NEED)
            self.otto.press("Break glass and open the record")
            self.otto.expect_problem("This record cannot be opened this way")

    def then_those_named_still_see_it(self, stage: Stage) -> None:
        sal = stage.signed_in("Sal")
        find(sal, CHILD)
        sal.follow(CHILD, within=sal.main)
        sal.expect_to_see("This record is restricted: only named people see it")


def test_broken_glass_is_answered_for_and_a_restricted_child_is_not_there(stage: Stage) -> None:
    it = BrokenGlass(stage)
    it.when_another_agency_breaks_glass_from_the_index_card()
    it.then_they_see_the_record_and_that_it_is_answered_for()
    it.when_the_coordinator_finds_it_waiting_and_answers()
    it.when_the_coordinator_restricts_the_record_to_the_social_worker()
    it.then_the_other_agency_learns_no_more_than_of_a_child_who_is_not_there()
    it.then_those_named_still_see_it(stage)
