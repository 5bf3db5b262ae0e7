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
    SOCIAL_WORK = "social_work", "Social work"
    HOME = "home", "Children's home"
    OTHER = "other", "Other team"


class NounKind(models.TextChoices):
    AGENCY = "agency"
    TEAM = "team"
    BODY = "body"
