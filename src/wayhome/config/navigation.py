"""The entries of the navigation, by what a person came to do."""

from wayhome.web.navigation import NavigationItem

ITEMS: tuple[NavigationItem, ...] = ()
