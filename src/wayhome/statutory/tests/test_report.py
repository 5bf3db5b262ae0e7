"""The report counts every row, holds any number of findings, and is safe to open in a spreadsheet."""

import io
import json
from datetime import date

from wayhome.statutory.ssda903 import findings
from wayhome.statutory.ssda903.findings import Finding, Findings
from wayhome.statutory.ssda903.reading import FolderReading
from wayhome.statutory.ssda903.report import ImportReport
from wayhome.statutory.tests.folders import ASHA_MISSING, write_folder

A_FINDING = Finding("header.csv", 3, "7001", "DOB", "soon, or\nlater", "102", "It is no date.")


def test_findings_come_back_as_they_went_in(monkeypatch):
    monkeypatch.setattr(findings, "IN_MEMORY", 10)
    listed = Findings()
    for _ in range(5):
        listed.add(A_FINDING)
    assert list(listed) == [A_FINDING] * 5
    listed.add(A_FINDING)
    assert len(list(listed)) == len(listed) == 6


def test_the_json_written_in_a_stream_is_that_of_the_dict(tmp_path):
    folder = write_folder(tmp_path, missing=(ASHA_MISSING, ASHA_MISSING, "7001,,X,31/02/2025,"))
    report = FolderReading(folder, as_at=date(2026, 3, 31)).run()
    stream = io.StringIO()
    report.write_json(stream)
    told = json.loads(stream.getvalue())
    assert told == report.as_dict()
    assert told["files"]["missing.csv"]["rows"] == 3
    assert told["files"]["missing.csv"]["accepted"] == 1
    assert told["files"]["missing.csv"]["rejected"] == 2
    assert told["rejections"][0]["row"] == 3


def test_a_value_that_a_spreadsheet_would_run_is_made_harmless():
    report = ImportReport(date(2026, 3, 31))
    report.rejections.add(A_FINDING._replace(value="=1+1"))
    report.warnings.add(A_FINDING)
    stream = io.StringIO()
    report.write_csv(stream)
    lines = stream.getvalue().splitlines()
    assert lines[0] == "file,row,child,column,value,decision,rule,reason"
    assert lines[1] == "header.csv,3,7001,DOB,'=1+1,rejected,102,It is no date."
    assert "accepted, with a warning" in stream.getvalue()
