"""A year of a plan: brought in from a file, mended, given to owners, updated, rated amber with what is done about it,
presented, compared, and put before the Board as one paper.
"""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document

from tests.journeys.stage import PHONE, Stage
from tests.journeys.visitor import Visitor
from tests.personas import NOW
from wayhome.kernel.clock import london_day
from wayhome.strategy.tests.arranging import a_body, a_post, a_seat
from wayhome.strategy.tests.files import SIX, add_table, word

TODAY = london_day(NOW)
PLAN, WEEKENDS = "Coming home safe", "Interviews at weekends"


def as_it_is_kept(document: Any) -> None:
    """A plan as a group keeps it in Word: a row that begins in the middle, and an owner who is no name here."""
    document.add_heading(PLAN, 0)
    document.add_heading("Priority 1: Safe and heard", 1)
    document.add_paragraph("We will:")
    document.add_paragraph("Ask every child who was away", style="List Bullet")
    document.add_paragraph("Tell their family what we do", style="List Bullet")
    document.add_heading("1. Interviews", 1)
    row = (
        "1.1",
        "Children are heard",
        "at weekends too",
        "Desk lead",
        "June 2031",
        "A full rota",
        "on track",
    )
    add_table(document, [("Ref", *SIX), row])


class YearOfAPlan:
    """Lena keeps the plan and chairs the group; Pat holds the post that does the work."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder = stage, folder

    def given_a_group_and_posts(self) -> None:
        self.group = a_body(self.stage.cast, "Harbour Group")
        a_post(self.stage.cast, "Head of the Desk", held_by="Pat", agency="Saltmere Police")
        chair = a_post(self.stage.cast, "Chair of the Harbour Group", held_by="Lena")
        a_seat(self.stage.cast, self.group, chair)
        self.lena: Visitor = self.stage.signed_in("Lena")

    def when_the_lead_brings_in_the_plan_as_it_is_kept(self) -> None:
        lena = self.lena
        file = self.folder / "coming home safe as the group keeps it.docx"
        file.write_bytes(word(as_it_is_kept))
        lena.visit("/strategy/imports/new")
        lena.page.get_by_label("The file of the plan").set_input_files(file)
        lena.press("Show what is understood")
        lena.expect_heading(PLAN)
        lena.expect_to_see(
            "Nothing is saved yet",
            "1.1 starts mid-sentence",
            "“on track” was read as green.",
            "“Desk lead” is the name of nobody here.",
        )

    def when_she_mends_what_was_guessed_and_saves_it(self) -> None:
        lena = self.lena
        lena.follow("Mend line 8")
        lena.type("What is to be done", f"{WEEKENDS}: hold them on Saturdays and Sundays too.")
        lena.pick("Who is meant by “Desk lead”?", "Post: Head of the Desk, Saltmere Police")
        lena.press("Save this row")
        lena.expect_not_to_see("is the name of nobody here")
        lena.press("Check and save")
        lena.expect_to_see("1 action in 1 heading, 2 commitments", "1 rating has no reason in the file.")
        lena.press("Save the plan")
        lena.expect_heading(PLAN)
        self.plan = lena.page.url
        lena.follow(WEEKENDS)
        lena.expect_to_see("Head of the Desk")
        self.action = lena.page.url
        lena.visit(self.plan)
        lena.press("Put in force")
        lena.press("Put in force")

    def when_the_owner_writes_an_update_on_a_phone(self) -> None:
        pat = self.stage.signed_in("Pat", size=PHONE)
        pat.visit("/strategy/")
        pat.expect_to_see("Yours to do")
        pat.press("Update 1.1")
        pat.choose("In progress")
        pat.type("What has been achieved?", "Saturdays are covered.")
        pat.type("What comes next?", "Find two people for Sundays.")
        pat.press("Send your update")
        pat.expect_to_see("Saturdays are covered.")
        pat.visit(f"{self.plan}/pack", status=403)

    def when_it_is_rated_green_and_presented(self) -> None:
        self._rate("G – Green", "Half of it is there.", "The rota.")
        lena = self.lena
        lena.visit(f"{self.plan}/snapshots")
        lena.press("Take a snapshot")
        lena.choose("Somewhere else, or on another day")
        lena.pick("Which body?", "Harbour Group")
        lena.type_day("On which day?", TODAY)
        lena.press("Keep the plan as it is now")
        lena.press("Sign off")
        lena.press("Sign off")

    def when_it_goes_amber_with_what_is_done_about_it(self) -> None:
        lena = self.lena
        lena.visit(f"{self.action}/rate")
        self._choose_rating("A – Amber", "Nobody was found for Sundays.", "Letters to three agencies.")
        lena.press("Save the rating")
        lena.expect_problem("remedial")
        lena.type("Remedial action", "An agency covers Sundays until spring.")
        lena.press("Save the rating")
        lena.expect_to_see("An agency covers Sundays until spring.")

    def _rate(self, colour: str, reason: str, evidence: str) -> None:
        self.lena.visit(f"{self.action}/rate")
        self._choose_rating(colour, reason, evidence)
        self.lena.press("Save the rating")

    def _choose_rating(self, colour: str, reason: str, evidence: str) -> None:
        self.lena.choose(colour)
        self.lena.type("Why?", reason)
        self.lena.type("What shows it?", evidence)

    def when_it_is_held_against_a_measure_and_a_document(self) -> None:
        lena = self.lena
        lena.visit(self.action)
        lena.follow("Judge it by a measure")
        lena.choose("Return interviews done in time, in per cent of episodes from which the child came back")
        lena.choose("Should go up")
        lena.type_day("From which month on should the action show?", TODAY - timedelta(days=90))
        lena.type("Target, if the plan has one", "ninety")
        lena.press("Judge it by this measure")
        lena.expect_problem("Enter the target as a number")
        lena.type("Target, if the plan has one", "90")
        lena.press("Judge it by this measure")
        lena.follow("Add a document or a finding")
        lena.type("What is the document or finding called?", "Rota of the quarter")
        lena.type("Where is it?", "Desk folder, 4")
        lena.press("Add the evidence")
        lena.expect_to_see("Rota of the quarter")
        lena.visit("/strategy/measures")
        lena.press("Read the measures now")
        lena.expect_to_see("The measures are being read.")

    def when_a_decision_is_asked_for(self) -> None:
        lena = self.lena
        lena.visit(f"{self.plan}/decisions")
        lena.press("Ask for a decision")
        lena.type("What is the body asked to decide?", "Who pays for Sundays after spring?")
        lena.type("What is recommended, and why?", "The partners in equal parts.")
        lena.press("Ask for this decision")
        lena.expect_to_see("Not decided yet")

    def then_what_moved_is_seen(self) -> None:
        self.lena.visit(f"{self.plan}/compare")
        self.lena.expect_to_see("Green", "Amber")

    def then_the_pack_says_it_all(self) -> None:
        lena = self.lena
        lena.visit(f"{self.plan}/pack")
        lena.expect_to_see("1 action: 1 amber.", "1 rating moved.", "Decisions asked for.")
        assert self._downloaded("Download as PDF").startswith(b"%PDF")
        document = Document(BytesIO(self._downloaded("Download as Word")))
        words = "\n".join(
            [each.text for each in document.paragraphs]
            + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        )
        for said in (
            WEEKENDS,
            "Who pays for Sundays after spring?",
            "An agency covers Sundays until spring.",
            "Saturdays are covered.",
            "Rota of the quarter",
            "Movement since it was presented to Harbour Group",
        ):
            assert said in words
        lena.follow("As presented to Harbour Group")
        lena.expect_to_see("1 action: 1 green.", "Signed off by Lena")

    def _downloaded(self, button: str) -> bytes:
        with self.lena.page.expect_download() as waiting:
            self.lena.thing_to_press(button).click()
        path = self.folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path.read_bytes()

    def when_the_decision_is_written_down(self) -> None:
        lena = self.lena
        lena.visit(f"{self.plan}/decisions")
        lena.follow("Write down what was decided")
        lena.type("What was decided?", "The partners pay in equal parts for a year.")
        lena.type_day("On which day?", TODAY)
        lena.press("Write down the decision")
        lena.expect_to_see("The partners pay in equal parts for a year.")


def test_a_plan_is_kept_for_a_year_and_put_before_the_board(stage: Stage, tmp_path: Path) -> None:
    year = YearOfAPlan(stage, tmp_path)
    year.given_a_group_and_posts()
    year.when_the_lead_brings_in_the_plan_as_it_is_kept()
    year.when_she_mends_what_was_guessed_and_saves_it()
    year.when_the_owner_writes_an_update_on_a_phone()
    year.when_it_is_rated_green_and_presented()
    year.when_it_goes_amber_with_what_is_done_about_it()
    year.when_it_is_held_against_a_measure_and_a_document()
    year.when_a_decision_is_asked_for()
    year.then_what_moved_is_seen()
    year.then_the_pack_says_it_all()
    year.when_the_decision_is_written_down()


def test_guidance_is_kept_read_and_looked_at_again(stage: Stage) -> None:
    lena, otto = stage.signed_in("Lena"), stage.signed_in("Otto", size=PHONE)
    lena.visit("/strategy/guidance")
    lena.press("Add a document")
    lena.type("What is it called?", "Missing protocol")
    lena.type("Who publishes it?", "The partnership")
    lena.choose("Yes", of="Is it the partnership's own?")
    lena.choose("Saltmere Health")
    lena.type_day("When should somebody look if it is still the newest?", TODAY + timedelta(days=90))
    lena.press("Save the document")
    lena.expect_to_see("Not yet")
    otto.visit("/strategy/guidance")
    otto.expect_to_see("For your agency to read")
    otto.follow("Missing protocol")
    otto.press("Say that we have read it")
    otto.press("Say that Saltmere Health has read it")
    otto.expect_to_see("Otto Practitioner")
    lena.reload()
    lena.follow("Still the newest?")
    lena.type_day("When should somebody look again?", TODAY + timedelta(days=180))
    lena.press("Yes, it is still the newest")
    lena.visit("/strategy/horizon")
    lena.press("Add to the horizon")
    lena.type("What is coming?", "A new duty to count")
    lena.press("Save")
    lena.follow("Decide")
    lena.choose("Noted, nothing to change")
    lena.type("Why?", "We count already.")
    lena.press("Write down the decision")
    otto.visit("/strategy/horizon")
    otto.expect_to_see("We count already.")
