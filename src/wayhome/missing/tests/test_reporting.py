"""A child is reported missing: by one, by several, late, or where nobody may know."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.personas import ARRANGER, NOW, a_child, a_report, an_episode

from wayhome.access.commands import restrict
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day, start_of_day
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing import commands, queries, rules
from wayhome.missing.commands import AlreadyMissing, Return, report
from wayhome.missing.commands.episode import EpisodeIsOver
from wayhome.missing.rules import Clocks
from wayhome.missing.tests.recorded import events, last_entry, verbs_about
from wayhome.missing.vocabulary import Certainty, Stage
from wayhome.people.commands import NewCareEpisode, begin_care_episode


def reported(cast, person_id, name="Pat", **told):
    with cast.seen_by(name) as viewer:
        return commands.report_missing(person_id=person_id, new=a_report(**told), viewer=viewer, now=NOW)


def file_of(cast, episode_id, name="Cora"):
    with cast.seen_by(name):
        return queries.episode_file(episode_id, Clocks())


def test_the_first_report_opens_an_episode_that_the_desk_and_the_coordinators_see(cast):
    child = a_child(cast)
    episode = reported(cast, child, "Sal", last_seen_certainty=Certainty.ABOUT)
    for name in ("Sal", "Pat", "Cora"):
        assert file_of(cast, episode, name).stage == Stage.MISSING
    with cast.seen_by("Ines"), pytest.raises(NotFound):
        queries.episode(episode)
    entry, changes = last_entry(child, "report missing")
    assert entry.actor == "Sal Practitioner"
    assert entry.detail == {"source": "police"}
    assert changes["last_seen_place"] == (None, "Saltmere bus station")
    assert events()[-1] == "EpisodeOpened"


def test_who_did_not_see_the_child_does_once_they_have_reported_them_missing(cast):
    child = a_child(cast)
    with cast.seen_by("Otto"), pytest.raises(NotFound):
        queries.episode(new_id())
    episode = reported(cast, child, "Otto", source="professional")
    assert file_of(cast, episode, "Otto").reports[0].source == "professional"


@pytest.mark.parametrize("name", ["Ana", "Lena", "Ada", "Ivo"])
def test_who_never_sees_a_child_cannot_report_one(cast, name):
    with cast.seen_by(name) as viewer, pytest.raises(NotAllowed):
        commands.report_missing(person_id=a_child(cast), new=a_report(), viewer=viewer, now=NOW)


def test_a_child_nobody_knows_and_a_child_nobody_may_know_of_are_refused_alike(cast):
    child = a_child(cast, known_to=("Sal", "Cora"))
    with cast.seen_by("Cora") as cora:
        restrict(
            person_id=child,
            named=[cast.users["Cora"].pk],
            reason="A relative works in an agency",
            viewer=cora,
            now=NOW,
        )
    refusals = []
    for person_id in (child, new_id()):
        with pytest.raises(NotFound) as refused, cast.seen_by("Otto") as otto:
            commands.report_missing(person_id=person_id, new=a_report(), viewer=otto, now=NOW)
        refusals.append((type(refused.value), refused.value.message))
    assert refusals[0] == refusals[1]


def test_a_report_while_the_child_is_missing_already_names_the_open_episode_and_adds_nothing(cast):
    child = a_child(cast)
    open_episode = an_episode(cast, child)
    with pytest.raises(AlreadyMissing) as refused:
        reported(cast, child, "Pat", last_seen_at=NOW - timedelta(hours=3), noticed_at=None)
    assert refused.value.episode_id == open_episode
    assert len(file_of(cast, open_episode).reports) == 1


def test_a_refused_report_opens_the_child_to_nobody(cast):
    child = a_child(cast)
    an_episode(cast, child)
    with pytest.raises(AlreadyMissing):
        reported(cast, child, "Otto")
    with cast.seen_by("Otto"):
        assert queries.open_episode_of(child) is None


def test_a_second_source_is_kept_beside_the_first_with_its_own_times(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = an_episode(cast, child)
    with cast.seen_by("Hal") as hal:
        commands.add_report(
            episode_id=episode,
            person_id=child,
            new=a_report(source="home", last_seen_at=NOW - timedelta(hours=6)),
            viewer=hal,
            now=NOW,
        )
    file = file_of(cast, episode)
    assert [each.source for each in file.reports] == ["police", "home"]
    assert file.reports[1].last_seen_at == NOW - timedelta(hours=6)
    assert file.episode.last_seen_at == NOW - timedelta(hours=5)
    assert "add report" in verbs_about(child)
    assert "ReportAdded" in events()


def test_a_source_that_tells_of_the_return_records_it_if_nobody_has(cast):
    child = a_child(cast, known_to=("Sal", "Hal"))
    episode = an_episode(cast, child)
    back = Return(returned_at=NOW - timedelta(hours=1), returned_to="Lantern House")
    with cast.seen_by("Hal") as hal:
        for _ in range(2):
            commands.add_report(
                episode_id=episode,
                person_id=child,
                new=a_report(source="home"),
                back_already=back,
                viewer=hal,
                now=NOW,
            )
    file = file_of(cast, episode)
    assert file.episode.returned_at == back.returned_at
    assert [each.returned_at for each in file.reports] == [None, back.returned_at, back.returned_at]
    assert verbs_about(child).count("return") == 1


def test_a_report_is_added_only_to_an_episode_of_that_child_that_was_not_set_aside(cast):
    child, other = a_child(cast), a_child(cast, given_name="Kit")
    episode = an_episode(cast, child)
    with pytest.raises(NotFound), cast.seen_by("Sal") as sal:
        commands.add_report(episode_id=episode, person_id=other, new=a_report(), viewer=sal, now=NOW)
    with cast.seen_by("Cora") as cora:
        commands.set_aside_episode(episode_id=episode, reason="Wrong child", viewer=cora, now=NOW)
    with pytest.raises(EpisodeIsOver), cast.seen_by("Sal") as sal:
        commands.add_report(episode_id=episode, person_id=child, new=a_report(), viewer=sal, now=NOW)


def test_an_episode_that_was_over_before_it_was_reported_is_at_its_safe_and_well_check(cast):
    child = a_child(cast)
    back = Return(returned_at=NOW - timedelta(hours=2), returned_to="Home", return_method="FOUND_FAMILY")
    with cast.seen_by("Sal") as sal:
        episode = commands.report_missing(
            person_id=child, new=a_report(), back_already=back, viewer=sal, now=NOW
        )
    file = file_of(cast, episode, "Ines")
    assert file.stage == Stage.SAFE_AND_WELL_DUE
    assert file.episode.located_at == file.episode.returned_at == back.returned_at
    assert events()[-2:] == ["EpisodeOpened", "EpisodeReturned"]


def test_a_return_before_the_child_was_last_seen_opens_nothing(cast):
    child = a_child(cast)
    back = Return(returned_at=NOW - timedelta(hours=6))
    with pytest.raises(rules.ReturnedBeforeLastSeen), cast.seen_by("Sal") as sal:
        commands.report_missing(person_id=child, new=a_report(), back_already=back, viewer=sal, now=NOW)
    with cast.seen_by("Sal"):
        assert queries.episodes_of(child) == []


def test_one_episode_may_begin_where_the_other_ended(cast):
    child = a_child(cast)
    first_back = Return(returned_at=NOW - timedelta(hours=4))
    with cast.seen_by("Sal") as sal:
        first = commands.report_missing(
            person_id=child, new=a_report(), back_already=first_back, viewer=sal, now=NOW
        )
        second = commands.report_missing(
            person_id=child,
            new=a_report(last_seen_at=NOW - timedelta(hours=4), noticed_at=None),
            viewer=sal,
            now=NOW,
        )
        before = commands.report_missing(
            person_id=child,
            new=a_report(last_seen_at=NOW - timedelta(hours=9), noticed_at=None),
            back_already=Return(returned_at=NOW - timedelta(hours=5)),
            viewer=sal,
            now=NOW,
        )
    assert len({first, second, before}) == 3


def test_an_overlap_that_only_the_database_finds_is_refused_like_any_other(cast, monkeypatch):
    child = a_child(cast)
    open_episode = an_episode(cast, child)
    asked = []

    def blind_once(*args):
        asked.append(args)
        return None if len(asked) == 1 else open_episode

    monkeypatch.setattr(report, "overlapping_episode", blind_once)
    with pytest.raises(AlreadyMissing) as refused:
        reported(cast, child)
    assert refused.value.episode_id == open_episode


@pytest.mark.parametrize(
    ("born", "seen", "refusal"),
    [
        (date(2001, 1, 1), NOW - timedelta(hours=5), rules.NotAChild),
        (date(2011, 6, 5), datetime(2011, 6, 4, 12, tzinfo=UTC), rules.NotBornYet),
    ],
)
def test_who_was_no_child_then_is_not_reported(cast, born, seen, refusal):
    child = a_child(cast, born=born)
    with pytest.raises(refusal):
        reported(cast, child, "Sal", last_seen_at=seen, noticed_at=None)


def test_a_child_of_unknown_birth_is_taken_as_a_child(cast):
    assert reported(cast, a_child(cast, born=None), "Sal")


def test_a_day_of_which_no_time_is_known_is_kept_where_it_can_be(cast):
    child = a_child(cast)
    seen = NOW - timedelta(hours=5)
    midnight = start_of_day(london_day(seen))
    episode = reported(
        cast,
        child,
        "Sal",
        last_seen_at=seen,
        noticed_at=midnight,
        noticed_certainty=Certainty.DAY,
    )
    file = file_of(cast, episode)
    assert file.episode.noticed_at == seen
    assert file.reports[0].noticed_certainty == Certainty.DAY


def test_the_home_a_child_goes_missing_from_is_looked_up(cast):
    child = a_child(cast)
    with as_worker():
        begin_care_episode(
            person_id=child,
            new=NewCareEpisode(
                started_on=date(2026, 1, 5),
                start_reason="S",
                legal_status="V2",
                placement="K2",
                home_team_id=cast.team_of("Hal"),
            ),
            viewer=ARRANGER,
            now=NOW,
        )
    episode = reported(cast, child, "Hal", source="home", missing_from="placement")
    assert file_of(cast, episode, "Hal").episode.home_team_id == cast.team_of("Hal")
