"""Reactions to what happens with access. They run in the worker."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from wayhome.access.models import BreakGlass
from wayhome.access.queries import holders_of_scope
from wayhome.access.roles import ROLES, Verb
from wayhome.web.showing import moment

MESSAGE = """{who} broke glass at {at}: they opened a record that was not open to them.

Reason: {reason}.

Read what they wrote and answer for it:
{address}

This mail names no child. It stays on the list until one of you has answered.
"""


def tell_reviewers(payload: dict[str, Any], now: datetime) -> None:
    """Mail everyone who may review broken glass, but for the one who broke it. No child is named."""
    broken = BreakGlass.objects.select_related("user__agency").get(pk=payload["break_glass_id"])
    scopes = [role.scope for role in ROLES if Verb.REVIEW_BREAK_GLASS in role.verbs]
    reviewers = {user.email for scope in scopes for user in holders_of_scope(scope, now)}
    for address in sorted(reviewers - {broken.user.email}):
        send_mail("Glass was broken", message_about(broken), None, [address])


def message_about(broken: BreakGlass) -> str:
    """What the reviewers are told: who and when, and a reason in the words of the list, not in free text."""
    agency = f", {broken.user.agency.name}," if broken.user.agency else ""
    return MESSAGE.format(
        who=f"{broken.user.name}{agency}",
        at=moment(broken.broken_at),
        reason=broken.get_reason_code_display(),
        address=f"{settings.WAYHOME_ADDRESS}{reverse('review_glass', args=[broken.pk])}",
    )
