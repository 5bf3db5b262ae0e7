"""A field for a file. The form round it says `enctype="multipart/form-data"`."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from wayhome.web.forms.base import GovukField, Params


class FileField(GovukField, forms.FileField):
    """One file. `accept` are the media types that the browser offers; what came is judged by the command."""

    component = "file-upload"

    def __init__(self, label: str, *, accept: tuple[str, ...] = (), **options: Any) -> None:
        self.accept = ",".join(accept)
        empty = "The file is empty. Choose another one"
        super().__init__(label, error_messages={"empty": empty}, **options)

    def params(self, bound: BoundField) -> Params:
        return super().params(bound) | {
            "label": self.label_params(bound),
            "attributes": {"accept": self.accept} if self.accept else {},
        }
