"""A child says no to being heard. Leaflets, contacts and the carer's account follow, and a day to ask again."""

from playwright.sync_api import Locator, expect

from tests.journeys.stage import PHONE, Stage
from tests.journeys.steps import an_old_episode, back, days_ago
from tests.personas import NOW, a_child
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.missing.models import ReturnInterview

CHILD = "Robin Testchild"
WHY = "Robin said: not today. Asked twice, on the phone and at the door."
CONTACTS = "Saltmere Advocates, 01632 960222. The night line of the council, 01632 960333."
CARER = "Gran says Robin was low since the change of school."


class Declined:
    """Ines, who offers and offers again, with a phone in her hand."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ines = stage.signed_in("Ines", size=PHONE)

    def given_a_child_who_is_back(self) -> None:
        cast = self.stage.cast
        child = a_child(cast)
        self.episode = an_old_episode(cast, child, by="Sal")
        back(cast, self.episode, by="Sal")

    def when_the_child_declines(self) -> None:
        ines = self.ines
        ines.visit("/")
        ines.expect_to_see("Offer a return interview")
        ines.follow(CHILD, within=ines.part("Due for you"))
        ines.press("Offer the return interview")
        ines.type_moment("When did you offer it?", days_ago(1, 13))
        ines.choose("Phone call")
        ines.choose("Declined by the child")
        ines.press("Record the offer")
        ines.expect_to_see("Declined by the child")

    def when_what_followed_the_no_is_written_down(self) -> None:
        ines = self.ines
        ines.press("Record that it was declined, and what was offered instead")
        outcome = ines.question("Why was there no interview?")
        expect(outcome.get_by_label("Declined by the child")).to_be_checked()
        ines.type("What was tried, and why was there no interview?", WHY)
        ines.choose("The child was given the leaflet")
        ines.choose("The family or carers were given the leaflet")
        ines.choose("Other people to talk to were offered")
        ines.type("Whom were the child and the family told they can turn to?", CONTACTS)
        ines.press("Record that there was none")
        ines.expect_to_see("It is recorded why there was no interview.", WHY, CONTACTS)
        ines.expect_not_to_see("Not shown here")

    def row(self) -> Locator:
        """The child's row on the list of those who were not heard."""
        return self.ines.page.get_by_role("row").filter(has_text=CHILD)

    def then_the_child_stands_on_the_list_of_those_not_heard(self) -> None:
        ines = self.ines
        ines.visit("/missing/not-heard")
        ines.expect_to_see("1 return of 1 child.")
        expect(self.row()).to_contain_text("Declined by the child")
        expect(self.row()).to_contain_text("phone call: declined by the child")
        expect(self.row()).to_contain_text("Still to do: ask parents or carers.")

    def when_the_carer_is_asked(self) -> None:
        ines = self.ines
        ines.follow("Write it down", within=self.row())
        expect(ines.page.get_by_label("The child was given the leaflet")).to_be_checked()
        ines.choose("Parents or carers were asked what they know")
        ines.type("What do parents or carers say about it?", CARER)
        ines.press("Save")
        ines.expect_to_see("What was done after the no is recorded.", CARER)
        ines.visit("/missing/not-heard?to_do=yes")
        ines.expect_to_see("Nobody fits")
        ines.visit("/")
        ines.expect_to_see("Offer the interview again")

    def given_that_the_day_of_the_next_offer_has_come(self) -> None:
        with as_worker():
            ReturnInterview.objects.filter(episode_id=self.episode).update(retry_on=london_day(NOW))

    def then_the_offer_is_due_again(self) -> None:
        ines = self.ines
        ines.visit("/missing/not-heard?to_do=yes")
        expect(self.row()).to_contain_text("Still to do: offer the interview again.")
        ines.visit("/wall")
        soon = ines.part("Due soon").get_by_role("listitem").filter(has_text="Offer the interview again")
        expect(soon).to_contain_text(CHILD)
        ines.follow("Record the offer", within=soon)

    def when_the_child_agrees_after_all(self) -> None:
        ines = self.ines
        ines.type_moment("When did you offer it?", days_ago(1, 14))
        ines.choose("Face to face")
        ines.choose("Accepted")
        ines.press("Record the offer")
        ines.expect_to_see("The child agreed: the return interview is due again", WHY)
        ines.expect_to_see("Accepted")

    def then_the_child_is_to_be_heard(self) -> None:
        ines = self.ines
        ines.visit("/missing/not-heard")
        ines.expect_to_see("Every child was heard, or is still to be asked")
        ines.visit("/")
        ines.expect_to_see("Hold the return interview")
        ines.expect_not_to_see("Offer the interview again")


def test_a_child_who_says_no_is_asked_again(stage: Stage) -> None:
    it = Declined(stage)
    it.given_a_child_who_is_back()
    it.when_the_child_declines()
    it.when_what_followed_the_no_is_written_down()
    it.then_the_child_stands_on_the_list_of_those_not_heard()
    it.when_the_carer_is_asked()
    it.given_that_the_day_of_the_next_offer_has_come()
    it.then_the_offer_is_due_again()
    it.when_the_child_agrees_after_all()
    it.then_the_child_is_to_be_heard()
