"""The answer to "may they?" and "is it so?": yes or no, always with the reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, and why, in words the reader can act on."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def allow(reason: str) -> Decision:
    """Yes, because."""
    return Decision(allowed=True, reason=reason)


def deny(reason: str) -> Decision:
    """No, because."""
    return Decision(allowed=False, reason=reason)
