"""What is asked to take episodes apart, to split one, and to choose between sources."""

from typing import Any

from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import TakenFrom
from wayhome.web import forms


class TakeApart(Acting):
    double = forms.ChoiceField(
        "Which one was another time?",
        heading="m",
        required_message="Choose the episode that was another time",
    )
    reason = forms.TextAreaField(
        "How do you know that they are two?",
        rows=3,
        heading="m",
        required_message="Say how you know that they are two",
    )

    def __init__(self, *args: Any, merged: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("double", merged)
        if len(merged) == 1:
            self.initial.setdefault("double", merged[0][0])


class Split(Acting):
    reports = forms.MultiChoiceField(
        "Which reports are of another time?",
        heading="m",
        required_message="Choose the reports that are of another time",
    )
    is_back = forms.YesNoField(
        "Did the child come back from that other time?",
        yes=("returned_at", "returned_to", "return_method"),
        heading="m",
        required_message="Say whether the child came back from that other time",
    )
    returned_at = forms.RoughMomentField(
        "When did they come back?", past=True, required_message="Enter when they came back"
    )
    returned_to = forms.TextField("Where did they come back to?", required=False)
    return_method = forms.ChoiceField(
        "How did they come back?", shape="select", required_message="Choose how they came back"
    )
    reason = forms.TextAreaField(
        "How do you know that it was another time?",
        rows=3,
        heading="m",
        required_message="Say how you know that it was another time",
    )

    def __init__(self, *args: Any, told: list[tuple[str, str]], ways: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reports", told)
        self.offer("return_method", ways)


class UndoSplit(Acting):
    reason = forms.TextAreaField(
        "How do you know that it was one time?",
        rows=3,
        heading="m",
        required_message="Say how you know that it was one time",
    )


class ChooseFact(Acting):
    version = forms.HiddenKey(required=False)
    choice = forms.ChoiceField("What counts?", heading="m", required_message="Choose what counts from now on")
    reason = forms.TextAreaField(
        "How do you know?",
        hint="Whom you asked, and what they said. An inspector may read it in two years.",
        rows=3,
        heading="m",
        required_message="Say how you know which of them is right",
    )

    def __init__(self, *args: Any, told: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("choice", told)

    def refuse(self, refusal: Any) -> None:
        """The command speaks of the report; here it is one question with the fact."""
        if refusal.field == "report":
            refusal.field = "choice"
        super().refuse(refusal)

    def chosen(self) -> tuple[str, str]:
        """The fact and the report's id."""
        fact, _, report = self.cleaned_data["choice"].partition(" ")
        return TakenFrom(fact), report
