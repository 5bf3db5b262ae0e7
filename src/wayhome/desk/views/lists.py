"""What is looked through from time to time, and what is opened now and then: the entries there is no room for above."""

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.desk.doors import doors_to_lists, more_doors
from wayhome.desk.lists import waits_in_lists
from wayhome.web.pages import render


@signed_in
def lists(request: ViewerRequest) -> HttpResponse:
    """Counts without a child: what stands in a list is read, and written down, on its own page."""
    found = doors_to_lists(request.viewer, waits_in_lists(request.viewer, request.now))
    return render(request, "desk/lists.html", {"doors": found})


@signed_in
def more(request: ViewerRequest) -> HttpResponse:
    return render(request, "desk/more.html", {"doors": more_doors(request.viewer)})
