"""The few ideas every module shares: clock, deadline, decision, refusal, viewer. Pure Python, imports nothing of ours."""
