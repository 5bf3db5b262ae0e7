"""What the record has to say against a row that is right by itself: the rule, and the reason for who mends it.

Our own codes: the return's rules know only the return. Pure.
"""

from wayhome.people.commands.bulk import Fate, Remark
from wayhome.statutory.ssda903.findings import Check, Trouble, reject, warn
from wayhome.statutory.ssda903.tables import EPISODES, HEADER, MISSING, Table

_OLDER = "A later return was taken in before, so this one changes nothing. On record: {told}."

OBJECTIONS: dict[tuple[Table, Fate], Check] = {
    (HEADER, Fate.MATCHED_BY_UPN): warn(
        "matched-by-upn", "CHILD", "The child was known by UPN and birth date. This number was added."
    ),
    (HEADER, Fate.UPN_IS_ANOTHERS): warn(
        "upn-anothers", "UPN", "Another child on record has this UPN: it is held as unverified for this one."
    ),
    (HEADER, Fate.UPN_KEPT): warn(
        "upn-kept", "UPN", "The record has a proven UPN, {told}, and keeps it: this one proves nothing."
    ),
    (HEADER, Fate.OLDER): warn("older", "CHILD", _OLDER),
    (EPISODES, Fate.OLDER): warn("older", "DECOM", _OLDER),
    (EPISODES, Fate.TWICE): reject(
        "same-start", "DECOM", "Row {told} has the same start, legal status and placement."
    ),
    (EPISODES, Fate.OVERLAPS): reject(
        "record-overlaps", "DECOM", "It overlaps an episode of care on record: {told}. Put one of them right."
    ),
    (EPISODES, Fate.ENDED): reject(
        "record-ended",
        "DEC",
        "DEC is blank, but on record this episode ended on {told}. Put one of them right.",
    ),
    (MISSING, Fate.OLDER): warn("older", "MIS_START", _OLDER),
    (MISSING, Fate.OVERLAPS): reject(
        "record-overlaps",
        "MIS_START",
        "It overlaps a missing episode on record: {told}. Put one of them right.",
    ),
    (MISSING, Fate.DIFFERS): reject(
        "record-differs",
        "MIS_START",
        "An episode that people worked on begins on this day and says otherwise: {told}. Put one of them right.",
    ),
    (MISSING, Fate.ENDED): reject(
        "record-ended", "MIS_END", "MIS_END is blank, but on record it ended: {told}. Put one of them right."
    ),
    (MISSING, Fate.SET_ASIDE): reject(
        "set-aside", "MIS_START", "An episode on these days was set aside as an error: {told}."
    ),
}


def objection(table: Table, remark: Remark) -> Trouble:
    """The trouble that a remark stands for."""
    return OBJECTIONS[table, remark.fate].found(remark.value, told=remark.value or "nothing")
