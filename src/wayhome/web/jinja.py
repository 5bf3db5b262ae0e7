"""The template environment of the product's own pages: a name that is not there is an error, never a blank."""

from typing import Any, cast

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from wayhome.web import showing
from wayhome.web.control_charts import control_drawing
from wayhome.web.forms.base import error_summary, field, fields
from wayhome.web.govuk import govuk
from wayhome.web.navigation import navigation_links
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
    address = reverse(name, args=args or None, kwargs=kwargs or None)
    return f"{address}?{query}" if query else address


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
        navigation_links=navigation_links,
        clock_face=clock_face,
        timeline_drawing=timeline,
        month_bars_drawing=month_bars,
        control_drawing=control_drawing,
    )
    return made
