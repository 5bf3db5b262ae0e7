from typing import Any

from wayhome.missing.forms.acting import Acting
from wayhome.missing.forms.choosing import pull_reasons, push_reasons
from wayhome.missing.vocabulary import HELD, AfterNo, InterviewOutcome, OfferAnswer, OfferChannel
from wayhome.web import forms


class InterviewOffered(Acting):
    offered_at = forms.MomentField(
        "When did you offer it?", heading="m", past=True, required_message="Enter when you offered it"
    )
    channel = forms.ChoiceField("How?", OfferChannel.choices, heading="m", required_message="Choose how")
    answer = forms.ChoiceField(
        "What was the answer?",
        OfferAnswer.choices,
        heading="m",
        required_message="Choose what the answer was",
    )
    note = forms.TextAreaField(
        "Anything to know for next time?",
        hint="For example when, where and with whom the child would talk.",
        rows=3,
        heading="m",
        required=False,
    )
    leaflet_given = forms.YesNoField(
        "Did the child get the leaflet about return interviews?", heading="m", required=False
    )


class InterviewHeld(Acting):
    """One long page, saved as it is typed. The order is that of the conversation, not of the database."""

    held_at = forms.MomentField("When did you talk?", past=True, required_message="Enter when you talked")
    place = forms.TextField("Where?", width=30, required_message="Write where you talked")
    child_seen_alone = forms.YesNoField("Did you see the child alone?", required=False)
    independence = forms.TextAreaField(
        "How are you independent of where the child lives?",
        hint="For example: I work for another organisation and do not answer to the home.",
        rows=2,
        required_message="Say how you are independent of where the child lives",
    )
    own_words = forms.TextAreaField(
        "What the child said, in their own words",
        hint="As they said it. If they said nothing, write that.",
        own_words=True,
        required_message="Write what the child said, in their own words. If they said nothing, write that",
    )
    before = forms.TextAreaField("Before: what led up to it?", required=False)
    during = forms.TextAreaField(
        "During: where were they, with whom, how did they get there?", required=False
    )
    after = forms.TextAreaField("After: how did they come back, and how has it been since?", required=False)
    harm = forms.TextAreaField(
        "Did anybody or anything harm them, or try to?",
        hint="If a child is in danger now, ring 999 first, then write.",
        required=False,
    )
    push_reasons = forms.MultiChoiceField("What were they getting away from?", shape="small", required=False)
    pull_reasons = forms.MultiChoiceField("What were they going towards?", shape="small", required=False)
    would_help = forms.TextAreaField("What would help, in the child's view?", required=False)
    carer_view = forms.TextAreaField("What do parents or carers say?", required=False)
    in_part = forms.YesNoField(
        "Was the talk broken off?",
        hint="Yes keeps it as “held in part”. It still counts as held.",
        required_message="Say whether the talk was broken off",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("push_reasons", push_reasons())
        self.offer("pull_reasons", pull_reasons())


class NotHeld(Acting):
    outcome = forms.ChoiceField(
        "Why was there no interview?",
        [(each.value, each.label) for each in InterviewOutcome if each not in HELD],
        heading="m",
        required_message="Choose why there was no interview",
    )
    after_no = forms.MultiChoiceField(
        "If they said no, what was done then?",
        AfterNo.choices,
        hint="A no counts as offered. It is not the end of listening.",
        heading="m",
        required=False,
    )
    reason_not_held = forms.TextAreaField(
        "What was tried, and why was there no interview?",
        heading="m",
        required_message="Say why there was no return interview, and what was tried",
    )
