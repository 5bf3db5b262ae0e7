"""The scopes: what each kind of user may do. Which children they may do it for is said by grants, never here.

Information governance owns this file. It is shown in the product as the page "Roles".
"""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """The few scopes a user can hold."""

    PRACTITIONER = "practitioner"
    RETURN_INTERVIEWER = "return_interviewer"
    POLICE_DESK = "police_desk"
    COORDINATOR = "coordinator"
    HOME_STAFF = "home_staff"
    ANALYST = "analyst"
    STRATEGIC_LEAD = "strategic_lead"
    INFORMATION_GOVERNANCE = "information_governance"
    ADMINISTRATOR = "administrator"


class Verb(StrEnum):
    """What can be done, in the words of the people who do it."""

    FIND_CHILD = "find a child"
    READ_CHILD = "read a child's record"
    CREATE_CHILD = "create a child's record"
    EDIT_CHILD = "edit a child's record"
    KEEP_PACK = "keep a child's missing pack current"
    PRINT_PACK = "read and print a missing pack"
    SEE_MASKED_PLACES = "see places that are kept from view"
    SEE_HOMES = "see the page of a home"
    WATCH_OUT_OF_AREA = "watch over children placed out of area"
    RESTRICT_CHILD = "restrict a record to named people"
    BREAK_GLASS = "break glass"
    REPORT_MISSING = "report a child missing"
    ANSWER_REPORTS = "decide about notifications, merge, split or set aside reports"
    JUDGE_RISK = "judge the police risk level"
    RECORD_RETURN = "record that a child is found or back"
    CHECK_SAFE_AND_WELL = "record a safe and well check"
    OFFER_INTERVIEW = "offer a return interview"
    HOLD_INTERVIEW = "hold a return interview"
    READ_INTERVIEW = "read a return interview"
    SCREEN_SUBSTANCES = "record a substance-use screening"
    MARK_SENTENCE = "mark a sentence of a return interview"
    TAKE_UP_MARK = "take up a marked sentence"
    ANALYSE_RETURN = "analyse a return"
    CLOSE_EPISODE = "close an episode"
    SEE_REPEAT = "see repeat and first-time missing"
    DECIDE_REPEAT = "decide about repeat missing"
    PLAN_SEMINARS = "plan first-time seminars"
    ANSWER_DUTY = "write down what was done about a duty, or why it is late"
    HAND_OVER = "hand over and take over duty work"
    READ_CHILD_PLAN = "read the plan and the safety plan of a child on the pathway"
    KEEP_CHILD_PLAN = "keep the plan of a child on the pathway"
    UPDATE_PLAN_ACTION = "say how an action of a child's plan goes"
    SEE_LATE_DUTIES = "see which duties were late"
    SEE_DUTY_BOARD = "see the duty board"
    SEE_MEASURES = "see measures"
    SEE_PLANS = "see strategies and action plans"
    KEEP_PLANS = "keep strategies, plans and guidance, ask owners for updates and take snapshots"
    UPDATE_OWN_ACTIONS = "update the actions of a plan that are one's own to do"
    SIGN_OFF_PLANS = "sign off a plan as a chair"
    REFER_WORRY = "refer a worry about exploitation"
    SCREEN_REFERRAL = "screen a worry and answer whoever told it"
    DISAGREE = "disagree with a decision about a child"
    SEE_PATHWAY = "see the exploitation pathway of a child"
    WORK_PATHWAY = "open, step and close the exploitation pathway of a child"
    ASSESS = "fill in an assessment"
    JUDGE_LEVEL = "judge harm and level of exploitation"
    COUNTERSIGN = "countersign an assessment or a level"
    KEEP_INSTRUMENTS = "keep the forms for assessments"
    SUPERVISE = "write down reflective supervision"
    DECIDE_NRM = "decide about the National Referral Mechanism"
    DECIDE_SHARING = "decide to share, or not"
    WORK_AROUND = "write formulations, services and handovers of a child on the pathway"
    RECORD_JUSTICE = "write down what police and courts did to an exploited child"
    IMPORT_RETURN = "see imports of returns"
    MANAGE_ACCOUNTS = "manage accounts"
    MANAGE_PARTNERSHIP = "manage agencies, teams and bodies"
    READ_ACCESS_LOG = "read the access log"
    REVIEW_BREAK_GLASS = "review emergency access"


@dataclass(frozen=True, slots=True)
class Role:
    """One scope as an auditor reads it."""

    scope: Scope
    name: str
    who: str
    sees: str
    verbs: frozenset[Verb]
    # Only a scope that works with children lets grants of teams and users count for its holder.
    sees_children: bool = True


_EVERYONE_WITH_CHILDREN = frozenset(
    {
        Verb.UPDATE_OWN_ACTIONS,
        Verb.READ_CHILD_PLAN,
        Verb.UPDATE_PLAN_ACTION,
        Verb.FIND_CHILD,
        Verb.READ_CHILD,
        Verb.CREATE_CHILD,
        Verb.BREAK_GLASS,
        Verb.REPORT_MISSING,
        Verb.RECORD_RETURN,
        Verb.SEE_DUTY_BOARD,
        Verb.REFER_WORRY,
        Verb.DISAGREE,
        Verb.DECIDE_SHARING,
    }
)
_JUDGES = frozenset(
    {
        Verb.ASSESS,
        Verb.JUDGE_LEVEL,
        Verb.COUNTERSIGN,
        Verb.SUPERVISE,
        Verb.DECIDE_NRM,
    }
)

ROLES: tuple[Role, ...] = (
    Role(
        scope=Scope.PRACTITIONER,
        name="Practitioner",
        who="Social workers, early help workers, health and school staff who work with a child.",
        sees="Children whom they or their team work with.",
        verbs=_EVERYONE_WITH_CHILDREN
        | {
            Verb.EDIT_CHILD,
            Verb.KEEP_PACK,
            Verb.PRINT_PACK,
            Verb.SEE_MASKED_PLACES,
            Verb.SEE_HOMES,
            Verb.OFFER_INTERVIEW,
            Verb.SCREEN_SUBSTANCES,
            Verb.READ_INTERVIEW,
            Verb.MARK_SENTENCE,
            Verb.TAKE_UP_MARK,
            Verb.ANALYSE_RETURN,
            Verb.CLOSE_EPISODE,
            Verb.ANSWER_DUTY,
            Verb.HAND_OVER,
            Verb.SEE_REPEAT,
            Verb.KEEP_CHILD_PLAN,
            Verb.DECIDE_REPEAT,
            Verb.SCREEN_REFERRAL,
            Verb.SEE_PATHWAY,
            Verb.WORK_PATHWAY,
            Verb.WORK_AROUND,
            Verb.RECORD_JUSTICE,
        }
        | _JUDGES,
    ),
    Role(
        scope=Scope.RETURN_INTERVIEWER,
        name="Return interviewer",
        who="Independent people who hear a child after their return.",
        sees="Children whose return is theirs or their team's to hear.",
        verbs=_EVERYONE_WITH_CHILDREN
        | {
            Verb.SEE_HOMES,
            Verb.ANSWER_DUTY,
            Verb.HAND_OVER,
            Verb.OFFER_INTERVIEW,
            Verb.SCREEN_SUBSTANCES,
            Verb.HOLD_INTERVIEW,
            Verb.READ_INTERVIEW,
            Verb.MARK_SENTENCE,
        }
        | {Verb.SEE_REPEAT, Verb.PLAN_SEMINARS, Verb.SEE_PATHWAY, Verb.ASSESS, Verb.SUPERVISE},
    ),
    Role(
        scope=Scope.POLICE_DESK,
        name="Police missing desk",
        who="Police officers and staff who run missing investigations.",
        sees="Children reported missing in their area.",
        verbs=_EVERYONE_WITH_CHILDREN
        | {
            Verb.EDIT_CHILD,
            Verb.PRINT_PACK,
            Verb.SEE_MASKED_PLACES,
            Verb.ANSWER_REPORTS,
            Verb.JUDGE_RISK,
            Verb.CHECK_SAFE_AND_WELL,
            Verb.ANSWER_DUTY,
            Verb.HAND_OVER,
            Verb.READ_INTERVIEW,
            Verb.MARK_SENTENCE,
            Verb.TAKE_UP_MARK,
            Verb.SEE_REPEAT,
            Verb.SEE_PATHWAY,
            Verb.ASSESS,
            Verb.DECIDE_NRM,
            Verb.RECORD_JUSTICE,
        },
    ),
    Role(
        scope=Scope.COORDINATOR,
        name="Coordinator",
        who="The people who watch over the whole pathway of a partnership.",
        sees="Every child on the pathway.",
        verbs=_EVERYONE_WITH_CHILDREN
        | {
            Verb.EDIT_CHILD,
            Verb.KEEP_PACK,
            Verb.PRINT_PACK,
            Verb.SEE_MASKED_PLACES,
            Verb.SEE_HOMES,
            Verb.WATCH_OUT_OF_AREA,
            Verb.RESTRICT_CHILD,
            Verb.ANSWER_REPORTS,
            Verb.JUDGE_RISK,
            Verb.CHECK_SAFE_AND_WELL,
            Verb.OFFER_INTERVIEW,
            Verb.SCREEN_SUBSTANCES,
            Verb.READ_INTERVIEW,
            Verb.MARK_SENTENCE,
            Verb.TAKE_UP_MARK,
            Verb.ANALYSE_RETURN,
            Verb.CLOSE_EPISODE,
            Verb.ANSWER_DUTY,
            Verb.HAND_OVER,
            Verb.SEE_REPEAT,
            Verb.KEEP_CHILD_PLAN,
            Verb.DECIDE_REPEAT,
            Verb.PLAN_SEMINARS,
            Verb.SCREEN_REFERRAL,
            Verb.SEE_PATHWAY,
            Verb.WORK_PATHWAY,
            Verb.WORK_AROUND,
            Verb.RECORD_JUSTICE,
            Verb.SEE_LATE_DUTIES,
            Verb.SEE_MEASURES,
            Verb.SEE_PLANS,
            Verb.KEEP_PLANS,
            Verb.IMPORT_RETURN,
            Verb.MANAGE_PARTNERSHIP,
            Verb.REVIEW_BREAK_GLASS,
            Verb.KEEP_INSTRUMENTS,
        }
        | _JUDGES,
    ),
    Role(
        scope=Scope.HOME_STAFF,
        name="Home staff",
        who="Managers and staff of a children's home.",
        sees="Children who live in their home, without what a child told an independent interviewer.",
        verbs=frozenset(
            {
                Verb.UPDATE_OWN_ACTIONS,
                Verb.READ_CHILD_PLAN,
                Verb.UPDATE_PLAN_ACTION,
                Verb.FIND_CHILD,
                Verb.READ_CHILD,
                Verb.KEEP_PACK,
                Verb.PRINT_PACK,
                Verb.SEE_HOMES,
                Verb.REPORT_MISSING,
                Verb.RECORD_RETURN,
                Verb.SEE_DUTY_BOARD,
                Verb.REFER_WORRY,
                Verb.DISAGREE,
            }
        ),
    ),
    Role(
        scope=Scope.ANALYST,
        name="Analyst",
        who="People who make measures and profiles.",
        sees="Counts and plans, never a child. Counts below five are held back.",
        verbs=frozenset({Verb.SEE_MEASURES, Verb.SEE_PLANS}),
        sees_children=False,
    ),
    Role(
        scope=Scope.STRATEGIC_LEAD,
        name="Strategic lead",
        who="Chairs and members of the Board and its groups.",
        sees="Plans and measures, never a child.",
        verbs=frozenset(
            {
                Verb.SEE_MEASURES,
                Verb.SEE_PLANS,
                Verb.KEEP_PLANS,
                Verb.UPDATE_OWN_ACTIONS,
                Verb.SIGN_OFF_PLANS,
            }
        ),
        sees_children=False,
    ),
    Role(
        scope=Scope.INFORMATION_GOVERNANCE,
        name="Information governance",
        who="Data protection officers and Caldicott guardians.",
        sees="Who looked at what, not what they saw.",
        verbs=frozenset({Verb.READ_ACCESS_LOG, Verb.REVIEW_BREAK_GLASS}),
        sees_children=False,
    ),
    Role(
        scope=Scope.ADMINISTRATOR,
        name="Administrator",
        who="People who look after accounts.",
        sees="Accounts and teams, never a child.",
        verbs=frozenset({Verb.MANAGE_ACCOUNTS, Verb.MANAGE_PARTNERSHIP}),
        sees_children=False,
    ),
)

# What somebody may do for a child whom they see for no other reason than that they reported them missing.
FOR_WHO_REPORTED = frozenset(
    {
        Verb.READ_CHILD,
        Verb.PRINT_PACK,
        Verb.REPORT_MISSING,
        Verb.RECORD_RETURN,
        Verb.REFER_WORRY,
    }
)

# Work whose record the database keeps from staff of a home, whatever else they are: they would write beside it, close
# what is still to be answered, or take one episode into another and leave behind what they do not see.
NOT_FOR_HOMES = frozenset(
    {
        Verb.ANSWER_REPORTS,
        Verb.READ_INTERVIEW,
        Verb.CLOSE_EPISODE,
        Verb.ANSWER_DUTY,
        Verb.HAND_OVER,
        Verb.SCREEN_SUBSTANCES,
        Verb.MARK_SENTENCE,
        Verb.TAKE_UP_MARK,
        Verb.CHECK_SAFE_AND_WELL,
        Verb.OFFER_INTERVIEW,
        Verb.ANALYSE_RETURN,
        Verb.KEEP_CHILD_PLAN,
        Verb.DECIDE_REPEAT,
        Verb.PLAN_SEMINARS,
        Verb.SCREEN_REFERRAL,
        Verb.SEE_PATHWAY,
        Verb.WORK_PATHWAY,
        Verb.WORK_AROUND,
        Verb.RECORD_JUSTICE,
        Verb.DECIDE_SHARING,
        *_JUDGES,
    }
)

BY_SCOPE: dict[str, Role] = {role.scope: role for role in ROLES}


def holders_count_for(scopes: frozenset[str]) -> bool:
    """True if someone with these scopes may see children at all.

    One scope that never sees a child is enough to say no: who makes accounts, or checks who looked, must not be
    able to give themselves a child's record by adding a second scope.
    """
    roles = [BY_SCOPE[scope] for scope in scopes if scope in BY_SCOPE]
    return bool(roles) and all(role.sees_children for role in roles)


def verbs_of(scopes: frozenset[str]) -> frozenset[Verb]:
    """Everything that any of these scopes allows."""
    return frozenset().union(*(BY_SCOPE[scope].verbs for scope in scopes if scope in BY_SCOPE))
