"""The template environment of the product's own pages: a name that is not there is an error, never a blank."""

from functools import lru_cache
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
    if kwargs:
        address = reverse(name, args=args or None, kwargs=kwargs)
    else:
        ids = [each for each in args if each.__class__ is UUID]
        others = tuple([None if each.__class__ is UUID else each for each in args])
        address = _address_with_ids(name, others, get_script_prefix())
        for each in ids:
            address = address.replace(A_PLACE, str(each), 1)
    return f"{address}?{query}" if query else address


# Stands where an id does.
AN_ID = UUID("01900000-aaaa-7aaa-aaaa-aaaaaaaaaaaa")
A_PLACE = str(AN_ID)


@lru_cache(maxsize=5000)
def _address_with_ids(name: str, others: tuple[object, ...], _prefix: str) -> str:
    """The address of a page with a place for each id: a list has hundreds, and finding one takes long."""
    return reverse(name, args=[AN_ID if each is None else each for each in others])


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
