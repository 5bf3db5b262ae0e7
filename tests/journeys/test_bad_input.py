"""What is typed wrongly, too late, twice or into a dead line: a clear sentence, and nothing lost."""

from datetime import date, timedelta
from uuid import UUID

from playwright.sync_api import expect

from tests.journeys.stage import Stage
from tests.journeys.steps import an_old_episode, back, days_ago, find
from tests.journeys.visitor import PATIENCE
from tests.personas import ARRANGER, NOW, Cast, a_child
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.people.commands import begin_involvement, end_involvement
from wayhome.people.queries import workers

A_SECOND_CLICK = (
    1100  # milliseconds: within a second of the first, a click on the same button counts as its double
)
WORDS = "I walked along the railway because it goes to my nan."


def test_a_return_that_cannot_be_is_refused_until_it_can(stage: Stage) -> None:
    child_id = a_child(stage.cast, known_to=("Sal",))
    episode_id = an_old_episode(stage.cast, child_id, by="Sal")
    sal = stage.signed_in("Sal")
    sal.visit(f"/missing/episodes/{episode_id}/returned")
    sal.choose("Came back on their own")
    sal.type("Where are they now?", "At the home of an aunt in Saltmere")

    sal.type_moment("When were they back?", days_ago(3, 10))
    sal.press("Record the return")
    sal.expect_problem("The return is before the child was last seen")
    sal.type_moment("When were they back?", NOW + timedelta(days=2))
    sal.press("Record the return")
    sal.expect_problem("must be in the past")
    expect(sal.page.get_by_label("Where are they now?")).to_have_value("At the home of an aunt in Saltmere")

    sal.type_moment("When were they back?", days_ago(1, 11))
    sal.press("Record the return")
    sal.expect_to_see("The return is recorded", "At the home of an aunt in Saltmere")


def test_an_interview_before_the_return_is_refused_and_a_lost_line_loses_nothing(stage: Stage) -> None:
    child_id = a_child(stage.cast, known_to=("Sal",))
    episode_id = an_old_episode(stage.cast, child_id, by="Sal")
    back(stage.cast, episode_id, by="Sal")
    ines = stage.signed_in("Ines")
    ines.visit(f"/missing/episodes/{episode_id}/interview")
    words = ines.page.get_by_label("What the child said, in their own words")
    ines.type_moment("When did you talk?", days_ago(2, 19))
    ines.type("Where?", "In the park")
    ines.choose("An organisation that does not look after the child", of="Who do you work for?")
    ines.type("What the child said, in their own words", WORDS)
    ines.choose("No", of="Was the talk broken off?")
    ines.press("Record the interview")
    ines.expect_problem("before the child was back")
    expect(words).to_have_value(WORDS)

    ines.type_moment("When did you talk?", days_ago(1, 15))
    ines.context.set_offline(True)
    words.fill(f"{WORDS} And nobody asked.")
    expect(ines.page.get_by_role("status").filter(has_text="Saved on this phone")).to_be_visible(
        timeout=PATIENCE
    )
    expect(words).to_have_value(f"{WORDS} And nobody asked.")

    ines.context.set_offline(False)
    expect(ines.page.get_by_role("status").filter(has_text="not sent yet")).to_have_count(0, timeout=PATIENCE)
    ines.page.wait_for_timeout(A_SECOND_CLICK)
    ines.press("Record the interview")
    ines.expect_to_see("And nobody asked.", "The return interview is recorded.")
    expect(ines.main.get_by_text("And nobody asked.")).to_have_count(1)


def test_two_who_edit_one_child_see_both_versions(stage: Stage) -> None:
    child_id = a_child(stage.cast, known_to=("Sal", "Pat"))
    sal, pat = stage.signed_in("Sal"), stage.signed_in("Pat")
    for each in (sal, pat):
        each.visit(f"/people/{child_id}/edit")
    sal.type("Given names", "Robin Jay")
    sal.press("Save")
    sal.expect_heading("Robin Jay Testchild")

    pat.type("Given names", "Robyn")
    pat.press("Save")
    pat.expect_problem("A colleague changed this record while you were writing")
    both = pat.part("Both versions")
    expect(both).to_contain_text("Robin Jay")
    expect(both).to_contain_text("Robyn")
    expect(pat.page.get_by_label("Given names")).to_have_value("Robyn")
    pat.type("Given names", "Robyn Jay")
    pat.press("Save")
    pat.expect_heading("Robyn Jay Testchild")


def test_a_grant_that_ends_between_two_clicks_keeps_what_was_typed(stage: Stage) -> None:
    child_id = a_child(stage.cast, known_to=("Cora", "Sal"))
    episode_id = an_old_episode(stage.cast, child_id, by="Cora")
    address = f"/missing/episodes/{episode_id}/returned"
    sal = stage.signed_in("Sal")
    sal.visit(address)
    sal.type("Where are they now?", "With her grandmother in Saltmere")

    work_ends(stage.cast, child_id, team="Youth Team")
    sal.press("Record the return")
    sal.expect_heading("This record is not open to you")
    sal.expect_to_see("With her grandmother in Saltmere", "kept as your draft")
    sal.visit(f"/missing/episodes/{episode_id}", status=404)
    sal.visit("/")
    sal.expect_to_see("Begun and not sent")
    sal.expect_not_to_see("Robin Testchild")

    work_begins(stage.cast, child_id, "Sal")
    sal.visit(address)
    expect(sal.page.get_by_label("Where are they now?")).to_have_value("With her grandmother in Saltmere")


def work_ends(cast: Cast, child_id: UUID, *, team: str) -> None:
    """A team no longer works with the child."""
    with as_worker():
        [involvement] = [each for each in workers(child_id) if each.team.name == team]
        end_involvement(involvement_id=involvement.id, on=london_day(NOW), viewer=ARRANGER, now=NOW)


def work_begins(cast: Cast, child_id: UUID, name: str) -> None:
    """The team of one of the cast works with the child again."""
    with as_worker():
        begin_involvement(
            person_id=child_id,
            team_id=cast.team_of(name),
            worker_id=cast.users[name].pk,
            service="Child in need",
            since=london_day(NOW),
            is_lead=False,
            viewer=ARRANGER,
            now=NOW,
        )


def test_an_hour_that_came_twice_is_asked_about(stage: Stage) -> None:
    a_child(stage.cast, known_to=("Sal",))
    night = the_last_october_night()
    sal = stage.signed_in("Sal")
    find(sal, "Robin Testchild")
    sal.follow("Report missing")
    sal.press("Start")
    sal.choose("No, nobody knows where they are")
    sal.press("Save and continue")
    sal.type_day("last seen?", night)
    sal.question("last seen?").get_by_label("Time", exact=True).fill("1.30am")
    sal.press("Save and continue")
    sal.expect_problem("First or second time round?")
    expect(sal.question("last seen?").get_by_label("Time", exact=True)).to_have_value("1.30am")
    sal.choose("Second time round, after")
    sal.press("Save and continue")
    sal.expect_heading("When was it noticed, and when reported?")
    sal.follow("Back", within=sal.page.locator("body"))
    expect(sal.page.get_by_label("Second time round, after")).to_be_checked()


def the_last_october_night() -> date:
    """The last Sunday of an October that is over: the clocks went back in its night."""
    today = london_day(NOW)
    october = date(today.year if today.month > 10 else today.year - 1, 10, 31)
    return october - timedelta(days=(october.weekday() + 1) % 7)
