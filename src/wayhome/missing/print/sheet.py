"""The missing pack as one page of A4: what goes on it, how much of it, and how large."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from wayhome.kernel.viewer import Viewer
from wayhome.missing.pack import Contact, Pack, Pairs, PlaceLine
from wayhome.missing.vocabulary import PoliceRisk
from wayhome.people.commands.photographs import smaller
from wayhome.people.vocabulary import PlaceSafety
from wayhome.web.printing import as_pdf, page_count
from wayhome.web.showing import day, moment

TEMPLATE = Path(__file__).with_name("pack.typ")
# Points. The largest that fits one page; what fits none goes on two, in a size that is read at night.
SIZES = (10.5, 10, 9.5, 9)
MOST_PAGES = 2
PLACES = 12
CONTACTS = 10
# Characters of one answer: as much as the form takes, and what is left of it where all answers are as long as that.
LONGEST_ANSWERS = (600, 240, 100)
PICTURE = 480  # pixels: 34 mm at 300 dots an inch, and some
SAFETY = {PlaceSafety.SAFE: "Safe", PlaceSafety.UNSAFE: "NOT SAFE", PlaceSafety.NOT_ASSESSED: "Not judged"}


def set_pack(
    pack: Pack, picture: bytes | None, *, purpose: str, number: str, viewer: Viewer, now: datetime
) -> bytes:
    """The pack as a PDF: one page if that can be read, never more than two."""
    told = sheet(pack, picture, purpose=purpose, number=number, viewer=viewer, now=now)
    return as_pdf(TEMPLATE, fitted(told), at=now)


def fitted(told: dict[str, Any]) -> dict[str, Any]:
    """The page in the largest size in which it fits: on one if that can be read, else on two, with answers cut short
    only where they would need a third.
    """
    for longest in LONGEST_ANSWERS:
        tried = told | {part: cut(told[part], longest) for part in ("live", "looks", "ways", "needs")}
        smallest = pages_in(tried, SIZES[-1])
        if smallest <= MOST_PAGES:
            break
    return tried | {
        "size": next(size for size in SIZES if size == SIZES[-1] or pages_in(tried, size) <= smallest)
    }


def pages_in(told: dict[str, Any], size: float) -> int:
    """How many pages it takes in a size. Without the picture itself, which is as large in each."""
    return page_count(TEMPLATE, told | {"size": size, "picture": told["picture"] and []})


def sheet(
    pack: Pack, picture: bytes | None, *, purpose: str, number: str, viewer: Viewer, now: datetime
) -> dict[str, Any]:
    """All words of the page. What there is no room for is said to be left out."""
    left_out = len(pack.places) - PLACES
    return {
        "title": f"Missing pack {number}",
        "number": number,
        "purpose": purpose,
        "printed_by": ", ".join(filter(None, (viewer.name, viewer.agency_name))),
        "printed_at": moment(now),
        "picture": list(smaller(picture, PICTURE)) if picture else None,
        "name": pack.name,
        "age": pack.age,
        "risk": PoliceRisk(pack.risk).label.lower() if pack.risk else "",
        "about": cut(pack.about, 160),
        "live": pack.live,
        "looks": pack.looks,
        "ways": pack.ways,
        "needs": pack.needs,
        "places": [_place(line) for line in pack.places[:PLACES]],
        "more_places": f"{left_out} more in the record." if left_out > 0 else "",
        "contacts": [_contact(each) for each in pack.contacts[:CONTACTS]],
        "not_to_ring": ", ".join(pack.not_to_ring),
        "checked": checked(pack),
    }


def checked(pack: Pack) -> str:
    """How old the kept-current part is: the reader has to know."""
    description = pack.kept.description
    if description is None:
        return "Nobody has written down yet what this child looks like."
    by = f" by {pack.kept.checked_by}" if pack.kept.checked_by else ""
    return f"What is kept current was last read through on {day(description.checked_at)}{by}."


def cut(pairs: Pairs, longest: int) -> Pairs:
    """Answers of a length that leaves room for the others."""
    return [(label, shortened(answer, longest)) for label, answer in pairs]


def shortened(answer: str, longest: int) -> str:
    """One paragraph, cut at a word."""
    text = " ".join(answer.split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} … (more in the record)"


def _place(line: PlaceLine) -> dict[str, str]:
    return {
        "safety": SAFETY[PlaceSafety(line.safety)],
        "place": shortened(line.place, 160),
        "why": shortened(line.why, 160),
        "reason": shortened(line.reason, 240),
        "judged": line.judged,
    }


def _contact(contact: Contact) -> dict[str, str | Sequence[str]]:
    name = ", ".join(filter(None, (contact.name, contact.note)))
    return {"who": contact.who, "name": shortened(name, 120), "phones": contact.phones}
