"""What was done about the duties of the open work, why some were late, and what one shift handed to the next."""

from datetime import datetime, timedelta
from random import Random

from wayhome.config.demonstration.partnership import Opened
from wayhome.config.demonstration.present import Played, act
from wayhome.database.reading import answered
from wayhome.kernel.deadline import Deadline
from wayhome.kernel.viewer import Viewer
from wayhome.missing import commands
from wayhome.missing.queries import EpisodeRow, OpenEpisode, wall
from wayhome.missing.queries.handover import waiting
from wayhome.missing.vocabulary import Duty, DutyOutcome, WallDuty

_SEED = 72
HOUR = timedelta(hours=1)
_DONE: dict[str, tuple[str, str]] = {
    WallDuty.STRATEGY_DISCUSSION: (
        "Team manager, police missing desk, named nurse",
        "What is known was shared. Two addresses are visited tonight, the school is asked tomorrow.",
    ),
    WallDuty.SENIOR_NOTICE: (
        "Head of safeguarding",
        "How long, the risk, who looks for the child and what is tried next.",
    ),
    WallDuty.HOST_NOTICE: (
        "Duty desk of the other council",
        "Who the child is, where they live in that area, and whom to ring.",
    ),
    WallDuty.PLACING_NOTICE: (
        "Out-of-hours team of the placing council",
        "That the child is missing since this time, and who is told here.",
    ),
}
_WHY_LATE = (
    "Nobody was on call between six and midnight; the rota has a gap on Sundays.",
    "The child did not want to speak on the first two tries and asked for another day.",
    "The home did not tell us of the return until the next morning.",
)
_TO_KNOW = (
    "Mother rings at nine. She has heard from a friend of the child.",
    "Two officers go to the bus station at eight.",
    "The phone was on for ten minutes at four. The network is asked.",
    "Nothing new since midnight.",
)


def tell_duties(played: list[Played], opened: Opened, now: datetime) -> None:
    """Most duties are answered, some late ones have their reason, and a handover waits."""
    rng = Random(_SEED)  # noqa: S311
    act(opened.viewers["cora"], now, lambda viewer, at: _answer_most(viewer, at, rng))
    act(opened.viewers["cora"], now, lambda viewer, at: _explain_some(viewer, at, rng))
    _hand_over(played, opened, now)


def _answer_most(viewer: Viewer, now: datetime, rng: Random) -> None:
    for row in wall(viewer, now).rows:
        for duty in row.duties:
            if duty.kind in _DONE and rng.random() < 0.7:
                _answer(row, duty, viewer, now, rng)


def _answer(row: EpisodeRow[OpenEpisode], duty: Deadline, viewer: Viewer, now: datetime, rng: Random) -> None:
    with_whom, note = _DONE[duty.kind]
    done_at = min(duty.due_at + timedelta(hours=rng.choice((-9, -4, -2, 3))), now - HOUR / 2)
    done_at = max(done_at, row.episode.last_seen_at)
    commands.answer_duty(
        episode_id=row.episode.pk,
        duty=duty.kind,
        answer=commands.Answer(outcome=DutyOutcome.DONE, done_at=done_at, with_whom=with_whom, note=note),
        viewer=viewer,
        now=now,
    )


def _explain_some(viewer: Viewer, now: datetime, rng: Random) -> None:
    for row in wall(viewer, now).rows:
        for duty in row.duties:
            if duty.due_at <= now and duty.kind != Duty.REASSESS_RISK and rng.random() < 0.4:
                commands.explain_late(
                    episode_id=row.episode.pk,
                    duty=duty.kind,
                    reason=rng.choice(_WHY_LATE),
                    viewer=viewer,
                    now=now,
                )


def _hand_over(played: list[Played], opened: Opened, now: datetime) -> None:
    """The night shift of the police desk to the day shift: one is taken over, the others wait."""
    missing = [one.episode for one in played if one.case.returned is None][: len(_TO_KNOW)]
    giver, taker = opened.viewers["priya"], opened.viewers["pat"]
    [team] = giver.team_ids & taker.team_ids

    def give(viewer: Viewer, at: datetime) -> None:
        notes = dict(zip(missing, _TO_KNOW, strict=False))
        commands.hand_over(team_id=team, notes=notes, note="A long night.", viewer=viewer, now=at)

    def take(viewer: Viewer, at: datetime) -> None:
        [first, *_] = answered(waiting(viewer, at))
        commands.acknowledge(item_id=first.item.pk, viewer=viewer, now=at)

    act(giver, now - 2 * HOUR, give)
    act(taker, now - HOUR, take)
