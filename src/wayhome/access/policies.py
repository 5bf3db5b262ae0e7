"""May this viewer do this? The database decides for which child; this decides whether at all."""

from collections.abc import Callable, Iterable
from uuid import UUID

from wayhome.access.queries import seen_by_a_report_alone
from wayhome.access.roles import FOR_WHO_REPORTED, NOT_FOR_HOMES, ROLES, Scope, Verb, verbs_of
from wayhome.kernel.decision import Decision, allow, deny
from wayhome.kernel.refusal import NotAllowed
from wayhome.kernel.viewer import Viewer


def may(viewer: Viewer, verb: Verb) -> Decision:
    """Whether the viewer's scopes allow a verb. A machine (job, import) may do what its command does."""
    if viewer.is_machine:
        return allow("The system does this by itself.")
    if verb in verbs_of(viewer.scopes):
        return allow(f"Your role lets you {verb}.")
    holders = [role.name.lower() for role in ROLES if verb in role.verbs]
    return deny(f"Your role does not let you {verb}. Ask a colleague with the role {' or '.join(holders)}.")


def require(viewer: Viewer, verb: Verb) -> None:
    """Raise NotAllowed with the reason unless the viewer may."""
    decision = may(viewer, verb)
    if not decision:
        raise NotAllowed(decision.reason)


def is_kept_from_home(viewer: Viewer, verb: Verb) -> bool:
    """Whether this is work whose record is kept from staff of a home, and the viewer is one of them."""
    return viewer.has(Scope.HOME_STAFF) and verb in NOT_FOR_HOMES


def may_for(viewer: Viewer, verb: Verb, person_id: UUID | None) -> Decision:
    """Whether the viewer may do this for a child whom they see, or for one whom nobody has named yet: one who sees them
    by their own report alone does not do the work of those who know the child, and staff of a home none that is about
    what is kept from them.
    """
    return _may_for(viewer, verb, lambda: bool(person_id and seen_by_a_report_alone({person_id}, viewer)))


def may_for_each(viewer: Viewer, verbs: Iterable[Verb], person_id: UUID) -> dict[Verb, Decision]:
    """The same for several verbs and one child: the child is asked for once."""
    sees_a_report_alone = bool(seen_by_a_report_alone({person_id}, viewer))
    return {verb: _may_for(viewer, verb, lambda: sees_a_report_alone) for verb in verbs}


def _may_for(viewer: Viewer, verb: Verb, sees_a_report_alone: Callable[[], bool]) -> Decision:
    decision = may(viewer, verb)
    if decision and is_kept_from_home(viewer, verb):
        return deny(f"To {verb} is not for staff of a home, whatever else they are. Ask who leads the work.")
    if decision and verb not in FOR_WHO_REPORTED and sees_a_report_alone():
        return deny(
            "You see this child's record because you reported them missing. You can add to your report and say that "
            f"they are back. To {verb} is for those who work with the child."
        )
    return decision


def require_for(viewer: Viewer, verb: Verb, person_id: UUID | None) -> None:
    """Raise NotAllowed with the reason unless the viewer may do this for this child."""
    decision = may_for(viewer, verb, person_id)
    if not decision:
        raise NotAllowed(decision.reason)
