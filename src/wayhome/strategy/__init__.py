"""Strategies and action plans: what a partnership promised, who does it, and how honestly it is going."""
