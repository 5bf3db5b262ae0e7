"""The forms of a strategy document and its sections."""

from typing import Any

from wayhome.access.submitting import SubmittedForm
from wayhome.strategy.commands.document import DocumentDetails, SectionDetails
from wayhome.strategy.forms.plan import chosen, select
from wayhome.strategy.models import DocumentSection, StrategyDocument
from wayhome.strategy.vocabulary import SectionKind
from wayhome.web import forms


class DocumentForm(SubmittedForm):
    title = forms.TextField("Title of the strategy", max_length=200)
    body_id = select("Which group answers for it?")
    starts_on = forms.DateField("First day", required=False)
    ends_on = forms.DateField("Last day", required=False)
    edition = forms.HiddenKey()

    def details(self) -> DocumentDetails:
        """What was typed, as the command takes it."""
        data = self.cleaned_data
        return DocumentDetails(
            title=data["title"],
            body_id=chosen(data["body_id"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
        )


def document_as_typed(row: StrategyDocument) -> dict[str, Any]:
    """A strategy as its form shows it first."""
    return {
        "title": row.title,
        "body_id": str(row.body_id or ""),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "edition": str(row.edition),
    }


class SectionForm(SubmittedForm):
    kind = forms.ChoiceField("What is it?", SectionKind.choices, shape="small")
    heading = forms.TextField("Heading", required=False, max_length=200)
    text = forms.TextAreaField("Text", rows=10, required=False)
    source = forms.TextField(
        "Whose words, or which source", hint="A quotation needs it.", required=False, max_length=300
    )
    address = forms.TextField("Where it can be read", hint="A web address, if there is one.", required=False)

    def details(self) -> SectionDetails:
        """What was typed, as the command takes it."""
        names = ("kind", "heading", "text", "source", "address")
        return SectionDetails(**{name: self.cleaned_data[name] for name in names})


def section_as_typed(row: DocumentSection) -> dict[str, Any]:
    """A section as its form shows it first."""
    return {name: getattr(row, name) for name in ("kind", "heading", "text", "source", "address")}


class ApproveForm(SubmittedForm):
    approved_by = forms.TextField("Who approved it?", hint="The Board, or a group on its behalf.")
    approved_on = forms.DateField("On which day?")


class ConfirmForm(SubmittedForm):
    """Nothing to type: a step that is confirmed."""
