"""Wayhome: the shared working system of a safeguarding partnership."""
