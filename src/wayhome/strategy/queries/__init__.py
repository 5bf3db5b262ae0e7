"""Reads of strategies and plans. None of it is about a child."""
