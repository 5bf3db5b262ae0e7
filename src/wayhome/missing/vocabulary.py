from django.db import models


class EpisodeKind(models.TextChoices):
    """Missing: nobody knows where the child is. Away: it is known, and the child is not allowed to be there."""

    MISSING = "M", "Missing"
    AWAY = "A", "Away without authorisation"


class MissingFrom(models.TextChoices):
    HOME = "home", "Family home"
    PLACEMENT = "placement", "Children's home or other placement"
    FOSTER = "foster", "Foster home"
    SCHOOL = "school", "School or college"
    OTHER = "other", "Somewhere else"


class ReportSource(models.TextChoices):
    POLICE = "police", "Police missing desk"
    HOME = "home", "Children's home or carer"
    PARENT = "parent", "Parent or family"
    PROFESSIONAL = "professional", "Another professional"
    IMPORT = "import", "A return or file"


class PoliceRisk(models.TextChoices):
    """College of Policing, Authorised Professional Practice: missing persons. Not an exploitation level."""

    NO_APPARENT_RISK = "no_apparent_risk", "No apparent risk"
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Certainty(models.TextChoices):
    """How well a time is known. If only the day is, the earliest instant of it that can be is taken."""

    EXACT = "exact", "Exact"
    ABOUT = "about", "About this time"
    DAY = "day", "Only the day is known"


class Stage(models.TextChoices):
    """Where an episode stands. Never stored: rules.stage() reads it off the facts."""

    MISSING = "missing", "Missing now"
    LOCATED = "located", "Located, not back yet"
    SAFE_AND_WELL_DUE = "safe_and_well_due", "Safe and well check due"
    INTERVIEW_DUE = "interview_due", "Return interview due"
    ANALYSIS_DUE = "analysis_due", "Analysis due"
    DIED = "died", "The child has died"
    READY_TO_CLOSE = "ready_to_close", "Ready to close"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Set aside"


class Duty(models.TextChoices):
    """What somebody has to do about an episode by a time."""

    REASSESS_RISK = "reassess_risk", "Look at the risk again"
    SAFE_AND_WELL = "safe_and_well", "Safe and well check"
    INTERVIEW = "interview", "Return interview"
    ANALYSIS = "analysis", "Analysis of the return"


class SafeAndWellOutcome(models.TextChoices):
    SEEN_SAFE = "seen_safe", "Seen, no harm found"
    HARM_FOUND = "harm_found", "Seen, harm found or disclosed"
    REFUSED = "refused", "The child did not want to be seen"
    NOT_POSSIBLE = "not_possible", "Could not be done"
    NO_FURTHER_TRY = "no_further_try", "Not seen, and no further try is made"


# A try is not a check: until the child was seen, or somebody decides that no further try is made, the duty runs.
TRIED = frozenset({SafeAndWellOutcome.REFUSED, SafeAndWellOutcome.NOT_POSSIBLE})
# Code of codelists/return_method.
DIED = "DECEASED"


class OfferChannel(models.TextChoices):
    FACE_TO_FACE = "face_to_face", "Face to face"
    PHONE = "phone", "Phone call"
    TEXT = "text", "Text message"
    THROUGH_CARER = "through_carer", "Through a carer"
    LETTER = "letter", "Letter"


class OfferAnswer(models.TextChoices):
    NO_ANSWER = "no_answer", "No answer yet"
    ACCEPTED = "accepted", "Accepted"
    DECLINED_CHILD = "declined_child", "Declined by the child"
    DECLINED_PARENT = "declined_parent", "Declined by a parent or carer"


class InterviewOutcome(models.TextChoices):
    """How the duty to offer a return interview ended. Whether one that was held came in time is computed."""

    COMPLETED = "completed", "Held"
    PARTIAL = "partial", "Held in part"
    DECLINED_CHILD = "declined_child", "Declined by the child"
    DECLINED_PARENT = "declined_parent", "Declined by a parent or carer"
    NOT_CONTACTABLE = "not_contactable", "Could not be reached"
    MISSING_AGAIN = "missing_again", "Missing again first"
    CUSTODY_OR_HOSPITAL = "custody_or_hospital", "In custody or hospital"
    OTHER_AUTHORITY = "other_authority", "Another authority does it"
    MOVED_AWAY = "moved_away", "Moved away"
    TURNED_18 = "turned_18", "Turned 18"
    NOT_OFFERED = "not_offered", "Not offered"


HELD = frozenset({InterviewOutcome.COMPLETED, InterviewOutcome.PARTIAL})
DECLINED = frozenset({InterviewOutcome.DECLINED_CHILD, InterviewOutcome.DECLINED_PARENT})


class AfterNo(models.TextChoices):
    """What is done when a child or a parent says no to the interview: the offer stays, and others may be heard."""

    LEAFLET_CHILD = "leaflet_child", "The child was given the leaflet"
    LEAFLET_FAMILY = "leaflet_family", "The family or carers were given the leaflet"
    OTHER_PEOPLE = "other_people", "Other people to talk to were offered"
    CARERS_ASKED = "carers_asked", "Parents or carers were asked what they know"


class PlanEffect(models.TextChoices):
    PLAN_CHANGED = "plan_changed", "The plan was changed"
    NO_CHANGE = "no_change", "No change to the plan"
