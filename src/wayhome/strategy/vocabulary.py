"""The closed sets of strategies and plans. They are scales of their own: a rating is neither a risk nor a priority."""

from django.db import models


class DocumentState(models.TextChoices):
    """Of a strategy document and of a plan: drafted, approved, in force, and replaced or ended."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    LIVE = "live", "In force"
    REFRESHED = "refreshed", "Replaced by a newer one"
    CLOSED = "closed", "Closed"


class SectionKind(models.TextChoices):
    STATEMENT = "statement", "Statement of intent"
    VISION = "vision", "Vision"
    TEXT = "text", "Section"
    QUOTE = "quote", "Quotation"
    SOURCE = "source", "Source"


class Axis(models.TextChoices):
    """What a grouping groups by. One action may stand in a priority, in a section and in an ambition at once."""

    PRIORITY = "priority", "Priority"
    SECTION = "section", "Section"
    AMBITION = "ambition", "Ambition"


class FourP(models.TextChoices):
    PREVENT = "prevent", "Prevent"
    PROTECT = "protect", "Protect"
    PURSUE = "pursue", "Pursue"
    PROSECUTE = "prosecute", "Prosecute"


class Level(models.TextChoices):
    STRATEGIC = "strategic", "Strategic"
    OPERATIONAL = "operational", "Operational"
    CASE = "case", "Individual case"


class RatingValue(models.TextChoices):
    """BRAG. What each colour means stands in the key of its plan: partnerships do not all mean the same by it."""

    BLUE = "blue", "Blue"
    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"
    NOT_RATED = "not_rated", "Not rated"


LETTERS = {"blue": "B", "green": "G", "amber": "A", "red": "R", "not_rated": "–"}


class ActionState(models.TextChoices):
    """How far an action is; how it is rated is said apart from it."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETE = "complete", "Complete"
    STALLED = "stalled", "Stalled"
    CANCELLED = "cancelled", "Cancelled"
    SUPERSEDED = "superseded", "Replaced by another action"


# States in which somebody still has to do something.
LIVE_STATES = (ActionState.NOT_STARTED, ActionState.IN_PROGRESS, ActionState.STALLED)


class DueKind(models.TextChoices):
    DATE = "date", "By a date"
    MONTH = "month", "By the end of a month"
    RECURRING = "recurring", "Reviewed again and again"
    OPEN = "open", "No date"


class Frequency(models.TextChoices):
    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"
    HALF_YEARLY = "half_yearly", "Twice a year"
    YEARLY = "yearly", "Yearly"
    UNSAID = "unsaid", "Not said how often"


class OwnerPart(models.TextChoices):
    LEAD = "lead", "Lead"
    CONTRIBUTOR = "contributor", "Contributor"


class OwnerKind(models.TextChoices):
    POST = "post", "Post"
    AGENCY = "agency", "Agency"
    BODY = "body", "Body"
    TEAM = "team", "Team"
    UNRESOLVED = "unresolved", "Not resolved yet"


class ResourceState(models.TextChoices):
    AGREED = "agreed", "Agreed"
    FUNDED = "funded", "Funded"
    ADVERTISED = "advertised", "Advertised"
    RECRUITED = "recruited", "In post"
    VACANT = "vacant", "Vacant"


class UpdateOrigin(models.TextChoices):
    """How an update or a rating came here."""

    PAGE = "page", "Written by a signed-in user"
    LINK = "link", "Written by an owner through a link"
    IMPORT = "import", "Imported with the plan"


class Direction(models.TextChoices):
    """Which way a measure should go if the action works."""

    DOWN = "down", "Should go down"
    UP = "up", "Should go up"
    STEADY = "steady", "Should stay the same"


class ImportState(models.TextChoices):
    PREVIEW = "preview", "Being checked"
    SAVED = "saved", "Saved as a plan"
    DISCARDED = "discarded", "Set aside"


class HorizonDecision(models.TextChoices):
    """What was decided about a change in law, guidance or research."""

    OPEN = "open", "Not decided"
    ADOPT = "adopt", "We change something"
    NOTED = "noted", "Noted, nothing to change"
    NOT_OURS = "not_ours", "Not about us"
