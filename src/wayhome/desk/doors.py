"""Where else to go from the first page, in the words of what is behind the door."""

from dataclasses import dataclass

from wayhome.kernel.viewer import Viewer
from wayhome.web.navigation import items_for

BEHIND = {
    "board": "Who is missing now, and every check, interview and analysis that is due.",
    "wall": "Every duty with its clock, the first to go late first.",
    "find": "Find a child by name, and report them missing.",
    "not_heard": "Children who declined a return interview or could not be asked, and what was done then.",
    "marks": "What children said in return interviews and somebody marked, until it is taken up.",
    "homes": "Children’s homes: who lives there, who is missing, and which missing packs are out of date.",
    "out_of_area": "Children placed here by others, and ours placed elsewhere: notices and receipts.",
    "measures": "How many children went missing, how many were heard in 72 hours, and how it moves.",
    "imports": "The SSDA903 returns that were read in, with every row that was not taken and why.",
    "accounts": "Open and close accounts, and say who is in which team with which role.",
    "partnership": "Agencies, teams and bodies, as they are and as they were.",
    "access_log": "Who looked at what, when and why. Not what they saw.",
    "glass": "Records that were opened in an emergency. Each waits for an answer.",
    "roles": "What each role may do, as one page.",
    "glossary": "The words of this work, and what they mean here.",
}


@dataclass(frozen=True, slots=True)
class Door:
    """One place to go."""

    label: str
    href: str
    text: str


def doors(viewer: Viewer) -> list[Door]:
    """What the navigation offers this viewer, each with a sentence."""
    return [
        Door(item.label, item.href, BEHIND[item.url_name])
        for item in items_for(viewer)
        if item.url_name in BEHIND
    ]
