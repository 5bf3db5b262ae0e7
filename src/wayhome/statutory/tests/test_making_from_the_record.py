"""The return of a year is made from the record, and is on the record."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.personas import NOW, a_child, an_episode

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed
from wayhome.people.commands import NewCareEpisode, begin_care_episode
from wayhome.statutory.commands import export_903
from wayhome.statutory.commands.exporting import FolderInUse, OtherAuthority, YearToCome
from wayhome.statutory.tests.folders import ASHA, BRYN, write_folder
from wayhome.statutory.tests.taking import AUTHORITY, IMPORTER, made, taken_in

RETURNS = Path(__file__).parents[5] / "shared/data/903"
TABLES = ("header.csv", "episodes.csv", "missing.csv")


def assert_same(one, other):
    for name in TABLES:
        assert (one / name).read_text(encoding="utf-8") == (other / name).read_text(encoding="utf-8")


def test_a_return_that_was_taken_in_comes_out_equal(cast, tmp_path):
    came = write_folder(
        tmp_path / "in",
        header=(ASHA, BRYN, "7003,F,17/01/2009,NOBT,UN2,1,02/03/2025"),
        episodes=(
            "7001,01/05/2024,S,C2,N1,U4,PR1,12/06/2025,X1,CARPL,HU17 9BA,HU17 7DP,SC123456",
            "7001,12/06/2025,P,C2,N1,K2,PR4,,,,HU17 9BA,HU17 7DP,1234567",
            "7002,10/06/2025,S,V2,N5,R5,PR3,01/12/2025,E13,,,,XXXXXXX",
            "7003,10/06/2025,S,J1,N5,T1,,,,,YO15 2AA,YO16 4LZ,",
        ),
        missing=(
            "7001,05/06/2010,M,10/04/2025,10/07/2025",
            "7001,05/06/2010,A,12/07/2025,12/07/2025",
            "7003,17/01/2009,M,30/03/2026,",
        ),
    )
    assert taken_in(came).rejected == 0
    report = made(tmp_path / "out")
    assert_same(came, tmp_path / "out")
    assert report.attention_count == 0


@pytest.mark.shared
@pytest.mark.skipif(not RETURNS.is_dir(), reason="the example returns lie beside the repository")
def test_the_example_of_a_good_return_is_held_whole_and_comes_out_equal(cast, tmp_path):
    assert taken_in(RETURNS / "clean").rejected == 0
    made(tmp_path)
    assert_same(RETURNS / "clean", tmp_path)


def test_a_looked_after_child_without_a_number_is_listed_and_left_out(cast, tmp_path):
    child = a_child(cast)
    with as_worker():
        begin_care_episode(
            person_id=child,
            new=NewCareEpisode(
                started_on=NOW.date() - timedelta(days=3),
                start_reason="S",
                legal_status="C2",
                placement="K2",
            ),
            viewer=IMPORTER,
            now=NOW,
        )
    year = NOW.year + (NOW.month >= 4)
    report = made(tmp_path, year=year)
    assert report.rows == {"header.csv": 0, "episodes.csv": 0, "missing.csv": 0}
    assert report.attention_count == 1
    assert "has no number" in (tmp_path / "adjustments.txt").read_text(encoding="utf-8")


def test_a_child_placed_here_by_another_authority_is_in_their_return(cast, tmp_path):
    child = a_child(cast)
    with as_worker():
        begin_care_episode(
            person_id=child,
            new=NewCareEpisode(
                started_on=NOW.date() - timedelta(days=3),
                start_reason="S",
                legal_status="C2",
                placement="K2",
                placed_by="Elsewhere Council",
            ),
            viewer=IMPORTER,
            now=NOW,
        )
    an_episode(cast, child, missing_from="placement")
    report = made(tmp_path, year=NOW.year + (NOW.month >= 4))
    assert report.attention_count == 0
    assert set(report.rows.values()) == {0}


def test_a_child_missing_from_home_is_counted_and_has_no_row(cast, tmp_path):
    an_episode(cast, a_child(cast), missing_from="home")
    report = made(tmp_path, year=NOW.year + (NOW.month >= 4))
    assert report.missing_from_home_count == 1
    assert set(report.rows.values()) == {0}


def test_the_export_is_on_the_record_with_counts_alone(cast, tmp_path):
    taken_in(write_folder(tmp_path / "in"))
    made(tmp_path / "out")
    with as_worker():
        entry = Entry.objects.get(verb="export")
    assert entry.detail["rows"] == {"header.csv": 2, "episodes.csv": 2, "missing.csv": 1}
    assert (entry.actor, entry.person_id) == (IMPORTER.name, None)


def test_another_authority_is_refused(cast, tmp_path):
    with pytest.raises(OtherAuthority):
        made(tmp_path, authority="E06000010")


@pytest.mark.parametrize("year", [NOW.year + 2, 1, 20260])
def test_a_year_that_has_not_begun_is_refused(cast, tmp_path, year):
    with pytest.raises(YearToCome):
        made(tmp_path, year=year)


def test_a_folder_with_other_tables_is_refused(cast, tmp_path):
    (tmp_path / "reviews.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\n")
    with pytest.raises(FolderInUse):
        made(tmp_path)


def test_who_may_not_export_is_refused(cast, tmp_path):
    with cast.seen_by("Otto") as otto, pytest.raises(NotAllowed):
        export_903(year=2026, authority=AUTHORITY, to=tmp_path, viewer=otto, now=NOW, progress=lambda _: None)
