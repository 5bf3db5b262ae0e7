"""The words of this work."""

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.desk import glossary as words
from wayhome.web.pages import render


@signed_in
def glossary(request: ViewerRequest) -> HttpResponse:
    return render(request, "desk/glossary.html", {"parts": words.glossary()})
