"""Measures: counts of episodes and of children, without a child in them. Reads only."""
