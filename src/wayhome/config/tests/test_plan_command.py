"""`wayhome plan import`: the preview, and the same as JSON. Nothing is saved, and no database is needed."""

import json

import pytest

from wayhome.config.command_line import main
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
