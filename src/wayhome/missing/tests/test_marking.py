"""A sentence of a return interview is marked, listed, and taken up or withdrawn; it can always be traced back."""

import pytest
from tests.personas import NOW, a_child

from wayhome.database.reading import answered
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing.commands import marks as commands
from wayhome.missing.models import Mark, ReturnInterview
from wayhome.missing.queries import marks as queries
from wayhome.missing.rules.marked import (
    AnswerMissing,
    MarkAnsweredAlready,
    MarkKindMissing,
    NothingToMark,
    WordsNotThere,
)
from wayhome.missing.tests.recorded import events, last_entry
from wayhome.missing.tests.stages import heard, returned

SISTER = "I wanted to see my sister."


def mark(cast, episode_id, name="Ines", **told):
    usual = {"field": "own_words", "start": 0, "end": len(SISTER), "kind": "plan_change"}
    with cast.seen_by(name) as viewer:
        return commands.mark_sentence(
            episode_id=episode_id, new=commands.NewMark(**(usual | told)), viewer=viewer, now=NOW
        )


def the_mark(cast, mark_id, name="Cora"):
    with cast.seen_by(name):
        return queries.mark_row(mark_id).mark


def test_a_mark_keeps_its_words_where_they_were_and_who_marked_it(cast):
    episode = heard(cast, a_child(cast))
    made = the_mark(cast, mark(cast, episode, start=2, end=11, note=" Visits. ", value=" Kay "))
    assert (made.quote, made.field, made.start, made.end) == ("wanted to", "own_words", 2, 11)
    assert made.marked_by_id == cast.users["Ines"].pk
    assert (made.note, made.value, made.state) == ("Visits.", "Kay", "waiting")


def test_white_space_round_the_words_is_left_out(cast):
    episode = heard(cast, a_child(cast))
    made = the_mark(cast, mark(cast, episode, start=1, end=9))
    assert (made.quote, made.start, made.end) == ("wanted", 2, 8)


def test_marks_may_overlap_and_the_same_words_may_be_several_things(cast):
    episode = heard(cast, a_child(cast))
    mark(cast, episode)
    mark(cast, episode, kind="person", start=16)
    mark(cast, episode, kind="intelligence")
    with cast.seen_by("Sal"):
        assert len(queries.marks_in(queries.interview_of(episode))) == 3


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"start": 0, "end": 0}, WordsNotThere),
        ({"start": 5, "end": 2}, WordsNotThere),
        ({"start": 0, "end": len(SISTER) + 1}, WordsNotThere),
        ({"start": 1, "end": 2}, WordsNotThere),
        ({"field": "before"}, WordsNotThere),
        ({"field": "independence"}, WordsNotThere),
        ({"kind": "suspect"}, MarkKindMissing),
    ],
)
def test_words_that_are_not_in_the_answer_are_not_marked(cast, told, refusal):
    episode = heard(cast, a_child(cast))
    with pytest.raises(refusal):
        mark(cast, episode, **told)


def test_there_is_nothing_to_mark_before_the_child_was_heard(cast):
    with pytest.raises(NothingToMark):
        mark(cast, returned(cast, a_child(cast)))


def test_a_quote_stays_when_the_text_is_corrected(cast):
    episode = heard(cast, a_child(cast))
    made = mark(cast, episode)
    with cast.seen_by("Ines"):
        ReturnInterview.objects.filter(episode_id=episode).update(own_words="I wanted to see my brother.")
    assert the_mark(cast, made).quote == SISTER


def test_what_is_taken_up_says_how_by_whom_and_when(cast):
    child = a_child(cast)
    made = mark(cast, heard(cast, child))
    with cast.seen_by("Sal") as sal:
        commands.take_up_mark(mark_id=made, note="Visits on Saturdays.", viewer=sal, now=NOW)
    found = the_mark(cast, made)
    assert (found.state, found.state_note, found.state_at) == ("taken_up", "Visits on Saturdays.", NOW)
    entry, changes = last_entry(child, "take up mark")
    assert changes["state"] == ("waiting", "taken_up")
    assert entry.subject_id == made


def test_a_mark_is_answered_once(cast):
    made = mark(cast, heard(cast, a_child(cast)))
    with cast.seen_by("Ines") as ines:
        commands.withdraw_mark(mark_id=made, note="Said in jest.", viewer=ines, now=NOW)
    with cast.seen_by("Sal") as sal, pytest.raises(MarkAnsweredAlready):
        commands.take_up_mark(mark_id=made, note="Yes.", viewer=sal, now=NOW)


def test_an_answer_says_how_or_why(cast):
    made = mark(cast, heard(cast, a_child(cast)))
    with cast.seen_by("Sal") as sal, pytest.raises(AnswerMissing):
        commands.take_up_mark(mark_id=made, note="  ", viewer=sal, now=NOW)


def test_an_interviewer_marks_and_does_not_take_up(cast):
    made = mark(cast, heard(cast, a_child(cast)))
    with cast.seen_by("Ines") as ines, pytest.raises(NotAllowed):
        commands.take_up_mark(mark_id=made, note="Yes.", viewer=ines, now=NOW)


def test_homes_see_no_mark_and_nothing_of_it_on_the_record(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    made = mark(cast, heard(cast, child), kind="intelligence", note="A flat above the shop")
    with cast.seen_by("Hal") as hal:
        assert not Mark.objects.exists()
        with pytest.raises(NotFound):
            queries.mark_row(made)
        with pytest.raises(NotAllowed):
            commands.withdraw_mark(mark_id=made, note="No.", viewer=hal, now=NOW)
    entry, _ = last_entry(child, "mark sentence")
    assert entry.detail == {}
    assert entry.reason == ""


def test_no_event_and_no_entry_holds_the_words(cast):
    child = a_child(cast)
    before = len(events())
    mark(cast, heard(cast, child))
    _, changes = last_entry(child, "mark sentence")
    assert SISTER not in str(changes)
    assert not [name for name in events()[before:] if "Mark" in name]


def test_plan_changes_wait_for_who_leads_until_they_are_taken_up(cast):
    made = mark(cast, heard(cast, a_child(cast)))

    def waiting(name):
        with cast.seen_by(name) as viewer:
            return [
                row.mark.pk
                for row in answered(queries.plan_changes_for(viewer.user_id, viewer.team_ids, NOW.date()))
            ]

    assert waiting("Sal") == [made]
    assert waiting("Ines") == []
    with cast.seen_by("Sal") as viewer:
        commands.take_up_mark(mark_id=made, note="In the plan.", viewer=viewer, now=NOW)
    assert waiting("Sal") == []


def test_the_list_is_filtered_by_kind_state_and_child(cast):
    robin, wren = (a_child(cast, given_name=name) for name in ("Robin", "Wren"))
    mark(cast, heard(cast, robin))
    mark(cast, heard(cast, wren), kind="place")
    with cast.seen_by("Cora"):
        assert queries.marks(kind="place").total == 1
        assert queries.marks(person_id=robin).total == 1
        assert queries.marks(state="taken_up").total == 0
        assert queries.marks(state="waiting", page=99).page == 1
        assert answered(queries.waiting_by_kind()) == {"plan_change": 1, "place": 1}
