"""The form that puts rows in order: a number for each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wayhome.access.submitting import SubmittedForm
from wayhome.strategy.queries.order import Row
from wayhome.strategy.rules.order import in_order, mark_of
from wayhome.web import forms

LONGEST_LABEL = 140


class OrderForm(SubmittedForm):
    """The place of each row, as it stands at first."""

    edition = forms.HiddenKey()

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        self.fields["edition"].initial = mark_of(row.id for row in rows)
        for number, row in enumerate(rows, 1):
            label = f"{row.reference} {row.words}".strip()
            field = forms.NumberField(label[:LONGEST_LABEL], width=3, at_least=1, at_most=len(rows))
            field.initial = str(number)
            self.fields[_name(row.id)] = field

    def order(self) -> list[UUID]:
        """The rows in the order of their numbers."""
        numbers = [self.cleaned_data[_name(row.id)] for row in self._rows]
        return in_order([row.id for row in self._rows], numbers)

    @property
    def places(self) -> list[str]:
        """The names of the fields of the rows."""
        return [_name(row.id) for row in self._rows]


def _name(pk: UUID) -> str:
    return f"place_{pk}"
