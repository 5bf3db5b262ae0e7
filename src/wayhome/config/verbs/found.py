"""Set up a real partnership: its name, its council, and the first administrator, who then does the rest on the pages.

What is not given is asked for. The answer is a link that holds for three days and works once: by it the administrator
chooses a password, and then a second step. Everybody else gets their account from the administrator.
"""

import argparse
import re
import sys
from datetime import timedelta
from typing import NamedTuple

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.urls import reverse

from wayhome.access.commands import give_scope, open_account
from wayhome.access.models import User
from wayhome.access.roles import Scope
from wayhome.config.checks import refuse_unprepared
from wayhome.config.postgres import server
from wayhome.config.saying import answer, answer_json
from wayhome.exploitation.commands.instruments import install_shipped
from wayhome.kernel.clock import london_day, utc_now
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import machine
from wayhome.partnership.commands import found_partnership, open_agency
from wayhome.partnership.queries import the_partnership
from wayhome.partnership.vocabulary import AgencyKind

AUTHORITY = re.compile(r"[EW]\d{8}", re.ASCII)
ASKED = {
    "name": "Name of the partnership, such as Saltmere Safeguarding Children Partnership",
    "authority": "Code of the local authority, such as E06000011",
    "council": "Name of the council",
    "administrator": "Name of the first administrator",
    "email": "Their work email address",
}


class FoundedAlready(Refusal):
    """There is a partnership in this database already. Its administrators open further accounts on the pages."""


class NotAnAuthority(Refusal):
    """Give the nine-character code of the local authority: a letter and eight digits, such as E06000011."""


class NotAnAddress(Refusal):
    """Give a whole email address, such as name@council.example."""


class NotTold(Refusal):
    """Something is missing: `wayhome found --help` says what to give. Nothing was set up."""


class Told(NamedTuple):
    """What has to be known, as in ASKED."""

    name: str
    authority: str
    council: str
    administrator: str
    email: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    for name, what in ASKED.items():
        parser.add_argument(f"--{name}", metavar="TEXT", default="", help=what)
    parser.add_argument("--json", action="store_true", help="answer as JSON, and ask nothing")


def run(args: argparse.Namespace) -> int:
    with server():
        refuse_unprepared()
        refuse_founded()
        told = checked(Told(*(_told(args, name) for name in ASKED)))
        link = found(told)
        connection.close()
    if args.json:
        answer_json({"partnership": told.name, "email": told.email, "link": link})
    else:
        days = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days
        answer(
            f"{told.name} is set up. {told.administrator} chooses a password here, once, within {days} days:"
        )
        answer(link)
    return 0


def refuse_founded() -> None:
    """Raise before anything is asked for."""
    if the_partnership() is not None:
        raise FoundedAlready


def _told(args: argparse.Namespace, name: str) -> str:
    given: str = getattr(args, name).strip()
    if given or args.json or not sys.stdin.isatty():
        return given
    return input(f"{ASKED[name]}: ").strip()


def checked(told: Told) -> Told:
    """Raise in words if something is missing or cannot be."""
    if not all(told):
        raise NotTold
    if not AUTHORITY.fullmatch(told.authority):
        raise NotAnAuthority
    try:
        validate_email(told.email)
    except ValidationError as error:
        raise NotAnAddress from error
    return told


@transaction.atomic
def found(told: Told) -> str:
    """Set it up, all or nothing. Returns the link for the first administrator."""
    now, viewer = utc_now(), machine("the founding of the partnership")
    partnership = found_partnership(name=told.name, authority_code=told.authority, viewer=viewer, now=now)
    council = open_agency(
        partnership_id=partnership,
        name=told.council,
        kind=AgencyKind.COUNCIL,
        opened_on=london_day(now),
        viewer=viewer,
        now=now,
    )
    user_id = open_account(
        email=told.email, name=told.administrator, agency_id=council, viewer=viewer, now=now
    )
    give_scope(user_id=user_id, scope=Scope.ADMINISTRATOR, viewer=viewer, now=now)
    install_shipped(now=now)
    return link_for(User.objects.get(pk=user_id))


def link_for(user: User) -> str:
    """The address at which this user chooses a password."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.WAYHOME_ADDRESS + reverse("account_reset_password_from_key", kwargs=key)
