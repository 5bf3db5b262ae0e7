"""Taking apart what was merged, splitting what was of two times, and choosing between sources."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from wayhome.access.requests import ViewerRequest, allowed_to
from wayhome.access.roles import Verb
from wayhome.access.submitting import form_for
from wayhome.missing.commands.fact import choose_fact
from wayhome.missing.commands.merging import unmerge_episodes
from wayhome.missing.commands.splitting import split_episode, undo_split
from wayhome.missing.forms.apart import ChooseFact, Split, TakeApart, UndoSplit
from wayhome.missing.forms.choosing import return_methods
from wayhome.missing.forms.report import as_return
from wayhome.missing.models import ChosenFact, Episode, Report
from wayhome.missing.queries import EpisodeFile
from wayhome.missing.queries.sources import choices_made, together
from wayhome.missing.rules.sources import counts, differences, value_of
from wayhome.missing.views.acting import answer, done, keeps_what_was_typed, number, on_record, opened
from wayhome.missing.views.reading import written
from wayhome.missing.vocabulary import TakenFrom
from wayhome.web.showing import known, moment, sentence


@allowed_to(Verb.ANSWER_REPORTS)
@keeps_what_was_typed("unmerge_episodes")
def unmerge_episodes_page(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="take episodes apart")
    merged = together(episode).merged
    form = form_for(
        request,
        TakeApart,
        name="unmerge_episodes",
        subject=str(episode_id),
        merged=[(str(each.pk), in_a_line(each)) for each in merged],
    )

    def do(said: dict[str, Any]) -> str:
        double = UUID(said["double"])
        unmerge_episodes(double_id=double, reason=said["reason"], viewer=request.viewer, now=request.now)
        return done(request, "They are two episodes again, each with its own reports.", double)

    return answer(
        request,
        form,
        name="unmerge_episodes",
        episode=episode,
        do=do,
        template="missing/unmerge.html",
        context={"merged": merged},
    )


@allowed_to(Verb.ANSWER_REPORTS)
@keeps_what_was_typed("split_episode")
def split_episode_page(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="split episode")
    reports = list(episode.reports.order_by("recorded_at", "pk"))
    form = form_for(
        request,
        Split,
        name="split_episode",
        subject=str(episode_id),
        told=[(str(report.pk), of_report(report)) for report in reports],
        ways=return_methods(),
    )

    def do(said: dict[str, Any]) -> str:
        other = split_episode(
            episode_id=episode_id,
            report_ids=[UUID(report) for report in said["reports"]],
            back_already=as_return(said) if said["is_back"] else None,
            reason=said["reason"],
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, "This is the episode of the other time, with its own reports and clocks.", other)

    return answer(
        request,
        form,
        name="split_episode",
        episode=episode,
        do=do,
        template="missing/split.html",
        context={"reports": reports},
    )


@allowed_to(Verb.ANSWER_REPORTS)
@keeps_what_was_typed("undo_split")
def undo_split_page(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="undo split")
    form = form_for(request, UndoSplit, name="undo_split", subject=str(episode_id))

    def do(said: dict[str, Any]) -> str:
        whole = undo_split(
            episode_id=episode_id, reason=said["reason"], viewer=request.viewer, now=request.now
        )
        return done(request, "It is one episode again, with the reports of both.", whole)

    return answer(
        request,
        form,
        name="undo_split",
        episode=episode,
        do=do,
        template="missing/undo_split.html",
        context={"first": together(episode).split_from},
    )


@allowed_to(Verb.ANSWER_REPORTS)
@keeps_what_was_typed("choose_fact")
def choose_fact_page(request: ViewerRequest, episode_id: UUID) -> HttpResponse:
    episode = opened(request, episode_id, page="choose between sources")
    reports = list(episode.reports.order_by("recorded_at", "pk"))
    fresh = {"version": episode.version}
    form = form_for(
        request,
        ChooseFact,
        name="choose_fact",
        subject=str(episode_id),
        initial=fresh,
        told=list(to_choose(episode, reports, request.now)),
    )

    def do(said: dict[str, Any]) -> str:
        fact, report = form.chosen()
        choose_fact(
            episode_id=episode_id,
            fact=fact,
            report_id=UUID(report),
            reason=said["reason"],
            version=number(said["version"]),
            viewer=request.viewer,
            now=request.now,
        )
        return done(request, "It counts from now on. What the others told is kept beside it.", episode_id)

    return answer(
        request,
        form,
        name="choose_fact",
        episode=episode,
        do=do,
        template="missing/choose_fact.html",
        fresh=fresh,
        context={
            "rows": differing_rows(episode, reports, request.now),
            "sources": [who_told(report) for report in reports],
            "file": on_record(request, episode),
        },
    )


def sources_of(file: EpisodeFile, now: datetime) -> dict[str, object]:
    """What the page of an episode shows of its sources: where they differ, what was chosen, what it was one with."""
    made, names = choices_made(file.episode)
    return {
        "together": together(file.episode),
        "differ": [each.fact.label[:1].lower() + each.fact.label[1:] for each in differences(file.reports)],
        "choice_rows": choice_rows(made, names, now),
    }


def to_choose(episode: Episode, reports: list[Report], now: datetime) -> Iterator[tuple[str, str]]:
    """What could count instead of what counts now."""
    for each in differences(reports):
        for report in reports:
            if value_of(each.fact, report) and not counts(each.fact, episode, report):
                words = f"{each.fact.label}: {in_words(each.fact, report, now)} ({who_told(report)})"
                yield f"{each.fact.value} {report.pk}", words


def differing_rows(episode: Episode, reports: list[Report], now: datetime) -> list[tuple[str, ...]]:
    """What sources told differently, with what counts now first."""
    return [
        (
            each.fact.label,
            in_words(each.fact, episode, now) or "Not known",
            *(in_words(each.fact, report, now) or "Not said" for report in reports),
        )
        for each in differences(reports)
    ]


def in_words(fact: TakenFrom, told: Episode | Report, now: datetime) -> str:
    """What an episode or a report says of a fact."""
    if fact == TakenFrom.LAST_SEEN_PLACE:
        return told.last_seen_place
    if fact == TakenFrom.NOTICED_AT:
        return sentence(known(told.noticed_at, told.noticed_certainty, now))
    return sentence(known(told.last_seen_at, told.last_seen_certainty, now))


def who_told(report: Report) -> str:
    """The source, with the name of who told it: two of a family are told apart."""
    return ", ".join(filter(None, (report.get_source_display(), report.told_by)))


def of_report(report: Report) -> str:
    """A report among others to choose from."""
    return f"{who_told(report)}: last seen {moment(report.last_seen_at)}"


def in_a_line(episode: Episode) -> str:
    """An episode among others to choose from."""
    until = f", back {moment(episode.returned_at)}" if episode.returned_at else ""
    return f"Last seen {moment(episode.last_seen_at)}{until}"


def choice_rows(
    made: list[ChosenFact], names: dict[UUID, str], now: datetime
) -> list[tuple[str, str, str, str, str]]:
    """What was chosen between sources before, the first first."""
    return [
        (
            each.get_fact_display(),
            as_text(each.before, now) or "Not known",
            as_text(each.after, now) or "Not known",
            each.reason,
            written(names.get(each.chosen_by_id, "") if each.chosen_by_id else "", each.chosen_at, now),
        )
        for each in made
    ]


def as_text(kept: str, now: datetime) -> str:
    """A fact as it was kept: an instant in words, or the words themselves."""
    try:
        return sentence(known(datetime.fromisoformat(kept), "exact", now))
    except ValueError:
        return kept
