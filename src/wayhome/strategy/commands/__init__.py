"""Every write to strategies and plans, one file for each noun."""
