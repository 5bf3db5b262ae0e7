from wayhome.access.submitting import SubmittedForm
from wayhome.strategy.rules.measures import KINDS
from wayhome.strategy.vocabulary import Direction
from wayhome.web import forms


class LinkMeasure(SubmittedForm):
    key = forms.ChoiceField(
        "Which measure?",
        [(kind.key, f"{kind.name}, {kind.words}") for kind in KINDS],
        heading="m",
        required_message="Choose a measure",
    )
    direction = forms.ChoiceField(
        "Which way should it go if the action works?",
        Direction.choices,
        hint="More is not always worse: where children are better heard, more may be told.",
        heading="m",
        required_message="Say which way it should go",
    )
    since = forms.DateField(
        "From which month on should the action show?",
        hint="Any day of that month. What came before is what it is held against. For example, 1 4 2026.",
        heading="m",
        required_message="Enter a day of the month from which it should show",
    )
    target = forms.TextField(
        "Target, if the plan has one",
        hint="A number. Of a share it is in per cent, for example 90.",
        width=5,
        inputmode="decimal",
        heading="m",
        required=False,
    )


class AddEvidence(SubmittedForm):
    title = forms.TextField(
        "What is the document or finding called?", heading="m", required_message="Say what it is called"
    )
    where = forms.TextField(
        "Where is it?",
        hint="A folder, a minute number or an address. It is shown, and never opened from here.",
        heading="m",
        required=False,
    )
    finding = forms.TextAreaField(
        "What does it show?", hint="No names of children.", rows=4, heading="m", required=False
    )
    dated = forms.DateField("What day is it from?", heading="m", required=False)


class Decision(SubmittedForm):
    question = forms.TextAreaField(
        "What is the body asked to decide?",
        hint="As it is to be read out.",
        rows=3,
        heading="m",
        required_message="Write the question",
    )
    recommended = forms.TextAreaField("What is recommended, and why?", rows=3, heading="m", required=False)
    meeting = forms.ChoiceField("At which meeting?", (), shape="select", required=False)


class Outcome(SubmittedForm):
    outcome = forms.TextAreaField(
        "What was decided?",
        hint="Also if it was to decide later.",
        rows=4,
        heading="m",
        required_message="Write what was decided",
    )
    decided_on = forms.DateField(
        "On which day?", heading="m", required_message="Enter the day of the decision"
    )


class Nothing(SubmittedForm):
    """A form that asks nothing, for one press."""
