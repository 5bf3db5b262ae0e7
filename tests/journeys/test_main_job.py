"""A child is reported missing, found, seen safe and heard, and their plan is changed: each by whose work it is."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.stage import Stage, lives_in
from tests.journeys.steps import Told, ask_index, days_ago, find, report
from tests.journeys.visitor import Visitor
from tests.personas import a_child

CHILD = "Robin Testchild"
IN_THEIR_WORDS = "I went to the sea because nobody shouts there.\nI would have rung if I had had a number."
RISK = "Fourteen, no coat, no money, and the last bus has gone."
CHANGED = "Robin moves to the ground-floor room and has a key worker to ring at night."


class MainJob:
    """What each of them does, in order."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people: dict[str, Visitor] = {}

    def person(self, name: str) -> Visitor:
        """One of the cast, who stays signed in for the whole journey."""
        if name not in self.people:
            self.people[name] = self.stage.signed_in(name)
        return self.people[name]

    def given_a_child_of_lantern_house(self) -> None:
        self.child_id = a_child(self.stage.cast, known_to=("Sal", "Pat"))
        lives_in(self.stage.cast, "Hal", self.child_id)

    def when_the_police_desk_finds_the_child_by_a_misspelt_name(self) -> None:
        pat = self.person("Pat")
        find(pat, "Robyn Testchld")
        pat.expect_to_see(CHILD)
        pat.follow("Report missing", within=pat.main.get_by_role("listitem").filter(has_text=CHILD))

    def when_the_police_desk_reports_the_child_missing(self) -> None:
        pat = self.person("Pat")
        report(pat, Told(missing_from="Children's home or other placement"))
        pat.expect_to_see("What happens next", "Missing Coordination", "Lantern House")
        pat.follow("Go to the episode")
        self.episode = pat.page.url

    def when_the_police_desk_judges_the_risk(self) -> None:
        pat = self.person("Pat")
        pat.press("Judge the risk")
        pat.choose("High")
        pat.type("Why?", RISK)
        pat.press("Record the risk")
        pat.expect_to_see("The risk is recorded: high.", RISK)

    def then_the_board_shows_the_child_as_missing_now(self, name: str) -> None:
        person = self.person(name)
        person.visit("/board")
        missing = person.part("Missing now")
        expect(missing).to_contain_text(CHILD)
        expect(missing).to_contain_text("High")

    def when_the_home_records_where_the_child_is_and_that_they_are_back(self) -> None:
        hal = self.person("Hal")
        hal.visit("/")
        hal.follow(CHILD, within=hal.main)
        hal.follow("Record where the child is")
        hal.type_moment("When was it known where they are?", days_ago(1, 9))
        hal.type("Where are they?", "The shelter on Saltmere beach")
        hal.press("Record where the child is")
        hal.expect_to_see("It is recorded where the child is", "Located, not back yet")
        hal.press("Record that the child is back")
        hal.type_moment("When were they back?", days_ago(1, 11))
        hal.choose("Found by their carer")
        hal.type("Where are they now?", "Lantern House")
        hal.press("Record the return")
        hal.expect_to_see("The return is recorded", "Safe and well check due")

    def when_the_police_desk_sees_the_child_safe_and_well(self) -> None:
        pat = self.person("Pat")
        pat.visit(self.episode)
        pat.press("Record the safe and well check")
        pat.choose("Seen, no harm found")
        pat.type_moment("When was it?", days_ago(1, 12))
        pat.type("Who saw the child?", "PC Anders Samplewell")
        pat.choose("Yes", of="Was the child seen alone?")
        pat.type("What was seen and said?", "Cold, hungry, unhurt. Ate two breakfasts.")
        pat.press("Record the check")
        pat.expect_to_see("The safe and well check is recorded.", "Return interview due")

    def when_the_interviewer_offers_to_listen(self) -> None:
        ines = self.person("Ines")
        ines.visit("/")
        ines.expect_to_see("Offer a return interview")
        ines.follow(CHILD, within=ines.main)
        ines.press("Offer the return interview")
        ines.type_moment("When did you offer it?", days_ago(1, 13))
        ines.choose("Phone call")
        ines.choose("Accepted")
        ines.press("Record the offer")
        ines.expect_to_see("Accepted")

    def when_the_interviewer_types_and_comes_back_to_it(self) -> None:
        ines = self.person("Ines")
        ines.press("Write up the return interview")
        ines.type("What the child said, in their own words", IN_THEIR_WORDS)
        expect(ines.page.get_by_role("status").filter(has_text="Saved ")).to_be_visible()
        ines.reload()
        expect(ines.page.get_by_label("What the child said, in their own words")).to_have_value(
            IN_THEIR_WORDS
        )
        ines.expect_to_see("Saved ")

    def when_the_interviewer_records_the_interview(self) -> None:
        ines = self.person("Ines")
        ines.type_moment("When did you talk?", days_ago(1, 15))
        ines.type("Where?", "On the sea wall")
        ines.choose("Yes", of="Did you see the child alone?")
        ines.choose("An organisation that does not look after the child", of="Who do you work for?")
        ines.page.get_by_role("group", name="What were they getting away from?").get_by_role(
            "checkbox"
        ).first.check()
        ines.type("What would help, in the child's view?", "A quieter room.")
        ines.choose("No", of="Was the talk broken off?")
        ines.press("Record the interview")
        ines.expect_to_see("I went to the sea because nobody shouts there.", "Analysis due")

    def then_the_home_does_not_read_what_the_child_said(self) -> None:
        hal = self.person("Hal")
        hal.visit(self.episode)
        hal.expect_to_see("Analysis due")
        hal.expect_not_to_see("nobody shouts there", "A quieter room.")

    def when_the_coordinator_writes_down_the_strategy_discussion(self) -> None:
        cora = self.person("Cora")
        cora.visit(f"{self.episode}/duties/strategy_discussion")
        cora.choose("It is done")
        cora.type("Who took part?", "Sal of the Youth Team, her manager, DS Sampleford")
        cora.type("What was agreed?", "Robin is heard before anything else is done.")
        cora.type_moment("When was that?", days_ago(1, 15))
        cora.press("Record the answer")
        cora.expect_to_see("Strategy discussion: your answer is recorded.")

    def when_the_social_worker_changes_the_plan_and_closes(self) -> None:
        sal = self.person("Sal")
        sal.visit("/")
        sal.follow(CHILD, within=sal.main)
        sal.press("Write the analysis")
        sal.expect_to_see("nobody shouts there", "A quieter room.")
        sal.type("What do you make of this return?", "Robin runs from noise, not from people.")
        sal.choose("The plan was changed")
        sal.type("What was changed?", CHANGED)
        sal.press("Save the analysis")
        sal.press("Close the episode")
        sal.press("Close the episode")
        sal.expect_to_see("The episode is closed.")

    def then_the_chronology_tells_all_of_it(self) -> None:
        sal = self.person("Sal")
        sal.follow(CHILD, within=sal.main)
        sal.expect_heading(CHILD)
        line = sal.part("Chronology")
        for words in ("missing", "high", RISK, "safe and well", "return interview", "nobody shouts", CHANGED):
            expect(line).to_contain_text(words, ignore_case=True)
        for writer in ("Pat", "Ines", "Sal"):
            expect(line).to_contain_text(writer)

    def then_another_agency_learns_only_whom_to_ring(self) -> None:
        otto = self.person("Otto")
        find(otto, CHILD)
        otto.expect_to_see("Nobody found")
        otto.follow("Ask whether this child is known to anyone")
        ask_index(otto, CHILD, date(2011, 6, 5))
        otto.expect_heading("This child is known")
        otto.expect_to_see("Youth Team, Saltmere Council", "01632 960001")
        otto.expect_not_to_see("Lantern House", RISK, "sea")
        otto.visit(f"/children/{self.child_id}", status=404)
        otto.visit(self.episode, status=404)


def test_a_missing_child_is_found_seen_heard_and_their_plan_changed(stage: Stage) -> None:
    it = MainJob(stage)
    it.given_a_child_of_lantern_house()
    it.when_the_police_desk_finds_the_child_by_a_misspelt_name()
    it.when_the_police_desk_reports_the_child_missing()
    it.when_the_police_desk_judges_the_risk()
    it.then_the_board_shows_the_child_as_missing_now("Pat")
    it.then_the_board_shows_the_child_as_missing_now("Cora")
    it.when_the_home_records_where_the_child_is_and_that_they_are_back()
    it.when_the_police_desk_sees_the_child_safe_and_well()
    it.when_the_interviewer_offers_to_listen()
    it.when_the_interviewer_types_and_comes_back_to_it()
    it.when_the_interviewer_records_the_interview()
    it.then_the_home_does_not_read_what_the_child_said()
    it.when_the_coordinator_writes_down_the_strategy_discussion()
    it.when_the_social_worker_changes_the_plan_and_closes()
    it.then_the_chronology_tells_all_of_it()
    it.then_another_agency_learns_only_whom_to_ring()
