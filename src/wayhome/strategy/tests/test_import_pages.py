"""The pages of bringing a plan in: shown, mended row by row, two at once, checked and saved; and taken out again."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.personas import Cast

from wayhome.config.testing import as_worker
from wayhome.strategy.models import Action, Plan, PlanImport
from wayhome.strategy.tests.test_bringing_in import FIRST, SECOND, THIRD, a_file
from wayhome.strategy.tests.test_plan_pages import BACKEND, told, values_in

HIDDEN = ("edition", "submission_key")


@pytest.fixture
def as_(cast: Cast) -> Callable[[str], Client]:
    def client(name: str) -> Client:
        made = Client()
        made.force_login(cast.users[name], backend=BACKEND)
        return made

    return client


def brought(client: Client, data: bytes | None = None) -> str:
    """The address of the preview of a file that was uploaded."""
    address = reverse("bring_plan")
    sent = values_in(told(client.get(address))) | {
        "file": SimpleUploadedFile("harbour.txt", data or a_file()),
        "text": "",
    }
    answer = client.post(address, sent)
    assert answer.status_code in (302, 303), told(answer)
    return str(answer["Location"])


def opened(client: Client, address: str) -> dict[str, str]:
    """What a row's form holds when it is opened."""
    page = told(client.get(address))
    return values_in(page) | {
        "fate": "row",
        "due_kind": "as_written",
        "action": "Mend every boat",
        "section": "1. Boats and lamps",
        "objective": "Boats are safe",
        "responsibility": "Harbour Group",
        "evidence": "The boat floats",
        "progress": "",
        "rating": "red",
        "owner_0": "unresolved",
    }


def row_of(address: str, key: int) -> str:
    return f"{address.split('?')[0]}/rows/{key}"


def test_a_file_is_shown_mended_and_saved(as_: Callable[[str], Client]) -> None:
    client = as_("Lena")
    address = brought(client)
    page = told(client.get(address))
    for words in (
        "Nothing is saved yet",
        "Mend the old boat",
        "“G” was read as green",
        "is offered",
        "Line 5",
    ):
        assert words in page
    assert not Plan.objects.filter(title="Harbour and lamp plan").exists()
    row = row_of(address, 0)
    answer = client.post(row, opened(client, row))
    assert answer.status_code in (302, 303), told(answer)
    assert "Mend every boat" in told(client.get(address))
    save = f"{address}/save"
    shown = told(client.get(save))
    assert "3 actions" in shown
    assert "2 ratings have no reason" in shown
    answer = client.post(save, values_in(shown))
    assert answer.status_code in (302, 303), told(answer)
    assert "Mend every boat" in told(client.get(answer["Location"]))
    assert "This file is saved" in told(client.get(address))


def test_a_review_that_comes_again_without_a_group_says_so_and_is_saved_without_one(
    as_: Callable[[str], Client],
) -> None:
    client = as_("Lena")
    lamps = ("Lamps burn", "Buy oil", "Lamp Keepers", "Quarterly, Moon Board", "Lamps seen", "A")
    address = brought(client, a_file(FIRST, lamps, SECOND))
    page = told(client.get(address))
    assert page.count("It is reviewed again and again, and no group is known that does it.") == 2
    row = row_of(address, 0)
    again = opened(client, row) | {"due_kind": "recurring", "frequency": "monthly"}
    assert client.post(row, again).status_code in (302, 303)
    assert "It is reviewed again and again, and no group is named that does it." in told(client.get(address))
    save = f"{address}/save"
    assert client.post(save, values_in(told(client.get(save)))).status_code in (302, 303)
    with as_worker():
        kept = Action.objects.order_by("position").values_list("frequency", "review_body", "due_words")
        assert list(kept) == [
            ("monthly", None, "March 2027"),
            ("quarterly", None, "Quarterly, Moon Board"),
            ("quarterly", None, "Quarterly"),
        ]


def test_two_who_mend_one_row_see_both_and_other_rows_do_not_wait(as_: Callable[[str], Client]) -> None:
    lena, cora = as_("Lena"), as_("Cora")
    address = brought(lena)
    row = row_of(address, 0)
    hers, his = opened(lena, row), opened(cora, row) | {"action": "Sell the boat"}
    other = opened(cora, row_of(address, 1)) | {"action": "Buy lamps", "owner_1": "unresolved", "lead": "0"}
    assert lena.post(row, hers).status_code in (302, 303)
    answer = cora.post(row, his)
    assert answer.status_code == 200
    assert "Somebody was faster" in told(answer)
    assert "Mend every boat" in told(answer)
    assert cora.post(row_of(address, 1), other).status_code in (302, 303)
    again = cora.post(
        row, his | {name: value for name, value in values_in(told(answer)).items() if name in HIDDEN}
    )
    assert again.status_code in (302, 303), told(again)
    assert "Sell the boat" in told(lena.get(address))


def test_a_newer_file_shows_every_difference_and_asks_what_becomes_of_the_rest(
    as_: Callable[[str], Client],
) -> None:
    client = as_("Lena")
    first = brought(client)
    client.post(f"{first}/save", values_in(told(client.get(f"{first}/save"))))
    newer = brought(client, a_file(("Boats are safe", "Mend the old boat twice", *FIRST[2:]), THIRD))
    save = f"{newer}/save"
    page = told(client.get(save))
    assert "0 added, 1 changed, 1 not in the file any more, 1 the same" in page
    assert "twice</ins>" in page
    sent = values_in(page) | {"gone_0": "cancel", "because_0": ""}
    assert "Say why" in told(client.post(save, sent))
    answer = client.post(save, sent | {"because_0": "Lamps are electric."})
    assert answer.status_code in (302, 303), told(answer)
    with as_worker():
        states = dict(
            Action.objects.filter(plan__title="Harbour and lamp plan").values_list("reference", "state")
        )
    assert states == {"1.1": "in_progress", "1.2": "cancelled", "1.3": "not_started"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Dear all, thank you.", "No plan was found in this file"),
        (b"PK\x03\x04 broken", "This file is damaged"),
        (b"%PDF-1.7", "Plans are read from Word"),
    ],
)
def test_what_is_no_plan_is_said_on_the_page(as_: Callable[[str], Client], data: bytes, words: str) -> None:
    address = reverse("bring_plan")
    client = as_("Lena")
    sent = values_in(told(client.get(address)))
    answer = client.post(address, sent | {"file": SimpleUploadedFile("a.docx", data), "text": ""})
    assert answer.status_code == 200
    assert words in told(answer)
    assert "Choose a file, or paste" in told(client.post(address, sent | {"text": ""}))


def test_the_plan_a_heading_and_setting_aside(as_: Callable[[str], Client]) -> None:
    client = as_("Lena")
    address = brought(client)
    section = f"{address}/sections/0"
    answer = client.post(section, values_in(told(client.get(section))) | {"title": "1. Boats"})
    assert answer.status_code in (302, 303), told(answer)
    plan = f"{address}/plan"
    sent = values_in(told(client.get(plan))) | {"title": "Quay plan", "plan": "", "body": ""}
    answer = client.post(plan, sent | {"vision": "", "statement": ""})
    assert answer.status_code in (302, 303), told(answer)
    page = told(client.get(address))
    assert "Quay plan" in page
    assert "1. Boats" in page
    aside = f"{address}/set-aside"
    assert client.post(aside, values_in(told(client.get(aside)))).status_code in (302, 303)
    assert "This was set aside" in told(client.get(address))
    assert PlanImport.objects.filter(state="discarded").count() == 1


def test_a_long_preview_takes_as_many_queries_as_a_short_one(as_: Callable[[str], Client]) -> None:
    client = as_("Lena")
    counts = []
    for rows in ((FIRST, SECOND), [("", f"Action {place}", "Pilots", "", "", "") for place in range(120)]):
        address = brought(client, a_file(*rows))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = told(client.get(address))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Action 49" in page
    assert "Action 50" not in page


@pytest.mark.parametrize("kind", ["word", "excel", "csv", "pdf"])
def test_a_plan_is_taken_out_on_its_page(as_: Callable[[str], Client], kind: str) -> None:
    client = as_("Lena")
    address = brought(client)
    done = client.post(f"{address}/save", values_in(told(client.get(f"{address}/save"))))
    files = f"{done['Location']}/files"
    assert "Take the plan out" in told(client.get(files))
    answer = client.post(f"{files}/make", {"kind": kind})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
