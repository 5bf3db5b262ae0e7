"""What was done about a duty is written once; a late duty asks why, and keeps the answer."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing import commands
from wayhome.missing.commands import close
from wayhome.missing.commands import duty as duties
from wayhome.missing.commands import limits as setting
from wayhome.missing.models import BreachReason, DutyAnswer
from wayhome.missing.queries import clocks_of, wall
from wayhome.missing.queries.duties import duties_of
from wayhome.missing.queries.episode import episode
from wayhome.missing.rules import InTheFuture
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.stages import AN_ANALYSIS, heard, returned
from wayhome.missing.vocabulary import Duty, DutyOutcome, WallDuty
from wayhome.partnership.models import Setting
from wayhome.people.models import CareEpisode, PlanStatus

HOUR = timedelta(hours=1)
DAY = ("day", "month", "year")
BUTTON = "wh-button--porch"
TOLD = {
    "outcome": DutyOutcome.DONE,
    "done_at": NOW - HOUR,
    "with_whom": "Director",
    "note": "All that is known.",
}


@pytest.fixture
def long_gone(cast):
    """A child missing for two and a half days."""
    seen = NOW - 60 * HOUR
    return an_episode(cast, a_child(cast), last_seen_at=seen, noticed_at=seen, reported_at=NOW - 59 * HOUR)


def answer(cast, name, episode_id, duty=WallDuty.SENIOR_NOTICE, **said):
    with cast.seen_by(name) as viewer:
        return commands.answer_duty(
            episode_id=episode_id, duty=duty, answer=commands.Answer(**(TOLD | said)), viewer=viewer, now=NOW
        )


def kinds(cast, name):
    """The duties on somebody's wall."""
    with cast.seen_by(name) as viewer:
        return [duty.kind for row in wall(viewer, NOW).rows for duty in row.duties]


def test_a_duty_is_on_the_wall_until_it_is_answered(cast, long_gone):
    assert kinds(cast, "Cora") == [WallDuty.SENIOR_NOTICE, WallDuty.STRATEGY_DISCUSSION]
    answer(cast, "Cora", long_gone)
    assert kinds(cast, "Cora") == [WallDuty.STRATEGY_DISCUSSION]
    answer(cast, "Sal", long_gone, WallDuty.STRATEGY_DISCUSSION, outcome=DutyOutcome.NOT_NEEDED, with_whom="")
    assert kinds(cast, "Cora") == []


def test_what_is_around_the_child_calls_for_duties(cast):
    child = a_child(cast)
    an_episode(cast, child)
    assert kinds(cast, "Cora") == []
    with as_worker():
        PlanStatus.objects.create(person_id=child, kind="child_protection", valid=(date(2025, 1, 1), None))
        CareEpisode.objects.create(
            person_id=child,
            started_on=date(2025, 1, 1),
            start_reason="S",
            legal_status="C2",
            placement="K2",
            placed_in="Farby Council",
        )
    assert set(kinds(cast, "Cora")) == {WallDuty.STRATEGY_DISCUSSION, WallDuty.HOST_NOTICE}


def test_who_cannot_read_the_answers_is_not_shown_the_duties_as_open(cast):
    """Staff of a home and who sees the child by a report alone see what stands on the episode itself."""
    child = a_child(cast, known_to=("Sal", "Hal"))
    seen = NOW - 60 * HOUR
    an_episode(cast, child, by="Otto", last_seen_at=seen, noticed_at=seen, reported_at=NOW - 59 * HOUR)
    assert kinds(cast, "Sal")
    assert kinds(cast, "Hal") == []
    assert kinds(cast, "Otto") == []


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"note": " "}, duties.SayWhatWasDone),
        ({"with_whom": " "}, duties.SayWithWhom),
        ({"done_at": NOW + timedelta(seconds=1)}, InTheFuture),
        ({"done_at": NOW - 60 * HOUR - timedelta(seconds=1)}, duties.DoneBeforeLastSeen),
        ({"received_at": NOW + timedelta(seconds=1)}, InTheFuture),
        ({"received_at": NOW - HOUR - timedelta(seconds=1)}, duties.ReceivedBeforeTold),
        ({"outcome": "perhaps"}, duties.NotADuty),
        ({"duty": Duty.INTERVIEW}, duties.NotADuty),
    ],
)
def test_what_cannot_be_is_refused(cast, long_gone, said, refusal):
    with pytest.raises(refusal):
        answer(cast, "Cora", long_gone, **said)


def test_a_duty_is_answered_once_and_the_second_is_told(cast, long_gone):
    answer(cast, "Cora", long_gone)
    with pytest.raises(duties.AnsweredMeanwhile):
        answer(cast, "Sal", long_gone)


def test_after_a_move_the_authority_that_a_child_came_to_is_told_as_well(cast, long_gone):
    with cast.seen_by("Cora"):
        child = episode(long_gone).person_id
    moved_on = london_day(NOW) - timedelta(days=1)
    days = ((date(2025, 1, 1), moved_on, "Farby Council"), (moved_on, None, "Nearby Council"))
    with as_worker():
        CareEpisode.objects.bulk_create(
            CareEpisode(
                person_id=child,
                started_on=since,
                ended_on=until,
                start_reason="S",
                end_reason="X1" if until else "",
                legal_status="C2",
                placement="K2",
                placed_in=where,
            )
            for since, until, where in days
        )
    answer(cast, "Cora", long_gone, WallDuty.HOST_NOTICE, done_at=NOW - 50 * HOUR, note="Farby has it.")
    with cast.seen_by("Cora") as cora:
        [again] = [
            duty for row in wall(cora, NOW).rows for duty in row.duties if duty.kind == WallDuty.HOST_NOTICE
        ]
        assert again.duty == "Tell Nearby Council"
    assert "Record the answer" in text_of(
        client_of(cast, "Cora").get(reverse("answer_duty", args=[long_gone, "host_notice"]))
    )
    page = text_of(client_of(cast, "Cora").get(reverse("out_of_area")))
    assert "Not told yet" in page
    with pytest.raises(duties.ToldBeforeTheMove):
        answer(cast, "Cora", long_gone, WallDuty.HOST_NOTICE, done_at=start_of_day(moved_on) - HOUR)
    answer(cast, "Cora", long_gone, WallDuty.HOST_NOTICE, note="Nearby has it.")
    assert WallDuty.HOST_NOTICE not in kinds(cast, "Cora")
    with pytest.raises(duties.AnsweredMeanwhile):
        answer(cast, "Sal", long_gone, WallDuty.HOST_NOTICE)
    with cast.seen_by("Cora") as cora:
        for _ in range(2):
            commands.note_receipt(
                episode_id=long_gone,
                duty=WallDuty.HOST_NOTICE,
                received_at=NOW,
                received_by="Duty",
                viewer=cora,
                now=NOW,
            )
        assert [each.received_by for each in DutyAnswer.objects.order_by("done_at")] == ["Duty", "Duty"]


@pytest.mark.parametrize(("name", "refusal"), [("Hal", NotAllowed), ("Ana", NotAllowed), ("Otto", NotFound)])
def test_who_may_not_is_refused(cast, long_gone, name, refusal):
    with pytest.raises(refusal):
        answer(cast, name, long_gone)


def test_a_receipt_is_noted_once_for_a_notice_that_was_given(cast, long_gone):
    receipt = {"received_at": NOW, "received_by": "Director", "now": NOW}
    with cast.seen_by("Cora") as cora, pytest.raises(duties.NoReceipt):
        commands.note_receipt(episode_id=long_gone, duty=WallDuty.SENIOR_NOTICE, viewer=cora, **receipt)
    answer(cast, "Cora", long_gone)
    with cast.seen_by("Cora") as cora:
        commands.note_receipt(episode_id=long_gone, duty=WallDuty.SENIOR_NOTICE, viewer=cora, **receipt)
        with pytest.raises(duties.NoReceipt):
            commands.note_receipt(episode_id=long_gone, duty=WallDuty.SENIOR_NOTICE, viewer=cora, **receipt)
        assert DutyAnswer.objects.get().received_by == "Director"


def test_a_late_duty_keeps_its_reason_and_stays_late_when_it_is_done(cast, long_gone):
    def explain():
        with cast.seen_by("Sal") as sal:
            commands.explain_late(
                episode_id=long_gone,
                duty=WallDuty.SENIOR_NOTICE,
                reason="Nobody was on call.",
                viewer=sal,
                now=NOW,
            )

    explain()
    with pytest.raises(duties.NotLate):
        explain()
    answer(cast, "Cora", long_gone)
    with cast.seen_by("Cora") as cora:
        found = duties_of(episode(long_gone), cora, NOW)
        [late] = [run for run in found.late if run.rule.key == WallDuty.SENIOR_NOTICE]
        assert found.found.reason(late) == "Nobody was on call."
        assert late.done_at == NOW - HOUR


@pytest.mark.parametrize(
    ("duty", "reason", "refusal"),
    [
        (Duty.INTERVIEW, "Not due yet.", duties.NotLate),
        (WallDuty.HOST_NOTICE, "Never ran.", duties.NotLate),
        (WallDuty.SENIOR_NOTICE, " ", duties.SayWhyLate),
    ],
)
def test_only_a_late_duty_is_explained_and_only_in_words(cast, long_gone, duty, reason, refusal):
    with cast.seen_by("Sal") as sal, pytest.raises(refusal):
        commands.explain_late(episode_id=long_gone, duty=duty, reason=reason, viewer=sal, now=NOW)


def test_an_episode_is_not_closed_over_a_duty_that_nobody_answered(cast):
    child = a_child(cast)
    found = heard(cast, child)
    with as_worker():
        PlanStatus.objects.create(person_id=child, kind="child_protection", valid=(date(2025, 1, 1), None))
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(episode_id=found, **AN_ANALYSIS, viewer=sal, now=NOW)
        with pytest.raises(close.DutiesUnanswered, match="Strategy discussion"):
            commands.close_episode(episode_id=found, viewer=sal, now=NOW)
    address = reverse("close_episode", args=[found])
    page = client_of(cast, "Sal").get(address)
    assert "Duties without an answer" in text_of(page)
    assert reverse("answer_duty", args=[found, WallDuty.STRATEGY_DISCUSSION]) in page.content.decode()
    assert BUTTON not in page.content.decode()
    answer(cast, "Sal", found, WallDuty.STRATEGY_DISCUSSION)
    ready = client_of(cast, "Sal").get(address)
    assert "Duties without an answer" not in text_of(ready)
    assert BUTTON in ready.content.decode()
    with cast.seen_by("Sal") as sal:
        commands.close_episode(episode_id=found, viewer=sal, now=NOW)


def test_a_limit_is_set_with_its_source_and_within_its_bounds(cast):
    with cast.seen_by("Ada") as ada:
        said = {"key": "senior_notice_hours", "viewer": ada, "now": NOW}
        for value, source, refusal in ((0, "Ours", setting.OutOfBounds), (73, "Ours", setting.OutOfBounds)):
            with pytest.raises(refusal):
                commands.change_limit(value=value, source=source, **said)
        with pytest.raises(setting.SourceMissing):
            commands.change_limit(value=48, source=" ", **said)
        commands.change_limit(value=48, source="Our protocol, 2026", **said)
        assert clocks_of(ada.partnership_id).senior_notice_hours == 48
        assert Setting.objects.get(key="senior_notice_hours").source == "Our protocol, 2026"


def test_a_reason_stays_with_its_duty_when_the_limit_is_set_anew(cast, long_gone):
    with cast.seen_by("Sal") as sal:
        late = {"duty": WallDuty.SENIOR_NOTICE, "reason": "Nobody was on call.", "viewer": sal, "now": NOW}
        commands.explain_late(episode_id=long_gone, **late)
    with cast.seen_by("Cora") as cora:
        commands.change_limit(
            key="senior_notice_hours", value=48, source="Our protocol", viewer=cora, now=NOW
        )
        found = wall(cora, NOW)
        [notice] = [d for row in found.rows for d in row.duties if d.kind == WallDuty.SENIOR_NOTICE]
        assert notice.due_at == NOW - 12 * HOUR
        assert found.reason(long_gone, notice) == "Nobody was on call."


def test_the_pages_from_the_wall_to_the_record(cast, long_gone):
    cora = client_of(cast, "Cora")
    page = text_of(cora.get(reverse("wall")))
    for said in (
        "Late 2",
        "Tell a senior manager",
        "36 h late",
        "Coordinators can still act",
        "Say why it is late",
    ):
        assert said in page, said
    late = reverse("explain_late", args=[long_gone, WallDuty.SENIOR_NOTICE])
    assert sent(cora, late, reason="Nobody was on call.").status_code == 303
    assert "Late because: Nobody was on call." in text_of(cora.get(reverse("wall")))
    address = reverse("answer_duty", args=[long_gone, WallDuty.SENIOR_NOTICE])
    said = {
        "outcome": "done",
        "with_whom": "Director",
        "note": "All.",
        "received": "",
        **typed("done_at", NOW - HOUR),
    }
    assert sent(cora, address, **said).status_code == 303
    assert "This is done already" in text_of(cora.get(address))
    shown = text_of(cora.get(reverse("episode", args=[long_gone])))
    for said in ("None yet", "They said that they have it", "Why: Nobody was on call.", "35 h late"):
        assert said in shown, said
    receipt = reverse("note_receipt", args=[long_gone, WallDuty.SENIOR_NOTICE])
    assert (
        sent(cora, receipt, received_by="PA of the director", **typed("received_at", NOW)).status_code == 303
    )
    assert "PA of the director" in text_of(cora.get(reverse("episode", args=[long_gone])))


def test_not_needed_asks_for_a_reason_and_for_nothing_else(cast, long_gone):
    sal = client_of(cast, "Sal")
    address = reverse("answer_duty", args=[long_gone, WallDuty.STRATEGY_DISCUSSION])
    refused = sent(sal, address, outcome="not_needed", why_not="", **typed("done_at", NOW))
    assert "Write why it is not needed" in text_of(refused)
    sent(sal, address, outcome="not_needed", why_not="One was held on Friday.", **typed("done_at", NOW))
    with cast.seen_by("Sal"):
        assert DutyAnswer.objects.get().note == "One was held on Friday."


@pytest.mark.parametrize(
    ("name", "duty"), [("answer_duty", "interview"), ("note_receipt", "offer_again"), ("explain_late", "x")]
)
def test_there_is_no_page_for_what_is_not_answered_there(cast, long_gone, name, duty):
    assert client_of(cast, "Cora").get(reverse(name, args=[long_gone, duty])).status_code == 404


def test_late_duties_are_listed_over_a_time_with_and_without_a_reason(cast, long_gone):
    back = returned(cast, a_child(cast, given_name="Wren"))
    with as_worker():
        BreachReason.objects.all().delete()
    cora = client_of(cast, "Cora")
    page = text_of(cora.get(reverse("late_duties")))
    assert "2 late , 2 of them without a reason" in page or "1 late , 1 of them without a reason" in page
    with cast.seen_by("Sal") as sal:
        commands.explain_late(
            episode_id=long_gone, duty=WallDuty.SENIOR_NOTICE, reason="Nobody on call.", viewer=sal, now=NOW
        )
    page = text_of(cora.get(reverse("late_duties")))
    assert "Nobody on call." in page
    far = {f"{name}-{part}": "2020" if part == "year" else "1" for name in ("since", "until") for part in DAY}
    assert "Nothing was late" in text_of(cora.get(reverse("late_duties"), far))
    assert client_of(cast, "Sal").get(reverse("late_duties")).status_code == 403
    assert back


def test_the_limits_page_says_what_is_ours_and_what_is_local(cast):
    ada = client_of(cast, "Ada")
    page = text_of(ada.get(reverse("limits")))
    assert "72 clock hours" in page
    assert "5 working days" in page
    address = reverse("change_limit", args=["interview_hours"])
    assert "Enter 1 to 72 clock hours" in text_of(sent(ada, address, value="96", source="Ours"))
    assert sent(ada, address, value="48", source="Our protocol, 2026").status_code == 303
    assert "Yours: Our protocol, 2026" in text_of(ada.get(reverse("limits")))
    assert ada.get(reverse("change_limit", args=["nothing"])).status_code == 404
