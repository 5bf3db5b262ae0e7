from wayhome.missing.forms.acting import Acting
from wayhome.missing.forms.found import Returned
from wayhome.web import forms


class CorrectedReturn(Returned):
    version = forms.HiddenKey(required=False)
    reason = forms.TextAreaField(
        "What was wrong, and how do you know?",
        hint="What was written before is kept and shown beside this.",
        rows=3,
        heading="m",
        required_message="Say what was wrong, and how you know",
    )


class UndoneReturn(Acting):
    version = forms.HiddenKey(required=False)
    reason = forms.TextAreaField(
        "How do you know that they were not back?",
        hint="For example: the wrong child was ticked. What was written before is kept.",
        rows=3,
        heading="m",
        required_message="Say how you know that they were not back",
    )
