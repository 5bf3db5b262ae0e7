"""Documents and findings that show how an action stands."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wayhome.access.policies import may, require
from wayhome.access.roles import Verb
from wayhome.audit.commands import record
from wayhome.kernel.refusal import NotFound, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.models import Action, EvidenceItem


class EvidenceHasNoTitle(Refusal):
    """Say what the document or finding is called."""

    field = "title"


class EvidenceShowsNothing(Refusal):
    """Say where the document is, or what was found."""

    field = "where"


@transaction.atomic
def add_evidence(
    *,
    action_id: UUID,
    title: str,
    where: str = "",
    finding: str = "",
    dated: date | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Add a document or a finding to an action: who keeps the plan, or whose action it is.

    Raises NotFound, EvidenceHasNoTitle, EvidenceShowsNothing.
    """
    if not may(viewer, Verb.KEEP_PLANS):
        require(viewer, Verb.UPDATE_OWN_ACTIONS)
    if not title.strip():
        raise EvidenceHasNoTitle
    if not where.strip() and not finding.strip():
        raise EvidenceShowsNothing
    # Row security shows an owner their own actions only.
    if not Action.objects.filter(pk=action_id).exists():
        raise NotFound
    told = {"title": title.strip(), "where": where.strip(), "finding": finding.strip(), "dated": dated}
    made = EvidenceItem(action_id=action_id, added_at=now, added_by_name=viewer.name, **told)
    made.save(force_insert=True)
    record(
        viewer=viewer,
        now=now,
        verb="add evidence",
        subject_kind="action",
        subject_id=action_id,
        changes={name: (None, value) for name, value in told.items() if value},
    )
    return made.pk
