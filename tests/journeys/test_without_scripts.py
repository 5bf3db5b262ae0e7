"""With scripts switched off every form of the pathway is sent: none asks for what only a script would fill."""

from datetime import timedelta

from django.urls import reverse

from tests.journeys.stage import Stage
from tests.journeys.visitor import PATIENCE, Visitor
from tests.personas import NOW, a_child, an_episode
from wayhome.kernel.clock import london_day
from wayhome.missing import commands
from wayhome.missing.commands.notification import NewNotification, write_down
from wayhome.missing.tests.stages import an_account, checked
from wayhome.missing.tests.test_taking_apart import (
    earlier,
    merged,
    returned,
    two_agencies,
    two_nights,
)
from wayhome.strategy.tests.arranging import a_body, a_plan, a_post, an_action, an_owner

REASON = "The night staff saw both."


def comes(stage: Stage, name: str, address: str, *ids: object) -> Visitor:
    """One of the cast, whose browser runs no script, at a form."""
    visitor = stage.signed_in(name, scripts=False)
    visitor.visit(reverse(address, args=ids))
    return visitor


def test_work_is_handed_over(stage: Stage) -> None:
    an_episode(stage.cast, a_child(stage.cast, given_name="Wren"))
    pat = comes(stage, "Pat", "hand_over")
    pat.pick("Who takes over?", "Anybody in Missing Desk")
    pat.page.get_by_role("checkbox", name="Wren Testchild").check()
    pat.page.locator("textarea[name^='note_']").fill("Ring the mother at nine.")
    pat.press("Hand over")
    pat.expect_to_see("Ring the mother at nine.")


def test_a_notification_is_decided(stage: Stage) -> None:
    new = NewNotification(
        source="home",
        channel="phone",
        received_at=NOW,
        told_by="The night worker",
        name_told="Wren Testchild",
        circumstances="Was in the garden all the time.",
    )
    with stage.cast.seen_by("Pat") as pat:
        note = write_down(new=new, viewer=pat, now=NOW)
    desk = comes(stage, "Pat", "settle_notification", note)
    desk.choose("The child was not missing")
    desk.type("How do you know?", REASON)
    desk.press("Decide")
    desk.expect_to_see("It is decided, and kept as it was received.")


def test_a_source_is_chosen(stage: Stage) -> None:
    _, episode, home = two_agencies(stage.cast)
    cora = comes(stage, "Cora", "choose_fact", episode)
    cora.page.locator(f"input[value='last_seen_at {home.pk}']").check()
    cora.type("How do you know?", REASON)
    cora.press("This counts")
    cora.expect_to_see("It counts from now on.", REASON)


def test_a_merge_is_undone(stage: Stage) -> None:
    child = a_child(stage.cast)
    double, kept = earlier(stage.cast, child), an_episode(stage.cast, child)
    merged(stage.cast, double, kept)
    cora = comes(stage, "Cora", "unmerge_episodes", kept)
    cora.type("How do you know that they are two?", REASON)
    cora.press("Take them apart")
    cora.expect_to_see("They are two episodes again")


def test_an_episode_is_split_and_the_split_undone(stage: Stage) -> None:
    _, episode, late = two_nights(stage.cast)
    returned(stage.cast, episode, ago=30)
    cora = comes(stage, "Cora", "split_episode", episode)
    cora.page.locator(f"input[value='{late.pk}']").check()
    cora.choose("Yes", of="Did the child come back from that other time?")
    cora.type_moment("When did they come back?", NOW - timedelta(hours=5))
    cora.pick("How did they come back?", "Found by police")
    cora.type("How do you know that it was another time?", REASON)
    cora.press("Split them off")
    cora.expect_to_see("This is the episode of the other time")
    cora.follow("It is no other time than the episode it was split off from")
    cora.type("How do you know that it was one time?", REASON)
    cora.press("Put it back")
    cora.expect_to_see("It is one episode again")


def test_a_seminar_is_planned_and_a_child_invited(stage: Stage) -> None:
    child = a_child(stage.cast, known_to=("Sal", "Cora", "Ines"))
    first = an_episode(stage.cast, child)
    returned(stage.cast, first)
    ines = comes(stage, "Ines", "plan_seminar")
    ines.type_moment("When is it?", NOW + timedelta(days=7))
    ines.type("Where is it?", "Harbour library")
    ines.press("Plan the seminar")
    ines.expect_to_see("Harbour library")
    ines.visit(reverse("invite_to_seminar", args=[first]))
    ines.page.locator("input[name=seminar]").first.check()
    ines.choose("The child")
    ines.choose("Phone call")
    ines.press("Record the invitation")
    ines.expect_to_see("Harbour library")


def test_a_return_is_screened(stage: Stage) -> None:
    episode = checked(stage.cast, a_child(stage.cast))
    ines = comes(stage, "Ines", "screening", episode)
    ines.choose("Done")
    ines.type("Which one?", "The local tool")
    ines.type_moment("When was that?", NOW - timedelta(minutes=10))
    ines.choose("No", of="Was help offered?")
    ines.press("Save")
    ines.expect_to_see("The local tool")


def test_a_sentence_is_marked(stage: Stage) -> None:
    episode = checked(stage.cast, a_child(stage.cast))
    with stage.cast.seen_by("Ines") as ines:
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=ines, now=NOW)
    visitor = comes(stage, "Ines", "interview_text", episode)
    visitor.follow("Mark a sentence of: What the child said, in their own words")
    visitor.choose("I wanted to see my sister.")
    visitor.choose("A change to the plan")
    visitor.press("Mark it")
    visitor.expect_to_see("Marked: a change to the plan.")


def test_a_pack_is_written_and_printed(stage: Stage) -> None:
    child = a_child(stage.cast)
    sal = comes(stage, "Sal", "describe", child)
    sal.type("Hair", "Short, dyed blue")
    sal.press("Save")
    sal.expect_to_see("Short, dyed blue")
    sal.visit(reverse("missing_pack", args=[child]))
    sal.choose("To look for the child")
    with sal.page.expect_download(timeout=PATIENCE) as waiting:
        sal.thing_to_press("Make the page to print").click()
    assert waiting.value.suggested_filename.startswith("missing-pack-")


def test_a_plan_is_put_in_order_updated_rated_and_kept(stage: Stage) -> None:
    plan = a_plan(stage.cast, body=a_body(stage.cast, "Harbour Group"))
    first, second = (an_action(plan, each, title=f"Lantern {each}") for each in ("1.1", "1.2"))
    an_owner(first, post=a_post(stage.cast, held_by="Lena"))
    lena = comes(stage, "Lena", "order_plan", plan.pk, "action")
    lena.type("1.2 Lantern 1.2", "1")
    lena.press("Put in this order")
    assert lena.page.content().index(str(second.pk)) < lena.page.content().index(str(first.pk))
    lena.visit(reverse("update_action", args=[first.pk]))
    lena.choose("In progress")
    lena.type("What has been achieved?", "Saturdays are covered.")
    lena.press("Send your update")
    lena.expect_to_see("Saturdays are covered.")
    lena.visit(reverse("rate_action", args=[first.pk]))
    lena.choose("A – Amber")
    lena.type("Why?", "Nobody was found for Sundays.")
    lena.type("What shows it?", "The rota.")
    lena.type("Remedial action", "An agency covers Sundays.")
    lena.press("Save the rating")
    lena.expect_to_see("An agency covers Sundays.")
    lena.visit(reverse("take_snapshot", args=[plan.pk]))
    lena.choose("Somewhere else, or on another day")
    lena.pick("Which body?", "Harbour Group")
    lena.type_day("On which day?", london_day(NOW))
    lena.press("Keep the plan as it is now")
    lena.expect_to_see("An agency covers Sundays.")
