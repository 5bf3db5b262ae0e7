"""The entries at the top and the foot of every page, given by config and shown to those they are for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.module_loading import import_string
from markupsafe import Markup

from wayhome.kernel.viewer import Viewer
from wayhome.web.govuk import govuk

# More than these do not fit beside each other on a desk, and nobody reads them on a phone.
MOST_AT_THE_TOP = 7


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry. `scopes` None: for everyone signed in. `section` is the word by which a page says where it is.

    One of a gathering ("lists", "more") stands behind the entry that `gathers` it, where there is no room for all.
    """

    label: str
    url_name: str
    scopes: frozenset[str] | None = None
    section: str = ""
    place: Literal["top", "lists", "more", "foot"] = "top"
    gathers: str = ""

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


def drawn_navigation(items: Sequence[NavigationItem], section: str, path: str) -> Markup:
    """The entries at the top of a page, drawn: nothing if there are none. The same for every page of a section."""
    shown = tuple(items)
    place = path if path in _addresses(shown, get_script_prefix()) else ""
    return _drawn(shown, section, place, get_script_prefix())


@lru_cache(maxsize=100)
def _addresses(items: tuple[NavigationItem, ...], _prefix: str) -> frozenset[str]:
    return frozenset(item.href for item in items)


@lru_cache(maxsize=1000)
def _drawn(items: tuple[NavigationItem, ...], section: str, path: str, _prefix: str) -> Markup:
    links = navigation_links(items, section, path)
    return govuk("service-navigation", {"navigation": links}) if links else Markup()


def at_the_top(items: Sequence[NavigationItem]) -> list[NavigationItem]:
    """The entries above a page: all of them while there is room, else each gathering as one."""
    single = [item for item in items if item.place != "foot" and not item.gathers]
    if len(single) <= MOST_AT_THE_TOP:
        return single
    found: list[NavigationItem] = []
    for item in items:
        gathered = gathered_by(item, items)
        if len(gathered) == 1:
            found += gathered
        elif item.place == "top" and (gathered or not item.gathers):
            found.append(item)
    return found


def gathered_by(item: NavigationItem, items: Iterable[NavigationItem]) -> list[NavigationItem]:
    """What stands behind an entry."""
    return [each for each in items if item.gathers and each.place == item.gathers]


def navigation_links(items: Sequence[NavigationItem], section: str, path: str) -> list[dict[str, object]]:
    """The entries at the top for the GOV.UK service navigation, the one the page belongs to marked."""
    return [
        {
            "text": item.label,
            "href": item.href,
            "current": item.href == path and item.section == section != "",
            "active": section in _sections(item, items),
        }
        for item in at_the_top(items)
    ]


def _sections(item: NavigationItem, items: Sequence[NavigationItem]) -> set[str]:
    return {each.section for each in (item, *gathered_by(item, items))} - {""}
