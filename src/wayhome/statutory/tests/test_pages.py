"""Coordinators see what became of a return; others do not, and taking the list away is on the record."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.statutory.models import ImportBatch
from wayhome.statutory.tests.folders import ASHA_MISSING, write_folder
from wayhome.statutory.tests.taking import taken_in

BACKEND = "wayhome.access.signed_in.Backend"


@pytest.fixture
def as_user(cast, client):
    def signed_in(name):
        client.force_login(cast.users[name], backend=BACKEND)
        return client

    return signed_in


def imported(tmp_path, wrong=1):
    rows = tuple(f"7001,05/06/2010,X,{day:02}/08/2025," for day in range(1, wrong + 1))
    taken_in(write_folder(tmp_path, missing=(ASHA_MISSING, *rows)))
    with as_worker():
        return ImportBatch.objects.latest("imported_at").pk


def test_a_coordinator_finds_the_return_and_its_rejections(cast, as_user, tmp_path):
    batch = imported(tmp_path)
    client = as_user("Cora")
    assert reverse("import", args=[batch]) in client.get(reverse("imports")).content.decode()
    page = client.get(reverse("import", args=[batch])).content.decode()
    assert "missing.csv, row 3" in page
    assert "MISSING is not a code of the return." in page
    with as_worker():
        assert Entry.objects.filter(verb="read", subject_id=batch).count() == 1


def test_before_the_first_return_the_page_says_so(cast, as_user):
    assert "No return was taken in yet" in as_user("Cora").get(reverse("imports")).content.decode()


def test_a_return_without_rejections_says_so(cast, as_user, tmp_path):
    page = as_user("Cora").get(reverse("import", args=[imported(tmp_path, wrong=0)])).content.decode()
    assert "Nothing was rejected" in page
    assert "Download" not in page


def test_the_rejections_are_taken_away_as_a_table(cast, as_user, tmp_path):
    batch = imported(tmp_path, wrong=2)
    answer = as_user("Cora").get(reverse("import_rejections", args=[batch]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rejections-{batch}.csv"'
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == ["file", "row", "child", "column", "value", "rule", "reason"]
    assert [row[:5] for row in rows[1:]] == [
        ["missing.csv", "3", "7001", "MISSING", "X"],
        ["missing.csv", "4", "7001", "MISSING", "X"],
    ]
    with as_worker():
        assert Entry.objects.get(verb="export", subject_id=batch).detail["found"] == 2


@pytest.mark.parametrize("name", ["Pat", "Sal", "Hal", "Ana", "Ada", "Ivo", "Otto"])
def test_others_are_told_that_it_is_not_theirs(cast, as_user, tmp_path, name):
    batch = imported(tmp_path)
    client = as_user(name)
    for address in (
        reverse("imports"),
        reverse("import", args=[batch]),
        reverse("import_rejections", args=[batch]),
    ):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "missing.csv" not in answer.content.decode()


def test_an_unknown_return_is_not_found(cast, as_user):
    client = as_user("Cora")
    assert client.get(reverse("import", args=[new_id()])).status_code == 404
    assert client.get(reverse("import_rejections", args=[new_id()])).status_code == 404


def test_a_long_list_has_pages_and_costs_no_more(cast, as_user, tmp_path):
    few, many = imported(tmp_path), imported(tmp_path, wrong=31)
    client = as_user("Cora")
    costs = []
    for batch in (few, many):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("import", args=[batch])).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "²", "9" * 40])
def test_a_page_that_is_not_there_is_the_nearest(cast, as_user, tmp_path, page):
    address = reverse("import", args=[imported(tmp_path)])
    assert as_user("Cora").get(address, {"page": page}).status_code == 200
