from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import PoliceRisk
from wayhome.web import forms


class Risk(Acting):
    judgements_read = forms.HiddenKey(required=False)
    level = forms.ChoiceField(
        "What is the risk now?",
        [
            forms.Choice(
                PoliceRisk.HIGH,
                PoliceRisk.HIGH.label,
                hint="Serious harm to the child or to others is assessed as very likely.",
            ),
            forms.Choice(
                PoliceRisk.MEDIUM,
                PoliceRisk.MEDIUM.label,
                hint="Harm to the child or to others is assessed as likely, but not serious.",
            ),
            forms.Choice(
                PoliceRisk.LOW,
                PoliceRisk.LOW.label,
                hint="Harm is assessed as possible, but minimal.",
            ),
            forms.Choice(
                PoliceRisk.NO_APPARENT_RISK,
                PoliceRisk.NO_APPARENT_RISK.label,
                hint="No apparent risk of harm. You have to say when you look again.",
            ),
        ],
        heading="m",
        required_message="Choose a risk level",
    )
    reason = forms.TextAreaField(
        "Why?",
        hint="What is known, what is not, and what would change your mind. The next shift reads it.",
        heading="m",
        required_message="Say why this is the right level. The next shift will read it",
    )
    reassess_by = forms.MomentField(
        "When is the risk looked at again?",
        hint="Needed for no apparent risk, wise for all.",
        heading="m",
        required=False,
    )
