"""The questions of a report, one thing on a page, and what the answers make together."""

from typing import Any, ClassVar

from django.http import QueryDict

from wayhome.access.roles import Scope
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.missing.commands import NewReport, Return
from wayhome.missing.forms.acting import Acting
from wayhome.missing.forms.choosing import return_methods
from wayhome.missing.vocabulary import EpisodeKind, MissingFrom, ReportSource
from wayhome.web import forms
from wayhome.web.forms.steps import Answers, answered

SOURCE_OF: dict[str, str] = {
    Scope.POLICE_DESK: ReportSource.POLICE,
    Scope.HOME_STAFF: ReportSource.HOME,
}


class ReportIncomplete(Refusal):
    """Some questions are not answered yet. Answer them, then send the report."""


class Step(forms.Form):
    """One page of the report. `{child}` in a label or a message is the child's name, or "this child"."""

    title: ClassVar[str] = ""

    def __init__(self, *args: Any, child: str, viewer: Viewer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        for each in self.fields.values():
            each.label = str(each.label).format(child=child)
            each.help_text = str(each.help_text).format(child=child)
            each.error_messages = {
                code: str(said).format(child=child) for code, said in each.error_messages.items()
            }

    @property
    def heading(self) -> str:
        """The title with the child's name in it."""
        return self.title.format(child=self.child)


class Kind(Step):
    title = "Do you know where {child} is?"
    kind = forms.ChoiceField(
        "Do you know where {child} is?",
        [
            forms.Choice(
                EpisodeKind.MISSING,
                "No, nobody knows where they are",
                hint="This is missing. It stays so until it is known where they are and that they are well.",
            ),
            forms.Choice(
                EpisodeKind.AWAY,
                "Yes, and they are not allowed to be there",
                hint="This is away without authorisation. If you stop knowing where they are, they are missing.",
            ),
        ],
        heading="l",
        required_message="Say whether you know where {child} is",
    )


class LastSeen(Step):
    title = "When was {child} last seen?"
    last_seen_at = forms.RoughMomentField(
        "When was {child} last seen?",
        hint="A time like 10.30pm or 2230. If you are not sure, give your best answer and say how sure you are.",
        heading="l",
        past=True,
        required_message="Enter when {child} was last seen",
    )


class Noticed(Step):
    title = "When was it noticed, and when reported?"
    noticed_at = forms.RoughMomentField(
        "When did somebody notice that {child} was gone?",
        hint="Leave this empty if nobody can say.",
        heading="m",
        past=True,
        required=False,
    )
    reported_at = forms.MomentField(
        "When was it reported?",
        hint="When somebody first told the police or another agency. If you are the first, that is now.",
        heading="m",
        past=True,
        required_message="Enter when it was reported",
    )


class Place(Step):
    title = "Where was {child} last seen?"
    missing_from = forms.ChoiceField(
        "Where did {child} go missing from?",
        MissingFrom.choices,
        heading="m",
        required_message="Choose where {child} went missing from",
    )
    last_seen_place = forms.TextField(
        "Where exactly were they last seen?",
        hint="A place others can find: a street, a station, a shop, a room.",
        heading="m",
        required=False,
    )


class WhatHappened(Step):
    title = "What happened?"
    circumstances = forms.TextAreaField(
        "What happened?",
        hint="What led up to it, what they had with them, what is different this time.",
        heading="l",
        rows=8,
        required_message="Write what happened, as far as you know",
    )
    companions = forms.TextField(
        "Who may they be with?", hint="Names, or how they are known.", required=False
    )
    police_reference = forms.TextField("Police reference", width=20, required=False)


class Source(Step):
    title = "Who tells this?"
    source = forms.ChoiceField(
        "Who tells this?",
        [choice for choice in ReportSource.choices if choice[0] != ReportSource.IMPORT],
        heading="l",
        required_message="Choose who tells this",
    )
    told_by = forms.TextField("Name of the person who tells it", autocomplete="off")
    contact = forms.TextField(
        "How can they be reached?",
        hint="A telephone number at which somebody answers tonight.",
        autocomplete="off",
    )

    def __init__(self, *args: Any, viewer: Viewer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        if viewer is not None:
            sources = [source for scope, source in SOURCE_OF.items() if viewer.has(scope)]
            self.initial.setdefault("source", sources[0] if sources else ReportSource.PROFESSIONAL)
            self.initial.setdefault("told_by", viewer.name)


class BackAlready(Step):
    title = "Is {child} back already?"
    is_back = forms.YesNoField(
        "Is {child} back already?",
        yes=("returned_at", "returned_to", "return_method"),
        heading="l",
        required_message="Say whether {child} is back already",
    )
    returned_at = forms.RoughMomentField(
        "When did they come back?", past=True, required_message="Enter when they came back"
    )
    returned_to = forms.TextField("Where are they now?", required=False)
    return_method = forms.ChoiceField(
        "How did they come back?", shape="select", required_message="Choose how they came back"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["return_method"].offer(return_methods())  # type: ignore[attr-defined]  # ours


STEPS: dict[str, type[Step]] = {
    "kind": Kind,
    "last-seen": LastSeen,
    "noticed": Noticed,
    "place": Place,
    "what-happened": WhatHappened,
    "source": Source,
    "back": BackAlready,
}
STEP_OF_FIELD = {field: name for name, step in STEPS.items() for field in step.base_fields}


class Confirm(Acting):
    """The report is sent, or added to one that is known."""


def answers(typed: QueryDict, *, child: str) -> Answers:
    """Every step's answers by the step's name."""
    return answered(STEPS, typed, child=child)


def as_report(told: Answers) -> tuple[NewReport, Return | None]:
    """The answers as the commands want them. Raises ReportIncomplete."""
    said: dict[str, Any] = {}
    for answer in told.values():
        if answer is None:
            raise ReportIncomplete
        said |= answer
    words = ("kind", "reported_at", "source", "told_by", "contact", "last_seen_place", "missing_from")
    more = ("circumstances", "companions", "police_reference")
    noticed = said["noticed_at"]
    new = NewReport(
        last_seen_at=said["last_seen_at"].at,
        last_seen_certainty=said["last_seen_at"].certainty,
        noticed_at=noticed.at if noticed else None,
        **({"noticed_certainty": noticed.certainty} if noticed else {}),
        **{word: said[word] for word in (*words, *more)},
    )
    return new, as_return(said) if said["is_back"] else None


def as_return(said: dict[str, Any]) -> Return:
    """The answers about the return as the commands want them."""
    return Return(
        returned_at=said["returned_at"].at,
        certainty=said["returned_at"].certainty,
        returned_to=said["returned_to"],
        return_method=said["return_method"],
    )
