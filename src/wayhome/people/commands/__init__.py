"""Every write about who a person is."""

from wayhome.people.commands.care import NewCareEpisode, begin_care_episode, end_care_episode
from wayhome.people.commands.description import Describing, check_description, describe
from wayhome.people.commands.person import NewPerson, PersonDetails, Stale, change_person, create_person
from wayhome.people.commands.photo import add_photo, take_photo_away
from wayhome.people.commands.places import (
    Judging,
    add_known_place,
    end_known_place,
    judge_known_place,
    reveal_place,
)
from wayhome.people.commands.plans import begin_plan, end_plan
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
    "Describing",
    "Judging",
    "NewCareEpisode",
    "NewPerson",
    "PersonDetails",
    "Stale",
    "add_address",
    "add_identifier",
    "add_known_place",
    "add_name",
    "add_photo",
    "add_relationship",
    "ask_index",
    "begin_care_episode",
    "begin_involvement",
    "begin_plan",
    "change_person",
    "check_description",
    "create_person",
    "describe",
    "end_care_episode",
    "end_involvement",
    "end_known_place",
    "end_plan",
    "find",
    "judge_known_place",
    "keep_search",
    "open_list",
    "open_record",
    "reveal_address",
    "reveal_place",
    "take_photo_away",
]
