"""The entries at the top and the foot of every page, given by config and shown to those they are for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from wayhome.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry. `scopes` None: for everyone signed in. `section` is the word by which a page says where it is."""

    label: str
    url_name: str
    scopes: frozenset[str] | None = None
    section: str = ""
    place: Literal["top", "foot"] = "top"

    def is_for(self, viewer: Viewer) -> bool:
        """True if the viewer holds one of the scopes, or none is asked."""
        return self.scopes is None or viewer.has(*self.scopes)

    @property
    def href(self) -> str:
        """Where it leads."""
        return reverse(self.url_name)


@cache
def every_item() -> tuple[NavigationItem, ...]:
    """What settings.WAYHOME_NAVIGATION names."""
    items: tuple[NavigationItem, ...] = import_string(settings.WAYHOME_NAVIGATION)
    return items


def items_for(viewer: Viewer | None) -> list[NavigationItem]:
    """The entries open to a viewer, in the order config gives; none before sign-in."""
    return [] if viewer is None else [item for item in every_item() if item.is_for(viewer)]


def navigation_links(items: Iterable[NavigationItem], section: str, path: str) -> list[dict[str, object]]:
    """The entries at the top for the GOV.UK service navigation, the one the page belongs to marked."""
    return [
        {
            "text": item.label,
            "href": item.href,
            "current": item.href == path and item.section == section != "",
            "active": item.section == section != "",
        }
        for item in items
        if item.place == "top"
    ]
