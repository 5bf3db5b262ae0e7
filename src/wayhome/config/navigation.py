"""The entries of the navigation, by what a person came to do."""

from wayhome.access.roles import ROLES, Verb
from wayhome.web.navigation import NavigationItem


def those_who(verb: Verb) -> frozenset[str]:
    """The scopes that allow a verb: an entry is shown to those its page is open to."""
    return frozenset(role.scope for role in ROLES if verb in role.verbs)


ITEMS: tuple[NavigationItem, ...] = (
    NavigationItem("Today", "today", None, "today"),
    NavigationItem("Duty board", "board", those_who(Verb.SEE_DUTY_BOARD), "board"),
    NavigationItem("Clock wall", "wall", those_who(Verb.SEE_DUTY_BOARD), "wall"),
    NavigationItem("Find or report", "find", those_who(Verb.FIND_CHILD), "find"),
    NavigationItem("Notifications", "notifications", those_who(Verb.ANSWER_REPORTS), "notifications"),
    NavigationItem("Repeat missing", "repeat", those_who(Verb.SEE_REPEAT), "repeat"),
    NavigationItem("Not heard", "not_heard", those_who(Verb.OFFER_INTERVIEW), "not_heard"),
    NavigationItem("Marked sentences", "marks", those_who(Verb.READ_INTERVIEW), "marks"),
    NavigationItem("Homes", "homes", those_who(Verb.SEE_HOMES), "homes"),
    NavigationItem("Out of area", "out_of_area", those_who(Verb.WATCH_OUT_OF_AREA), "out_of_area"),
    NavigationItem("Measures", "measures", those_who(Verb.SEE_MEASURES), "measures"),
    NavigationItem("Returns", "imports", those_who(Verb.IMPORT_RETURN), "imports"),
    NavigationItem("Accounts", "accounts", those_who(Verb.MANAGE_ACCOUNTS), "accounts"),
    NavigationItem("Access log", "access_log", those_who(Verb.READ_ACCESS_LOG), "log"),
    NavigationItem("Broken glass", "glass", those_who(Verb.REVIEW_BREAK_GLASS), "glass"),
    NavigationItem("Partnership", "partnership", None, "partnership", place="foot"),
    NavigationItem("Your account", "own_account", None, "own", place="foot"),
    NavigationItem("Roles", "roles", None, "roles", place="foot"),
    NavigationItem("Glossary", "glossary", None, "glossary", place="foot"),
)
