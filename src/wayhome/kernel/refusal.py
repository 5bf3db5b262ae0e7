"""A refusal is an answer, not a fault: the product understood, and says no, why, and what to do next.

Each refusal is a class beside the code that raises it. Its docstring is the sentence the user sees: plain
English, what to do next, no personal data. `field` names the form field the sentence belongs to, if any.
"""

import inspect


class Refusal(Exception):
    """This cannot be done."""

    field: str | None = None

    def __init__(self, message: str | None = None, *, field: str | None = None) -> None:
        self.message = message or inspect.cleandoc(type(self).__doc__ or "").replace("\n", " ")
        if field is not None:
            self.field = field
        super().__init__(self.message)


class NotAllowed(Refusal):
    """Your role does not allow this."""


class NotFound(Refusal):
    """There is no such record, or it is not open to you."""
