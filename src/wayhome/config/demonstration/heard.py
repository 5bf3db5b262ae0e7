"""How finished episodes ended for the child: offered, heard or not, analysed, closed. Pure: no database."""

from datetime import datetime, timedelta

from wayhome.config.demonstration import words
from wayhome.config.demonstration.writing import Writing
from wayhome.kernel.clock import london_day
from wayhome.missing.vocabulary import AfterNo, InterviewOutcome, OfferAnswer, ReferralState, ScreenOutcome

# Of all returns: offered 75%, of those accepted 55%, of those held nearly all; 63% of the held within 72 hours.
ENDINGS = {
    "held": 0.39,
    "accepted_not_held": 0.0225,
    "declined_child": 0.19,
    "declined_parent": 0.05,
    "not_contactable": 0.0975,
    "never_offered": 0.25,
}
IN_TIME = 0.63
_NEVER_OFFERED = (
    ("not_offered", "other_authority", "missing_again", "custody_or_hospital", "moved_away"),
    (60, 12, 14, 7, 7),
)
_CHANNELS = ("phone", "face_to_face", "text", "through_carer"), (5, 2, 2, 2)


def write_hearing(writing: Writing, ending: str, *, is_in_time: bool) -> None:
    """The offers and what came of them, the worker's analysis, the closure."""
    back = writing.past.returned_at
    if ending == "never_offered":
        _settle(writing, writing.hours_after(back, 30, 110), writing.rng.choices(*_NEVER_OFFERED)[0])
    else:
        offered = writing.hours_after(back, 1, 30)
        _offered(writing, offered, ending, is_in_time=is_in_time)
    _analyse_and_close(writing)


def _offered(writing: Writing, offered: datetime, ending: str, *, is_in_time: bool) -> None:
    if ending == "held":
        _offer(writing, offered, OfferAnswer.ACCEPTED)
        _hold(writing, offered, is_in_time=is_in_time)
    elif ending == "accepted_not_held":
        _offer(writing, offered, OfferAnswer.ACCEPTED)
        outcome = writing.rng.choice(("missing_again", "not_contactable"))
        _settle(writing, writing.hours_after(offered, 40, 110), outcome)
    elif ending == "not_contactable":
        _offer(writing, offered, OfferAnswer.NO_ANSWER)
        _offer(writing, writing.hours_after(offered, 5, 30), OfferAnswer.NO_ANSWER)
        _settle(writing, writing.hours_after(offered, 40, 110), ending)
    else:
        _offer(writing, offered, OfferAnswer(ending))
        _settle(writing, writing.hours_after(offered, 1, 40), ending)


def _offer(writing: Writing, at: datetime, answer: OfferAnswer) -> None:
    writing.add_about(
        "missing.InterviewOffer",
        at,
        offered_at=at,
        channel=writing.rng.choices(*_CHANNELS)[0],
        answer=answer,
        leaflet_given=answer != OfferAnswer.NO_ANSWER,
        offered_by_id=writing.ids.users[writing.interviewer],
    )
    writing.episode.setdefault("interview_offered_at", at)
    if answer == OfferAnswer.ACCEPTED:
        writing.episode["interview_accepted_at"] = at
    writing.note(at, writing.interviewer, "offer interview", answer=answer)


def _hold(writing: Writing, offered: datetime, *, is_in_time: bool) -> None:
    limit, rng = writing.past.returned_at + timedelta(hours=72), writing.rng
    if is_in_time:
        held = writing.between(max(offered, limit - timedelta(hours=40)), limit)
    else:
        held = writing.hours_after(limit, 1, 96)
    told = words.told(rng)
    outcome = InterviewOutcome.PARTIAL if rng.random() < 0.06 else InterviewOutcome.COMPLETED
    settled = writing.between(held, held + timedelta(hours=5))
    writing.add_about(
        "missing.ReturnInterview",
        settled,
        outcome=outcome,
        held_at=held,
        place=rng.choice(words.INTERVIEW_PLACES),
        interviewer_id=writing.ids.users[writing.interviewer],
        independent_as="outside",
        independence=rng.choice(words.INDEPENDENCE),
        child_seen_alone=rng.random() < 0.9,
        own_words=told.own_words,
        before=told.before,
        during=told.during,
        after=told.after,
        harm=told.harm,
        would_help=told.would_help,
        carer_view=told.carer_view,
        push_reasons=list(told.push),
        pull_reasons=list(told.pull),
        leaflet_given=True,
        language="eng",
        settled_at=settled,
    )
    writing.episode["interview_held_at"] = held
    _screen(writing, held)
    _settled(writing, settled, outcome)


def _screen(writing: Writing, held: datetime) -> None:
    """One in six was screened for substance use; of those some were referred, and of the latest it is still open."""
    chance = writing.episode["id"].int % 12
    if chance > 1:
        return
    is_open = writing.is_recent(held)
    came_of_it = ReferralState.MADE if is_open else ReferralState.ATTENDED
    referral = came_of_it if chance else ReferralState.NONE
    writing.beside(
        "missing.SubstanceScreen",
        held,
        outcome=ScreenOutcome.DONE,
        instrument="The local screening tool",
        screened_at=held,
        note="",
        referral=referral,
        referred_to="Young people's drug and alcohol team" if chance else "",
        referral_at=held if chance else None,
        recorded_at=held,
        recorded_by_id=writing.ids.users[writing.interviewer],
    )


def _settle(writing: Writing, at: datetime, outcome: str) -> None:
    is_no = outcome.startswith("declined")
    all_was_done = is_no and not (writing.is_recent(at) and at.minute % 2)
    after_no = list(AfterNo.values) if all_was_done else ["leaflet_child", "carers_asked"] if is_no else []
    retry_on = london_day(at) + timedelta(days=14) if is_no and writing.is_recent(at) else None
    writing.add_about(
        "missing.ReturnInterview",
        at,
        outcome=outcome,
        reason_not_held=words.NOT_HELD[outcome],
        after_no=after_no,
        contacts_given=words.CAN_TURN_TO if is_no else "",
        retry_on=retry_on,
        leaflet_given=is_no,
        settled_at=at,
    )
    _settled(writing, at, outcome)


def _settled(writing: Writing, at: datetime, outcome: str) -> None:
    writing.episode |= {"interview_settled_at": at, "interview_outcome": outcome}
    writing.note(at, writing.interviewer, "settle interview", outcome=outcome)


def _analyse_and_close(writing: Writing) -> None:
    settled, user_id = writing.episode["interview_settled_at"], writing.ids.users[writing.worker]
    written = writing.hours_after(settled, 3, 24 * 8)
    text, effect, plan_note = writing.rng.choice(words.ANALYSES)
    writing.add_about(
        "missing.Analysis",
        written,
        text=text,
        plan_effect=effect,
        plan_note=plan_note,
        written_at=written,
        written_by_id=user_id,
    )
    closed = writing.hours_after(written, 0.2, 30)
    writing.episode |= {"analysed_at": written, "closed_at": closed, "closed_by_id": user_id}
    writing.note(written, writing.worker, "analyse return", plan_effect=effect)
    writing.note(closed, writing.worker, "close")
