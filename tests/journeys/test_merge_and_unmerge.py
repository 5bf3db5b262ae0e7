"""Police and home tell of one night as two episodes. They are merged, it was wrong, and nothing is lost on the way."""

from datetime import timedelta
from uuid import UUID

from playwright.sync_api import expect

from tests.journeys.stage import PHONE, Stage, lives_in
from tests.journeys.steps import days_ago
from tests.personas import NOW, a_child, a_report
from wayhome.missing import commands
from wayhome.missing.commands import Return
from wayhome.missing.tests.test_taking_apart import picture
from wayhome.missing.vocabulary import PoliceRisk, ReportSource

CHILD = "Robin Testchild"
BY_THE_HOME = "The garden of Lantern House"
BY_THE_POLICE = "Saltmere bus station, bay 4"
ONE_NIGHT = "The home says that Robin only came in for a coat."
CAMERA = "The camera at the gate shows Robin leaving with a rucksack."
TWO_TIMES = "The night staff saw Robin at supper and in bed. It was two times."
AS_BEFORE = "What the home tells is of the other time."


class OneNight:
    """Pat, with two episodes that look like one."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.pat = stage.signed_in("Pat")

    def given_two_episodes_of_one_night(self) -> None:
        cast = self.stage.cast
        self.child = a_child(cast, known_to=("Sal", "Pat"))
        lives_in(cast, "Hal", self.child)
        with cast.seen_by("Hal") as hal:
            told = a_report(
                source=ReportSource.HOME,
                last_seen_at=days_ago(2, 12),
                noticed_at=None,
                reported_at=days_ago(2, 13),
                last_seen_place=BY_THE_HOME,
            )
            came_in = Return(returned_at=days_ago(2, 15))
            self.of_the_home = commands.report_missing(
                person_id=self.child, new=told, back_already=came_in, viewer=hal, now=NOW
            )
        with cast.seen_by("Pat") as pat:
            told = a_report(
                last_seen_at=days_ago(2, 16),
                noticed_at=None,
                reported_at=days_ago(2, 18),
                last_seen_place=BY_THE_POLICE,
            )
            self.of_the_police = commands.report_missing(person_id=self.child, new=told, viewer=pat, now=NOW)
            commands.judge_risk(
                episode_id=self.of_the_police,
                level=PoliceRisk.MEDIUM,
                reason="Not dressed for the night.",
                judged_at=days_ago(2, 18) + timedelta(minutes=10),
                viewer=pat,
                now=NOW,
            )
        self.before = picture(self.child)

    def opens(self, episode: UUID) -> None:
        self.pat.visit(f"/missing/episodes/{episode}")

    def when_she_merges_them(self) -> None:
        pat = self.pat
        self.opens(self.of_the_police)
        pat.expect_to_see("Perhaps the same as another episode of this child")
        pat.follow("Merge two into one")
        pat.expect_to_see(BY_THE_HOME, BY_THE_POLICE)
        pat.choose("This one: its times stay")
        pat.type("How do you know that they are one?", ONE_NIGHT)
        pat.press("Merge them")

    def then_both_sources_stand_side_by_side(self) -> None:
        pat = self.pat
        pat.expect_to_see(
            "2 sources told of this episode. Each keeps its own times", "was merged into this one"
        )
        table = pat.page.get_by_role("table", name="What each source told")
        for words in ("Police missing desk", "Children's home or carer", "at midday", "at 4pm"):
            expect(table).to_contain_text(words)
        expect(table).to_contain_text(BY_THE_HOME)
        expect(table).to_contain_text(BY_THE_POLICE)

    def when_she_chooses_which_counts(self) -> None:
        pat = self.pat
        pat.follow("Choose which counts")
        self.choose("When the child was last seen", "Children's home or carer", CAMERA)
        pat.expect_to_see("It counts from now on.", "Chosen between sources", CAMERA)

    def choose(self, fact: str, source: str, reason: str) -> None:
        """Choose what one source tells, on the page where that is done."""
        told = self.pat.page.get_by_role("radio", name=fact).and_(
            self.pat.page.get_by_role("radio", name=f"({source})")
        )
        told.check()
        self.pat.type("How do you know?", reason)
        self.pat.press("This counts")

    def when_it_was_two_times_after_all(self) -> None:
        """The times that count are those of the report that would go: she is told so, and loses no word."""
        pat = self.pat
        pat.follow("An episode that was merged into it was another time")
        pat.type("How do you know that they are two?", TWO_TIMES)
        pat.press("Take them apart")
        pat.expect_problem("Choose first which of the reports that stay counts")
        self.opens(self.of_the_police)
        pat.follow("Choose which counts")
        self.choose("When the child was last seen", "Police missing desk", AS_BEFORE)
        pat.follow("An episode that was merged into it was another time")
        expect(pat.box("How do you know that they are two?")).to_have_value(TWO_TIMES)
        pat.press("Take them apart")
        pat.expect_to_see("They are two episodes again, each with its own reports.", BY_THE_HOME)
        pat.expect_not_to_see(BY_THE_POLICE)

    def then_nothing_is_lost(self) -> None:
        pat = self.pat
        assert picture(self.child) == self.before
        self.opens(self.of_the_police)
        pat.expect_to_see(BY_THE_POLICE, CAMERA, AS_BEFORE, "Not dressed for the night.")
        pat.visit("/board")
        expect(pat.part("Missing now")).to_contain_text(CHILD)
        expect(pat.part("Safe and well")).to_contain_text(CHILD)

    def then_the_home_sees_both_on_a_phone(self) -> None:
        hal = self.stage.signed_in("Hal", size=PHONE)
        for episode in (self.of_the_home, self.of_the_police):
            hal.visit(f"/missing/episodes/{episode}")
            hal.expect_heading(CHILD)


def test_a_wrong_merge_is_undone_without_loss(stage: Stage) -> None:
    it = OneNight(stage)
    it.given_two_episodes_of_one_night()
    it.when_she_merges_them()
    it.then_both_sources_stand_side_by_side()
    it.when_she_chooses_which_counts()
    it.when_it_was_two_times_after_all()
    it.then_nothing_is_lost()
    it.then_the_home_sees_both_on_a_phone()
