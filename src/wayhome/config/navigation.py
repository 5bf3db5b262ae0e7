"""The entries of the navigation, by what a person came to do."""

from wayhome.access.roles import ROLES, Verb
from wayhome.web.navigation import NavigationItem


def those_who(verb: Verb) -> frozenset[str]:
    """The scopes that allow a verb: an entry is shown to those its page is open to."""
    return frozenset(role.scope for role in ROLES if verb in role.verbs)


# What waits for somebody, and what is looked through from time to time: behind "Lists" where there is no room for all.
LISTS: tuple[NavigationItem, ...] = (
    NavigationItem(
        "Notifications", "notifications", those_who(Verb.ANSWER_REPORTS), "notifications", "lists"
    ),
    NavigationItem("Worries", "worries", those_who(Verb.SCREEN_REFERRAL), "worries", "lists"),
    NavigationItem("My worries", "my_worries", those_who(Verb.REFER_WORRY), "my_worries", "lists"),
    NavigationItem("Disagreements", "disagreements", those_who(Verb.SEE_PATHWAY), "disagreements", "lists"),
    NavigationItem("Repeat missing", "repeat", those_who(Verb.SEE_REPEAT), "repeat", "lists"),
    NavigationItem("Not heard", "not_heard", those_who(Verb.OFFER_INTERVIEW), "not_heard", "lists"),
    NavigationItem("Marked sentences", "marks", those_who(Verb.READ_INTERVIEW), "marks", "lists"),
    NavigationItem("Handovers", "handovers", those_who(Verb.HAND_OVER), place="lists"),
    NavigationItem("Referrals", "referrals", those_who(Verb.SCREEN_SUBSTANCES), place="lists"),
    NavigationItem("First-time seminars", "first_time", those_who(Verb.SEE_REPEAT), place="lists"),
    NavigationItem("Missing together", "together", those_who(Verb.SEE_REPEAT), place="lists"),
    NavigationItem("Out of area", "out_of_area", those_who(Verb.WATCH_OUT_OF_AREA), "out_of_area", "lists"),
    NavigationItem("Homes", "homes", those_who(Verb.SEE_HOMES), "homes", "lists"),
    NavigationItem("Late duties", "late_duties", those_who(Verb.SEE_LATE_DUTIES), place="lists"),
)
ITEMS: tuple[NavigationItem, ...] = (
    NavigationItem("Today", "today", None, "today"),
    NavigationItem("Duty board", "board", those_who(Verb.SEE_DUTY_BOARD), "board"),
    NavigationItem("Clock wall", "wall", those_who(Verb.SEE_DUTY_BOARD), "wall"),
    NavigationItem("Find or report", "find", those_who(Verb.FIND_CHILD), "find"),
    NavigationItem("Pathway", "pathway_list", those_who(Verb.SEE_PATHWAY), "pathway"),
    NavigationItem("Lists", "lists", None, "lists", gathers="lists"),
    *LISTS,
    NavigationItem("Strategy", "strategy", those_who(Verb.SEE_PLANS), "strategy"),
    NavigationItem("Measures", "measures", those_who(Verb.SEE_MEASURES), "measures"),
    NavigationItem("More", "more", None, "more", gathers="more"),
    NavigationItem("Returns", "imports", those_who(Verb.IMPORT_RETURN), "imports", "more"),
    NavigationItem("Accounts", "accounts", those_who(Verb.MANAGE_ACCOUNTS), "accounts", "more"),
    NavigationItem("Access log", "access_log", those_who(Verb.READ_ACCESS_LOG), "log", "more"),
    NavigationItem("Emergency access", "glass", those_who(Verb.REVIEW_BREAK_GLASS), "glass", "more"),
    NavigationItem(
        "Strategy and your actions",
        "strategy",
        those_who(Verb.UPDATE_OWN_ACTIONS) - those_who(Verb.SEE_PLANS),
        "strategy",
        place="foot",
    ),
    NavigationItem("Partnership", "partnership", None, "partnership", place="foot"),
    NavigationItem("Forms", "instruments", those_who(Verb.ASSESS), "instruments", place="foot"),
    NavigationItem("Your account", "own_account", None, "own", place="foot"),
    NavigationItem("Roles", "roles", None, "roles", place="foot"),
    NavigationItem("Glossary", "glossary", None, "glossary", place="foot"),
)
