"""The template environment of the product's own pages: a name that is not there is an error, never a blank."""

from functools import cache
from typing import Any, cast
from uuid import UUID

from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from jinja2 import Environment, StrictUndefined

from wayhome.web import showing
from wayhome.web.control_charts import control_drawing
from wayhome.web.forms.base import error_summary, field, fields
from wayhome.web.govuk import govuk
from wayhome.web.navigation import drawn_navigation
from wayhome.web.pictures import clock_face, month_bars, timeline

FILTERS = (
    showing.day,
    showing.clock_time,
    showing.moment,
    showing.when,
    showing.due,
    showing.known,
    showing.iso,
    showing.number,
    showing.span,
    showing.sentence,
)


def url(name: str, *args: object, query: str = "", **kwargs: object) -> str:
    """The address of a named page; `query` is put behind it as it is."""
    if args and not kwargs and all(isinstance(each, UUID) for each in args):
        address = _address_with_ids(name, len(args), get_script_prefix()).format(*args)
    elif args or kwargs:
        address = reverse(name, args=args or None, kwargs=kwargs or None)
    else:
        address = _address_with_ids(name, 0, get_script_prefix()).format()
    return f"{address}?{query}" if query else address


@cache
def _address_with_ids(name: str, count: int, _prefix: str) -> str:
    """The address of a page with a place for each id: a list has hundreds, and finding one takes long."""
    places = [UUID(int=number) for number in range(count)]
    address = reverse(name, args=places).replace("{", "{{").replace("}", "}}")
    for number, place in enumerate(places):
        address = address.replace(str(place), f"{{{number}}}")
    return address


def environment(**options: Any) -> Environment:  # options: those Django's Jinja2 backend gives
    """Called by Django with the folders of templates (settings.TEMPLATES)."""
    options |= {"undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**cast(Any, options))  # noqa: S701 - autoescape is among the options
    made.filters.update({shown.__name__: shown for shown in FILTERS})
    made.globals.update(
        static=static,
        url=url,
        govuk=govuk,
        field=field,
        fields=fields,
        error_summary=error_summary,
        drawn_navigation=drawn_navigation,
        clock_face=clock_face,
        timeline_drawing=timeline,
        month_bars_drawing=month_bars,
        control_drawing=control_drawing,
    )
    return made
