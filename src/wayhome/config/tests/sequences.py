"""Every kind of step of a sequence: to which episodes it can be done, by whom; and how it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.personas import Cast

from wayhome.config.testing import as_worker
from wayhome.config.tests.acting import (
    BETWEEN,
    COLLEAGUE,
    FIRST,
    IMPORTER,
    WRONG,
    Act,
    Child,
    Step,
    acknowledge,
    add_report,
    answer,
    back,
    check,
    choose,
    count,
    explain,
    hand_over,
    hold,
    judge,
    merge,
    merge_and_unmerge,
    not_heard,
    offer,
    offer_again,
    put_off,
    report,
    split,
    take,
    take_file,
    unmerge,
    write,
)
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import Refusal
from wayhome.missing import commands
from wayhome.missing.commands.splitting import undo_split
from wayhome.missing.models import (
    Episode,
)
from wayhome.missing.tests.stages import AN_ANALYSIS
from wayhome.missing.vocabulary import DIED, AfterNo


@dataclass(frozen=True)
class Doing:
    """One kind of step. `who` None: the worker, who sees every child. `suits`: to which episodes it can be done."""

    do: Callable[[Act], None]
    who: str | None = "Cora"
    suits: Callable[[Episode], object] = lambda episode: episode.cancelled_at is None
    opens: bool = False


def is_live(episode: Episode) -> bool:
    return episode.cancelled_at is None and episode.closed_at is None


def is_back(episode: Episode) -> bool:
    return is_live(episode) and episode.returned_at is not None


def is_gone(episode: Episode) -> bool:
    return is_live(episode) and episode.returned_at is None


def is_unheard(episode: Episode) -> bool:
    return is_back(episode) and episode.interview_settled_at is None


def is_a_no(episode: Episode) -> bool:
    return episode.cancelled_at is None and episode.interview_outcome.startswith(("declined", "not_cont"))


def is_heard(episode: Episode) -> bool:
    return is_back(episode) and episode.interview_settled_at is not None


def is_merged(episode: Episode) -> bool:
    return episode.merged_into_id is not None


def is_split(episode: Episode) -> bool:
    return is_live(episode) and episode.split_from_id is not None


def may_close(episode: Episode) -> bool:
    return is_heard(episode) and episode.analysed_at is not None and episode.safe_and_well_at is not None


REASON = {"reason": "It was another child."}
DOING: dict[str, Doing] = {
    "report": Doing(report, "Sal", opens=True),
    "report over": Doing(lambda act: report(act, over=True), "Sal", opens=True),
    "add report": Doing(add_report, "Sal", is_live),
    "write down": Doing(write, "Pat", opens=True),
    "take up": Doing(take, opens=True),
    "not missing": Doing(put_off, opens=True),
    "take file": Doing(take_file, None, opens=True),
    "locate": Doing(
        lambda act: commands.record_located(located_at=act.later, place="Library", **act.one), suits=is_gone
    ),
    "return": Doing(lambda act: commands.record_returned(**back(act), **act.one), suits=is_gone),
    "died": Doing(lambda act: commands.record_returned(**back(act, DIED), **act.one), suits=is_gone),
    "undo": Doing(lambda act: commands.undo_return(**REASON, **act.one), suits=is_unheard),
    "correct": Doing(
        lambda act: commands.correct_return(told=commands.Return(**back(act)), **REASON, **act.one),
        suits=is_back,
    ),
    "judge": Doing(lambda act: judge(act, "medium"), "Pat", is_live),
    "judge high": Doing(lambda act: judge(act, "high"), "Pat", is_live),
    "judge none": Doing(lambda act: judge(act, "no_apparent_risk"), "Pat", is_live),
    "check": Doing(check, "Pat", lambda one: is_back(one) and one.safe_and_well_at is None),
    "try to check": Doing(lambda act: check(act, "refused"), "Pat", is_back),
    "no further try": Doing(
        lambda act: check(act, "no_further_try"),
        "Pat",
        lambda one: is_back(one) and one.safe_and_well_tried_at is not None,
    ),
    "offer": Doing(lambda act: offer(act, "no_answer"), "Ines", is_unheard),
    "accept": Doing(lambda act: offer(act, "accepted"), "Ines", is_unheard),
    "hold": Doing(hold, "Ines", is_unheard),
    "hold in part": Doing(lambda act: hold(act, in_part=True), "Ines", is_unheard),
    "hold for two": Doing(lambda act: hold(act, also=True), "Ines", is_unheard),
    "declined by child": Doing(lambda act: not_heard(act, "declined_child"), "Ines", is_unheard),
    "declined by parent": Doing(lambda act: not_heard(act, "declined_parent"), "Ines", is_unheard),
    "unable": Doing(lambda act: not_heard(act, "not_contactable"), "Ines", is_unheard),
    "missing again": Doing(lambda act: not_heard(act, "missing_again"), "Ines", is_unheard),
    "retry": Doing(lambda act: offer_again(act, "no_answer"), "Ines", is_a_no),
    "yes after no": Doing(lambda act: offer_again(act, "accepted"), "Ines", is_a_no),
    "add after no": Doing(
        lambda act: commands.add_after_no(
            after_no=tuple(AfterNo.values),
            contacts_given="01632 960001",
            carer_view="",
            retry_on=london_day(act.now) + timedelta(days=1 + act.which),
            **act.one,
        ),
        "Ines",
        is_a_no,
    ),
    "analyse": Doing(
        lambda act: commands.analyse_return(**AN_ANALYSIS, **act.one),
        "Sal",
        lambda one: is_heard(one) and one.analysed_at is None,
    ),
    "answer": Doing(answer, suits=is_live),
    "explain": Doing(explain),
    "close": Doing(lambda act: commands.close_episode(**act.one), suits=may_close),
    "merge": Doing(merge, suits=is_live),
    "unmerge": Doing(unmerge, suits=is_merged),
    "merge and unmerge": Doing(merge_and_unmerge, suits=is_live),
    "split": Doing(split, suits=is_live),
    "unsplit": Doing(lambda act: undo_split(reason="One night.", **act.one) and None, suits=is_split),
    "choose": Doing(choose, suits=is_live),
    "hand over": Doing(hand_over, "Sal", is_live),
    "acknowledge": Doing(acknowledge, COLLEAGUE, opens=True),
    "set aside": Doing(
        lambda act: commands.set_aside_episode(reason="Not this child", **act.one), suits=is_live
    ),
    "count months": Doing(count, None, opens=True),
}


def taken(step: Step, place: int, child: Child, cast: Cast) -> bool:
    """Whether a step was taken. What is refused changes nothing."""
    what, which, ago, lasted = step
    doing, now = DOING[what], FIRST + place * BETWEEN
    episodes = _episodes_of(child)
    suiting = [each for each in episodes if doing.suits(each)] if which < WRONG else episodes
    if not episodes and not doing.opens:
        return False
    place_of = which % len(suiting or episodes) if episodes else 0
    episode = (suiting or episodes)[place_of] if episodes else Episode(last_seen_at=now)
    others = [each.pk for each in suiting or episodes if each.pk != episode.pk]
    told: dict[str, Any] = {
        "child": child,
        "episode": episode,
        "other": others[which % len(others)] if others else episode.pk,
        "which": which,
        "at": now - timedelta(hours=ago),
        "lasted": timedelta(hours=lasted),
        "now": now,
    }
    try:
        _do(doing, told, cast)
    except Refusal:
        return False
    return True


def _do(doing: Doing, told: dict[str, Any], cast: Cast) -> None:
    if doing.who is None:
        with as_worker():
            doing.do(Act(viewer=IMPORTER, **told))
    else:
        with cast.seen_by(doing.who) as viewer:
            doing.do(Act(viewer=viewer, **told))


def _episodes_of(child: Child) -> list[Episode]:
    with as_worker():
        return list(Episode.objects.filter(person_id=child.id).order_by("last_seen_at", "pk"))
