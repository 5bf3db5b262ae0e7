"""A marked sentence becomes an action that a home does on a phone; a child answers the page made for them."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.stage import PHONE, Stage
from tests.journeys.visitor import Visitor
from tests.personas import NOW
from wayhome.config.testing import as_worker
from wayhome.exploitation.tests.planned import TODAY, a_plan
from wayhome.missing import commands
from wayhome.missing.commands.marks import NewMark, mark_sentence
from wayhome.missing.models import Mark
from wayhome.missing.tests.stages import an_account, checked

WISH = "I want to box on Tuesdays."


class Planning:
    """A child with a plan, and a sentence of theirs that was marked as a change to it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        cast = stage.cast
        self.child, _ = a_plan(cast, known_to=("Sal", "Hal", "Cora"))
        episode = checked(cast, self.child)
        with cast.seen_by("Ines") as ines:
            account = an_account(own_words=WISH)
            commands.hold_interview(episode_id=episode, account=account, viewer=ines, now=NOW)
            new = NewMark(field="own_words", start=0, end=len(WISH), kind="plan_change", note="A boxing club")
            mark_sentence(episode_id=episode, new=new, viewer=ines, now=NOW)

    @property
    def plan(self) -> str:
        """The address of the plan."""
        return f"/exploitation/children/{self.child}/plan"

    def when_the_lead_makes_an_action_of_it(self, sal: Visitor) -> None:
        sal.visit(self.plan)
        sal.expect_to_see("From interviews, waiting", WISH)
        sal.follow("Make it an action")
        sal.choose("Prevent")
        sal.pick("Who does it?", "Lantern House, Porchlight Homes")
        sal.type_day("By when?", TODAY + timedelta(days=3))
        sal.press("Save the action")
        sal.expect_to_see("leads back to what was said", "Lantern House", "Due in 3 days")
        sal.expect_not_to_see("From interviews, waiting")

    def then_the_home_tells_on_a_phone_how_it_goes_and_does_not_see_who_said_it(self, hal: Visitor) -> None:
        hal.visit("/")
        hal.expect_to_see("From plans of children", "It is your team's to do.")
        hal.follow("Robin Testchild", within=hal.part("From plans of children"))
        hal.expect_not_to_see(WISH)
        hal.choose("Done")
        hal.type("How do you know that it is done?", "Signed up, starts next week")
        hal.type("What was done, or what is in the way?", "Went there together")
        hal.press("Save how it goes")
        hal.expect_to_see("What you wrote is recorded.", "Went there together")

    def then_the_action_and_the_sentence_lead_to_each_other(self, sal: Visitor) -> None:
        sal.visit(self.plan)
        sal.expect_to_see("Signed up, starts next week")
        sal.follow("A boxing club")
        sal.follow("See where it was said")
        sal.expect_to_see(WISH, "In the plan: A boxing club")
        with as_worker():
            mark = Mark.objects.get().pk
        sal.visit(f"/missing/marks/{mark}")
        sal.follow("See what became of it in the plan")
        sal.expect_heading("A boxing club")

    def when_a_page_is_made_and_given(self, sal: Visitor) -> str:
        sal.visit(f"/exploitation/children/{self.child}/page")
        sal.press("Make a page from the plan")
        sal.type("What we know, and want for you", "You told us you want to box.")
        sal.type("What we agreed", "Sal asks the club.\nYou go on Tuesdays.")
        sal.press("Save and look at it")
        sal.expect_to_see("Hello Robin", "You go on Tuesdays.")
        sal.choose("Yes, I give it to them")
        sal.press("Save")
        sal.expect_heading("Print it now")
        return str(re.search(r"/answer/[\w-]+", sal.main.inner_text()).group())  # type: ignore[union-attr]

    def then_the_child_answers_without_scripts(self, robin: Visitor, address: str) -> None:
        robin.visit(address)
        robin.expect_heading("What do you think?")
        robin.expect_to_see("ring 999", "0800 1111")
        robin.expect_not_to_see("Robin", "club")
        expect(robin.page.get_by_role("link", name="Exit this page").first).to_be_attached()
        robin.choose("Only a little")
        robin.type("What do you want to say?", "Mondays are better.")
        robin.choose("I want to talk to somebody")
        robin.press("Send")
        robin.expect_heading("Thank you. It is sent.")

    def then_it_waits_until_somebody_says_what_was_done(self, sal: Visitor) -> None:
        sal.visit("/")
        sal.expect_to_see("They want to talk to somebody")
        sal.follow("They want to talk to somebody", within=sal.part("From plans of children"))
        sal.expect_to_see("Mondays are better.")
        sal.type("What did you do about it?", "Rang, and it is Mondays now.")
        sal.press("Save what we did")
        sal.expect_to_see("You said, we did", "Rang, and it is Mondays now.")
        sal.visit("/")
        sal.expect_not_to_see("They want to talk to somebody")


def test_a_marked_sentence_changes_the_plan_and_a_child_answers_their_page(stage: Stage) -> None:
    it = Planning(stage)
    sal = stage.signed_in("Sal")
    it.when_the_lead_makes_an_action_of_it(sal)
    it.then_the_home_tells_on_a_phone_how_it_goes_and_does_not_see_who_said_it(
        stage.signed_in("Hal", size=PHONE)
    )
    it.then_the_action_and_the_sentence_lead_to_each_other(sal)
    address = it.when_a_page_is_made_and_given(sal)
    it.then_the_child_answers_without_scripts(stage.stranger(size=PHONE, scripts=False), address)
    it.then_it_waits_until_somebody_says_what_was_done(sal)
