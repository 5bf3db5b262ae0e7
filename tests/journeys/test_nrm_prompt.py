"""Harm is judged, somebody has to decide about a referral, and the child is referred and followed."""

from tests.journeys.stage import PHONE, Stage
from tests.journeys.visitor import Visitor
from wayhome.exploitation.tests.planned import TODAY, judged, on_the_pathway


class Deciding:
    """A child on the pathway, of whom nothing is judged yet."""

    def __init__(self, stage: Stage) -> None:
        self.child, self.pathway_id = on_the_pathway(stage.cast, known_to=("Sal", "Pat"), level="")
        self.address = f"/exploitation/children/{self.child}"

    def given_nothing_asks(self, sal: Visitor) -> None:
        sal.visit(f"{self.address}/nrm")
        sal.expect_to_see("Nothing asks for a decision")

    def when_harm_is_known(self) -> None:
        judged(
            self.child,
            self.pathway_id,
            level="significant",
            kind="county_lines",
            harm="known_current",
            days_ago=0,
        )

    def then_a_first_responder_is_asked_and_refers(self, pat: Visitor) -> None:
        pat.visit(self.address)
        pat.expect_to_see("A first responder has to decide.", "County lines: harm known, happening now")
        pat.follow("National Referral Mechanism", within=pat.part("Around the child"))
        pat.press("Decide now")
        pat.choose("Refer")
        pat.type("Why?", "Found with packages in a flat on the coast.")
        pat.press("Continue")
        pat.expect_heading("What the referral tells")
        pat.choose("Single competent authority")
        pat.choose("Carrying or growing drugs")
        pat.type("What happened?", "Sent by train three times since May.")
        pat.choose("Yes", of="Does the child know that they are referred?")
        pat.choose("Not yet", of="Does the family know?")
        pat.press("Check what you wrote")
        pat.expect_to_see("Sent by train three times since May.", "Carrying or growing drugs")
        pat.press("Refer the child")
        pat.expect_to_see(
            "Ask for the reasonable grounds decision", "Ask for an independent child trafficking guardian"
        )

    def then_the_answer_is_written_down_on_a_phone(self, sal: Visitor) -> None:
        sal.visit(f"{self.address}/nrm")
        sal.expect_not_to_see("A first responder has to decide")
        sal.follow("Referred,")
        sal.press("Write down what came next")
        sal.choose("Positive reasonable grounds")
        sal.type_day("On which day?", TODAY)
        sal.press("Save")
        sal.expect_to_see("Positive reasonable grounds", "Ask for the conclusive grounds decision")
        sal.follow("Record that you shared this")
        sal.expect_heading("Decide about sharing")


def test_harm_asks_for_a_decision_and_the_child_is_referred(stage: Stage) -> None:
    it = Deciding(stage)
    sal = stage.signed_in("Sal", size=PHONE)
    it.given_nothing_asks(sal)
    it.when_harm_is_known()
    it.then_a_first_responder_is_asked_and_refers(stage.signed_in("Pat"))
    it.then_the_answer_is_written_down_on_a_phone(sal)
