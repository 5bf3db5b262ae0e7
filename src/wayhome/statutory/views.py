from contextlib import ExitStack
from io import TextIOWrapper
from tempfile import TemporaryFile
from uuid import UUID

from django.http import FileResponse, HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.statutory import commands, queries
from wayhome.web.pages import page_number, render


@allowed_to(Verb.IMPORT_RETURN)
def imports(request: ViewerRequest) -> HttpResponse:
    return render(request, "statutory/imports.html", {"batches": queries.batches()})


@allowed_to(Verb.IMPORT_RETURN)
def one_import(request: ViewerRequest, batch_id: UUID) -> HttpResponse:
    page = page_number(request)
    found = commands.read_import(batch_id=batch_id, page=page, viewer=request.viewer, now=request.now)
    return render(request, "statutory/import.html", {"found": found, "batch": found.batch})


@allowed_to(Verb.IMPORT_RETURN)
def rejections(request: ViewerRequest, batch_id: UUID) -> FileResponse:
    """Written to the end before it is sent: the answer goes out when nobody is looking any more."""
    with ExitStack() as until_sent:
        file = until_sent.enter_context(TemporaryFile())
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        until_sent.callback(text.detach)
        commands.take_rejections(batch_id=batch_id, to=text, viewer=request.viewer, now=request.now)
        text.detach()
        file.seek(0)
        until_sent.pop_all()
    return FileResponse(file, as_attachment=True, filename=f"rejections-{batch_id}.csv")
