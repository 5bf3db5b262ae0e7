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
# After these the child may still want to talk, and is asked again.
MAY_BE_ASKED_AGAIN = DECLINED | {InterviewOutcome.NOT_CONTACTABLE, InterviewOutcome.CUSTODY_OR_HOSPITAL}


class AfterNo(models.TextChoices):
    """What is done when a child or a parent says no to the interview: the offer stays, and others may be heard."""

    LEAFLET_CHILD = "leaflet_child", "The child was given the leaflet"
    LEAFLET_FAMILY = "leaflet_family", "The family or carers were given the leaflet"
    OTHER_PEOPLE = "other_people", "Other people to talk to were offered"
    CARERS_ASKED = "carers_asked", "Parents or carers were asked what they know"


class Independence(models.TextChoices):
    """For whom an interviewer works. Guidance of 2014: somebody who is not involved in caring for the child."""

    OUTSIDE = "outside", "An organisation that does not look after the child"
    COUNCIL = "council", "The council, with no part in looking after the child"
    ASKED_FOR = "asked_for", "Works with the child already, and the child asked for them"
    PLACEMENT = "placement", "The home or carers the child lives with, or those who run it"


class PlanEffect(models.TextChoices):
    PLAN_CHANGED = "plan_changed", "The plan was changed"
    NO_CHANGE = "no_change", "No change to the plan"


class NotificationChannel(models.TextChoices):
    """How a notification reached the partnership."""

    PHONE = "phone", "Phone call"
    EMAIL = "email", "E-mail or letter"
    IN_PERSON = "in_person", "In person"
    PAGE = "page", "This system's report page"
    FILE = "file", "A file taken in"


class NotificationOutcome(models.TextChoices):
    """What became of a notification. Each is kept, whether or not it opened an episode."""

    WAITING = "waiting", "Nobody has decided yet"
    OPENED = "opened", "Opened an episode"
    ADDED = "added", "Added to an episode as another source"
    REPEATED = "repeated", "The same message once more"
    NOT_MISSING = "not_missing", "The child was not missing"
    NOT_A_CHILD = "not_a_child", "Not about a child"
    NOT_IDENTIFIED = "not_identified", "Nobody could say who it is about"


OF_AN_EPISODE = (NotificationOutcome.OPENED, NotificationOutcome.ADDED)
SETTLED_WITHOUT_EPISODE = (
    NotificationOutcome.REPEATED,
    NotificationOutcome.NOT_MISSING,
    NotificationOutcome.NOT_A_CHILD,
    NotificationOutcome.NOT_IDENTIFIED,
)


class WallDuty(models.TextChoices):
    """Duties about an episode that have no record of their own: what was done about each is a DutyAnswer."""

    STRATEGY_DISCUSSION = "strategy_discussion", "Strategy discussion"
    SENIOR_NOTICE = "senior_notice", "Tell a senior manager"
    HOST_NOTICE = "host_notice", "Tell the authority the child is placed in"
    PLACING_NOTICE = "placing_notice", "Tell the authority that placed the child"
    OFFER_AGAIN = "offer_again", "Offer the interview again"


# Told to somebody outside, who says that they have it.
NOTICES = frozenset({WallDuty.SENIOR_NOTICE, WallDuty.HOST_NOTICE, WallDuty.PLACING_NOTICE})


class DutyOutcome(models.TextChoices):
    DONE = "done", "Done"
    NOT_NEEDED = "not_needed", "Decided that it is not needed"


class TakenFrom(models.TextChoices):
    """A fact of an episode that two sources may tell differently."""

    LAST_SEEN_AT = "last_seen_at", "When the child was last seen"
    NOTICED_AT = "noticed_at", "When the absence was noticed"
    LAST_SEEN_PLACE = "last_seen_place", "Where the child was last seen"


class MarkKind(models.TextChoices):
    """Where a marked sentence of a return interview leads."""

    PLAN_CHANGE = "plan_change", "A change to the plan"
    INTELLIGENCE = "intelligence", "Draft intelligence"
    PLACE = "place", "A place"
    PERSON = "person", "A person"
    PHONE = "phone", "A phone number"
    VEHICLE = "vehicle", "A vehicle"
    HANDLE = "handle", "An online name"


class MarkState(models.TextChoices):
    WAITING = "waiting", "Waiting to be taken up"
    TAKEN_UP = "taken_up", "Taken up"
    WITHDRAWN = "withdrawn", "Withdrawn"
    # A suggestion of the rules that is not what it looked like.
    DISMISSED = "dismissed", "Not what it looked like"


class RepeatTrigger(models.TextChoices):
    """Reasons to look at a child again on a return. Defaults of the partnership's settings; a person decides."""

    FIRST_EVER = "first_ever", "Missing for the first time"
    THREE_IN_90_DAYS = "3_in_90_days", "Three times in 90 days"
    THREE_IN_30_DAYS = "3_in_30_days", "Three times in 30 days"
    FIVE_IN_30_DAYS = "5_in_30_days", "Five times in 30 days"
    OVER_24_HOURS = "over_24_hours", "Missing for more than 24 hours"
    OVER_72_HOURS = "over_72_hours", "Missing for more than 72 hours"
    UNDER_13 = "under_13", "Under 13 years old"
    OUT_OF_AREA = "out_of_area", "Placed out of area"
    DECLINED_TWICE = "declined_twice", "Return interview declined twice"


class TriggerAnswer(models.TextChoices):
    STRATEGY_DISCUSSION = "strategy_discussion", "Taken to a strategy discussion"
    PANEL = "panel", "Put on the agenda of the missing panel"
    SEMINAR = "seminar", "Invited to the first-time seminar"
    PLAN = "plan", "Dealt with in the child's plan"
    NO_ACTION = "no_action", "Nothing more is needed"


class Invited(models.TextChoices):
    CHILD = "child", "The child"
    PARENTS = "parents", "Parents or carers"


class ScreenOutcome(models.TextChoices):
    """A substance-use screening tool used after a return. The tool itself is not part of this record."""

    DONE = "done", "Done"
    DECLINED = "declined", "The child did not want it"
    NOT_NEEDED = "not_needed", "Nothing pointed to it"


class ReferralState(models.TextChoices):
    NONE = "none", "No referral"
    OFFERED = "offered", "Offered, not taken up yet"
    MADE = "made", "Referred"
    ATTENDED = "attended", "Referred and attended"
    NOT_ATTENDED = "not_attended", "Referred, did not attend"


class PrintPurpose(models.TextChoices):
    """What a missing pack is printed for."""

    REPORT = "report", "To report the child missing to the police"
    SEARCH = "search", "To look for the child"
    READY = "ready", "To keep ready, locked away, where the child lives"
    MEETING = "meeting", "For a strategy discussion"
