"""A return interview as text with what is marked in it; marking; and the list of marks until they are taken up."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from wayhome.access.policies import may
from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for, send
from wayhome.kernel.clock import london_day
from wayhome.missing.commands import marks as commands
from wayhome.missing.forms.marks import (
    KEEP,
    NONE,
    AnswerMark,
    DecideMentions,
    MarkSentence,
    as_span,
    name_of,
    where,
)
from wayhome.missing.queries import marks as queries
from wayhome.missing.rules.marked import ANSWERS
from wayhome.missing.rules.sentences import Span, sentences, trimmed
from wayhome.missing.shown_marks import around, in_their_places
from wayhome.missing.views.acting import keeps_what_was_typed, opened
from wayhome.missing.vocabulary import MarkKind, MarkState
from wayhome.people.commands.reading import open_list, open_record
from wayhome.web.pages import render


@allowed_to(Verb.READ_INTERVIEW)
def interview_text(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="return interview as text")
    interview = queries.interview_of(episode_id)
    made = queries.marks_in(interview)
    found = queries.suggestions(interview, london_day(request.now))
    context = {
        "episode": episode,
        "interview": interview,
        "answers": in_their_places(queries.answers_of(interview), made),
        "gone": [row for row in made if row.mark.state == MarkState.WITHDRAWN],
        "found": len(found),
        "may_mark": may(request.viewer, Verb.MARK_SENTENCE),
    }
    return render(request, "missing/marks/interview.html", context)


@allowed_to(Verb.MARK_SENTENCE)
@keeps_what_was_typed("mark_sentence")
def mark_sentence(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    """First the answer (in the address, with words chosen by hand), then its words and what they are."""
    episode = opened(request, episode_id, page="mark a sentence")
    interview = queries.interview_of(episode_id)
    answers = queries.answers_of(interview)
    field = request.GET.get("answer", "")
    if field not in answers:
        context: dict[str, object] = {"episode": episode, "answers": answers, "labels": ANSWERS}
        return render(request, "missing/marks/choose.html", context)
    chosen = chosen_words(request, answers[field])
    words = words_to_choose(answers[field], chosen)
    form = form_for(request, MarkSentence, name="mark_sentence", subject=str(episode_id), words=words)
    if chosen:
        form.initial.setdefault("where", where(chosen))

    def do(said: dict[str, Any]) -> str:
        span = as_span(said["where"]) or Span(0, 0)
        new = commands.NewMark(
            field=field,
            start=span.start,
            end=span.end,
            kind=said["kind"],
            note=said["note"],
            value=said["value"],
        )
        mark_id = commands.mark_sentence(
            episode_id=episode_id, new=new, viewer=request.viewer, now=request.now
        )
        messages.success(request, f"Marked: {MarkKind(said['kind']).label.lower()}.")
        return f"{reverse('interview_text', args=[episode_id])}#mark-{mark_id}"

    done = send(request, form, name="mark_sentence", subject=str(episode_id), do=do)
    context = {"form": form, "episode": episode, "label": ANSWERS[field]}
    return done or render(request, "missing/marks/mark.html", context)


def chosen_words(request: ViewerRequest, text: str) -> Span | None:
    """The words chosen by hand on the page before, without white space round them."""
    asked = as_span(request.POST.get("where", "") or request.GET.get("words", ""))
    return trimmed(text, asked) if asked else None


def words_to_choose(text: str, chosen: Span | None) -> list[tuple[Span, str]]:
    """The sentences of an answer; before them what was chosen by hand, if it is no sentence."""
    found = sentences(text)
    first = [chosen] if chosen and chosen not in found else []
    return [(span, span.of(text)) for span in [*first, *found]]


@allowed_to(Verb.MARK_SENTENCE)
@keeps_what_was_typed("interview_mentions")
def interview_mentions(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="mentions in the return interview")
    interview = queries.interview_of(episode_id)
    answers = queries.answers_of(interview)
    found = [
        (each, each.mention.of(answers[each.field]))
        for each in queries.suggestions(interview, london_day(request.now))
    ]
    form = form_for(request, DecideMentions, name="interview_mentions", subject=str(episode_id), found=found)

    def do(said: dict[str, Any]) -> str:
        decided = {answer: chosen(found, said, answer) for answer in (KEEP, NONE)}
        commands.decide_mentions(
            episode_id=episode_id,
            confirmed=decided[KEEP],
            dismissed=decided[NONE],
            viewer=request.viewer,
            now=request.now,
        )
        messages.success(request, f"{len(decided[KEEP])} kept, {len(decided[NONE])} set aside.")
        return reverse("interview_text", args=[episode_id])

    done = send(request, form, name="interview_mentions", subject=str(episode_id), do=do)
    shown = [
        (form[name_of(each)], each, ANSWERS[each.field], around(answers[each.field], each.mention))
        for each, _ in found
    ]
    context = {"form": form, "episode": episode, "shown": shown}
    return done or render(request, "missing/marks/mentions.html", context)


def chosen(
    found: list[tuple[queries.Suggestion, str]], said: dict[str, Any], answer: str
) -> list[commands.NewMark]:
    """The mentions that were answered in this way, as marks where they stand first."""
    return [
        commands.NewMark(
            field=each.field,
            start=each.mention.start,
            end=each.mention.end,
            kind=each.mention.kind,
            value=said[f"{name_of(each)}-value"] or each.mention.value,
        )
        for each, _ in found
        if said[name_of(each)] == answer
    ]


@allowed_to(Verb.READ_INTERVIEW)
def marks(request: ViewerRequest) -> HttpResponse:
    asked = asked_for(request)
    shown = queries.marks(**asked, page=page_number(request.GET.get("page", "")))
    open_list(page="marks", found=shown.total, viewer=request.viewer, now=request.now)
    child = next((row.mark.person for row in shown.rows), None) if asked["person_id"] else None
    chosen = {name: str(value) for name, value in asked.items() if value}
    context = {
        "shown": shown,
        "asked": asked,
        "child": child,
        "query": urlencode(
            {"child" if name == "person_id" else name: value for name, value in chosen.items()}
        ),
        "kinds": MarkKind.choices,
        "states": MarkState.choices,
        "is_filtered": bool(chosen),
    }
    return render(request, "missing/marks/list.html", context)


def asked_for(request: ViewerRequest) -> dict[str, Any]:
    """The filters of the address, as far as they are known."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    return {
        "kind": kind if kind in MarkKind.values else "",
        "state": state if state in MarkState.values else "",
        "person_id": as_id(request.GET.get("child", "")),
    }


def as_id(typed: str) -> UUID | None:
    """An id of the address; None if it is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def page_number(typed: str) -> int:
    """The page asked for, or the first."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


@allowed_to(Verb.READ_INTERVIEW)
@keeps_what_was_typed("answer_mark")
def answer_mark(request: ViewerRequest, mark_id: UUID) -> HttpResponse:
    row = queries.mark_row(mark_id)
    mark, viewer, now = row.mark, request.viewer, request.now
    request.person_id = mark.person_id
    open_record(person_id=mark.person_id, page="marked sentence", viewer=viewer, now=now)
    may_take_up = bool(may(viewer, Verb.TAKE_UP_MARK))
    form = form_for(request, AnswerMark, name="answer_mark", subject=str(mark_id), may_take_up=may_take_up)

    def do(said: dict[str, Any]) -> str:
        is_taken_up = said["state"] == MarkState.TAKEN_UP
        act = commands.take_up_mark if is_taken_up else commands.withdraw_mark
        act(mark_id=mark_id, note=said["note"], viewer=viewer, now=now)
        messages.success(
            request, "It is taken up." if is_taken_up else "It is withdrawn. The words stay marked here."
        )
        return reverse("answer_mark", args=[mark_id])

    done = send(request, form, name="answer_mark", subject=str(mark_id), do=do)
    context = {
        "form": form,
        "row": row,
        "mark": mark,
        "label": ANSWERS.get(mark.field, ""),
        "episode_id": mark.interview.episode_id,
        "is_waiting": mark.state == MarkState.WAITING,
        "may_plan": may_take_up and may(viewer, Verb.KEEP_CHILD_PLAN),
    }
    return done or render(request, "missing/marks/one.html", context)
