"""Monday morning, and a weekend of episodes: the wall says what goes late first, and keeps why it did."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from playwright.sync_api import Locator, expect

from tests.journeys.stage import Stage
from tests.journeys.steps import days_ago
from tests.journeys.visitor import PATIENCE, Visitor
from tests.personas import NOW, Cast, a_child, an_episode
from wayhome.missing import commands
from wayhome.missing.tests.stages import AN_ANALYSIS, a_check, an_account
from wayhome.missing.vocabulary import Duty, PoliceRisk, WallDuty

A_MINUTE_AND_A_BIT = 61_000  # milliseconds
REASON = "Nobody was on call for senior managers on Saturday night; the rota had a gap."
AGREED = "A joint visit to the address in Brinehaven today, and a look at the phone."


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@dataclass
class Weekend:
    """What happened since Thursday night, one child for each thing that can have happened."""

    cast: Cast

    def missing(self, name: str, since: datetime, *, risk_again_at: datetime | None = None) -> UUID:
        child = a_child(self.cast, given_name=name, family_name="Testchild")
        reported_at = since + timedelta(hours=1)
        episode = an_episode(self.cast, child, last_seen_at=since, noticed_at=None, reported_at=reported_at)
        if risk_again_at:
            with self.cast.seen_by("Pat") as pat:
                commands.judge_risk(
                    episode_id=episode,
                    level=PoliceRisk.MEDIUM,
                    reason="Was home by midnight every time before.",
                    judged_at=reported_at,
                    reassess_by=risk_again_at,
                    viewer=pat,
                    now=NOW,
                )
        return episode

    def back(self, name: str, at: datetime) -> UUID:
        episode = self.missing(name, at - timedelta(hours=3))
        with self.cast.seen_by("Pat") as pat:
            commands.record_returned(
                episode_id=episode,
                returned_at=at,
                returned_to="Home",
                return_method="RETURNED_SELF",
                viewer=pat,
                now=NOW,
            )
        return episode

    def seen(self, name: str, back_at: datetime) -> UUID:
        episode = self.back(name, back_at)
        with self.cast.seen_by("Pat") as pat:
            check = a_check(checked_at=back_at + timedelta(minutes=30))
            commands.record_safe_and_well(episode_id=episode, check=check, viewer=pat, now=NOW)
        return episode

    def heard(self, name: str, back_at: datetime) -> UUID:
        episode = self.seen(name, back_at)
        with self.cast.seen_by("Ines") as ines:
            account = an_account(held_at=back_at + timedelta(hours=1))
            commands.hold_interview(episode_id=episode, account=account, viewer=ines, now=NOW)
        return episode

    def closed(self, name: str, back_at: datetime) -> UUID:
        episode = self.heard(name, back_at)
        with self.cast.seen_by("Sal") as sal:
            commands.analyse_return(episode_id=episode, viewer=sal, now=NOW, **AN_ANALYSIS)
            commands.close_episode(episode_id=episode, viewer=sal, now=NOW)
        return episode


class MondayMorning:
    """Cora at her desk; Pat at the other end of the line."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.cora = stage.signed_in("Cora")

    def given_the_weekend(self) -> None:
        weekend = Weekend(self.stage.cast)
        weekend.missing("Wren", ago(2))
        weekend.missing("Rowan", ago(20))
        weekend.missing("Linnet", ago(29))
        weekend.missing("Jay", ago(4), risk_again_at=NOW + timedelta(minutes=40))
        self.hazel = weekend.missing("Hazel", ago(84))
        weekend.back("Ash", ago(2))
        weekend.back("Fern", ago(20))
        self.merle = weekend.back("Merle", days_ago(2, 10))
        self.teal = weekend.seen("Teal", ago(80))
        weekend.seen("Bryony", ago(60))
        weekend.heard("Sorrel", ago(30))
        weekend.closed("Heath", ago(50))

    def late(self) -> Locator:
        """The late duties of the wall."""
        return self.cora.part("Late").get_by_role("listitem")

    def line(self, duty: str, episode: UUID) -> Locator:
        """One duty on the wall."""
        return self.cora.page.locator(f"[id='{duty}-{episode}']")

    def when_she_opens_the_wall(self) -> None:
        self.cora.visit("/")
        self.cora.expect_to_see("Due for you 6, 5 late")
        self.cora.follow("Clock wall")

    def then_what_goes_late_first_stands_on_top(self) -> None:
        cora = self.cora
        expect(self.late()).to_have_count(5)
        expect(self.late().first).to_contain_text("Hazel Testchild")
        expect(self.late().first).to_contain_text("Tell a senior manager")
        expect(cora.part("Due soon").get_by_role("listitem").first).to_contain_text("Jay Testchild")
        kinds = cora.page.get_by_role("navigation", name="Duties by kind")
        expect(kinds.get_by_role("link", name="2 Strategy discussion 1 late")).to_be_visible()
        cora.expect_not_to_see("Heath Testchild")

    def when_she_says_why_one_is_late(self) -> None:
        cora = self.cora
        cora.follow("Say why it is late", within=self.line(WallDuty.SENIOR_NOTICE, self.hazel))
        cora.expect_to_see("Tell a senior manager was due")
        cora.type("Why was it not done in time?", REASON)
        cora.press("Record the reason")
        cora.expect_to_see("Why it was late is recorded, and kept with the duty.", REASON)
        cora.visit("/wall")
        line = self.line(WallDuty.SENIOR_NOTICE, self.hazel)
        expect(line).to_contain_text(f"Late because: {REASON}")
        expect(line.get_by_role("link", name="Say why it is late")).to_have_count(0)
        expect(self.late()).to_have_count(5)

    def when_she_answers_a_strategy_discussion(self) -> None:
        cora = self.cora
        cora.follow("Write down what was done", within=self.line(WallDuty.STRATEGY_DISCUSSION, self.hazel))
        cora.expect_to_see("Because the child was missing for more than 24 h.")
        cora.choose("It is done")
        cora.type("Who took part?", "Sal of the Youth Team, her manager, DS Sampleford")
        cora.type("What was agreed?", AGREED)
        cora.type_moment("When was that?", days_ago(1, 15))
        cora.press("Record the answer")
        cora.expect_to_see("Strategy discussion: your answer is recorded.", AGREED)
        cora.visit("/wall")
        expect(self.line(WallDuty.STRATEGY_DISCUSSION, self.hazel)).to_have_count(0)

    def when_she_looks_at_what_is_late_and_opens_one(self) -> None:
        cora = self.cora
        cora.page.get_by_text("Show only some").click()
        cora.choose("Late only")
        cora.press("Show these")
        expect(self.late()).to_have_count(4)
        cora.expect_not_to_see("Bryony Testchild", "Jay Testchild")
        cora.follow("Teal Testchild", within=self.line(Duty.INTERVIEW, self.teal))
        cora.expect_heading("Teal Testchild")
        cora.expect_to_see("Offer a return interview", "Nobody has written why yet.")

    def then_the_late_list_keeps_the_reason(self) -> None:
        cora = self.cora
        cora.visit("/wall")
        cora.follow("Late duties over a time")
        cora.expect_to_see("5 late, 4 of them without a reason.")
        rows = cora.page.get_by_role("row").filter(has_text="Hazel Testchild")
        expect(rows.filter(has_text="Tell a senior manager")).to_contain_text(REASON)
        expect(rows.filter(has_text="Strategy discussion")).to_contain_text("Done")

    def then_today_agrees_with_the_wall(self) -> None:
        cora = self.cora
        cora.visit("/")
        cora.expect_to_see("Due for you 5, 4 late")
        first = cora.part("Due for you").get_by_role("listitem").first
        expect(first).to_contain_text("Hazel Testchild")
        expect(first).to_contain_text("Tell a senior manager")

    def then_what_a_colleague_does_leaves_the_wall_by_itself(self, pat: Visitor) -> None:
        cora = self.cora
        cora.page.clock.install()
        cora.visit("/wall")
        expect(self.line(Duty.SAFE_AND_WELL, self.merle)).to_have_count(1)
        pat.visit("/")
        pat.follow("Merle Testchild", within=pat.part("Due for you"))
        pat.press("Record the safe and well check")
        pat.choose("Seen, no harm found")
        pat.type_moment("When was it?", days_ago(1, 12))
        pat.type("Who saw the child?", "PC Anders Samplewell")
        pat.press("Record the check")
        cora.page.clock.fast_forward(A_MINUTE_AND_A_BIT)
        expect(self.line(Duty.SAFE_AND_WELL, self.merle)).to_have_count(0, timeout=PATIENCE)
        expect(self.late()).to_have_count(3)
        expect(cora.page.locator("[data-board-time]")).to_contain_text("Refreshed")
        cora.look()


def test_a_weekend_of_episodes_is_worked_through_from_the_wall(stage: Stage) -> None:
    it = MondayMorning(stage)
    it.given_the_weekend()
    it.when_she_opens_the_wall()
    it.then_what_goes_late_first_stands_on_top()
    it.when_she_says_why_one_is_late()
    it.when_she_answers_a_strategy_discussion()
    it.when_she_looks_at_what_is_late_and_opens_one()
    it.then_the_late_list_keeps_the_reason()
    it.then_today_agrees_with_the_wall()
    it.then_what_a_colleague_does_leaves_the_wall_by_itself(stage.signed_in("Pat"))
