from django.db import models


class AgencyKind(models.TextChoices):
    COUNCIL = "council", "Council"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    CARE_PROVIDER = "care_provider", "Care provider"
    VOLUNTARY = "voluntary", "Voluntary sector"
    JUSTICE = "justice", "Justice"


class TeamKind(models.TextChoices):
    """What a team is in the line from report to closure; code chooses whom to tell by it."""

    COORDINATION = "coordination", "Missing coordination"
    POLICE_DESK = "police_desk", "Police missing desk"
    INTERVIEWERS = "interviewers", "Return interviews"
    HUB = "hub", "Screening hub"
    SOCIAL_WORK = "social_work", "Social work"
    HOME = "home", "Children's home"
    OTHER = "other", "Other team"


class NounKind(models.TextChoices):
    AGENCY = "agency"
    TEAM = "team"
    BODY = "body"


class BodyKind(models.TextChoices):
    BOARD = "board", "Board"
    GROUP = "group", "Group"
    PANEL = "panel", "Panel"


class SeatRole(models.TextChoices):
    CHAIR = "chair", "Chair"
    DEPUTY = "deputy", "Deputy chair"
    MEMBER = "member", "Member"
    ADVISER = "adviser", "Adviser"


class MeetingState(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class AttendanceKind(models.TextChoices):
    PRESENT = "present", "Present"
    SUBSTITUTE = "substitute", "Substitute"
    APOLOGY_RETURN_SENT = "apology_return_sent", "Apology, return sent"
    APOLOGY_NO_RETURN = "apology_no_return", "Apology, nothing sent"
    ABSENT = "absent", "Absent"
