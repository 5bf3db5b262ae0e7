"""Reads of counts. The database counts; rules/ says what of it may be shown."""

from wayhome.insight.queries.year import Measure, Month, Year, year

__all__ = ["Measure", "Month", "Year", "year"]
