"""The tables of this module, by noun."""

from wayhome.strategy.models.action import Action, ActionOwner, PlanLink, Resource
from wayhome.strategy.models.cycle import OwnerLink, UpdateRequest
from wayhome.strategy.models.document import DocumentSection, StrategyDocument
from wayhome.strategy.models.evidence import EvidenceItem, MeasureLink, MeasureReading
from wayhome.strategy.models.guidance import Guidance, GuidanceAudience, GuidanceReceipt, HorizonItem
from wayhome.strategy.models.intake import PlanImport
from wayhome.strategy.models.plan import Commitment, CommitmentServed, Grouping, KeyWord, Objective, Plan
from wayhome.strategy.models.progress import ActionUpdate, Rating
from wayhome.strategy.models.snapshot import DecisionAsked, SignOff, Snapshot

__all__ = [
    "Action",
    "ActionOwner",
    "ActionUpdate",
    "Commitment",
    "CommitmentServed",
    "DecisionAsked",
    "DocumentSection",
    "EvidenceItem",
    "Grouping",
    "Guidance",
    "GuidanceAudience",
    "GuidanceReceipt",
    "HorizonItem",
    "KeyWord",
    "MeasureLink",
    "MeasureReading",
    "Objective",
    "OwnerLink",
    "Plan",
    "PlanImport",
    "PlanLink",
    "Rating",
    "Resource",
    "SignOff",
    "Snapshot",
    "StrategyDocument",
    "UpdateRequest",
]
