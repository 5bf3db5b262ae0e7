"""A child is reported missing: from a phone without scripts, when nobody knows them, and by two who do not know it."""

from datetime import date

from playwright.sync_api import APIResponse, Request, expect

from tests.journeys.keyboard import AtTheKeys
from tests.journeys.stage import PHONE, Stage, lives_in
from tests.journeys.steps import Told, answer_report, ask_index, days_ago, find, report
from tests.journeys.visitor import Visitor
from tests.personas import a_child

PLACEMENT = "Children's home or other placement"


def test_a_home_reports_from_a_phone_without_scripts_by_keyboard(stage: Stage) -> None:
    child_id = a_child(stage.cast)
    lives_in(stage.cast, "Hal", child_id)
    hal = stage.signed_in("Hal", size=PHONE, scripts=False, kind=AtTheKeys)

    hal.visit("/find")
    assert isinstance(hal, AtTheKeys)
    hal.skip_to_content()
    hal.type("Name or number", "testchild robin")
    hal.press("Search")
    hal.follow("Report missing")
    answer_report(hal, Told(missing_from=PLACEMENT))
    hal.expect_to_see("What sending it does", "Saltmere bus station, bay 4")
    hal.follow("Change where last seen")
    expect(hal.page.get_by_label("Where exactly were they last seen?")).to_have_value(
        "Saltmere bus station, bay 4"
    )
    hal.type("Where exactly were they last seen?", "Saltmere pier")
    hal.press("Save and continue")
    hal.expect_heading("Check your answers")
    hal.expect_to_see("Saltmere pier")

    hal.press("Send the report")
    hal.expect_heading("Report sent")
    hal.expect_to_see("What happens next", "Within 72 hours of the return")
    seen_by = hal.page.get_by_role("table", name="Who can see it now")
    for team in ("Missing Desk", "Missing Coordination", "Youth Team", "Lantern House"):
        expect(seen_by).to_contain_text(team)

    pat = stage.signed_in("Pat")
    pat.visit("/board")
    expect(pat.part("Missing now")).to_contain_text("Robin Testchild")


class UnknownChild:
    """Nobody knows the child; the police desk writes them down, and the school tells of the same evening."""

    NAME = "Wren Newcomer"
    BORN = date(2012, 4, 3)

    def __init__(self, stage: Stage) -> None:
        self.pat = stage.signed_in("Pat")
        self.otto = stage.signed_in("Otto")

    def when_the_police_desk_searches_and_asks_the_index(self) -> None:
        find(self.pat, self.NAME)
        self.pat.expect_to_see("Nobody found")
        self.pat.follow("Ask whether this child is known to anyone")
        ask_index(self.pat, self.NAME, self.BORN)
        self.pat.expect_heading("No record found")

    def when_they_write_the_child_down_and_report(self) -> None:
        self.pat.follow("Create a record")
        expect(self.pat.page.get_by_label("Family name")).to_have_value("Newcomer")
        self.pat.type_day("Date of birth", self.BORN)
        self.pat.press("Create the record")
        self.pat.expect_heading(self.NAME)
        self.pat.press("Report missing")
        report(self.pat, Told())

    def when_another_agency_tells_of_the_same_time(self) -> None:
        self.otto.visit("/find/index")
        ask_index(self.otto, "Newcomer Wren", self.BORN)
        self.otto.expect_heading("This child is known")
        self.otto.follow("Report this child missing")
        self.otto.expect_not_to_see(self.NAME)
        answer_report(
            self.otto,
            Told(last_seen_at=days_ago(2, 15), missing_from="School or college", place="School gate"),
        )
        self.otto.press("Send the report")

    def then_it_is_recognised_and_nothing_is_told_yet(self) -> None:
        self.otto.expect_heading("is reported missing for that time already")
        self.otto.expect_not_to_see(self.NAME, "bay 4")

    def then_both_are_kept_as_sources_of_one_episode(self) -> None:
        self.otto.press("Add my report to it")
        for each in (self.otto, self.pat):
            each.visit("/board")
            expect(each.part("Missing now").get_by_role("link", name=self.NAME, exact=True)).to_have_count(1)
            each.follow(self.NAME, within=each.part("Missing now"))
            each.expect_to_see("2 sources told of this episode")
            told = each.page.get_by_role("table", name="What each source told")
            for words in ("bay 4", "School gate", "(differs)", "Police missing desk", "Another professional"):
                expect(told).to_contain_text(words)


def test_a_child_nobody_knows_is_written_down_and_two_reports_become_one_episode(stage: Stage) -> None:
    it = UnknownChild(stage)
    it.when_the_police_desk_searches_and_asks_the_index()
    it.when_they_write_the_child_down_and_report()
    it.when_another_agency_tells_of_the_same_time()
    it.then_it_is_recognised_and_nothing_is_told_yet()
    it.then_both_are_kept_as_sources_of_one_episode()


def test_a_report_sent_twice_is_one_episode(stage: Stage) -> None:
    """A double click, and the same once more on a line that stutters. The page before has nothing left to send."""
    a_child(stage.cast, known_to=("Sal",))
    sal = stage.signed_in("Sal", scripts=False)
    find(sal, "Robin Testchild")
    sal.follow("Report missing")
    answer_report(sal, Told())
    with sal.page.expect_request(lambda request: request.method == "POST") as sent:
        sal.thing_to_press("Send the report").dblclick()
    sal.expect_heading("Report sent")
    sal.look()
    again = send_again(sal, sent.value)
    assert sal.page.url.endswith(again.headers["location"])
    sal.page.go_back()
    sal.expect_heading("Do you know where Robin Testchild is?")

    sal.visit("/board")
    expect(sal.part("Missing now").locator("[data-version]")).to_have_count(1)
    sal.follow("Robin Testchild", within=sal.part("Missing now"))
    sal.expect_to_see("The report")
    sal.expect_not_to_see("sources told of this episode")


def send_again(visitor: Visitor, sent: Request) -> APIResponse:
    """What was sent, sent once more, as a browser or a line may do by itself."""
    return visitor.context.request.post(
        sent.url,
        data=sent.post_data or "",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": sent.url},
        max_redirects=0,
    )
