"""Where else to go from the first page, in the words of what is behind the door."""

from collections.abc import Mapping
from dataclasses import dataclass

from wayhome.kernel.viewer import Viewer
from wayhome.web.navigation import NavigationItem, items_for

BEHIND = {
    "board": "Who is missing now, and every check, interview and analysis that is due.",
    "wall": "Every duty with its clock, the first to go late first.",
    "find": "Find a child by name, and report them missing.",
    "pathway_list": "Children with whom the partnership works because of exploitation: level, lead and next review.",
    "worries": "What professionals told about exploitation, to be screened and answered.",
    "my_worries": "What became of the worries you told, with the answer.",
    "disagreements": "Where professionals disagree about a decision, who has to answer and by when.",
    "notifications": "What reached us about missing children, as it was told, and what became of it.",
    "repeat": "Returns that are to be looked at again, and children who go missing often.",
    "not_heard": "Children who declined a return interview or could not be asked, and what was done then.",
    "marks": "What children said in return interviews and somebody marked, until it is taken up.",
    "handovers": "Work that one duty worker handed to the next, child by child, until it is taken over.",
    "referrals": "Children who were referred after a screening, until somebody writes what came of it.",
    "first_time": "Children missing for the first time: who was asked to a seminar, who came, who went missing again.",
    "together": "Children who were missing at the same time from the same place.",
    "late_duties": "Which duties were late over a time, and why.",
    "homes": "Children’s homes: who lives there, who is missing, and which missing packs are out of date.",
    "out_of_area": "Children placed here by others, and ours placed elsewhere: notices and receipts.",
    "strategy": "What the partnership promised, how each action goes, and what is asked of you.",
    "measures": "How many children went missing, how many were heard in 72 hours, and how it moves.",
    "imports": "The SSDA903 returns that were read in, with every row that was not taken and why.",
    "accounts": "Open and close accounts, and say who is in which team with which role.",
    "partnership": "Agencies, teams and bodies, as they are and as they were.",
    "access_log": "Who looked at what, when and why. Not what they saw.",
    "glass": "Records that were opened in an emergency. Each waits for an answer.",
    "roles": "What each role may do, as one page.",
    "own_account": "Your password, and the second step when you sign in.",
    "glossary": "The words of this work, and what they mean here.",
}


@dataclass(frozen=True, slots=True)
class Door:
    """One place to go."""

    label: str
    href: str
    text: str
    waits: str = ""


def doors(viewer: Viewer) -> list[Door]:
    """What the navigation offers this viewer, each with a sentence."""
    return [_door(item) for item in items_for(viewer) if item.url_name in BEHIND]


def doors_to_lists(viewer: Viewer, waits: Mapping[str, str]) -> list[Door]:
    """The lists that are open to a viewer, each with what waits there."""
    return [_door(item, waits) for item in items_for(viewer) if item.place == "lists"]


def more_doors(viewer: Viewer) -> list[Door]:
    """What is opened now and then, and what stands at the foot of every page."""
    found = [item for item in items_for(viewer) if item.place in ("more", "foot")]
    return [_door(item) for item in found if item.url_name in BEHIND]


def _door(item: NavigationItem, waits: Mapping[str, str] | None = None) -> Door:
    return Door(item.label, item.href, BEHIND[item.url_name], (waits or {}).get(item.url_name, ""))
