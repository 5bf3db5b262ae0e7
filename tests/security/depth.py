"""A row of each child in the tables round an episode: duties, notices, handovers, marks, repeats, missing pack."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.personas import NOW
from wayhome.missing import models as missing
from wayhome.people import models as people

if TYPE_CHECKING:
    from tests.security.world import World

DAY = timedelta(days=1)


def in_depth(world: "World", name: str, *, told: str, heard: str) -> None:
    """Make the rows of one child, as the worker. `told` and `heard` are words of this child's alone."""
    child, users = world.children[name], world.cast.users
    of_child = {"person_id": child}
    of_episode: dict[str, Any] = of_child | {"episode_id": world.episodes[name]}
    _round_the_child(of_child, told)
    _round_the_episode(world, of_episode, told)
    missing.DutyAnswer.objects.create(
        **of_episode, duty="strategy_discussion", outcome="done", done_at=NOW, note=heard, recorded_at=NOW
    )
    missing.SubstanceScreen.objects.create(
        **of_episode, outcome="not_needed", screened_at=NOW, note=heard, recorded_at=NOW
    )
    missing.TriggerHit.objects.create(**of_episode, trigger="first_ever", because=heard, hit_at=NOW)
    interview = missing.ReturnInterview.objects.get(episode_id=world.episodes[name])
    missing.Mark.objects.create(
        **of_child,
        interview=interview,
        kind="place",
        field="own_words",
        start=0,
        end=len(heard),
        quote=heard,
        marked_at=NOW,
    )
    seminar = missing.Seminar.objects.create(
        partnership_id=world.cast.partnership_id, held_at=NOW + DAY, place="Library", planned_at=NOW
    )
    missing.SeminarInvitation.objects.create(
        **of_episode, seminar=seminar, invited="child", channel="phone", invited_at=NOW, note=heard
    )
    missing.Notification.objects.create(
        source="police",
        channel="phone",
        received_at=NOW,
        recorded_at=NOW,
        recorded_by=users["Pat"],
        **of_child,
    )
    missing.Notification.objects.create(
        source="parent", channel="phone", received_at=NOW, recorded_at=NOW, recorded_by=users["Sal"]
    )


def _round_the_child(of_child: dict[str, Any], told: str) -> None:
    people.PlanStatus.objects.create(**of_child, kind="child_in_need", valid=(date(2025, 1, 1), None))
    people.Description.objects.create(**of_child, hair=told, checked_at=NOW)
    people.KnownPlace.objects.create(
        **of_child,
        place=told,
        safety="not_assessed",
        assessed_on=date(2025, 1, 1),
        valid=(date(2025, 1, 1), None),
    )
    people.Photo.objects.create(**of_child, image=told.encode(), width=1, height=1, added_at=NOW)


def _round_the_episode(world: "World", of_episode: dict[str, Any], told: str) -> None:
    cora, team = world.cast.users["Cora"], world.cast.team_of("Cora")
    report = missing.Report.objects.filter(episode_id=of_episode["episode_id"]).first()
    missing.ChosenFact.objects.create(
        **of_episode, fact="last_seen_place", report=report, reason=told, chosen_at=NOW
    )
    missing.BreachReason.objects.create(
        **of_episode, duty="safe_and_well", due_at=NOW, reason=told, written_at=NOW
    )
    handover = missing.Handover.objects.create(team_id=team, made_by=cora, made_at=NOW)
    missing.HandoverItem.objects.create(**of_episode, handover=handover, note=told)
