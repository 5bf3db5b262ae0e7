"""A child is missing: reported, found, seen safe and heard; and what it changed."""
