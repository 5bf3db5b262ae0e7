"""Every table of the database: what it is, and who may do what with which of its rows as the web application.

A rule takes a persona and a row and says whether the verb works. `None`: the verb works for nobody. A new table has
to get its line here before the tests pass, and a real row in world.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from tests.personas import NOW
from tests.security.plans import OWNED
from tests.security.world import SEEN_BY, World
from wayhome.access.roles import Scope

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Persona:
    """One of the cast as row security sees them; "nobody" is a request in which no viewer is set."""

    name: str
    user_id: UUID | None
    holders: frozenset[UUID]
    scope: str
    sees: frozenset[UUID]

    @classmethod
    def of(cls, world: World, name: str) -> "Persona":
        """One of the cast, or "nobody"."""
        if name == "nobody":
            return cls(name, None, frozenset(), "", frozenset())
        viewer = world.cast.viewer(name)
        sees = frozenset(world.children[child] for child in SEEN_BY[name])
        holders = viewer.team_ids | {viewer.known_user_id}
        return cls(name, viewer.user_id, holders, next(iter(viewer.scopes)), sees)


Rule = Callable[[Persona, Row], bool] | None


class Class(StrEnum):
    """What a table holds."""

    CHILD = "about a child"
    OWN = "one's own rows only"
    ACCOUNTS = "accounts and how they are signed in to"
    PARTNERSHIP = "agencies, teams and bodies"
    PLANS = "strategies and plans, with no child in them"
    RECORD = "the record"
    MACHINERY = "machinery"


@dataclass(frozen=True)
class Line:
    """One table. `change` is what an UPDATE sets; by default a column to itself. `empty` says why no row is made."""

    kind: Class
    select: Rule = None
    insert: Rule = None
    update: Rule = None
    delete: Rule = None
    change: str = ""
    empty: str = ""


def sees(column: str = "person_id") -> Rule:
    """Those who see the child."""
    return lambda persona, row: row[column] in persona.sees


def sees_and_no_home(persona: Persona, row: Row) -> bool:
    """Those who see the child, but not staff of a home: the child may have spoken about the home."""
    return row["person_id"] in persona.sees and persona.scope != Scope.HOME_STAFF


def told_or_screens(persona: Persona, row: Row) -> bool:
    """Who told the worry; the team it went to while nobody is named; then who sees the child, but not a home."""
    return writes_down(persona, row) or screens(persona, row)


def tells_a_worry(persona: Persona, row: Row) -> bool:
    """In one's own name, about nobody named or a child one sees."""
    return tells(persona, row)


def screens(persona: Persona, row: Row) -> bool:
    """The team a worry went to while nobody is named; then who sees the child, but not a home."""
    if row["person_id"] is None:
        return persona.scope in CHILD_SCOPES and row["receiving_team_id"] in persona.holders
    return sees_and_no_home(persona, row)


def raised_or_answers(persona: Persona, row: Row) -> bool:
    """Who raised a disagreement, and who sees the child; not a home."""
    return row["raised_by_id"] == persona.user_id or sees_and_no_home(persona, row)


def raises(persona: Persona, row: Row) -> bool:
    """In one's own name, about a child one sees."""
    return row["raised_by_id"] == persona.user_id and row["person_id"] in persona.sees


def one_of_the_two(persona: Persona, row: Row) -> bool:
    """Supervisor and supervisee, whoever else sees the child."""
    return persona.user_id is not None and persona.user_id in (row["supervisee_id"], row["supervisor_id"])


def writes_supervision(persona: Persona, row: Row) -> bool:
    """One of the two, in their own name, about a child they see."""
    return writes_down(persona, row) and row["person_id"] in persona.sees


def sees_and_no_police(persona: Persona, row: Row) -> bool:
    """Those who see the child, but not the police: none of the children of the tests is missing now."""
    return row["person_id"] in persona.sees and persona.scope != Scope.POLICE_DESK


def everyone(persona: Persona, row: Row) -> bool:
    """Anybody, also before sign-in."""
    return True


def own(persona: Persona, row: Row) -> bool:
    """The user whose row it is."""
    return persona.user_id is not None and row["user_id"] == persona.user_id


def manages_partnership(persona: Persona, row: Row) -> bool:
    return persona.scope in (Scope.ADMINISTRATOR, Scope.COORDINATOR)


def reads_plans(persona: Persona, row: Row) -> bool:
    """Strategic leads, coordinators and analysts."""
    return persona.scope in (Scope.STRATEGIC_LEAD, Scope.COORDINATOR, Scope.ANALYST)


def keeps_plans(persona: Persona, row: Row) -> bool:
    """Strategic leads and coordinators."""
    return persona.scope in (Scope.STRATEGIC_LEAD, Scope.COORDINATOR)


def plans_or_owns(column: str) -> Rule:
    """Who reads plans; and Pat, who holds the post that leads one action, for what belongs to it."""
    return lambda persona, row: reads_plans(persona, row) or (persona.name == "Pat" and row[column] in OWNED)


def keeps_or_owns(column: str) -> Rule:
    """Who keeps plans; and Pat for what belongs to the action that is hers to do."""
    return lambda persona, row: keeps_plans(persona, row) or (persona.name == "Pat" and row[column] in OWNED)


def says_of(column: str, author: str) -> Rule:
    """The same, and each in their own name only."""
    may = keeps_or_owns(column)
    return lambda persona, row: bool(may and may(persona, row)) and row[author] == persona.user_id


def shows_of(persona: Persona, row: Row) -> bool:
    """Evidence, which has a name and no user beside it: Pat's own."""
    return persona.name == "Pat" and row["action_id"] in OWNED


def presents(persona: Persona, row: Row) -> bool:
    """Who keeps plans, in their own name."""
    return keeps_plans(persona, row) and row["taken_by_id"] == persona.user_id


def signs(persona: Persona, row: Row) -> bool:
    """A strategic lead, in their own name: nobody with an account chairs the body of the tests."""
    return persona.scope == Scope.STRATEGIC_LEAD and row["signed_by_id"] == persona.user_id


def published_or_plans(persona: Persona, row: Row) -> bool:
    """A strategy in force is for everyone who signed in; what is drafted, for who reads plans."""
    return reads_plans(persona, row) or (persona.user_id is not None and row["state"] in ("approved", "live"))


def published_section(persona: Persona, row: Row) -> bool:
    """The sections of a strategy, like the strategy. The one of the tests is in force."""
    return persona.user_id is not None


def receipt_of_own_agency(persona: Persona, row: Row) -> bool:
    """Whoever acknowledged for their own agency."""
    return persona.user_id is not None and row["read_by_id"] == persona.user_id


def administrator(persona: Persona, row: Row) -> bool:
    """Administrators."""
    return persona.scope == Scope.ADMINISTRATOR


def administrator_for_others(persona: Persona, row: Row) -> bool:
    """Administrators, for anyone but themselves."""
    return administrator(persona, row) and row["user_id"] != persona.user_id


def administrator_not_as_oneself(persona: Persona, row: Row) -> bool:
    """Administrators, for an account that is not their own."""
    return administrator(persona, row) and row["id"] != persona.user_id


def own_account_or_administrator(persona: Persona, row: Row) -> bool:
    """The user themselves, and administrators."""
    return row["id"] == persona.user_id or administrator(persona, row)


def own_or_administrator(persona: Persona, row: Row) -> bool:
    """The user themselves, and administrators for others."""
    return own(persona, row) or administrator_for_others(persona, row)


def holds(persona: Persona, row: Row) -> bool:
    """The user, or a member of the team, whom the grant opens a record to now."""
    ends = row["valid"].upper
    opens = (ends is None or ends > NOW) and not row["held_back"]
    return opens and persona.scope in CHILD_SCOPES and row["holder"] in persona.holders


def reviews(persona: Persona, row: Row) -> bool:
    """Coordinators and information governance, for records that are not restricted."""
    return persona.scope in (Scope.COORDINATOR, Scope.INFORMATION_GOVERNANCE) and not row["is_restricted"]


def own_or_reviews(persona: Persona, row: Row) -> bool:
    """Who broke the glass, and who reviews it."""
    return own(persona, row) or reviews(persona, row)


def reviews_others(persona: Persona, row: Row) -> bool:
    """Reviewers, for what others opened and nobody answered for."""
    return reviews(persona, row) and not own(persona, row) and row["reviewed_at"] is None


def concerned(persona: Persona, row: Row) -> bool:
    """Entries about a child: who sees the child; others: whose they are. Information governance: unrestricted ones."""
    if persona.scope == Scope.INFORMATION_GOVERNANCE:
        return not row["is_restricted"]
    return row["person_id"] in persona.sees if row["person_id"] else own(persona, row)


def writes_own_entry(persona: Persona, row: Row) -> bool:
    """Only in one's own name; before sign-in, only what happens to an account."""
    if persona.user_id:
        return own(persona, row)
    return row["person_id"] is None and row["subject_kind"] == "user" and row["subject_id"] == row["user_id"]


def coordinates(persona: Persona, row: Row) -> bool:
    """Coordinators."""
    return persona.scope == Scope.COORDINATOR


def coordinates_and_may_know(persona: Persona, row: Row) -> bool:
    """Coordinators; of a restricted child only those who see the child."""
    return coordinates(persona, row) and (not row["is_restricted"] or row["person_id"] in persona.sees)


def told_of(persona: Persona, row: Row) -> bool:
    """Who wrote it down; who sees the child; while nobody is named, those who find out who it is."""
    return writes_down(persona, row) or decides_on(persona, row)


def tells(persona: Persona, row: Row) -> bool:
    """In one's own name, of nobody named or of a child one sees."""
    return writes_down(persona, row) and (row["person_id"] is None or row["person_id"] in persona.sees)


def decides_on(persona: Persona, row: Row) -> bool:
    """Who sees the child; while nobody is named, the police desk and coordinators."""
    if row["person_id"] is None:
        return persona.scope in (Scope.POLICE_DESK, Scope.COORDINATOR)
    return row["person_id"] in persona.sees


def decides_by_role(persona: Persona, row: Row) -> bool:
    """The police desk and coordinators, of a child they see or of nobody named."""
    return persona.scope in (Scope.POLICE_DESK, Scope.COORDINATOR) and decides_on(persona, row)


def adds_to_own_handover(persona: Persona, row: Row) -> bool:
    """Who made the handover: in the world, Cora."""
    return sees_and_no_home(persona, row) and persona.scope == Scope.COORDINATOR


def writes_down(persona: Persona, row: Row) -> bool:
    """The user who recorded it."""
    return persona.user_id is not None and row["recorded_by_id"] == persona.user_id


def of_ones_team(persona: Persona, row: Row) -> bool:
    """Who made it, for whom it is, the team's members who work with children, and coordinators."""
    if persona.user_id in (row["made_by_id"], row["to_user_id"]) and persona.user_id:
        return True
    if persona.scope == Scope.COORDINATOR:
        return True
    return persona.scope in CHILD_SCOPES and row["team_id"] in persona.holders


def hands_over(persona: Persona, row: Row) -> bool:
    """In one's own name, in one's own team."""
    mine = persona.user_id is not None and row["made_by_id"] == persona.user_id
    return mine and persona.scope in CHILD_SCOPES and row["team_id"] in persona.holders


def signed_in(persona: Persona, row: Row) -> bool:
    """Whoever signed in."""
    return persona.user_id is not None


def plans_seminars(persona: Persona, row: Row) -> bool:
    """Coordinators and return interviewers."""
    return persona.scope in (Scope.COORDINATOR, Scope.RETURN_INTERVIEWER)


CHILD_SCOPES = {
    Scope.PRACTITIONER,
    Scope.RETURN_INTERVIEWER,
    Scope.POLICE_DESK,
    Scope.COORDINATOR,
    Scope.HOME_STAFF,
}
ABOUT_A_CHILD = Line(Class.CHILD, sees(), sees(), sees())
KEPT_FOR_A_REPORT = Line(Class.CHILD, select=sees_and_no_police, insert=sees(), update=sees_and_no_police)
NOT_FOR_HOMES = Line(Class.CHILD, sees_and_no_home, sees_and_no_home, sees_and_no_home)
KEPT_AS_SAID = Line(Class.CHILD, sees_and_no_home, sees_and_no_home)
READ_BY_HOMES = Line(Class.CHILD, sees(), sees_and_no_home, sees_and_no_home)
CLOSED_WORDS = Line(Class.CHILD)
HELD_BY_ADMINISTRATORS = Line(Class.ACCOUNTS, everyone, administrator_for_others, administrator_for_others)
OPEN_PARTNERSHIP = Line(Class.PARTNERSHIP, everyone, manages_partnership, manages_partnership)
PLAN_KEEPERS = Line(Class.PLANS, reads_plans, keeps_plans, keeps_plans)


def of_plan(column: str) -> Line:
    """Read by owners too, kept by who keeps plans."""
    return Line(Class.PLANS, plans_or_owns(column), keeps_plans, keeps_plans)


UNUSED = Line(Class.MACHINERY, empty="Django's own permissions are not used")
JOBS = Line(Class.MACHINERY, empty="the worker's own")

TABLES: dict[str, Line] = {
    # about a child
    "people_person": Line(Class.CHILD, sees("id"), sees("id"), sees("id")),
    "people_name": ABOUT_A_CHILD,
    "people_identifier": ABOUT_A_CHILD,
    "people_address": ABOUT_A_CHILD,
    "people_careepisode": ABOUT_A_CHILD,
    "people_involvement": ABOUT_A_CHILD,
    "people_relationship": ABOUT_A_CHILD,
    "people_planstatus": ABOUT_A_CHILD,
    "people_description": KEPT_FOR_A_REPORT,
    "people_knownplace": KEPT_FOR_A_REPORT,
    "people_photo": KEPT_FOR_A_REPORT,
    "people_nametoken": CLOSED_WORDS,
    "people_persontoken": CLOSED_WORDS,
    "missing_episode": ABOUT_A_CHILD,
    "missing_report": ABOUT_A_CHILD,
    "missing_possiblematch": Line(Class.CHILD),
    "missing_returncorrection": ABOUT_A_CHILD,
    "missing_riskjudgement": ABOUT_A_CHILD,
    "missing_safeandwellcheck": NOT_FOR_HOMES,
    "missing_interviewoffer": NOT_FOR_HOMES,
    "missing_returninterview": NOT_FOR_HOMES,
    "missing_analysis": NOT_FOR_HOMES,
    "missing_notification": Line(
        Class.CHILD,
        told_of,
        tells,
        decides_by_role,
        change="person_id = person_id",
    ),
    "missing_chosenfact": ABOUT_A_CHILD,
    "missing_breachreason": NOT_FOR_HOMES,
    "missing_handover": Line(Class.OWN, of_ones_team, hands_over),
    "missing_handoveritem": Line(Class.CHILD, sees_and_no_home, adds_to_own_handover, sees_and_no_home),
    "missing_dutyanswer": NOT_FOR_HOMES,
    "missing_mark": NOT_FOR_HOMES,
    "missing_substancescreen": NOT_FOR_HOMES,
    "missing_triggerhit": NOT_FOR_HOMES,
    "missing_seminar": Line(Class.PARTNERSHIP, signed_in, plans_seminars, plans_seminars),
    "missing_seminarinvitation": NOT_FOR_HOMES,
    "exploitation_referral": Line(Class.CHILD, told_or_screens, tells_a_worry, screens),
    "exploitation_screening": NOT_FOR_HOMES,
    "exploitation_disagreement": Line(Class.CHILD, raised_or_answers, raises, raised_or_answers),
    "exploitation_pathway": NOT_FOR_HOMES,
    "exploitation_step": KEPT_AS_SAID,
    "exploitation_allocation": NOT_FOR_HOMES,
    "exploitation_instrument": Line(
        Class.PARTNERSHIP, signed_in, coordinates, coordinates, change="version = version"
    ),
    "exploitation_assessment": NOT_FOR_HOMES,
    "exploitation_judgement": NOT_FOR_HOMES,
    "exploitation_childplan": READ_BY_HOMES,
    "exploitation_otherplan": READ_BY_HOMES,
    "exploitation_planaction": READ_BY_HOMES,
    "exploitation_planactionupdate": Line(Class.CHILD, sees(), sees_and_no_home),
    "exploitation_planreview": KEPT_AS_SAID,
    "exploitation_safetyplan": READ_BY_HOMES,
    "exploitation_childpage": READ_BY_HOMES,
    "exploitation_childanswer": NOT_FOR_HOMES,
    "exploitation_formulation": KEPT_AS_SAID,
    "exploitation_supervision": Line(Class.CHILD, one_of_the_two, writes_supervision),
    "exploitation_transfer": NOT_FOR_HOMES,
    "exploitation_servicereferral": NOT_FOR_HOMES,
    "exploitation_nrm": NOT_FOR_HOMES,
    "exploitation_nrmstep": KEPT_AS_SAID,
    "exploitation_sharedecision": KEPT_AS_SAID,
    "exploitation_justicecontact": NOT_FOR_HOMES,
    "access_grant": Line(Class.CHILD, holds),
    "access_restriction": Line(Class.CHILD, sees()),
    "access_breakglass": Line(
        Class.CHILD,
        own_or_reviews,
        None,
        reviews_others,
        change="reviewed_by_id = access_user(), reviewed_at = now(), review_outcome = 'learning'",
    ),
    "statutory_importbatch": Line(Class.CHILD, coordinates),
    "statutory_importrejection": Line(Class.CHILD, coordinates_and_may_know),
    # counts, of all children
    "insight_countedmonth": Line(Class.RECORD),
    # one's own
    "audit_draft": Line(Class.OWN, own, own, own, own),
    # Reached by functions that ask for its key (audit/tried.py).
    "audit_tried": Line(Class.MACHINERY),
    "audit_submission": Line(Class.OWN, own, own, own),
    # accounts
    "access_user": Line(
        Class.ACCOUNTS,
        everyone,
        administrator_not_as_oneself,
        own_account_or_administrator,
        change="password = password || '!'",
    ),
    "access_membership": HELD_BY_ADMINISTRATORS,
    "access_heldscope": HELD_BY_ADMINISTRATORS,
    "access_viewerkey": Line(Class.ACCOUNTS),
    "account_emailaddress": Line(
        Class.ACCOUNTS, everyone, everyone, everyone, own_or_administrator, change="verified = NOT verified"
    ),
    "account_emailconfirmation": Line(Class.ACCOUNTS, empty="addresses are confirmed by administrators"),
    "mfa_authenticator": Line(
        Class.ACCOUNTS,
        everyone,
        *[own_or_administrator] * 3,
        change="data = jsonb_build_object('secret', 'mine')",
    ),
    "socialaccount_socialaccount": Line(
        Class.ACCOUNTS, everyone, *[own_or_administrator] * 3, change="uid = uid || '!'"
    ),
    "socialaccount_socialapp": Line(Class.ACCOUNTS, empty="providers are named in the settings"),
    "socialaccount_socialtoken": Line(Class.ACCOUNTS, empty="tokens of providers are not kept"),
    # Under a digest of its key, signed for this key (access/sessions.py): of no use to who reads or copies it.
    "django_session": Line(Class.ACCOUNTS, everyone, everyone, everyone, everyone),
    # the partnership
    "partnership_partnership": OPEN_PARTNERSHIP,
    "partnership_setting": OPEN_PARTNERSHIP,
    "partnership_agency": OPEN_PARTNERSHIP,
    "partnership_team": OPEN_PARTNERSHIP,
    "partnership_body": OPEN_PARTNERSHIP,
    "partnership_formername": OPEN_PARTNERSHIP,
    "partnership_homelink": OPEN_PARTNERSHIP,
    "partnership_post": OPEN_PARTNERSHIP,
    "partnership_postholder": OPEN_PARTNERSHIP,
    "partnership_bodyterms": OPEN_PARTNERSHIP,
    "partnership_bodyseat": OPEN_PARTNERSHIP,
    "partnership_bodymeeting": OPEN_PARTNERSHIP,
    "partnership_attendance": OPEN_PARTNERSHIP,
    # strategies and plans
    "strategy_strategydocument": Line(Class.PLANS, published_or_plans, keeps_plans, keeps_plans),
    "strategy_documentsection": Line(Class.PLANS, published_section, keeps_plans, keeps_plans, keeps_plans),
    "strategy_plan": of_plan("id"),
    "strategy_keyword": of_plan("plan_id"),
    "strategy_grouping": of_plan("plan_id"),
    "strategy_objective": of_plan("plan_id"),
    "strategy_commitment": PLAN_KEEPERS,
    "strategy_commitmentserved": PLAN_KEEPERS,
    "strategy_action": Line(Class.PLANS, plans_or_owns("id"), keeps_plans, keeps_or_owns("id")),
    "strategy_actionowner": Line(Class.PLANS, plans_or_owns("action_id"), keeps_plans, keeps_or_owns("id")),
    "strategy_resource": of_plan("action_id"),
    "strategy_planlink": of_plan("action_id"),
    "strategy_actionupdate": Line(
        Class.PLANS, plans_or_owns("action_id"), says_of("owner_id", "written_by_id")
    ),
    "strategy_rating": Line(Class.PLANS, plans_or_owns("action_id"), says_of("action_id", "rated_by_id")),
    "strategy_measurelink": Line(
        Class.PLANS, plans_or_owns("action_id"), keeps_plans, keeps_plans, keeps_plans
    ),
    "strategy_evidenceitem": Line(Class.PLANS, plans_or_owns("action_id"), shows_of),
    "strategy_measurereading": Line(
        Class.PLANS, lambda persona, row: reads_plans(persona, row) or persona.name == "Pat", keeps_plans
    ),
    "strategy_ownerlink": PLAN_KEEPERS,
    "strategy_ownerlinkowner": Line(Class.PLANS, reads_plans, keeps_plans, None, keeps_plans),
    "strategy_updaterequest": Line(
        Class.PLANS, plans_or_owns("owner_id"), keeps_plans, keeps_or_owns("owner_id")
    ),
    "strategy_snapshot": Line(Class.PLANS, reads_plans, presents),
    "strategy_signoff": Line(Class.PLANS, reads_plans, signs),
    "strategy_decisionasked": PLAN_KEEPERS,
    "strategy_planimport": PLAN_KEEPERS,
    "strategy_guidance": Line(Class.PLANS, signed_in, keeps_plans, keeps_plans),
    "strategy_guidanceaudience": Line(Class.PLANS, signed_in, keeps_plans, None, keeps_plans),
    "strategy_guidancereceipt": Line(Class.PLANS, signed_in, receipt_of_own_agency),
    "strategy_horizonitem": Line(Class.PLANS, signed_in, keeps_plans, keeps_plans),
    # the record
    "audit_entry": Line(Class.RECORD, concerned, writes_own_entry),
    "audit_change": Line(Class.RECORD, sees_and_no_home),
    "audit_seal": Line(Class.RECORD),
    "audit_sealedentry": Line(Class.RECORD),
    # machinery
    "events_outboxevent": Line(Class.MACHINERY, None, everyone),
    "procrastinate_jobs": Line(Class.MACHINERY, everyone, everyone),
    "procrastinate_events": Line(Class.MACHINERY, None, everyone),
    "procrastinate_periodic_defers": JOBS,
    "procrastinate_workers": JOBS,
    "django_migrations": Line(Class.MACHINERY, everyone),
    "django_content_type": UNUSED,
    "auth_group": UNUSED,
    "auth_group_permissions": UNUSED,
    "auth_permission": UNUSED,
}
