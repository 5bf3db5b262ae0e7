"""The partnership: its agencies, their teams, and its bodies, each as it was on any day."""
