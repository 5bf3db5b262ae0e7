from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.codelists import load
from wayhome.kernel.clock import london_day
from wayhome.people import commands
from wayhome.people.commands import Stale
from wayhome.people.forms import EditForm, as_typed
from wayhome.people.queries import person, surroundings
from wayhome.people.rules import born_words
from wayhome.web.forms.reading import read_number
from wayhome.web.pages import render

FORM = "edit_person"
CODED = ("sex", "ethnicity", "language")


@allowed_to(Verb.EDIT_CHILD)
def edit_person(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    subject = commands.open_record(person_id=person_id, page="edit", viewer=request.viewer, now=request.now)
    today = london_day(request.now)
    form = form_for(
        request, EditForm, name=FORM, subject=str(person_id), today=today, initial=as_typed(subject)
    )
    stale: list[Stale] = []

    def do(data: dict[str, Any]) -> str:
        try:
            commands.change_person(
                person_id=person_id,
                version=read_number(data["version"], digits=9) or 0,
                details=form.details(),
                viewer=request.viewer,
                now=request.now,
            )
        except Stale as found:
            stale.append(found)
            raise
        return reverse("child", args=[person_id])

    done = send(request, form, name=FORM, subject=str(person_id), do=do)
    if done:
        return done
    context = {
        "form": form,
        "child": subject,
        "known": surroundings(subject, today),
        "differences": both_versions(form, stale[0], person_id) if stale else [],
    }
    return render(request, "people/edit.html", context)


def both_versions(form: EditForm, stale: Stale, person_id: UUID) -> list[tuple[str, str, str]]:
    """Field, what the record says now, what was typed: where they differ. The next save is over what was shown."""
    form.carry("version", str(person(person_id).version))
    theirs, typed = in_words(stale.theirs), in_words(vars_of(form))
    return [(label, theirs[label], typed[label]) for label in theirs if theirs[label] != typed[label]]


def vars_of(form: EditForm) -> dict[str, Any]:
    details = form.details()
    return {name: getattr(details, name) for name in details.__dataclass_fields__}


def in_words(details: dict[str, Any]) -> dict[str, str]:
    """Details of a person by the labels of the form, codes as words."""
    coded = {name: load(name).label(details[name]) if details[name] else "" for name in CODED}
    return {
        "Given names": details["given_name"],
        "Family name": details["family_name"],
        "Date of birth": born_words(details["date_of_birth"], details["birth_precision"]),
        "Sex": coded["sex"],
        "Gender": details["gender"],
        "Ethnicity": coded["ethnicity"],
        "First language": coded["language"],
        "Interpreter": "Needed" if details["needs_interpreter"] else "Not needed",
        "How the name is said": details["pronunciation"],
    }
