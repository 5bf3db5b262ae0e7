"""The tables, one file for each noun."""

from wayhome.missing.models.analysis import Analysis
from wayhome.missing.models.episode import Episode, TimeMissing
from wayhome.missing.models.interview import InterviewOffer, ReturnInterview
from wayhome.missing.models.report import PossibleMatch, Report, ReturnCorrection
from wayhome.missing.models.risk import RiskJudgement
from wayhome.missing.models.safe_and_well import SafeAndWellCheck

__all__ = [
    "Analysis",
    "Episode",
    "InterviewOffer",
    "PossibleMatch",
    "Report",
    "ReturnCorrection",
    "ReturnInterview",
    "RiskJudgement",
    "SafeAndWellCheck",
    "TimeMissing",
]
