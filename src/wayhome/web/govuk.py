"""The GOV.UK Frontend components as functions: `govuk("button", {"text": "Save"})`.

Their macros ask for every option by name whether it was given or not, so they run in a lenient environment of
their own, and our templates can keep StrictUndefined.
"""

from collections.abc import Callable, Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup


def as_it_is(text: str, *_width: object) -> str:
    """Stands in for the `indent` filter, which would add spaces to the lines of a text somebody typed."""
    return text


@cache
def lenient_environment() -> Environment:
    """Where the macros of GOV.UK Frontend run."""
    name = "govuk_frontend_jinja"
    loader = PrefixLoader({name: PackageLoader(name)})
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    environment.filters["indent"] = as_it_is
    return environment


@cache
def macro(component: str) -> Callable[[Mapping[str, object]], str]:
    """The macro of a component, named as in the Design System: "date-input"."""
    template = lenient_environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    found: Callable[[Mapping[str, object]], str] = getattr(template.module, name)
    return found


def govuk(component: str, params: Mapping[str, object]) -> Markup:
    """A component, drawn. What is not known to be safe is escaped, as everywhere."""
    return Markup(macro(component)(params))  # noqa: S704 - the macro escapes
