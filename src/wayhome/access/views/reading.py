from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.access.roles import ROLES
from wayhome.web.pages import render


@signed_in
def roles(request: ViewerRequest) -> HttpResponse:
    return render(request, "access/roles.html", {"roles": ROLES})
