"""The missing pack of a child: on the screen, and as a page to print."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from wayhome.access.policies import may, may_for
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.missing.commands.pack import open_pack, print_pack
from wayhome.missing.forms.pack import PrintForm
from wayhome.missing.pack import Pack, may_see_masked
from wayhome.people.forms import ConfirmForm
from wayhome.web.pages import render


@allowed_to(Verb.PRINT_PACK)
def missing_pack(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    pack = open_pack(person_id=person_id, viewer=request.viewer, now=request.now)
    return shown(request, pack, print_form(request, pack))


@require_POST
@allowed_to(Verb.PRINT_PACK)
def print_missing_pack(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """The file itself. It is kept nowhere: what was printed can be told from the record."""
    form = PrintForm(request.POST)
    if not form.is_valid():
        pack = open_pack(person_id=person_id, viewer=request.viewer, now=request.now)
        return shown(request, pack, print_form(request, pack, form))
    printed = print_pack(
        person_id=person_id,
        purpose=form.cleaned_data["purpose"],
        with_masked=bool(form.cleaned_data["masked"]),
        viewer=request.viewer,
        now=request.now,
    )
    answer = HttpResponse(printed.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{printed.name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def print_form(request: ViewerRequest, pack: Pack, form: PrintForm | None = None) -> PrintForm:
    """The question what it is printed for; about places kept from view only where there are some to ask about."""
    form = form or PrintForm()
    is_anything_hidden = pack.hidden or any(line.is_masked for line in pack.places)
    if not (is_anything_hidden and may_see_masked(request.viewer, pack.person_id)):
        del form.fields["masked"]
    return form


def shown(request: ViewerRequest, pack: Pack, form: PrintForm) -> HttpResponse:
    context: dict[str, Any] = {
        "pack": pack,
        "kept": pack.kept,
        "form": form,
        "check_form": ConfirmForm(),
        "may_keep": may_for(request.viewer, Verb.KEEP_PACK, pack.person_id),
        "may_report": may(request.viewer, Verb.REPORT_MISSING),
        "may_see_masked": may_see_masked(request.viewer, pack.person_id),
    }
    return render(request, "missing/pack.html", context)
