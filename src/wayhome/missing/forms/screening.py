from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import ReferralState, ScreenOutcome
from wayhome.web import forms

REFERRALS = [(each.value, each.label) for each in ReferralState if each != ReferralState.NONE]


class Screening(Acting):
    """Asked of every return in the same words: nothing is assumed."""

    outcome = forms.ChoiceField(
        "Was a screening tool used?",
        [
            forms.Choice(ScreenOutcome.DONE, ScreenOutcome.DONE.label, reveals=("instrument",)),
            (ScreenOutcome.DECLINED.value, ScreenOutcome.DECLINED.label),
            (ScreenOutcome.NOT_NEEDED.value, ScreenOutcome.NOT_NEEDED.label),
        ],
        heading="m",
        required_message="Choose whether a screening tool was used",
    )
    instrument = forms.TextField(
        "Which one?",
        hint="Its name. Its questions and answers stay where your partnership keeps them.",
        width=20,
        required_message="Write which screening tool was used",
    )
    screened_at = forms.MomentField(
        "When was that?", heading="m", past=True, required_message="Enter when that was"
    )
    has_referral = forms.YesNoField(
        "Was help offered?",
        yes=("referral", "referred_to"),
        heading="m",
        required_message="Say whether help was offered",
    )
    referral = forms.ChoiceField(
        "How far is it?", REFERRALS, shape="small", required_message="Choose how far the referral is"
    )
    referred_to = forms.TextField(
        "To whom?", width=30, required_message="Write to whom the child was referred"
    )
    note = forms.TextAreaField("Anything to add?", rows=3, heading="m", required=False)


class ReferralFollowed(Acting):
    referral = forms.ChoiceField(
        "What came of it?", REFERRALS, heading="m", required_message="Choose what came of it"
    )
    at = forms.MomentField("When was that?", heading="m", past=True, required_message="Enter when that was")
    note = forms.TextAreaField("Anything to add?", rows=3, heading="m", required=False)
