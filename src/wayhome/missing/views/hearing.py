"""The return interview in words: for the episode's page and for the list of children who were not heard."""

from collections.abc import Iterable
from datetime import date, datetime

from wayhome.access.policies import may
from wayhome.access.roles import Verb
from wayhome.codelists import load
from wayhome.kernel.viewer import Viewer
from wayhome.missing.models import Episode, InterviewOffer, ReturnInterview
from wayhome.missing.policies import INTERVIEWERS, Step
from wayhome.missing.queries import EpisodeFile
from wayhome.missing.queries.hearing import NotHeardRow, Together
from wayhome.missing.rules import Clocks, is_held_in_time
from wayhome.missing.rules.asking_again import may_be_asked_again
from wayhome.missing.views.reading import Pairs, name, said, yes_or_no
from wayhome.missing.vocabulary import HELD, AfterNo, Independence
from wayhome.web.showing import day, sentence, span, when

OFFER_AGAIN = Step("offer_again", "Record another offer", Verb.OFFER_INTERVIEW, INTERVIEWERS)
AFTER_NO = Step("after_no", "Record what was done since it was declined", Verb.OFFER_INTERVIEW, INTERVIEWERS)


def steps_after_no(episode: Episode, viewer: Viewer) -> tuple[Step, ...]:
    """What can still be done for a child who was not heard, as long as the episode counts."""
    is_no = bool(episode.interview_outcome) and episode.interview_outcome not in HELD
    if not is_no or episode.cancelled_at or not may(viewer, Verb.OFFER_INTERVIEW):
        return ()
    return (OFFER_AGAIN, AFTER_NO) if may_be_asked_again(episode.interview_outcome) else (AFTER_NO,)


def interview_pairs(file: EpisodeFile, told: Together, clocks: Clocks, now: datetime) -> Pairs:
    """The return interview, without the child's own words, which stand by themselves.

    Told in the interview of another return, the account is that one's; when it was held counts for this one.
    """
    interview = file.interview
    if interview is None:
        return []
    if interview.held_at is None:
        return not_held_pairs(interview)
    return said(
        [
            ("Outcome", interview.get_outcome_display()),
            ("Held", sentence(when(interview.held_at, now))),
            ("In time", in_time(file, clocks)),
            ("Where", interview.place),
            ("Interviewer", name(file, interview.interviewer_id)),
            ("Works for", works_for(interview)),
            ("Seen alone", yes_or_no(interview.child_seen_alone)),
            *account_pairs(told.told_in),
        ]
    )


def works_for(interview: ReturnInterview) -> str:
    """How the interviewer is independent: what was chosen, and what was added."""
    chosen = Independence(interview.independent_as).label if interview.independent_as else ""
    return ". ".join(filter(None, (str(chosen), interview.independence)))


def account_pairs(interview: ReturnInterview) -> Pairs:
    """How it was told, and what was told of going, being away and coming back, and why."""
    return [
        ("Language", load("language").label(interview.language) if interview.language else ""),
        ("Interpreter", yes_or_no(interview.had_interpreter)),
        ("Easy-read", yes_or_no(interview.used_easy_read)),
        ("Before", interview.before),
        ("While away", interview.during),
        ("Where they were", interview.where_been),
        ("Who with", interview.with_whom),
        ("How they got about", interview.travel),
        ("Coming back", interview.after),
        ("Since then", interview.since_return),
        ("How people treated them, harm", interview.harm),
        ("Alcohol, drugs, vapes", interview.substances),
        ("Getting away from", in_words("push_reason", interview.push_reasons)),
        ("Going towards", in_words("pull_reason", interview.pull_reasons)),
        ("What would help", interview.would_help),
        ("Parents and carers say", interview.carer_view),
    ]


def not_held_pairs(interview: ReturnInterview) -> Pairs:
    """Why there was no interview, and what was done then."""
    return said(
        [
            ("Outcome", interview.get_outcome_display()),
            ("What was tried, and why", interview.reason_not_held),
            ("Done after a no", done_after_no(interview)),
            ("Can turn to", interview.contacts_given),
            ("Parents and carers say", interview.carer_view),
            ("Offered again on", day(interview.retry_on) if interview.retry_on else ""),
        ]
    )


def done_after_no(interview: ReturnInterview) -> str:
    """What was done after a no, as sentences."""
    return ". ".join(str(AfterNo(each).label) for each in interview.after_no)


def in_words(codes: str, chosen: Iterable[str]) -> str:
    """Codes of a list as a line of words."""
    return ", ".join(load(codes).label(code) for code in chosen)


def in_time(file: EpisodeFile, clocks: Clocks) -> str:
    """Whether a held interview came within its limit."""
    held_at, returned_at = file.episode.interview_held_at, file.episode.returned_at
    if not (held_at and returned_at):
        return ""
    word = "within" if is_held_in_time(held_at, returned_at, clocks) else "later than"
    return f"{span(held_at - returned_at)} after the return: {word} {clocks.interview_hours} h"


def offer_rows(file: EpisodeFile, now: datetime) -> list[tuple[str, ...]]:
    """Every try to offer the interview."""
    return [
        (
            sentence(when(each.offered_at, now)),
            each.get_channel_display(),
            each.get_answer_display(),
            each.note or "None",
            name(file, each.offered_by_id),
        )
        for each in file.offers
    ]


def not_heard_rows(rows: Iterable[NotHeardRow], today: date, now: datetime) -> list[dict[str, object]]:
    """The list of children who were not heard, in words."""
    return [
        {
            "row": row,
            "settled": sentence(when(row.interview.settled_at, now)),
            "tries": [tried(offer, now) for offer in row.tries],
            "done": done_after_no(row.interview),
            "to_do": ", ".join(row.to_do(today)),
            "next": day(row.interview.retry_on) if row.interview.retry_on else "",
        }
        for row in rows
    ]


def tried(offer: InterviewOffer, now: datetime) -> str:
    """One try in a line."""
    said_then = offer.get_answer_display().lower()
    return f"{sentence(when(offer.offered_at, now))}, {offer.get_channel_display().lower()}: {said_then}"
