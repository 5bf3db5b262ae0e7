"""Reads of episodes. Row security has already left out the children the viewer may not see."""

from wayhome.missing.queries.around import around
from wayhome.missing.queries.between import (
    NOT_FROM_CARE,
    episodes_between,
    people_missing_between,
    times_of_many,
)
from wayhome.missing.queries.board import (
    AnEpisode,
    EpisodeRow,
    OpenEpisode,
    bank_holidays,
    board,
    clocks_from,
    clocks_of,
    row,
    unfinished,
    unfinished_of,
)
from wayhome.missing.queries.episode import (
    EpisodeFile,
    OwnReport,
    episode,
    episode_file,
    episodes_of,
    happened_to,
    likely_doubles,
    missing_now,
    open_episode_of,
    people_of,
    reported_by,
)
from wayhome.missing.queries.restricted import (
    PossiblyRestricted,
    possibly_restricted,
)
from wayhome.missing.queries.wall import Wall, reasons_of, rows_with_all, wall

__all__ = [
    "NOT_FROM_CARE",
    "AnEpisode",
    "EpisodeFile",
    "EpisodeRow",
    "OpenEpisode",
    "OwnReport",
    "PossiblyRestricted",
    "Wall",
    "around",
    "bank_holidays",
    "board",
    "clocks_from",
    "clocks_of",
    "episode",
    "episode_file",
    "episodes_between",
    "episodes_of",
    "happened_to",
    "likely_doubles",
    "missing_now",
    "open_episode_of",
    "people_missing_between",
    "people_of",
    "possibly_restricted",
    "reasons_of",
    "reported_by",
    "row",
    "rows_with_all",
    "times_of_many",
    "unfinished",
    "unfinished_of",
    "wall",
]
