"""What a child said reaches who can act: two sentences are marked, one by keys alone, and the worker takes one up."""

from playwright.sync_api import expect

from tests.journeys.keyboard import AtTheKeys
from tests.journeys.stage import PHONE, Stage
from tests.journeys.visitor import Visitor
from tests.personas import NOW, a_child
from wayhome.missing import commands
from wayhome.missing.tests.stages import an_account, checked

OWN_WORDS = "I was at Danny's flat. He drives AB12 CDE.\r\nI would like to see my sister more."
DURING = "Robin was putting things together slowly, and rang 07700 900123 from the bus stop."
SISTER = "I would like to see my sister more."
DRIVES = "He drives AB12 CDE."


class Marking:
    """A finished interview, and what is done with it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        cast = stage.cast
        self.child = a_child(cast)
        self.episode = checked(cast, self.child)
        account = an_account(own_words=OWN_WORDS, during=DURING)
        with cast.seen_by("Ines") as ines:
            commands.hold_interview(episode_id=self.episode, account=account, viewer=ines, now=NOW)

    @property
    def text(self) -> str:
        """The interview as text."""
        return f"/missing/episodes/{self.episode}/interview/text"

    def when_a_sentence_is_marked_by_choosing_it_in_the_text(self, ines: Visitor) -> None:
        ines.visit(f"/missing/episodes/{self.episode}")
        ines.follow("Read it as text, and mark sentences")
        ines.page.evaluate(
            """() => {
                const runs = document.querySelectorAll("[data-answer=own_words] [data-start]");
                const last = runs[runs.length - 1].firstChild;
                getSelection().setBaseAndExtent(last, 0, last, last.data.length);
            }"""
        )
        ines.follow("Mark the words you chose")
        expect(ines.page.get_by_label(SISTER, exact=True)).to_be_checked()
        ines.choose("A change to the plan")
        ines.type("What is to change", "Visits on Saturdays.")
        ines.press("Mark it")
        ines.expect_to_see("Marked: a change to the plan.", "1 A change to the plan", "Visits on Saturdays.")

    def when_another_is_marked_by_keys_alone(self, keys: Visitor) -> None:
        keys.visit(self.text)
        keys.follow("Mark a sentence of: What the child said, in their own words")
        keys.choose(DRIVES)
        keys.choose("A vehicle")
        keys.type("How is it written elsewhere?", "AB12CDE")
        keys.press("Mark it")
        keys.expect_to_see("Marked: a vehicle.", "AB12CDE")

    def when_what_was_found_is_decided_without_scripts(self, pat: Visitor) -> None:
        pat.visit(self.text)
        pat.follow("One number, place or name was found in the text")
        pat.choose("Keep it")
        pat.press("Save what is decided")
        pat.expect_to_see("1 kept, 0 set aside.", "07700 900123")
        pat.expect_not_to_see("were found in the text", "was found in the text")

    def then_the_lead_worker_takes_it_up_on_a_phone(self, sal: Visitor) -> None:
        sal.visit("/")
        sal.expect_to_see("Marked as changes to the plan", SISTER)
        sal.follow("Robin Testchild", within=sal.part("Marked as changes to the plan"))
        sal.follow("See it in the interview")
        sal.expect_heading("What was said in the return interview")
        sal.page.go_back()
        sal.choose("It is taken up")
        sal.type("How, or why not?", "In the plan from today.")
        sal.press("Save")
        sal.expect_to_see("It is taken up.", "In the plan from today.")
        sal.visit("/")
        sal.expect_not_to_see("Marked as changes to the plan")
        sal.visit(f"/children/{self.child}")
        sal.expect_to_see("From what the child said", "Taken up")
        sal.visit("/missing/marks?state=waiting")
        sal.expect_to_see(DRIVES)
        sal.expect_not_to_see(SISTER)

    def then_the_mirror_speaks_in_the_analysis_and_stops_nothing(self, sal: Visitor) -> None:
        sal.visit(f"/missing/episodes/{self.episode}/analysis")
        sal.type("What do you make of this return?", "Robin absconded to see the sister.")
        expect(sal.page.get_by_text("Another way to say it")).to_be_visible()
        sal.look()
        sal.choose("No change to the plan")
        sal.type("Why not?", "It is in the plan already.")
        sal.press("Save the analysis")
        sal.expect_to_see("The analysis is recorded.", "Robin absconded to see the sister.")
        sal.expect_not_to_see("Another time")


def test_what_a_child_said_is_marked_and_taken_up(stage: Stage) -> None:
    it = Marking(stage)
    it.when_a_sentence_is_marked_by_choosing_it_in_the_text(stage.signed_in("Ines"))
    it.when_another_is_marked_by_keys_alone(stage.signed_in("Cora", kind=AtTheKeys))
    it.when_what_was_found_is_decided_without_scripts(stage.signed_in("Pat", scripts=False))
    sal = stage.signed_in("Sal", size=PHONE)
    it.then_the_lead_worker_takes_it_up_on_a_phone(sal)
    it.then_the_mirror_speaks_in_the_analysis_and_stops_nothing(sal)
