from collections.abc import Iterable
from typing import Any

from wayhome.missing.forms.acting import Acting
from wayhome.missing.forms.choosing import languages, pull_reasons, push_reasons
from wayhome.missing.models import Episode
from wayhome.missing.vocabulary import (
    HELD,
    AfterNo,
    Independence,
    InterviewOutcome,
    OfferAnswer,
    OfferChannel,
)
from wayhome.web import forms
from wayhome.web.showing import moment


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


def retry_field(hint: str) -> forms.DateField:
    """When an interview is offered once more."""
    return forms.DateField("When will it be offered again?", hint=hint, heading="m", required=False)


class OfferedAfterNo(InterviewOffered):
    retry_on = retry_field(
        "If the answer was not yes. Leave it empty if the child does not want to be asked again."
    )


class InterviewHeld(Acting):
    """One long page, saved as it is typed. The order is that of the conversation, not of the database.

    Questions are open: none puts an answer into anybody's mouth.
    """

    held_at = forms.MomentField("When did you talk?", past=True, required_message="Enter when you talked")
    place = forms.TextField("Where?", width=30, required_message="Write where you talked")
    child_seen_alone = forms.YesNoField("Did you see the child alone?", required=False)
    also_about = forms.MultiChoiceField(
        "Which other returns did the child talk about?",
        hint="This interview then answers them too. Each is counted for itself.",
        required=False,
    )
    independent_as = forms.ChoiceField(
        "Who do you work for?",
        Independence.choices,
        hint="The child must be able to speak about where they live.",
        required_message="Choose who you work for",
    )
    independence = forms.TextAreaField(
        "Anything to add about that?",
        hint="If the child asked for you, write how.",
        rows=2,
        required=False,
    )
    language = forms.ChoiceField("Which language did you talk in?", shape="select", required=False)
    had_interpreter = forms.YesNoField("Was there an interpreter?", required=False)
    used_easy_read = forms.YesNoField("Did you use easy-read words or pictures?", required=False)
    own_words = forms.TextAreaField(
        "What the child said, in their own words",
        hint="As they said it. If they said nothing, write that.",
        own_words=True,
        required_message="Write what the child said, in their own words. If they said nothing, write that",
    )
    before = forms.TextAreaField("How were things before they went?", rows=4, required=False)
    during = forms.TextAreaField("What happened while they were away?", rows=4, required=False)
    where_been = forms.TextAreaField("Where were they?", rows=3, required=False)
    with_whom = forms.TextAreaField("Who were they with?", rows=3, required=False)
    travel = forms.TextAreaField(
        "How did they get about?", hint="On foot, by bus or train, or whose car.", rows=3, required=False
    )
    after = forms.TextAreaField("How did they come back?", rows=3, required=False)
    since_return = forms.TextAreaField("How has it been since?", rows=3, required=False)
    harm = forms.TextAreaField(
        "How did people treat them, and were they hurt?",
        hint="In person or online. If a child is in danger now, ring 999 first, then write.",
        rows=4,
        required=False,
    )
    substances = forms.TextAreaField(
        "What did they say about alcohol, drugs or vapes?",
        rows=3,
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

    def __init__(self, *args: Any, others: Iterable[Episode] = (), language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("push_reasons", push_reasons())
        self.offer("pull_reasons", pull_reasons())
        self.offer("language", languages())
        self.initial.setdefault("language", language)
        returns = [(str(each.pk), gone_and_back(each)) for each in others]
        self.offer("also_about", returns)
        if not returns:
            del self.fields["also_about"]


def gone_and_back(episode: Episode) -> str:
    """One time missing, as a line to choose it by."""
    back = moment(episode.returned_at) if episode.returned_at else "not back"
    return f"{episode.get_kind_display()} from {moment(episode.last_seen_at)}, back {back}"


class AfterNoForm(Acting):
    """What is done when the child was not heard: the end of a duty, not of listening."""

    after_no = forms.MultiChoiceField(
        "What was done then?",
        AfterNo.choices,
        hint="Choose all that was done. A no counts as offered. It is not the end of listening.",
        heading="m",
        required=False,
    )
    contacts_given = forms.TextAreaField(
        "Whom were the child and the family told they can turn to?",
        hint="Names and numbers: somebody to speak for the child, support, the police, the council.",
        rows=3,
        heading="m",
        required=False,
    )
    carer_view = forms.TextAreaField(
        "What do parents or carers say about it?",
        hint="They are asked even if the child said no.",
        rows=4,
        heading="m",
        required=False,
    )
    retry_on = retry_field("Leave it empty if the child does not want to be asked again.")


class NotHeld(AfterNoForm):
    retry_on = retry_field(
        "They may want to talk later. If you leave it empty, the local setting gives the day."
    )
    outcome = forms.ChoiceField(
        "Why was there no interview?",
        [(each.value, each.label) for each in InterviewOutcome if each not in HELD],
        hint="If the child is missing again, you can leave this open: one interview may answer both returns.",
        heading="m",
        required_message="Choose why there was no interview",
    )
    reason_not_held = forms.TextAreaField(
        "What was tried, and why was there no interview?",
        heading="m",
        required_message="Say why there was no return interview, and what was tried",
    )

    field_order = ("submission_key", "outcome", "reason_not_held")
