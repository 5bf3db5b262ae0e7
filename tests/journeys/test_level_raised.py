"""A level rises: the plan says that it is older than the risk, and whoever leads it is told until it is agreed anew."""

from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor
from tests.personas import NOW
from wayhome.config.testing import as_worker
from wayhome.exploitation.commands.judging import Judged, judge_level
from wayhome.exploitation.models import Judgement
from wayhome.exploitation.tests.planned import a_plan

ALARM = "older than the risk"
MOVED = "Criminal exploitation: level from emerging to significant"


class Raising:
    """A child at a level of one kind, with a plan that was agreed since."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.child, _ = a_plan(stage.cast, known_to=("Sal", "Cora"))

    def when_a_colleague_raises_the_level_with_a_reason(self) -> None:
        with as_worker():
            before = Judgement.objects.get().pk
        judged = Judged(
            kind="criminal",
            harm="suspected",
            level="significant",
            reason="Found at the coast with two phones.",
            replaces=before,
        )
        with self.stage.cast.seen_by("Cora") as cora:
            judge_level(person_id=self.child, judged=judged, viewer=cora, now=NOW)

    def then_who_leads_is_told_and_the_plan_says_so(self, sal: Visitor) -> None:
        sal.visit("/")
        sal.follow(f"The plan is {ALARM}", within=sal.part("From plans of children"))
        sal.expect_to_see(f"This plan is {ALARM}", MOVED)

    def and_agreed_anew_it_says_so_no_more(self, sal: Visitor) -> None:
        sal.follow("say that it fits")
        sal.press("Yes, it fits and is agreed")
        sal.expect_not_to_see(ALARM)
        sal.visit("/")
        sal.expect_not_to_see(ALARM)


def test_a_level_that_rises_asks_for_the_plan_until_it_is_agreed_anew(stage: Stage) -> None:
    it = Raising(stage)
    sal = stage.signed_in("Sal")
    it.when_a_colleague_raises_the_level_with_a_reason()
    it.then_who_leads_is_told_and_the_plan_says_so(sal)
    it.and_agreed_anew_it_says_so_no_more(sal)
