"""Every write about a missing episode, from report to closure."""

from wayhome.missing.commands.analysis import analyse_return
from wayhome.missing.commands.close import close_episode, set_aside_episode
from wayhome.missing.commands.correcting import correct_return, undo_return
from wayhome.missing.commands.duty import Answer, answer_duty, explain_late, note_receipt
from wayhome.missing.commands.found import Return, record_located, record_returned
from wayhome.missing.commands.handover import acknowledge, hand_over
from wayhome.missing.commands.interview import (
    Account,
    Offer,
    add_after_no,
    check_independent,
    hold_interview,
    offer_after_no,
    offer_interview,
    settle_without_interview,
)
from wayhome.missing.commands.limits import change_limit
from wayhome.missing.commands.merging import merge_episodes, unmerge_episodes
from wayhome.missing.commands.repeat import decide_repeat, look_for_repeats
from wayhome.missing.commands.report import AlreadyMissing, NewReport, add_report, report_missing
from wayhome.missing.commands.risk import judge_risk
from wayhome.missing.commands.safe_and_well import SafeAndWell, record_safe_and_well
from wayhome.missing.commands.seminar import (
    cancel_seminar,
    invite_to_seminar,
    plan_seminar,
    record_attendance,
)

__all__ = [
    "Account",
    "AlreadyMissing",
    "Answer",
    "NewReport",
    "Offer",
    "Return",
    "SafeAndWell",
    "acknowledge",
    "add_after_no",
    "add_report",
    "analyse_return",
    "answer_duty",
    "cancel_seminar",
    "change_limit",
    "check_independent",
    "close_episode",
    "correct_return",
    "decide_repeat",
    "explain_late",
    "hand_over",
    "hold_interview",
    "invite_to_seminar",
    "judge_risk",
    "look_for_repeats",
    "merge_episodes",
    "note_receipt",
    "offer_after_no",
    "offer_interview",
    "plan_seminar",
    "record_attendance",
    "record_located",
    "record_returned",
    "record_safe_and_well",
    "report_missing",
    "set_aside_episode",
    "settle_without_interview",
    "undo_return",
    "unmerge_episodes",
]
