"""Forms asked one thing on a page: what was typed on the pages so far, and what their answers make together."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from wayhome.web.forms.base import Form

# Every step's answers by the step's name; None where a step is not answered, or not rightly.
Answers = dict[str, dict[str, Any] | None]


def belongs_to(step: type[Form], key: str) -> bool:
    """Whether a key of what was sent is one of this step's fields, or a box of one."""
    return any(key == field or key.startswith(f"{field}-") for field in step.base_fields)


def merged(kept: QueryDict, step: type[Form], sent: QueryDict) -> QueryDict:
    """What was typed so far, with this step's answers in place of its earlier ones."""
    typed = kept.copy()
    for key in [key for key in typed if belongs_to(step, key)]:
        del typed[key]
    for key in sent:
        if belongs_to(step, key):
            typed.setlist(key, sent.getlist(key))
    return typed


def answered(steps: Mapping[str, type[Form]], typed: QueryDict, **options: Any) -> Answers:
    """What was answered on each step."""
    forms = {name: step(typed, **options) for name, step in steps.items()}
    return {name: form.cleaned_data if form.is_valid() else None for name, form in forms.items()}


def first_unanswered(told: Answers) -> str | None:
    """The name of the first step that has no answer yet."""
    return next((name for name, answer in told.items() if answer is None), None)
