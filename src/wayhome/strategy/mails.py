"""The mail that takes a link to an owner without an account: plain text, nothing about any child."""

from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from wayhome.web.showing import day

SUBJECT = "Your update for {plan}"
TEXT = """Dear {name}

{asker} asks for an update on {what} of {plan}, before the next meeting of the partnership.

Open this page to give it. It works on a phone, and you need no account:

{address}

The page works until {until}. It is made for you: please do not pass it on. If it has ended, ask {asker} for a new one.
"""


def mail_text(*, name: str, asker: str, count: int, plan: str, address: str, until: datetime) -> str:
    """What the mail says, also for those who send it themselves."""
    what = "one action" if count == 1 else f"{count} actions"
    return TEXT.format(name=name, asker=asker, what=what, plan=plan, address=address, until=day(until))


def can_send() -> bool:
    """Whether this installation is set up to send mails."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def send_link(*, to: str, plan: str, text: str) -> bool:
    """Send the mail. False if the mail server did not take it."""
    try:
        EmailMessage(SUBJECT.format(plan=plan), text, to=[to]).send()
    except (SMTPException, OSError):
        return False
    return True
