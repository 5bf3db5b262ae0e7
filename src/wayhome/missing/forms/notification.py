"""What is asked of a notification: as it was told, and then what becomes of it."""

from typing import Any

from wayhome.missing.commands import NewReport, Return
from wayhome.missing.commands.notification import NewNotification
from wayhome.missing.forms.acting import Acting
from wayhome.missing.vocabulary import (
    EpisodeKind,
    MissingFrom,
    NotificationChannel,
    NotificationOutcome,
    ReportSource,
)
from wayhome.web import forms

BY_HAND = (NotificationChannel.PHONE, NotificationChannel.EMAIL, NotificationChannel.IN_PERSON)
BLANK = [("", "Not told")]


class WriteDown(Acting):
    """All may be left empty but who told it, how and when: what was not told is not invented."""

    source = forms.ChoiceField(
        "Who told it?",
        [choice for choice in ReportSource.choices if choice[0] != ReportSource.IMPORT],
        heading="m",
        required_message="Choose who told it",
    )
    told_by = forms.TextField("Their name", autocomplete="off", required=False)
    contact = forms.TextField(
        "How can they be reached?",
        hint="A telephone number at which somebody answers tonight.",
        autocomplete="off",
        required=False,
    )
    channel = forms.ChoiceField(
        "How did it reach you?",
        [(each.value, each.label) for each in BY_HAND],
        heading="m",
        shape="inline",
        required_message="Choose how it reached you",
    )
    received_at = forms.MomentField(
        "When did it reach you?", heading="m", past=True, required_message="Enter when it reached you"
    )
    sent_at = forms.MomentField(
        "When was it sent?", hint="For an e-mail or a letter.", past=True, required=False
    )
    sender_reference = forms.TextField(
        "The sender's own number of this message",
        hint="If it has one. The same number twice is recognised as the same message.",
        width=20,
        required=False,
        spellcheck=False,
    )
    name_told = forms.TextField("Name", hint="As it was told", required=False, spellcheck=False)
    born_told = forms.TextField(
        "Date of birth or age", hint="As it was told", width=20, required=False, spellcheck=False
    )
    number_told = forms.TextField(
        "A number they are known by", hint="NHS number, UPN", width=20, required=False, spellcheck=False
    )
    kind_told = forms.TextField(
        "What the sender calls it", hint="Missing, absent, away", width=20, required=False
    )
    risk_told = forms.TextField(
        "Risk, in the sender's word",
        hint="It is kept as told. The police desk judges the risk of an episode.",
        width=20,
        required=False,
    )
    last_seen_at = forms.MomentField("When were they last seen?", past=True, required=False)
    noticed_at = forms.MomentField("When was it noticed?", past=True, required=False)
    reported_at = forms.MomentField("When was it reported?", past=True, required=False)
    last_seen_place = forms.TextField("Where were they last seen?", required=False)
    missing_from = forms.ChoiceField(
        "Missing from", BLANK + list(MissingFrom.choices), shape="select", required=False
    )
    circumstances = forms.TextAreaField(
        "What was said?", hint="In the sender's words.", rows=8, required=False
    )
    companions = forms.TextField("Who may they be with?", required=False)
    police_reference = forms.TextField("Police reference", width=20, required=False)

    def told(self) -> NewNotification:
        """As the command wants it."""
        said = {
            name: self.cleaned_data[name]
            for name in NewNotification.__dataclass_fields__
            if name in self.fields
        }
        return NewNotification(**said)


class NameChild(Acting):
    """Who it is about, among those that were found."""

    outcome_read = forms.HiddenKey(required=False)
    person = forms.ChoiceField(
        "Which child is it about?", heading="m", required_message="Choose the child it is about"
    )


class TakeUp(Acting):
    """What the desk makes of what was told. It begins with what was told. Whether it is about the same time is asked
    only where it tells of an earlier day than the episode that the child has.
    """

    outcome_read = forms.HiddenKey(required=False)
    is_same_time = forms.YesNoField(
        "Is it about that same time?", no=("returned_at",), heading="m", required=False
    )
    returned_at = forms.MomentField(
        "When were they back from the earlier time?",
        past=True,
        required_message="Enter when they were back from the earlier time",
    )
    kind = forms.ChoiceField(
        "Does anybody know where they are?",
        [
            (EpisodeKind.MISSING, "No: they are missing"),
            (EpisodeKind.AWAY, "Yes, and they are not allowed to be there: away without authorisation"),
        ],
        heading="m",
        required_message="Say whether anybody knows where they are",
    )
    last_seen_at = forms.RoughMomentField(
        "When were they last seen?",
        heading="m",
        past=True,
        required_message="Enter when they were last seen",
    )
    noticed_at = forms.RoughMomentField(
        "When was it noticed?", hint="Leave this empty if nobody can say.", past=True, required=False
    )
    reported_at = forms.MomentField(
        "When was it reported?", past=True, required_message="Enter when it was reported"
    )
    missing_from = forms.ChoiceField(
        "Missing from", MissingFrom.choices, shape="select", required_message="Choose where they went from"
    )
    last_seen_place = forms.TextField("Where exactly were they last seen?", required=False)

    def told_back(self, note: Any) -> Return | None:
        """The return, as it was told or as it is typed here for a time of its own."""
        returned_at = self.cleaned_data["returned_at"] or note.returned_at
        return Return(returned_at=returned_at) if returned_at else None

    def report(self, note: Any) -> NewReport:
        """A report: what is typed here, and the rest as it was told."""
        said = self.cleaned_data
        noticed = said["noticed_at"]
        return NewReport(
            source=note.source,
            kind=said["kind"],
            last_seen_at=said["last_seen_at"].at,
            last_seen_certainty=said["last_seen_at"].certainty,
            noticed_at=noticed.at if noticed else None,
            **({"noticed_certainty": noticed.certainty} if noticed else {}),
            reported_at=said["reported_at"],
            missing_from=said["missing_from"],
            last_seen_place=said["last_seen_place"],
            **{
                name: getattr(note, name)
                for name in ("told_by", "contact", "circumstances", "companions", "police_reference")
            },
        )


class Settle(Acting):
    outcome_read = forms.HiddenKey(required=False)
    outcome = forms.ChoiceField(
        "What is it?",
        [
            forms.Choice(
                NotificationOutcome.REPEATED,
                "The same message once more",
                hint="Nothing new is told. It is kept beside the first.",
                reveals=("repeats",),
            ),
            forms.Choice(
                NotificationOutcome.NOT_MISSING,
                "The child was not missing",
                hint="For example, they were where they were meant to be.",
            ),
            forms.Choice(NotificationOutcome.NOT_A_CHILD, "It is not about a child"),
            forms.Choice(NotificationOutcome.NOT_IDENTIFIED, "Nobody could say who it is about"),
        ],
        heading="m",
        required_message="Choose what it is",
    )
    repeats = forms.ChoiceField(
        "Which one does it repeat?", shape="select", required_message="Choose the notification it repeats"
    )
    reason = forms.TextAreaField(
        "How do you know?",
        hint="Whom you asked, and what they said. Not needed for the same message once more.",
        rows=4,
        heading="m",
        required=False,
    )
