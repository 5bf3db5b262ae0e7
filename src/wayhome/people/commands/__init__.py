"""Every write about who a person is."""

from wayhome.people.commands.care import NewCareEpisode, begin_care_episode, end_care_episode
from wayhome.people.commands.person import NewPerson, PersonDetails, Stale, change_person, create_person
from wayhome.people.commands.reading import (
    ask_index,
    find,
    keep_search,
    open_list,
    open_record,
    reveal_address,
)
from wayhome.people.commands.surroundings import (
    add_address,
    add_identifier,
    add_name,
    add_relationship,
    begin_involvement,
    end_involvement,
)

__all__ = [
    "NewCareEpisode",
    "NewPerson",
    "PersonDetails",
    "Stale",
    "add_address",
    "add_identifier",
    "add_name",
    "add_relationship",
    "ask_index",
    "begin_care_episode",
    "begin_involvement",
    "change_person",
    "create_person",
    "end_care_episode",
    "end_involvement",
    "find",
    "keep_search",
    "open_list",
    "open_record",
    "reveal_address",
]
