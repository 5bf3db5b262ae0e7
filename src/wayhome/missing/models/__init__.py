"""The tables, one file for each noun."""

from wayhome.missing.models.analysis import Analysis
from wayhome.missing.models.duty import BreachReason, DutyAnswer
from wayhome.missing.models.episode import Episode, TimeMissing
from wayhome.missing.models.handover import Handover, HandoverItem
from wayhome.missing.models.interview import InterviewOffer, ReturnInterview
from wayhome.missing.models.mark import Mark
from wayhome.missing.models.notification import ChosenFact, Notification
from wayhome.missing.models.repeat import Seminar, SeminarInvitation, TriggerHit
from wayhome.missing.models.report import PossibleMatch, Report, ReturnCorrection
from wayhome.missing.models.risk import RiskJudgement
from wayhome.missing.models.safe_and_well import SafeAndWellCheck
from wayhome.missing.models.screen import SubstanceScreen

__all__ = [
    "Analysis",
    "BreachReason",
    "ChosenFact",
    "DutyAnswer",
    "Episode",
    "Handover",
    "HandoverItem",
    "InterviewOffer",
    "Mark",
    "Notification",
    "PossibleMatch",
    "Report",
    "ReturnCorrection",
    "ReturnInterview",
    "RiskJudgement",
    "SafeAndWellCheck",
    "Seminar",
    "SeminarInvitation",
    "SubstanceScreen",
    "TimeMissing",
    "TriggerHit",
]
