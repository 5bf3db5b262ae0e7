"""Points out words that blame a child after a form was sent, to those whose browser did not do so while they wrote."""

from collections.abc import Iterator

from django.contrib import messages

from wayhome.access.requests import ViewerRequest
from wayhome.codelists.wording import PointedOut, pointed_out_once
from wayhome.web import forms

# What mirror.js sends along once it has shown its list.
SHOWN = "wording_shown"
AT_MOST = 3


def point_out(request: ViewerRequest, form: forms.Form) -> None:
    """Say on the next page which words could be better. What was sent is recorded as it is."""
    found = [] if SHOWN in request.POST else pointed_out_once(texts(form))
    if found:
        messages.info(request, in_a_sentence(found[:AT_MOST]))


def texts(form: forms.Form) -> Iterator[str]:
    """The long texts of a form, but for a child's own words."""
    for name, field in form.fields.items():
        if isinstance(field, forms.TextAreaField) and not field.own_words:
            yield form.cleaned_data.get(name) or ""


def in_a_sentence(found: list[PointedOut]) -> str:
    """What is recorded stays; the words are for the next time."""
    better = "; ".join(f"for “{each.words}” better: {each.term.better}" for each in found)
    return f"It is recorded as you wrote it. Another time, {better}. Why: see “Words that blame” in the glossary."
