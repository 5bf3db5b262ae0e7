"""A return meets a record: what is there already is not made again, and nothing is overwritten in silence."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from tests.personas import ARRANGER, NOW, a_child

from wayhome.access.commands import restrict
from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import start_of_day
from wayhome.missing.commands import NewReport, Return, report_missing, set_aside_episode
from wayhome.missing.models import Episode
from wayhome.partnership.commands import open_team
from wayhome.people.commands import NewCareEpisode, add_identifier, begin_care_episode, end_care_episode
from wayhome.people.models import CareEpisode, Identifier, Person
from wayhome.statutory.models import ImportRejection
from wayhome.statutory.tests.folders import ASHA, ASHA_IN_CARE, ASHA_MISSING, BRYN, BRYN_IN_CARE, write_folder
from wayhome.statutory.tests.taking import AS_AT, AUTHORITY, child_of, codes, outcome, taken_in

BORN = date(2010, 6, 5)


@pytest.fixture
def asha(cast):
    """A child on record with the number and the birth date of the return."""
    child = a_child(cast, given_name="Asha", born=BORN)
    with as_worker():
        add_identifier(
            person_id=child, type_="LA Child ID", value="7001", issuer=AUTHORITY, viewer=ARRANGER, now=NOW
        )
    return child


def missed(cast, child, seen, back, *, kind="M"):
    """A time missing that people wrote down."""
    new = NewReport(source="police", kind=kind, last_seen_at=seen, reported_at=seen)
    with cast.seen_by("Sal") as sal:
        return report_missing(
            person_id=child,
            new=new,
            back_already=Return(returned_at=back) if back else None,
            viewer=sal,
            now=NOW,
        )


def at(day, hour):
    return start_of_day(day) + timedelta(hours=hour)


def changes_of(subject_id):
    entry = Entry.objects.get(verb="edit", subject_id=subject_id)
    return {change.field: (change.before, change.after) for change in entry.changes.all()}


def test_a_child_is_known_by_the_councils_number(cast, asha, tmp_path):
    report = taken_in(write_folder(tmp_path))
    assert outcome(report)["header"] == (1, 1, 0, 0)
    with as_worker():
        assert child_of("7001") == asha
        assert str(Person.objects.get(pk=asha)) == "Asha Testchild"


def test_a_child_is_known_by_pupil_number_with_birth_date(cast, tmp_path):
    child = a_child(cast, given_name="Asha", born=BORN)
    with as_worker():
        add_identifier(
            person_id=child, type_="Unique Pupil Number", value="B801200005001", viewer=ARRANGER, now=NOW
        )
    report = taken_in(write_folder(tmp_path))
    assert ("header.csv", 2, "7001", "CHILD", "matched-by-upn") in codes(report.warnings)
    with as_worker():
        assert child_of("7001") == child


def test_a_pupil_number_with_another_birth_date_is_another_child(cast, tmp_path):
    other = a_child(cast, given_name="Wren", born=date(2012, 1, 1))
    with as_worker():
        add_identifier(
            person_id=other, type_="Unique Pupil Number", value="B801200005001", viewer=ARRANGER, now=NOW
        )
    report = taken_in(write_folder(tmp_path))
    assert ("header.csv", 2, "7001", "UPN", "upn-anothers") in codes(report.warnings)
    with as_worker():
        assert child_of("7001") != other
        held = Identifier.objects.get(person_id=child_of("7001"), type="Unique Pupil Number")
        assert held.is_verified is False


def test_what_is_told_otherwise_is_changed_with_before_and_after(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    mended = ASHA.replace("05/06/2010", "06/06/2010").replace("WBRI", "APKN")
    missing = ASHA_MISSING.replace("05/06/2010", "06/06/2010")
    report = taken_in(write_folder(tmp_path, header=(mended, BRYN), missing=(missing,)))
    assert outcome(report)["header"] == (0, 1, 1, 0)
    with as_worker():
        asha = Person.objects.get(pk=child_of("7001"))
        assert (asha.date_of_birth, asha.ethnicity, asha.version) == (date(2010, 6, 6), "APKN", 2)
        assert changes_of(asha.pk) == {
            "date_of_birth": ("2010-06-05", "2010-06-06"),
            "ethnicity": ("WBRI", "APKN"),
        }


def test_a_blank_tells_nothing(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    report = taken_in(write_folder(tmp_path, header=("7001,,,,,,", BRYN), missing=()))
    assert outcome(report)["header"] == (0, 0, 2, 0)
    with as_worker():
        assert Person.objects.get(pk=child_of("7001")).ethnicity == "WBRI"


def test_a_proven_pupil_number_ends_the_one_before(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    taken_in(write_folder(tmp_path, header=(ASHA, BRYN.replace("UN4", "L801200005002")), missing=()))
    with as_worker():
        numbers = Identifier.objects.filter(person_id=child_of("7002"), type="Unique Pupil Number")
        assert sorted(numbers.values_list("value", "valid_to")) == [("L801200005002", None), ("UN4", AS_AT)]


def test_a_proven_pupil_number_stays_against_one_that_proves_nothing(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    report = taken_in(write_folder(tmp_path, header=(ASHA.replace("B801200005001", "UN1"), BRYN)))
    assert ("header.csv", 2, "7001", "UPN", "upn-kept") in codes(report.warnings)
    assert outcome(report)["header"] == (0, 0, 2, 0)


def test_a_return_older_than_the_last_adds_and_changes_nothing(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    older = write_folder(
        tmp_path,
        header=(ASHA.replace("WBRI", "APKN"), "7003,F,17/01/2009,NOBT,UN2,,"),
        episodes=(ASHA_IN_CARE.replace("N1", "N5"),),
        missing=(),
    )
    report = taken_in(older, as_at=date(2025, 12, 31))
    assert outcome(report) == {"header": (1, 0, 1, 0), "episodes": (0, 0, 1, 0), "missing": (0, 0, 0, 0)}
    assert [code[-1] for code in codes(report.warnings)] == ["older", "older"]
    with as_worker():
        assert Person.objects.get(pk=child_of("7001")).ethnicity == "WBRI"


def test_an_episode_of_care_that_has_ended_is_ended(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    ended = ASHA_IN_CARE.replace("PR4,,,", "PR4,12/02/2026,E4A,")
    report = taken_in(write_folder(tmp_path, episodes=(ended, BRYN_IN_CARE)))
    assert outcome(report)["episodes"] == (0, 1, 1, 0)
    with as_worker():
        care = CareEpisode.objects.get(person_id=child_of("7001"))
        assert care.ended_on == date(2026, 2, 12)
        assert changes_of(care.pk) == {"ended_on": (None, "2026-02-12"), "end_reason": ("", "E4A")}


def test_an_open_episode_of_care_is_not_opened_again(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    with as_worker():
        care = CareEpisode.objects.get(person_id=child_of("7001"))
        end_care_episode(
            care_episode_id=care.pk,
            ended_on=date(2026, 2, 1),
            end_reason="E4A",
            viewer=ARRANGER,
            now=NOW,
        )
    report = taken_in(write_folder(tmp_path, missing=()))
    assert codes(report.rejections) == [("episodes.csv", 2, "7001", "DEC", "record-ended")]


def test_an_episode_of_care_that_ended_after_the_day_of_the_return_was_open_then(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    with as_worker():
        care = CareEpisode.objects.get(person_id=child_of("7001"))
        end_care_episode(
            care_episode_id=care.pk, ended_on=date(2026, 4, 1), end_reason="E4A", viewer=ARRANGER, now=NOW
        )
    assert outcome(taken_in(write_folder(tmp_path)))["episodes"] == (0, 0, 2, 0)


def test_an_episode_of_care_that_overlaps_one_on_record_is_rejected(cast, asha, tmp_path):
    with as_worker():
        begin_care_episode(
            person_id=asha,
            new=NewCareEpisode(
                started_on=date(2025, 5, 3), start_reason="S", legal_status="V2", placement="U4"
            ),
            viewer=ARRANGER,
            now=NOW,
        )
    report = taken_in(write_folder(tmp_path, missing=()))
    assert codes(report.rejections) == [("episodes.csv", 2, "7001", "DECOM", "record-overlaps")]
    assert "U4 V2 from 03/05/2025" in next(iter(report.rejections)).reason


def test_a_home_of_ours_sees_the_child_while_they_live_there(cast, tmp_path):
    with as_worker():
        home = open_team(
            agency_id=cast.agencies["Porchlight Homes"],
            name="Ember House",
            kind="home",
            opened_on=date(2020, 1, 1),
            urn="1234567",
            viewer=ARRANGER,
            now=NOW,
        )
    taken_in(write_folder(tmp_path))
    ended = ASHA_IN_CARE.replace("PR4,,,", "PR4,12/02/2026,E4A,")
    with as_worker():
        child = child_of("7001")
        assert CareEpisode.objects.get(person_id=child).home_team_id == home
        assert _holders(child) == {cast.team_of("Cora"), home}
    taken_in(write_folder(tmp_path, episodes=(ended, BRYN_IN_CARE)))
    with as_worker():
        assert _holders(child) == {cast.team_of("Cora")}


def _holders(child):
    with connection.cursor() as cursor:
        cursor.execute("SELECT holder FROM access_grant WHERE person_id = %s AND upper_inf(valid)", [child])
        return {holder for (holder,) in cursor.fetchall()}


@pytest.mark.parametrize(
    ("seen", "back", "result", "code"),
    [
        (at(date(2025, 7, 10), 20), at(date(2025, 7, 11), 9), (0, 0, 1, 0), None),
        (at(date(2025, 7, 10), 20), at(date(2025, 7, 13), 9), (0, 0, 0, 1), "record-differs"),
        (at(date(2025, 7, 9), 20), at(date(2025, 7, 11), 9), (0, 0, 0, 1), "record-overlaps"),
        (at(date(2025, 7, 8), 20), at(date(2025, 7, 9), 9), (1, 0, 0, 0), None),
        (at(date(2025, 7, 11), 8), at(date(2025, 7, 12), 9), (1, 0, 0, 0), None),
    ],
    ids=["the same days", "other days", "overlapping", "before", "from the day it ended"],
)
def test_a_time_missing_meets_one_that_people_wrote_down(cast, asha, tmp_path, seen, back, result, code):
    missed(cast, asha, seen, back)
    report = taken_in(write_folder(tmp_path))
    assert outcome(report)["missing"] == result
    assert [found[-1] for found in codes(report.rejections)] == ([code] if code else [])


def test_a_time_missing_of_another_kind_on_the_same_days_is_rejected(cast, asha, tmp_path):
    missed(cast, asha, at(date(2025, 7, 10), 20), at(date(2025, 7, 11), 9), kind="A")
    report = taken_in(write_folder(tmp_path))
    assert codes(report.rejections) == [("missing.csv", 2, "7001", "MIS_START", "record-differs")]
    assert "A 10/07/2025 to 11/07/2025" in next(iter(report.rejections)).reason


def test_a_time_missing_that_was_set_aside_does_not_come_back(cast, asha, tmp_path):
    episode = missed(cast, asha, at(date(2025, 7, 10), 20), at(date(2025, 7, 11), 9))
    with cast.seen_by("Cora") as cora:
        set_aside_episode(episode_id=episode, reason="It was another child", viewer=cora, now=NOW)
    report = taken_in(write_folder(tmp_path))
    assert codes(report.rejections) == [("missing.csv", 2, "7001", "MIS_START", "set-aside")]


def test_an_open_time_missing_that_ended_later_was_open_then(cast, asha, tmp_path):
    missed(cast, asha, at(date(2026, 3, 30), 20), at(date(2026, 4, 2), 9))
    report = taken_in(write_folder(tmp_path, missing=("7001,05/06/2010,M,30/03/2026,",)))
    assert outcome(report)["missing"] == (0, 0, 1, 0)


def test_an_end_that_the_next_return_tells_is_written(cast, tmp_path):
    taken_in(write_folder(tmp_path, missing=("7001,05/06/2010,M,30/03/2026,",)))
    later = write_folder(tmp_path, missing=("7001,05/06/2010,M,30/03/2026,02/04/2026",))
    report = taken_in(later, as_at=date(2026, 4, 30))
    assert outcome(report)["missing"] == (0, 1, 0, 0)
    with as_worker():
        episode = Episode.objects.get()
        assert episode.returned_at == start_of_day(date(2026, 4, 2))
        assert isinstance(episode.closed_at, datetime)
        assert set(changes_of(episode.pk)) == {"returned_at", "returned_certainty", "closed_at"}


def test_a_change_that_would_come_to_overlap_is_rejected(cast, tmp_path):
    taken_in(
        write_folder(
            tmp_path,
            missing=("7001,05/06/2010,M,10/07/2025,11/07/2025", "7001,05/06/2010,M,12/07/2025,14/07/2025"),
        )
    )
    report = taken_in(write_folder(tmp_path, missing=("7001,05/06/2010,M,10/07/2025,13/07/2025",)))
    assert codes(report.rejections) == [("missing.csv", 2, "7001", "MIS_START", "record-overlaps")]
    assert outcome(report)["missing"] == (0, 0, 0, 1)


def test_a_rejection_of_a_restricted_child_is_for_those_named(cast, asha, tmp_path):
    bad = write_folder(tmp_path, missing=("7001,05/06/2010,X,10/07/2025,11/07/2025",))
    taken_in(bad)
    with cast.seen_by("Cora"):
        assert ImportRejection.objects.count() == 1
    with cast.seen_by("Cora") as cora:
        restrict(
            person_id=asha,
            named=frozenset({cora.known_user_id}),
            reason="A relative of a colleague",
            viewer=cora,
            now=NOW,
        )
    with cast.seen_by("Cora"):
        assert ImportRejection.objects.count() == 1
    for name in ("Sal", "Pat", "Ana", "Ada", "Ivo", "Otto"):
        with cast.seen_by(name):
            assert ImportRejection.objects.count() == 0
