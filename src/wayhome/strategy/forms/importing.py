"""The forms of bringing a plan in: the file, and everything that can be mended before it is saved."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from wayhome.access.submitting import SubmittedForm
from wayhome.strategy.commands.action import DueHasNoDate
from wayhome.strategy.exports.shape import ShapedRow
from wayhome.strategy.forms.plan import COLOURS, REMEDY, select
from wayhome.strategy.intake.known import Known, KnownNames
from wayhome.strategy.intake.preview import (
    CELLS,
    Fate,
    Preview,
    PreviewDue,
    PreviewKey,
    PreviewOwner,
    PreviewRow,
)
from wayhome.strategy.intake.resolving import ReadyRow
from wayhome.strategy.rules.due import end_of_month
from wayhome.strategy.vocabulary import DueKind, Frequency
from wayhome.web import forms

ACCEPTED = (".docx", ".xlsx", ".ods", ".xls", ".csv", ".tsv", ".txt", ".md", ".html", ".htm")
FATES = [
    forms.Choice(Fate.ROW, "An action of the plan"),
    forms.Choice(Fate.HEADING, "A heading: the rows below stand under it"),
    forms.Choice(Fate.JOINED, "It goes on with the row above"),
    forms.Choice(Fate.LEFT_OUT, "Not part of the plan: leave it out", reveals=("because",)),
]
AS_WRITTEN = "as_written"
DUE = [
    forms.Choice(AS_WRITTEN, "As the words say"),
    forms.Choice(DueKind.DATE, "By a date", reveals=("due_on",)),
    forms.Choice(DueKind.MONTH, "By the end of a month", reveals=("due_month",)),
    forms.Choice(DueKind.RECURRING, "Reviewed again and again", reveals=("frequency", "review_body")),
    forms.Choice(DueKind.OPEN, "No date"),
]
RATINGS = [
    ("", "– Not rated"),
    ("blue", "B – Blue"),
    ("green", "G – Green"),
    ("amber", "A – Amber"),
    ("red", "R – Red"),
]
UNRESOLVED = "unresolved"
KINDS = {"post": "Post", "agency": "Agency", "body": "Group", "team": "Team"}


def fingerprint(part: Any) -> int:
    """A number by which it is noticed that a part of a preview is not as it was when somebody began to mend it."""
    return zlib.crc32(json.dumps(part, sort_keys=True, default=str).encode()) % 10**9


class BringPlanForm(SubmittedForm):
    file = forms.FileField(
        "The file of the plan",
        hint="Word, Excel, OpenDocument, CSV, text or a web page. Nothing is saved before you have looked at it.",
        accept=ACCEPTED,
        required=False,
    )
    text = forms.TextAreaField(
        "Or paste the plan",
        hint="Copy its tables with their headings out of a document, a page or a message.",
        rows=8,
        required=False,
    )


class MendRowForm(SubmittedForm):
    """One row: what it is, its words, how it is rated, when it is due and who does it."""

    fate = forms.ChoiceField("What is this row?", FATES, shape="small")
    because = forms.TextField("Why is it not part of the plan?", required=False)
    reference = forms.TextField(
        "Reference", hint="Leave it empty to be offered the next one.", required=False, width=10
    )
    section = select("Under which heading?")
    objective = forms.TextAreaField("Objective", rows=3, required=False)
    action = forms.TextAreaField("What is to be done", rows=4, required=False)
    rating = forms.ChoiceField("Rating", RATINGS, shape="small", required=False)
    timescale = forms.TextField("Timescale, as the plan words it", required=False)
    due_kind = forms.ChoiceField("When is it due?", DUE, shape="small")
    due_on = forms.DateField("The day", required=False)
    due_month = forms.DateField("A day of that month", hint="The last of that month counts", required=False)
    frequency = forms.ChoiceField("How often?", Frequency.choices, shape="select", required=False)
    review_body = select("By which group?")
    responsibility = forms.TextAreaField("Responsible, as the plan words it", rows=2, required=False)
    evidence = forms.TextAreaField("What will show that it worked", rows=3, required=False)
    progress = forms.TextAreaField("Progress", rows=3, required=False)
    edition = forms.HiddenKey()

    def ask(self, preview: Preview, ready: ReadyRow, known: KnownNames) -> None:
        """Sets what can be chosen, and asks who is meant by each owner."""
        sections = dict.fromkeys([each.section for each in preview.rows])
        titles = {each.written: each.title for each in preview.ambitions}
        titles |= {each.written: each.title for each in preview.sections}
        self.offer(
            "section",
            [("", "None"), *((name, titles.get(name, name)) for name in (*sections, *titles) if name)],
        )
        bodies = [(each.id, each.name) for each in known.everybody if each.kind == "body"]
        self.offer("review_body", [("", "None"), *bodies])
        self.offer("frequency", [("", "Choose"), *Frequency.choices])
        self.owners = ready.owners
        for number, owner in enumerate(ready.owners):
            self.fields[f"owner_{number}"] = forms.ChoiceField(
                f"Who is meant by “{owner.words}”?", choices_for(owner, known), shape="select"
            )
        if len(ready.owners) > 1:
            named = [(str(number), owner.words) for number, owner in enumerate(ready.owners)]
            self.fields["lead"] = forms.ChoiceField("Who leads?", named, shape="select")

    def said(self, row: PreviewRow, ready: ReadyRow) -> dict[str, Any]:
        """What was typed, as `mend_row` takes it."""
        data = self.cleaned_data
        words = {name: data[name] for name in CELLS}
        return words | {
            "fate": data["fate"],
            "because": data["because"] or "",
            "section": data["section"],
            "rating": data["rating"] or "",
            "due": self._due(),
            "owners": self._owners(row, ready),
        }

    def _due(self) -> PreviewDue | None:
        data = self.cleaned_data
        kind = data["due_kind"]
        if kind == AS_WRITTEN:
            return None
        if kind == DueKind.RECURRING:
            return PreviewDue(kind, "", data["frequency"] or "unsaid", data["review_body"] or "")
        if kind == DueKind.OPEN:
            return PreviewDue()
        asked = "due_on" if kind == DueKind.DATE else "due_month"
        if data[asked] is None:
            raise DueHasNoDate(field=asked)
        on = end_of_month(data[asked]) if kind == DueKind.MONTH else data[asked]
        return PreviewDue(kind, on.isoformat())

    def _owners(self, row: PreviewRow, ready: ReadyRow) -> tuple[PreviewOwner, ...] | None:
        """Whom a person chose; None as long as they left what the words say."""
        data = self.cleaned_data
        lead = data.get("lead") or "0"
        chosen = [
            _chosen(owner, data.get(f"owner_{number}") or UNRESOLVED, is_lead=str(number) == lead)
            for number, owner in enumerate(ready.owners)
        ]
        found = tuple(sorted(chosen, key=lambda owner: owner.part != "lead"))
        if row.owners is None and set(found) == set(ready.owners):
            return None
        return row.owners if row.owners is not None and set(found) == set(row.owners) else found


def _chosen(owner: PreviewOwner, value: str, *, is_lead: bool) -> PreviewOwner:
    kind, _, who = value.partition(":")
    return replace(owner, kind=kind, who=who, part="lead" if is_lead else "contributor")


def choices_for(owner: PreviewOwner, known: KnownNames) -> list[tuple[str, str]]:
    """Words first, then those of this very name, then everybody there is."""
    named = known.called(owner.words)
    first = [(f"{each.kind}:{each.id}", _offered(each)) for each in named]
    taken = {value for value, _ in first}
    rest = [(f"{each.kind}:{each.id}", f"{KINDS[each.kind]}: {each.name}") for each in known.everybody]
    return [
        (UNRESOLVED, "Not known yet: keep the words"),
        *first,
        *(pair for pair in rest if pair[0] not in taken),
    ]


def _offered(known: Known) -> str:
    return (
        f"{KINDS[known.kind]}: {known.name}. {known.why}"
        if known.why
        else f"{KINDS[known.kind]}: {known.name}"
    )


def row_as_typed(row: PreviewRow, ready: ReadyRow) -> dict[str, Any]:
    """A row as its form shows it first."""
    due = row.due
    owners = {
        f"owner_{number}": f"{owner.kind}:{owner.who}" if owner.who else UNRESOLVED
        for number, owner in enumerate(ready.owners)
    }
    return (
        {name: getattr(row, name) for name in (*CELLS, "section", "rating", "fate", "because")}
        | owners
        | {
            "lead": "0",
            "due_kind": due.kind if due else AS_WRITTEN,
            "due_on": date.fromisoformat(due.on) if due and due.on else None,
            "due_month": date.fromisoformat(due.on) if due and due.on else None,
            "frequency": due.frequency if due else "",
            "review_body": due.body if due else "",
            "edition": str(fingerprint(asdict(row))),
        }
    )


class MendPlanForm(SubmittedForm):
    """What holds for the whole plan."""

    title = forms.TextField("Title of the plan", max_length=200)
    plan = select("Which plan does it bring up to date?")
    body = select("Which group answers for it?")
    starts_on = forms.DateField("First day", required=False)
    ends_on = forms.DateField("Last day", required=False)
    vision = forms.TextAreaField("Vision", rows=4, required=False)
    statement = forms.TextAreaField("Statement of intent", rows=4, required=False)
    makes_document = forms.MultiChoiceField(
        "The strategy",
        [("yes", "Begin a strategy with the vision and the statement")],
        shape="small",
        required=False,
    )
    edition = forms.HiddenKey()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rating, name in COLOURS.items():
            self.fields[rating] = forms.TextField(f"{name} means", max_length=120)
            self.fields[f"{rating}_remedy"] = forms.MultiChoiceField(
                f"{name}: remedial action", REMEDY, shape="small", required=False
            )

    def said(self) -> dict[str, Any]:
        """What was typed, by the fields of a preview."""
        data = self.cleaned_data
        return {
            **{name: data[name].strip() for name in ("title", "vision", "statement")},
            "body": data["body"],
            "starts_on": _day(data["starts_on"]),
            "ends_on": _day(data["ends_on"]),
            "makes_document": "yes" in (data["makes_document"] or ()),
            "key": tuple(
                PreviewKey(rating, data[rating], "yes" in (data[f"{rating}_remedy"] or ()))
                for rating in COLOURS
            ),
        }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def plan_seen(preview: Preview) -> list[Any]:
    """What the form of the plan shows, by which a stale edit is noticed."""
    names = ("title", "body", "starts_on", "ends_on", "vision", "statement", "makes_document")
    return [*(getattr(preview, name) for name in names), *(asdict(each) for each in preview.key)]


def plan_as_shown(preview: Preview, plan_id: object) -> dict[str, Any]:
    """What holds for the whole plan, as its form shows it first."""
    days = {name: getattr(preview, name) for name in ("starts_on", "ends_on")}
    said: dict[str, Any] = {name: getattr(preview, name) for name in ("title", "body", "vision", "statement")}
    said |= {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    said |= {each.rating: each.words for each in preview.key}
    said |= {f"{each.rating}_remedy": ["yes"] if each.needs_remedy else [] for each in preview.key}
    return said | {
        "plan": str(plan_id or ""),
        "makes_document": ["yes"] if preview.makes_document else [],
        "edition": str(fingerprint([*plan_seen(preview), str(plan_id or "")])),
    }


class MendSectionForm(SubmittedForm):
    title = forms.TextField("Title of the section", max_length=300)
    edition = forms.HiddenKey()


class MendPriorityForm(SubmittedForm):
    title = forms.TextField("Title of the priority", max_length=300)
    objective = forms.TextAreaField("What it is to reach", rows=3, required=False)
    commitments = forms.TextAreaField(
        "What is promised", hint="One commitment on each line.", rows=12, required=False
    )
    because = forms.TextField(
        "If it is no priority of this plan, say why it is left out",
        hint="Otherwise leave this empty.",
        required=False,
    )
    edition = forms.HiddenKey()


class MendAmbitionForm(SubmittedForm):
    reference = forms.TextField("Reference", hint="It stays once it is saved.", required=False, width=10)
    title = forms.TextAreaField("What is wanted", rows=2)
    lead = forms.TextField("Who leads it, in words", required=False)
    approach = forms.TextAreaField("How: the approach", rows=4, required=False)
    edition = forms.HiddenKey()


class SaveImportForm(SubmittedForm):
    """Nothing to type for a new plan; of an update, what becomes of each action that the file has no more."""

    edition = forms.HiddenKey()

    def ask_about(self, gone: Sequence[ShapedRow]) -> None:
        """Asks about each, one by one."""
        self.gone = list(gone)
        for number, row in enumerate(self.gone):
            words = " ".join(f"{row.reference} {row.text}".split())
            self.fields[f"because_{number}"] = forms.TextField("Why is it cancelled?", required=False)
            self.fields[f"gone_{number}"] = forms.ChoiceField(
                words[:200],
                [
                    forms.Choice("keep", "Keep it as it is"),
                    forms.Choice("cancel", "Cancel it", reveals=(f"because_{number}",)),
                ],
                shape="small",
            )
            self.fields[f"gone_{number}"].initial = "keep"

    def ends(self) -> dict[str, str]:
        """Why each that is cancelled is, by reference."""
        data = self.cleaned_data
        return {
            row.reference: data.get(f"because_{number}") or ""
            for number, row in enumerate(self.gone)
            if data.get(f"gone_{number}") == "cancel"
        }

    @property
    def asked(self) -> list[str]:
        """The fields to be drawn."""
        return [f"gone_{number}" for number in range(len(self.gone))]


class SetAsideForm(SubmittedForm):
    """Nothing to type: a step that is confirmed."""
