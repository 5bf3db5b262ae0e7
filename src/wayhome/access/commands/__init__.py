"""Every write that changes who may see or do what."""

from wayhome.access.commands.accounts import (
    EmailTaken,
    HoldsScopeAlready,
    InTeamAlready,
    LastDayIsOver,
    OwnAccount,
    ScopesClash,
    change_account,
    end_scope,
    give_scope,
    join_team,
    leave_team,
    open_account,
    remove_second_step,
)
from wayhome.access.commands.glass import (
    AlreadyReviewed,
    GlassCannotBeBroken,
    ReasonTooShort,
    break_glass,
    open_by_report,
    review_broken_glass,
)
from wayhome.access.commands.granting import (
    GrantRefused,
    Opening,
    call_as_viewer,
    end_grants,
    grant,
    grant_many,
    written_openings,
)
from wayhome.access.commands.linking import SeesNoChildren, end_home_link, link_to_home
from wayhome.access.commands.reading import LogFilter, read_log
from wayhome.access.commands.restricting import RestrictedAlready, lift_restriction, restrict

__all__ = [
    "AlreadyReviewed",
    "EmailTaken",
    "GlassCannotBeBroken",
    "GrantRefused",
    "HoldsScopeAlready",
    "InTeamAlready",
    "LastDayIsOver",
    "LogFilter",
    "Opening",
    "OwnAccount",
    "ReasonTooShort",
    "RestrictedAlready",
    "ScopesClash",
    "SeesNoChildren",
    "break_glass",
    "call_as_viewer",
    "change_account",
    "end_grants",
    "end_home_link",
    "end_scope",
    "give_scope",
    "grant",
    "grant_many",
    "join_team",
    "leave_team",
    "lift_restriction",
    "link_to_home",
    "open_account",
    "open_by_report",
    "read_log",
    "remove_second_step",
    "restrict",
    "review_broken_glass",
    "written_openings",
]
