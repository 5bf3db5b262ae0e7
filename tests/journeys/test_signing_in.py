"""An administrator opens an account; its holder chooses a password, sets up the second step, and works."""

import re
from typing import Any

import pytest
from django.core import mail

from tests.journeys.stage import Stage
from tests.journeys.totp import code_for
from tests.journeys.visitor import Visitor
from tests.personas import PASSWORD

ADDRESS = "nell@wayhome.example"
CHOSEN = "three harbour lamps"


def sign_in(visitor: Visitor, address: str, password: str) -> None:
    """The first step."""
    visitor.visit("/")
    visitor.expect_heading("Sign in")
    visitor.type("Email address", address)
    visitor.type("Password", password)
    visitor.press("Sign in")


def set_up_second_step(visitor: Visitor, password: str) -> str:
    """The second step, with a wrong code first. Returns the key."""
    visitor.expect_heading("Is it still you?")
    visitor.type("Password", password)
    visitor.press("Continue")
    visitor.expect_heading("Set up your second step")
    visitor.type("Code", "000000")
    visitor.press("Confirm")
    visitor.expect_problem("not right")
    secret = visitor.main.locator(".wh-key").inner_text()
    visitor.type("Code", code_for(secret))
    visitor.press("Confirm")
    visitor.expect_heading("Your recovery codes")
    visitor.press("I have kept them")
    visitor.expect_heading("Today")
    return secret


@pytest.fixture
def second_step(settings: Any) -> None:
    """As where Wayhome is used for real: nobody works without it."""
    settings.WAYHOME_REQUIRE_MFA = True


class NewColleague:
    """From the administrator's first sign-in to the new colleague's first search."""

    def __init__(self, stage: Stage) -> None:
        self.ada, self.nell = stage.stranger(called="Ada"), stage.stranger(called="Nell")

    def when_the_administrator_signs_in_out_and_in_again_with_a_code(self) -> None:
        sign_in(self.ada, "ada@wayhome.example", "a wrong password")
        self.ada.expect_problem("")
        self.ada.type("Password", PASSWORD)
        self.ada.press("Sign in")
        secret = set_up_second_step(self.ada, PASSWORD)
        self.ada.press("Sign out")
        sign_in(self.ada, "ada@wayhome.example", PASSWORD)
        self.ada.expect_heading("Enter your code")
        self.ada.type("Code", code_for(secret))
        self.ada.press("Sign in")
        self.ada.expect_heading("Today")

    def when_they_open_an_account_with_a_team_and_a_role(self) -> None:
        self.ada.follow("Accounts")
        self.ada.press("Open an account")
        self.ada.press("Open the account and send the link")
        self.ada.expect_problem("Enter full name")
        self.ada.type("Full name", "Nell Newcolleague")
        self.ada.type("Work email address", ADDRESS)
        self.ada.pick("Agency", "Saltmere Council")
        self.ada.press("Open the account and send the link")
        self.ada.expect_to_see("In no team. Without one they see no child.")
        self.ada.press("Put into a team")
        self.ada.pick("Team", "Saltmere Council: Youth Team")
        self.ada.press("Put into the team")
        self.ada.press("Give a role")
        self.ada.choose("Practitioner")
        self.ada.press("Give the role")
        self.ada.expect_to_see("Youth Team, Saltmere Council", "They have the role now.")

    def when_the_new_colleague_chooses_a_password_by_the_link(self) -> None:
        [link] = [re.search(r"http://\S+", str(each.body)) for each in mail.outbox if ADDRESS in each.to]
        assert link is not None
        self.nell.visit(link.group())
        self.nell.expect_heading("Choose a password")
        self.nell.type("New password", "short")
        self.nell.press("Use this password")
        self.nell.expect_problem("12 characters")
        self.nell.type("New password", CHOSEN)
        self.nell.press("Use this password")

    def then_they_sign_in_and_can_search(self) -> None:
        sign_in(self.nell, ADDRESS, CHOSEN)
        set_up_second_step(self.nell, CHOSEN)
        self.nell.expect_to_see("Nothing is due for you")
        self.nell.follow("Find or report")
        self.nell.expect_heading("Find a child")
        self.nell.follow("Your account")
        self.nell.expect_to_see("Youth Team", "Practitioner")

    def then_signing_out_ends_it(self) -> None:
        self.nell.press("Sign out")
        self.nell.visit("/board")
        self.nell.expect_heading("Sign in")


@pytest.mark.usefixtures("second_step")
def test_an_account_is_opened_and_its_holder_signs_in_with_two_steps(stage: Stage) -> None:
    it = NewColleague(stage)
    it.when_the_administrator_signs_in_out_and_in_again_with_a_code()
    it.when_they_open_an_account_with_a_team_and_a_role()
    it.when_the_new_colleague_chooses_a_password_by_the_link()
    it.then_they_sign_in_and_can_search()
    it.then_signing_out_ends_it()
