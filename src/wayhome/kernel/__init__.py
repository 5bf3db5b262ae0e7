"""The few ideas every module shares: clock, deadline, decision, refusal, viewer. Pure, imports nothing of ours."""
