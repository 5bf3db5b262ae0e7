"""The mail that takes a link to an owner without an account: plain text, nothing about any child."""

from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from wayhome.strategy.queries.mailing import Asking
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


ASKED = "Your update for {plan}"
REMINDED = "Reminder: your update for {plan}"
ASKING = """Dear {name}

{count} of {plan} {waits} for an update by {due}.

{how}

{address}

This mail names no child and says nothing of what is in the plan. Nobody reads answers to it.
"""
SIGN_IN = "Sign in to Wayhome to give it:"
BY_LINK = """Open the link that you were sent to give it. It is not repeated here, because it is yours alone. If you do
not have it any more, ask for a new one those who keep the plan:"""


def ask_by_mail(asking: Asking, *, plan: str, address: str, is_reminder: bool) -> None:
    """Send it. Raises what the mail server's refusal raises, so that it is tried again."""
    subject = (REMINDED if is_reminder else ASKED).format(plan=plan)
    text = ASKING.format(
        name=asking.name,
        count="One action" if asking.count == 1 else f"{asking.count} actions",
        plan=plan,
        waits="waits" if asking.count == 1 else "wait",
        due=day(asking.due_on),
        how=BY_LINK if asking.by_link else SIGN_IN,
        address=address,
    )
    EmailMessage(" ".join(subject.split()), text, to=[asking.to]).send()


def can_send() -> bool:
    """Whether this installation is set up to send mails."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def send_link(*, to: str, plan: str, text: str) -> bool:
    """Send the mail. False if the mail server did not take it."""
    try:
        EmailMessage(" ".join(SUBJECT.format(plan=plan).split()), text, to=[to]).send()
    except (SMTPException, OSError):
        return False
    return True
