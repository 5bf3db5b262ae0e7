"""A return is taken in: held or rejected row by row, on the record, once."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests.personas import NOW

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import start_of_day
from wayhome.kernel.refusal import NotAllowed
from wayhome.missing.models import Episode, Report
from wayhome.people.commands import PersonDetails, change_person
from wayhome.people.models import CareEpisode, Identifier, Name, Person
from wayhome.people.queries import search
from wayhome.statutory.commands import import_903
from wayhome.statutory.commands.importing import NoRows, ReturnOfTheFuture
from wayhome.statutory.models import ImportBatch, ImportRejection
from wayhome.statutory.tests.folders import ASHA, ASHA_IN_CARE, ASHA_MISSING, BRYN, write_folder
from wayhome.statutory.tests.taking import AS_AT, AUTHORITY, IMPORTER, child_of, codes, outcome, taken_in

RETURNS = Path(__file__).parents[5] / "shared/data/903"
BESIDE = pytest.mark.skipif(not RETURNS.is_dir(), reason="the example returns lie beside the repository")
TABLES = (Person, Name, Identifier, CareEpisode, Episode, Report)


def held():
    return {model.__name__: model.objects.count() for model in TABLES}


def test_what_a_return_tells_is_held(cast, tmp_path):
    report = taken_in(write_folder(tmp_path))
    assert outcome(report) == {"header": (2, 0, 0, 0), "episodes": (2, 0, 0, 0), "missing": (1, 0, 0, 0)}
    with as_worker():
        asha = Person.objects.get(pk=child_of("7001"))
        assert (asha.sex, asha.date_of_birth, asha.birth_precision) == ("F", date(2010, 6, 5), "day")
        assert (asha.ethnicity, asha.is_mother) == ("WBRI", False)
        care = asha.care_episodes.get()
        assert (care.started_on, care.start_reason, care.legal_status) == (date(2025, 5, 1), "S", "C2")
        assert (care.placement, care.home_postcode, care.urn) == ("K2", "HU179BA", "1234567")


def test_the_return_has_no_names_and_nor_has_the_record(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    with as_worker():
        asha = Person.objects.get(pk=child_of("7001"))
        assert str(asha) == "Child 7001"
        assert not asha.names.exists()


def test_a_name_written_later_is_the_first(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    with cast.seen_by("Cora") as cora:
        asha = child_of("7001")
        details = PersonDetails(given_name="Asha", family_name="Testchild", sex="F")
        change_person(person_id=asha, version=1, details=details, viewer=cora, now=NOW)
        assert [str(name) for name in Name.objects.filter(person=asha)] == ["Asha Testchild"]
        assert [card.name for card in search("asha", on=AS_AT)] == ["Asha Testchild"]


def test_a_child_of_a_return_is_found_by_either_number(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    with as_worker():
        asha = child_of("7001")
    with cast.seen_by("Cora"):
        for typed in ("7001", "child 7001", "B801200005001"):
            assert [card.id for card in search(typed, on=AS_AT)] == [asha]
    with cast.seen_by("Otto"):
        assert search("7001", on=AS_AT) == []


def test_coordinators_see_the_children_and_nobody_else(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    for name, sees in (("Cora", 2), ("Sal", 0), ("Pat", 0), ("Otto", 0)):
        with cast.seen_by(name):
            assert Person.objects.count() == sees


def test_a_code_for_no_pupil_number_is_kept_and_proves_nothing(cast, tmp_path):
    taken_in(write_folder(tmp_path, header=(ASHA, BRYN, "7003,F,17/01/2009,NOBT,UN4,,")))
    with as_worker():
        numbers = Identifier.objects.filter(value="UN4")
        assert [number.is_verified for number in numbers] == [False, False]


def test_times_missing_are_whole_days_and_over_unless_open(cast, tmp_path):
    days = ("7001,05/06/2010,M,10/07/2025,11/07/2025", "7002,17/01/2009,M,30/03/2026,")
    taken_in(write_folder(tmp_path, missing=days))
    with as_worker():
        over, still = Episode.objects.order_by("last_seen_at")
        assert over.is_date_only
        assert over.last_seen_at == start_of_day(date(2025, 7, 10))
        assert over.returned_at == start_of_day(date(2025, 7, 11))
        assert over.closed_at == NOW
        assert (still.returned_at, still.closed_at) == (None, None)
        told = over.reports.get()
        assert (told.source, told.told_by) == ("import", "SSDA903 return as at 31/03/2026")


def test_a_second_time_changes_nothing(cast, tmp_path):
    folder = write_folder(tmp_path)
    taken_in(folder)
    with as_worker():
        before, versions = held(), set(Person.objects.values_list("pk", "version"))
        grants = _count_grants()
    report = taken_in(folder)
    assert outcome(report) == {"header": (0, 0, 2, 0), "episodes": (0, 0, 2, 0), "missing": (0, 0, 1, 0)}
    with as_worker():
        assert held() == before
        assert set(Person.objects.values_list("pk", "version")) == versions
        assert _count_grants() == grants


def _count_grants():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_grant")
        return cursor.fetchone()[0]


def test_a_dry_run_tells_the_same_and_writes_nothing(cast, tmp_path):
    folder = write_folder(tmp_path, missing=(ASHA_MISSING, "7001,05/06/2010,X,31/02/2025,"))
    with as_worker():
        before, entries = held(), Entry.objects.count()
    dry = taken_in(folder, dry_run=True)
    with as_worker():
        assert held() == before
        assert Entry.objects.count() == entries
        assert not ImportBatch.objects.exists()
    assert dry.as_dict() == taken_in(folder).as_dict()


def test_the_import_is_one_entry_with_its_counts(cast, tmp_path):
    taken_in(write_folder(tmp_path))
    with as_worker():
        entry = Entry.objects.get(verb="import")
        batch = ImportBatch.objects.get()
    assert entry.subject_id == batch.pk
    assert entry.detail["files"]["header.csv"]["added"] == 2
    assert (batch.row_count, batch.accepted_count, batch.rejected_count) == (5, 5, 0)
    assert (batch.authority, batch.as_at, batch.imported_by) == (AUTHORITY, AS_AT, IMPORTER.name)


def test_every_rejection_is_kept_with_whose_row_it_is(cast, tmp_path):
    folder = write_folder(
        tmp_path, missing=(ASHA_MISSING, "7001,05/06/2010,X,10/08/2025,", "7009,,M,01/05/2025,")
    )
    report = taken_in(folder)
    assert [found[:4] for found in codes(report.rejections)] == [
        ("missing.csv", 3, "7001", "MISSING"),
        ("missing.csv", 4, "7009", "CHILD"),
    ]
    with as_worker():
        known, unknown = ImportRejection.objects.order_by("row")
        assert (known.child, known.person_id) == ("7001", child_of("7001"))
        assert (unknown.child, unknown.person_id) == ("7009", None)


def test_two_episodes_with_one_start_status_and_placement_are_told_apart_by_nothing(cast, tmp_path):
    again = ASHA_IN_CARE.replace("HU17 7DP", "YO16 4LZ")
    report = taken_in(write_folder(tmp_path, episodes=(ASHA_IN_CARE, again)))
    assert codes(report.rejections) == [("episodes.csv", 3, "7001", "DECOM", "same-start")]
    assert report.files["episodes.csv"].accepted == 1
    assert next(iter(report.rejections)).reason == "Row 2 has the same start, legal status and placement."


def test_a_failure_leaves_nothing(cast, tmp_path, monkeypatch):
    def fail(**_):
        raise RuntimeError("the power went")

    monkeypatch.setattr("wayhome.statutory.commands.importing.grant_many", fail)
    with pytest.raises(RuntimeError, match="power"):
        taken_in(write_folder(tmp_path))
    with as_worker():
        assert not any(held().values())


def test_a_return_of_the_future_is_refused(cast, tmp_path):
    with pytest.raises(ReturnOfTheFuture):
        taken_in(write_folder(tmp_path), as_at=(NOW + timedelta(days=2)).date())


def test_files_without_rows_are_refused(cast, tmp_path):
    with pytest.raises(NoRows):
        taken_in(write_folder(tmp_path, header=(), episodes=(), missing=()))


def test_a_file_with_wrong_columns_is_accounted_for_and_the_others_are_taken_in(cast, tmp_path):
    folder = write_folder(tmp_path)
    (folder / "missing.csv").write_text("CHILD;DOB;MISSING\n7001;05/06/2010;M\n")
    report = taken_in(folder)
    assert list(report.refused) == ["missing.csv"]
    assert "semicolons" in report.refused["missing.csv"]
    assert outcome(report)["header"] == (2, 0, 0, 0)
    assert (report.rows, report.accepted, report.rejected) == (5, 4, 1)


def test_windows_text_and_byte_order_marks_are_read(cast, tmp_path):
    folder = write_folder(tmp_path)
    header, episodes = folder / "header.csv", folder / "episodes.csv"
    header.write_bytes(b"\xef\xbb\xbf" + header.read_bytes())
    episodes.write_bytes(episodes.read_bytes().replace(b"1234567", b"12345\xe9").replace(b"\n", b"\r\n"))
    assert taken_in(folder).rejected == 0
    with as_worker():
        assert CareEpisode.objects.filter(urn="12345é").exists()


def test_who_may_not_import_is_refused(cast, tmp_path):
    with cast.seen_by("Sal") as sal, pytest.raises(NotAllowed):
        import_903(folder=tmp_path, as_at=AS_AT, dry_run=True, viewer=sal, now=NOW, progress=lambda _: None)


@pytest.mark.shared
@BESIDE
def test_the_large_example_is_accounted_for_and_changes_nothing_again(cast):
    first = taken_in(RETURNS / "fake", as_at=date(2018, 3, 31))
    rows = {name: count.rows for name, count in first.files.items()}
    assert rows == {"header.csv": 2675, "episodes.csv": 5050, "missing.csv": 43}
    assert first.accepted + first.rejected == first.rows
    again = taken_in(RETURNS / "fake", as_at=date(2018, 3, 31))
    assert again.accepted == sum(count.unchanged for count in again.files.values()) == first.accepted
