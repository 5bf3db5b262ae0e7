"""`wayhome plan import`: the preview, and the same as JSON. Nothing is saved, and no database is needed."""

import json
from contextlib import nullcontext

import pytest
from tests.personas import NOW

from wayhome.config.command_line import main
from wayhome.config.testing import as_worker
from wayhome.config.verbs import plan
from wayhome.kernel.ids import new_id
from wayhome.kernel.viewer import machine
from wayhome.strategy.commands.from_file import TakenIn, take_in
from wayhome.strategy.tests.files import SIX
from wayhome.strategy.tests.reading import SHARED, needs_shared, table

ROWS = (
    ("Ask children", "Hold a [panel]", "Police", "May 2031", "Notes", "G"),
    ("Know", "Draw", "Health", "", "", ""),
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("Lantern Plan\n\n1. Being heard\n\n" + table(SIX, *ROWS))
    return path


def test_the_preview_says_what_was_understood_and_every_guess(file, capsys):
    assert main(["plan", "import", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "Lantern Plan" in shown
    assert "1 section, 2 rows: 1 green, 1 not rated" in shown
    assert "Hold a [panel]" in shown
    assert "Line 6: “G” was read as green." in shown


def test_json_has_rows_commitments_ambitions_and_guesses(file, capsys):
    assert main(["plan", "import", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["rows", "commitments", "ambitions", "guesses"]
    assert told["rows"][0] == {
        "section": "1. Being heard",
        "reference": "",
        "objective": "Ask children",
        "action": "Hold a [panel]",
        "responsibility": "Police",
        "timescale": "May 2031",
        "evidence": "Notes",
        "progress": "",
        "rating": "green",
    }
    assert told["rows"][1]["rating"] is None
    assert set(told["guesses"][0]) == {"line", "what", "why"}


def test_a_file_without_a_plan_is_refused_in_one_line(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("Dear all, thank you.\n")
    assert main(["plan", "import", str(tmp_path / "letter.txt")]) == 2
    assert capsys.readouterr().err.startswith("wayhome: No plan was found in this file")


@pytest.mark.shared
@needs_shared
def test_the_source_document_has_39_commitments(capsys):
    assert main(["plan", "import", str(SHARED / "seeds/004_4ae52e851706ad04.txt"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["commitments"]) == 39


def test_a_plan_is_saved_once_and_a_newer_file_brings_it_up_to_date(cast, tmp_path):
    told = {"viewer": machine("import plan"), "now": NOW}
    first = ("Lantern Plan\n\n1. Being heard\n\n" + table(SIX, *ROWS)).encode()
    with as_worker():
        new = take_in(data=first, name="lanterns.txt", **told)
        again = take_in(data=first, name="lanterns.txt", **told)
        newer = take_in(data=first.replace(b"[panel]", b"[panel] twice"), name="2.txt", **told)
        same = take_in(data=first.replace(b"[panel]", b"[panel]  twice "), name="3.txt", **told)
        shorter = take_in(
            data=("Lantern Plan\n\n1. Being heard\n\n" + table(SIX, ROWS[0])).encode(), name="4.txt", **told
        )
    assert (new.how, new.counts["actions"], new.counts["ratings"]) == ("new", 2, 1)
    assert (again.how, again.plan_id) == ("unchanged", new.plan_id)
    assert (newer.how, newer.plan_id) == ("updated", new.plan_id)
    assert newer.counts == {"added": 0, "changed": 1, "commitments": 0, "gone": 0}
    assert (same.how, same.words) == (
        "unchanged",
        "“Lantern Plan” says the same already. Nothing was changed.",
    )
    assert (shorter.how, shorter.counts["changed"]) == ("updated", 1)
    assert shorter.lines == ("1.2 is not in the file any more. It stays as it is; a person decides.",)


def test_saving_from_the_command_line_goes_as_the_worker(file, monkeypatch, capsys):
    seen = []

    def take(**told):
        seen.append(told)
        return TakenIn(new_id(), "Lantern Plan", "new", "Saved.", {"actions": 2})

    monkeypatch.setattr(plan, "server", nullcontext)
    monkeypatch.setattr(plan, "refuse_unprepared", lambda: None)
    monkeypatch.setattr(plan, "take_in", take)
    monkeypatch.setattr(plan.connection, "close", lambda: None)
    assert main(["plan", "import", str(file), "--commit", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["saved"]["how"], told["saved"]["actions"], len(told["rows"])) == ("new", 2, 2)
    assert seen[0]["viewer"].is_machine
