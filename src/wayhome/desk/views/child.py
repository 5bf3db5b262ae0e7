"""The child overview, and a masked address shown to who asks for it."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from wayhome.access.policies import may, may_for_each
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.desk import queries
from wayhome.desk.rules.chronology import PERIODS, Chosen
from wayhome.kernel.clock import london_day
from wayhome.people.commands import open_record, reveal_address
from wayhome.people.pack import placed_words, present_photo
from wayhome.people.queries import surroundings
from wayhome.people.rules import age_words, born_words
from wayhome.web.htmx import is_fragment
from wayhome.web.pages import render

# What the page offers to those who may do it for this child.
FOR_THE_CHILD = (Verb.EDIT_CHILD, Verb.SEE_MASKED_PLACES, Verb.SEE_PATHWAY, Verb.READ_CHILD_PLAN)


@allowed_to(Verb.READ_CHILD)
def child(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    viewer, now = request.viewer, request.now
    person = open_record(person_id=person_id, page="overview", viewer=viewer, now=now)
    chosen = Chosen.of(request.GET.dict(), request.GET.getlist("kind"))
    shown = queries.overview(surroundings(person, london_day(now)), chosen, viewer, now)
    for_the_child = may_for_each(viewer, FOR_THE_CHILD, person_id)
    context = {
        "child": person,
        "shown": shown,
        "known": shown.known,
        "chosen": chosen,
        "periods": PERIODS,
        "born": born_words(person.date_of_birth, person.birth_precision),
        "age": age_words(shown.known.age, person.birth_precision),
        "may_edit": for_the_child[Verb.EDIT_CHILD],
        "may_see_masked": for_the_child[Verb.SEE_MASKED_PLACES],
        "may_report": may(viewer, Verb.REPORT_MISSING),
        "may_refer": may(viewer, Verb.REFER_WORRY) and shown.is_child,
        "may_see_pathway": for_the_child[Verb.SEE_PATHWAY],
        "photo": present_photo(person_id),
        "plans": shown.plans,
        "placed": placed_words(shown.known.placement),
        "may_print": may(viewer, Verb.PRINT_PACK),
        "may_see_plan": for_the_child[Verb.READ_CHILD_PLAN],
        "may_restrict": may(viewer, Verb.RESTRICT_CHILD),
    }
    return render(request, "desk/child.html", context)


@require_POST
@allowed_to(Verb.SEE_MASKED_PLACES)
def masked_address(request: ViewerRequest, person_id: UUID, address_id: UUID) -> HttpResponse:
    """By POST only: to ask is an act, and it is on the record."""
    address = reveal_address(
        person_id=person_id, address_id=address_id, viewer=request.viewer, now=request.now
    )
    template = "desk/address.html" if is_fragment(request) else "desk/address_page.html"
    return render(request, template, {"address": address, "child": address.person})
