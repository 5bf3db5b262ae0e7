"""Every row of a return is accepted, or stands in the report with file, row, column and reason."""

from datetime import date

import pytest

from wayhome.statutory.ssda903.reading import LARGEST_FILE, FolderReading, NoSuchFolder, NothingToImport
from wayhome.statutory.tests.folders import (
    ASHA,
    ASHA_IN_CARE,
    ASHA_MISSING,
    BRYN,
    BRYN_IN_CARE,
    EPISODES,
    HEADER,
    MISSING,
    write_folder,
)

AS_AT = date(2026, 3, 31)


def read(folder, as_at=AS_AT):
    return FolderReading(folder, as_at=as_at).run()


def found(findings):
    return [(finding.file, finding.row, finding.column, finding.code) for finding in findings]


def test_a_good_return_is_accepted_whole(tmp_path):
    report = read(write_folder(tmp_path))
    assert {name: (count.rows, count.accepted) for name, count in report.files.items()} == {
        "header.csv": (2, 2),
        "episodes.csv": (2, 2),
        "missing.csv": (1, 1),
    }
    assert found(report.rejections) == found(report.warnings) == []


def test_rows_come_out_typed(tmp_path):
    reading = FolderReading(write_folder(tmp_path), as_at=AS_AT)
    (headers,), (episodes,), (missing,) = (
        list(reading.headers()),
        list(reading.episodes()),
        list(reading.missing()),
    )
    asha = headers[0]
    assert (asha.row, asha.child, asha.sex, asha.born_on) == (2, "7001", "F", date(2010, 6, 5))
    assert (asha.upn, asha.upn_is_verified, asha.mother) == ("B801200005001", True, "0")
    assert headers[1].upn_is_verified is False
    assert (episodes[0].started_on, episodes[0].placement, episodes[0].ended_on) == (
        date(2025, 5, 1),
        "K2",
        None,
    )
    assert (missing[0].kind, missing[0].started_on, missing[0].ended_on) == (
        "M",
        date(2025, 7, 10),
        date(2025, 7, 11),
    )


HEADER_CASES = [
    ("no number", ",F,05/06/2010,WBRI,UN1,,", "CHILD", "child-blank"),
    ("no such day", "7003,F,31/02/2010,WBRI,UN1,,", "DOB", "102"),
    ("a date of another form", "7003,F,2010-06-05,WBRI,UN1,,", "DOB", "102"),
    ("born after the return", "7003,F,01/04/2026,WBRI,UN1,,", "DOB", "301"),
    ("no such sex", "7003,X,05/06/2010,WBRI,UN1,,", "SEX", "101"),
    ("no such ethnicity", "7003,F,05/06/2010,ZZZZ,UN1,,", "ETHNIC", "103"),
    ("no such birth of a child", "7003,F,05/06/2010,WBRI,UN1,1,31/06/2025", "MC_DOB", "mc-dob"),
    ("a number too long", f"{'7' * 101},F,05/06/2010,WBRI,UN1,,", "CHILD", "too-long"),
    ("the same row again", ASHA, "CHILD", "duplicate"),
    ("another row for the same child", "7001,M,05/06/2010,WBRI,UN1,,", "CHILD", "second-header"),
    ("too few fields", "7003,F,05/06/2010", "", "fields"),
    ("too many fields", "7003,F,05/06/2010,WBRI,UN1,,,", "", "fields"),
    ("an open quotation mark", '7003,"F,05/06/2010,WBRI,UN1,,', "", "broken-line"),
]


@pytest.mark.parametrize(
    ("line", "column", "code"), [case[1:] for case in HEADER_CASES], ids=[c[0] for c in HEADER_CASES]
)
def test_a_header_row_that_cannot_be_held_is_rejected(tmp_path, line, column, code):
    report = read(write_folder(tmp_path, header=(ASHA, BRYN, line)))
    assert found(report.rejections) == [("header.csv", 4, column, code)]
    assert (report.files["header.csv"].accepted, report.files["header.csv"].rejected) == (2, 1)


HEADER_WARNINGS = [
    ("old sex code", "7003,1,05/06/2012,WBRI,UN1,,", "SEX", "101"),
    ("no sex", "7003,,05/06/2012,WBRI,UN1,,", "SEX", "101"),
    ("no birth date", "7003,F,,WBRI,UN1,,", "DOB", "102"),
    ("no ethnicity", "7003,F,05/06/2012,,UN1,,", "ETHNIC", "103"),
    ("no pupil number", "7003,F,05/06/2012,WBRI,,,", "UPN", "442"),
    ("wrong check letter", "7003,F,05/06/2012,WBRI,A801200005001,,", "UPN", "168"),
    ("wrong form", "7003,F,05/06/2012,WBRI,801200005001,,", "UPN", "168"),
    ("another child's number", "7003,F,05/06/2012,WBRI,B801200005001,,", "UPN", "444"),
    ("a mother neither yes nor no", "7003,F,05/06/2012,WBRI,UN1,1.0,", "MOTHER", "mother"),
]


@pytest.mark.parametrize(
    ("line", "column", "code"), [case[1:] for case in HEADER_WARNINGS], ids=[c[0] for c in HEADER_WARNINGS]
)
def test_a_header_row_that_can_be_held_is_accepted_with_a_warning(tmp_path, line, column, code):
    report = read(write_folder(tmp_path, header=(ASHA, BRYN, line)))
    assert found(report.warnings) == [("header.csv", 4, column, code)]
    assert report.files["header.csv"].accepted == 3
    assert report.rejected == 0


@pytest.mark.parametrize(("code", "letter"), [("1", "M"), ("2", "F")])
def test_old_sex_codes_become_letters(tmp_path, code, letter):
    folder = write_folder(tmp_path, header=(f"7003,{code},05/06/2010,WBRI,UN1,,",), episodes=(), missing=())
    ((child,),) = FolderReading(folder, as_at=date(2018, 3, 31)).headers()
    assert child.sex == letter


def test_old_sex_codes_are_right_in_an_old_return(tmp_path):
    folder = write_folder(tmp_path, header=("7003,1,05/06/2010,WBRI,UN1,,",), episodes=(), missing=())
    assert found(read(folder, date(2018, 3, 31)).warnings) == []


def care(**values):
    row = dict(zip(EPISODES.split(","), ASHA_IN_CARE.split(","), strict=True)) | {"DECOM": "02/05/2020"}
    row |= {"DEC": "01/05/2025", "REC": "X1"} | values
    return ",".join(row.values())


EPISODE_CASES = [
    ("no number", care(CHILD=""), "CHILD", "child-blank"),
    ("child not in the header", care(CHILD="7009"), "CHILD", "INT03"),
    ("no start", care(DECOM=""), "DECOM", "141"),
    ("no such start", care(DECOM="00/05/2025"), "DECOM", "141"),
    ("no such end", care(DEC="soon"), "DEC", "147"),
    ("end before start", care(DEC="01/05/2020"), "DEC", "356"),
    ("start before birth", care(DECOM="04/06/2010"), "DECOM", "302"),
    ("start after the return", care(DECOM="01/04/2026", DEC="", REC=""), "DECOM", "starts-later"),
    ("no such reason to start", care(RNE="Q"), "RNE", "143"),
    ("no such legal status", care(LS="C9"), "LS", "144"),
    ("no such need", care(CIN="N9"), "CIN", "145"),
    ("no such placement", care(PLACE="X9"), "PLACE", "146"),
    ("no such provider", care(PLACE_PROVIDER="PR9"), "PLACE_PROVIDER", "178"),
    ("no such reason to end", care(REC="E99"), "REC", "149"),
    (
        "no such reason to change",
        care(REASON_PLACE_CHANGE="WHIM"),
        "REASON_PLACE_CHANGE",
        "reason-place-change",
    ),
    ("the same row again", ASHA_IN_CARE, "CHILD", "duplicate"),
]


@pytest.mark.parametrize(
    ("line", "column", "code"), [case[1:] for case in EPISODE_CASES], ids=[c[0] for c in EPISODE_CASES]
)
def test_an_episode_that_cannot_be_held_is_rejected(tmp_path, line, column, code):
    report = read(write_folder(tmp_path, episodes=(ASHA_IN_CARE, BRYN_IN_CARE, line)))
    assert found(report.rejections) == [("episodes.csv", 4, column, code)]
    assert report.files["episodes.csv"].accepted == 2


EPISODE_WARNINGS = [
    ("no legal status", care(LS=""), "LS", "144"),
    ("a placement code of another year", care(PLACE="H5"), "PLACE", "146"),
    ("end after the return", care(DECOM="01/05/2025", DEC="01/04/2026"), "DEC", "ends-later"),
    ("end without a reason", care(REC=""), "REC", "148"),
]


@pytest.mark.parametrize(
    ("line", "column", "code"), [case[1:] for case in EPISODE_WARNINGS], ids=[c[0] for c in EPISODE_WARNINGS]
)
def test_an_episode_that_can_be_held_is_accepted_with_a_warning(tmp_path, line, column, code):
    report = read(write_folder(tmp_path, episodes=(line,), missing=()))
    assert found(report.warnings) == [("episodes.csv", 2, column, code)]
    assert report.rejected == 0


def test_a_reason_to_end_without_an_end_is_a_warning(tmp_path):
    report = read(write_folder(tmp_path, episodes=(care(DEC="", REC="X1"),), missing=()))
    assert found(report.warnings) == [("episodes.csv", 2, "REC", "148")]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (care(), care(DECOM="30/04/2025", DEC="", REC=""), "501"),
        (care(DEC="", REC=""), care(DECOM="30/04/2025", DEC="", REC=""), "142"),
        (care(), ASHA_IN_CARE, None),
    ],
    ids=["before the end", "while open", "on the day of the end"],
)
def test_overlapping_episodes_of_care_are_held_with_a_warning(tmp_path, first, second, code):
    report = read(write_folder(tmp_path, episodes=(second, first), missing=()))
    assert found(report.warnings) == ([("episodes.csv", 2, "DECOM", code)] if code else [])
    assert report.files["episodes.csv"].accepted == 2


MISSING_CASES = [
    ("no number", ",05/06/2010,M,01/08/2025,02/08/2025", "CHILD", "child-blank"),
    ("child not in the header", "7009,05/06/2010,M,01/08/2025,02/08/2025", "CHILD", "INT04"),
    ("another birth date", "7001,06/06/2010,M,01/08/2025,02/08/2025", "DOB", "INT13"),
    ("no such birth date", "7001,99/06/2010,M,01/08/2025,02/08/2025", "DOB", "INT13"),
    ("no such kind", "7001,05/06/2010,X,01/08/2025,02/08/2025", "MISSING", "1006"),
    ("no kind", "7001,05/06/2010,,01/08/2025,02/08/2025", "MISSING", "565"),
    ("no start", "7001,05/06/2010,M,,02/08/2025", "MIS_START", "564"),
    ("no such start", "7001,05/06/2010,M,31/02/2025,", "MIS_START", "1004"),
    ("no such end", "7001,05/06/2010,M,01/08/2025,32/08/2025", "MIS_END", "1005"),
    ("end before start", "7001,05/06/2010,M,02/08/2025,01/08/2025", "MIS_END", "567"),
    ("start after the return", "7001,05/06/2010,M,01/04/2026,", "MIS_START", "570"),
    ("overlap", "7001,05/06/2010,A,09/07/2025,11/07/2025", "MIS_START", "574"),
    ("start before birth", "7001,05/06/2010,M,04/06/2010,", "MIS_START", "586"),
    ("the same row again", ASHA_MISSING, "CHILD", "duplicate"),
]


@pytest.mark.parametrize(
    ("line", "column", "code"), [case[1:] for case in MISSING_CASES], ids=[c[0] for c in MISSING_CASES]
)
def test_a_missing_episode_that_cannot_be_held_is_rejected(tmp_path, line, column, code):
    report = read(write_folder(tmp_path, missing=(ASHA_MISSING, line)))
    assert ("missing.csv", 3, column, code) in found(report.rejections)
    assert (report.files["missing.csv"].accepted, report.files["missing.csv"].rejected) == (1, 1)


MISSING_WARNINGS = [
    ("before care", "7001,05/06/2010,M,01/04/2025,02/04/2025", "MIS_START", "581"),
    ("no birth date", "7001,,M,01/08/2025,02/08/2025", "DOB", "INT13"),
    ("end before the year", "7001,05/06/2010,M,01/08/2024,02/08/2024", "MIS_END", "571"),
    ("end after the return", "7001,05/06/2010,M,30/03/2026,01/04/2026", "MIS_END", "571"),
]


@pytest.mark.parametrize(
    ("line", "column", "code"), [case[1:] for case in MISSING_WARNINGS], ids=[c[0] for c in MISSING_WARNINGS]
)
def test_a_missing_episode_that_can_be_held_is_accepted_with_a_warning(tmp_path, line, column, code):
    report = read(write_folder(tmp_path, missing=(line,)))
    assert ("missing.csv", 2, column, code) in found(report.warnings)
    assert report.rejected == 0


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("7001,05/06/2010,M,03/12/2025,04/12/2025", {"577", "578"}),
        ("7001,05/06/2010,M,30/11/2025,", {"577"}),
        ("7001,05/06/2010,M,30/11/2025,01/12/2025", set()),
    ],
    ids=["begun after care", "not ended with care", "ended with care"],
)
def test_care_that_ended_first_is_a_warning(tmp_path, line, codes):
    ended = ASHA_IN_CARE.replace("PR4,,,", "PR4,01/12/2025,E13,")
    report = read(write_folder(tmp_path, episodes=(ended,), missing=(line,)))
    assert {finding.code for finding in report.warnings} == codes


@pytest.mark.parametrize(
    "line",
    [
        "7001,05/06/2010,A,11/07/2025,11/07/2025",
        "7001,05/06/2010,A,10/07/2025,10/07/2025",
        "7001,05/06/2010,A,11/07/2025,",
        "7001,05/06/2010,M,09/07/2025,10/07/2025",
    ],
)
def test_missing_again_on_the_day_of_return_is_no_overlap(tmp_path, line):
    report = read(write_folder(tmp_path, missing=(ASHA_MISSING, line)))
    assert found(report.rejections) == []


def test_a_row_may_be_wrong_in_several_ways_and_counts_once(tmp_path):
    report = read(write_folder(tmp_path, missing=("7001,05/06/2010,X,31/02/2025,",)))
    assert [finding.code for finding in report.rejections] == ["1006", "1004"]
    assert report.files["missing.csv"].rejected == 1


def test_the_rows_of_a_rejected_child_say_which_row_was_rejected(tmp_path):
    report = read(write_folder(tmp_path, header=(ASHA, BRYN.replace("17/01/2009", "17.1.2009"))))
    episode = next(finding for finding in report.rejections if finding.file == "episodes.csv")
    assert episode.reason == "This child's Header row (row 3) was rejected."


def test_a_repeat_names_the_row_it_repeats(tmp_path):
    report = read(write_folder(tmp_path, missing=(ASHA_MISSING, ASHA_MISSING)))
    assert [finding.reason for finding in report.rejections] == ["This is a duplicate of row 2."]


def test_blank_lines_are_no_rows_but_keep_their_numbers(tmp_path):
    report = read(write_folder(tmp_path, missing=("", ASHA_MISSING, "   ", ",,,,")))
    count = report.files["missing.csv"]
    assert (count.rows, count.accepted, count.rejected, count.blank_lines) == (2, 1, 1, 2)
    assert {finding.row for finding in report.rejections} == {5}


def test_columns_may_stand_in_any_order_and_values_in_quotes(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "missing.csv").write_text(
        'MIS_END,MIS_START,MISSING,DOB,CHILD\n"11/07/2025","10/07/2025"," m ","05/06/2010","7001"\n',
        encoding="utf-8",
    )
    reading = FolderReading(folder, as_at=AS_AT)
    list(reading.headers()), list(reading.episodes())
    ((row,),) = reading.missing()
    assert (row.child, row.kind, row.started_on) == ("7001", "M", date(2025, 7, 10))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_in_another_encoding_is_read(tmp_path, encoding):
    folder = write_folder(tmp_path)
    text = "\r\n".join((HEADER, ASHA, BRYN, "é7003,F,05/06/2011,WBRI,UN1,,"))
    (folder / "header.csv").write_bytes(text.encode(encoding))
    assert read(folder).files["header.csv"].accepted == 3


def test_a_byte_that_is_no_letter_costs_its_own_row_only(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "header.csv").write_bytes(
        f"{HEADER}\n{ASHA}\n{BRYN}\n".encode() + b"7\x81,F,05/06/2010,WBRI,UN1,,\n"
    )
    report = read(folder)
    assert found(report.rejections) == [("header.csv", 4, "", "broken-line")]


def test_a_file_with_only_column_names_has_no_rows(tmp_path):
    report = read(write_folder(tmp_path, missing=()))
    assert (report.files["missing.csv"].rows, report.files["missing.csv"].rejected) == (0, 0)


def test_an_empty_file_is_reported(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "missing.csv").write_text("", encoding="utf-8")
    assert found(read(folder).rejections) == [("missing.csv", 1, "", "empty")]


def test_a_file_with_wrong_columns_is_rejected_with_all_its_rows(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "missing.csv").write_text("CHILD,DOB,MISSING,MIS_START\n7001,,M,\n7002,,M,\n", encoding="utf-8")
    report = read(folder)
    count = report.files["missing.csv"]
    assert (count.rows, count.accepted, count.rejected) == (2, 0, 2)
    (finding,) = report.rejections
    assert "missing MIS_END" in finding.reason


def test_a_spreadsheet_called_csv_is_rejected(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "missing.csv").write_bytes(b"PK\x03\x04\x00")
    assert found(read(folder).rejections) == [("missing.csv", 1, "", "not-text")]


def test_a_second_file_of_one_table_is_rejected(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "missing2.csv").write_text(f"{MISSING}\n7002,,M,01/08/2025,\n", encoding="utf-8")
    report = read(folder)
    assert found(report.rejections) == [("missing2.csv", 1, "", "second-file")]
    assert report.files["missing2.csv"].rejected == 1


def test_other_tables_of_the_return_are_recognised_and_counted(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "uasc.csv").write_text("CHILD,SEX,DOB,DUC\n7001,1,,\n", encoding="utf-8")
    (folder / "notes.txt").write_text("hello", encoding="utf-8")
    report = read(folder)
    assert {name: (count.table, count.rows) for name, count in report.not_imported.items()} == {
        "uasc.csv": ("UASC", 1)
    }
    assert report.ignored == ["notes.txt"]
    assert report.rejected == 0


def test_without_a_header_file_no_row_can_be_held(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "header.csv").unlink()
    report = read(folder)
    assert report.accepted == 0
    assert {finding.code for finding in report.rejections} == {"INT03", "INT04"}


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NoSuchFolder):
        FolderReading(tmp_path / "nowhere", as_at=AS_AT)


def test_a_file_far_larger_than_a_return_is_refused_before_it_is_read(tmp_path):
    folder = write_folder(tmp_path)
    with (folder / "missing.csv").open("rb+") as file:
        file.truncate(LARGEST_FILE + 1)  # takes no room on the disk
    report = read(folder)
    assert "larger than 250 MB" in report.refused["missing.csv"]
    assert "missing.csv" in report.files
    assert report.files["header.csv"].accepted


def test_a_folder_without_csv_files_is_refused(tmp_path):
    with pytest.raises(NothingToImport):
        FolderReading(tmp_path, as_at=AS_AT)
