from collections.abc import Sequence
from typing import Any

from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import PlanEffect
from wayhome.web import forms


class AnalysisOfReturn(Acting):
    text = forms.TextAreaField(
        "What do you make of this return?",
        hint="What the child needs, what pulls and pushes them, what has changed since last time.",
        rows=8,
        heading="m",
        required_message="Write what you make of this return",
    )
    takes_up = forms.MultiChoiceField(
        "Which of these does the plan take up now?",
        hint="They were marked in return interviews. What you do not tick stays on your list.",
        shape="small",
        heading="m",
        required=False,
    )
    plan_effect = forms.ChoiceField(
        "What does it mean for the plan?",
        [
            forms.Choice(PlanEffect.PLAN_CHANGED, PlanEffect.PLAN_CHANGED.label, reveals=("changed",)),
            forms.Choice(PlanEffect.NO_CHANGE, PlanEffect.NO_CHANGE.label, reveals=("unchanged",)),
        ],
        heading="m",
        required_message="Say whether the plan was changed",
    )
    changed = forms.TextAreaField(
        "What was changed?", rows=3, required_message="Write what was changed in the plan"
    )
    unchanged = forms.TextAreaField(
        "Why not?", rows=3, required_message="Write why nothing was changed in the plan"
    )

    def __init__(self, *args: Any, marked: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """`marked`: what was marked as a change to the plan. What is not ticked goes on waiting."""
        super().__init__(*args, **kwargs)
        self.offer("takes_up", marked)
        if not marked:
            del self.fields["takes_up"]


class LastWords(Acting):
    """What is asked when a child has died: words, and nothing about a plan."""

    text = forms.TextAreaField(
        "What should stand on this record?",
        hint="In your own words: who told the family, who is with them, and what those who read this have to know.",
        rows=8,
        heading="m",
        required_message="Write what should stand on this record",
    )


class Close(Acting):
    """Nothing is asked: what is done and what is missing is shown."""


class SetAside(Acting):
    reason = forms.TextAreaField(
        "Why is it set aside?",
        hint="For example: opened for the wrong child.",
        heading="m",
        required_message="Say why this episode is set aside",
    )


class Merge(Acting):
    double = forms.ChoiceField(
        "Which episode is the same as this one?", heading="m", required_message="Choose the other episode"
    )
    keep = forms.ChoiceField(
        "Which of the two is kept?",
        [("this", "This one: its times stay"), ("other", "The other one: its times stay")],
        heading="m",
        required_message="Choose which is kept",
    )
    reason = forms.TextAreaField(
        "How do you know that they are one?",
        rows=3,
        heading="m",
        required_message="Say how you know that they are one",
    )

    def __init__(self, *args: Any, doubles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("double", doubles)
        if len(doubles) == 1:
            self.initial.setdefault("double", doubles[0][0])
