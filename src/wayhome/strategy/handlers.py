"""Reactions to what happens with plans. They run in the worker."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from wayhome.strategy.mails import ask_by_mail
from wayhome.strategy.queries.mailing import to_mail


def mail_owners(payload: dict[str, Any], now: datetime) -> None:
    """Mail everyone who is asked and can answer: one mail each, whatever number of actions is theirs."""
    plan, asked = to_mail([UUID(each) for each in payload["requests"]], now=now)
    for asking in asked:
        ask_by_mail(
            asking,
            plan=plan,
            address=f"{settings.WAYHOME_ADDRESS}{'' if asking.by_link else reverse('today')}",
            is_reminder=payload["is_reminder"],
        )
