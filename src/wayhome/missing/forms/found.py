from typing import Any

from wayhome.missing.forms.acting import Acting
from wayhome.missing.forms.choosing import return_methods
from wayhome.missing.vocabulary import DIED
from wayhome.web import forms


class Located(Acting):
    version = forms.HiddenKey(required=False)
    located_at = forms.RoughMomentField(
        "When was it known where they are?",
        heading="m",
        past=True,
        required_message="Enter when it was known where they are",
    )
    place = forms.TextField(
        "Where are they?",
        hint="An address or a place that others can find.",
        heading="m",
        required_message="Write where they are",
    )


class Returned(Acting):
    returned_at = forms.RoughMomentField(
        "When were they back?",
        hint="The time they were back in safe hands, not the time you heard of it.",
        heading="m",
        past=True,
        required_message="Enter when they were back",
    )
    return_method = forms.ChoiceField(
        "How did they come back?", heading="m", required_message="Choose how they came back"
    )
    returned_to = forms.TextField("Where are they now?", heading="m", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("return_method", return_methods())

    def clean(self) -> dict[str, Any]:
        """Nobody is asked where a child is who has died."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("returned_to") and said.get("return_method") not in (None, "", DIED):
            self.add_error("returned_to", "Write where they are now")
        return said
