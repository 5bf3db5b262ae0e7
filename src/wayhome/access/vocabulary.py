from django.db import models


class Basis(models.TextChoices):
    """Why somebody may see a child."""

    INVOLVEMENT = "involvement", "Works with the child"
    ALLOCATION = "allocation", "Was given this work"
    HOME = "home", "The child lives in this home"
    REPORT = "report", "Reported the child missing or answers a report"
    REFERRAL = "referral", "Screens a worry about the child"
    PANEL = "panel", "The child is on this meeting's agenda"
    AUDIT_SAMPLE = "audit_sample", "The record is in an audit sample"
    BREAK_GLASS = "break_glass", "Broke glass"
    HANDOVER = "handover", "Took over the work"


class BreakGlassReason(models.TextChoices):
    IMMEDIATE_SAFETY = "immediate_safety", "A child may be in danger now"
    ON_CALL = "on_call", "I am on call and need to act"
    COURT = "court", "A court asks"
    AUDIT = "audit", "I have to check this record"
    # Not reasons that are chosen: a report or a worry opened the record, and it is on the same list until answered for.
    REPORT = "report", "Opened by a report"
    REFERRAL = "referral", "Opened by a worry that waits to be screened"


OPENED_BY_WORK = (BreakGlassReason.REPORT, BreakGlassReason.REFERRAL)


class ReviewOutcome(models.TextChoices):
    JUSTIFIED = "justified", "It was right"
    LEARNING = "learning", "There is something to learn"
    NOT_JUSTIFIED = "not_justified", "It was not right: started action"
