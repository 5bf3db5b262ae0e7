"""May this viewer do this? The database decides for which child; this decides whether at all."""

from wayhome.access.roles import ROLES, Verb, verbs_of
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
