"""Plans for tests, laid straight into the tables."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from tests.personas import NOW, Cast

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.partnership.models import Body, BodySeat, Post, PostHolder
from wayhome.strategy.models import Action, ActionOwner, ActionUpdate, Grouping, KeyWord, Plan, Rating
from wayhome.strategy.rules.ratings import DEFAULT_KEY
from wayhome.strategy.vocabulary import Axis, UpdateOrigin

LONG_AGO = DateRange(date(2020, 1, 1), None)


def a_body(cast: Cast, name: str = "Exploitation and Missing Group") -> Body:
    """A body of the partnership."""
    with as_worker():
        return Body.objects.create(partnership_id=cast.partnership_id, name=name, valid=LONG_AGO)


def a_post(
    cast: Cast, title: str = "Head of Early Help", *, held_by: str = "", agency: str = "Saltmere Council"
) -> Post:
    """A post of an agency, held by one of the cast or vacant."""
    with as_worker():
        post = Post.objects.create(
            partnership_id=cast.partnership_id, agency_id=cast.agencies[agency], title=title, valid=LONG_AGO
        )
        if held_by:
            PostHolder.objects.create(
                post=post, name=cast.users[held_by].name, user_id=cast.users[held_by].pk, valid=LONG_AGO
            )
    return post


def a_seat(cast: Cast, body: Body, post: Post) -> BodySeat:
    """A place of a post on a body."""
    with as_worker():
        return BodySeat.objects.create(body=body, agency_id=post.agency_id, post=post, valid=LONG_AGO)


def a_plan(cast: Cast, title: str = "Safe Home plan", **told: object) -> Plan:
    """A live plan with the usual key, a priority and a section."""
    with as_worker():
        plan = Plan.objects.create(
            partnership_id=cast.partnership_id, title=title, state="live", made_at=NOW, **told
        )
        for rating, words in DEFAULT_KEY.items():
            KeyWord.objects.create(
                plan=plan, rating=rating, words=words, needs_remedy=rating in {"amber", "red"}
            )
        Grouping.objects.create(plan=plan, axis=Axis.PRIORITY, reference="P1", title="Prevention", position=1)
        Grouping.objects.create(plan=plan, axis=Axis.SECTION, reference="S1", title="Being heard", position=1)
    return plan


def an_action(plan: Plan, reference: str = "1.1", **told: object) -> Action:
    """An action of a plan, in its priority and its section."""
    with as_worker():
        return Action.objects.create(
            **{
                "plan": plan,
                "reference": reference,
                "text": "Offer every child a return interview within three days.",
                "priority": plan.groupings.filter(axis=Axis.PRIORITY).first(),
                "section": plan.groupings.filter(axis=Axis.SECTION).first(),
                "position": plan.actions.count() + 1,
                "made_at": NOW - timedelta(days=300),
                "state": "in_progress",
                **told,
            }
        )


def an_owner(action: Action, part: str = "lead", **of: object) -> ActionOwner:
    """A post, agency, body, team or some words that own an action."""
    kind = next(
        (kind for kind in ("post", "agency", "body", "team") if {kind, f"{kind}_id"} & set(of)), "unresolved"
    )
    with as_worker():
        return ActionOwner.objects.create(action=action, part=part, kind=kind, valid=LONG_AGO, **of)


def a_rating(action: Action, rating: str = "green", *, at: datetime = NOW, **told: object) -> Rating:
    """A judgement of an action."""
    usual = {"reason": "Going to plan.", "evidence": "Minutes of the group.", "rated_by_name": "Lena"}
    with as_worker():
        return Rating.objects.create(
            action=action, rating=rating, rated_at=at, origin=UpdateOrigin.PAGE, **(usual | told)
        )


def an_update(
    action: Action, *, at: datetime = NOW, owner_id: UUID | None = None, **told: object
) -> ActionUpdate:
    """What somebody said of an action."""
    usual = {"achieved": "The rota is full.", "state": "in_progress", "written_by_name": "Lena"}
    with as_worker():
        return ActionUpdate.objects.create(
            action=action, owner_id=owner_id, written_at=at, origin=UpdateOrigin.PAGE, **(usual | told)
        )


def last_changes(subject_id: UUID, verb: str) -> dict[str, tuple[object, object]]:
    """The fields of the newest entry of a verb about something, before and after."""
    with as_worker():
        entry = Entry.objects.filter(subject_id=subject_id, verb=verb).order_by("-pk").first()
        return {change.field: (change.before, change.after) for change in entry.changes.all()}
