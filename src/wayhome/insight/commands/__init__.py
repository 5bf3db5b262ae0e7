"""Looking at measures, and keeping them as they were first counted."""

from wayhome.insight.commands.counting import count_months, count_past_months
from wayhome.insight.commands.looking import (
    ChildrenBehind,
    Measures,
    MonthBehind,
    open_children_behind,
    open_measure,
    open_measures,
    open_month,
    open_notifications,
    open_pathway_measures,
    open_reasons,
)

__all__ = [
    "ChildrenBehind",
    "Measures",
    "MonthBehind",
    "count_months",
    "count_past_months",
    "open_children_behind",
    "open_measure",
    "open_measures",
    "open_month",
    "open_notifications",
    "open_pathway_measures",
    "open_reasons",
]
