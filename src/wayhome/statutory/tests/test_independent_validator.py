"""What we write passes the validator that others wrote, in its own environment (`make validator` sets it up)."""

import json
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from wayhome.statutory.ssda903.facts import CareEpisode, ChildFacts, ChildRecord, MissingEpisode
from wayhome.statutory.ssda903.writing import write_return
from wayhome.statutory.ssda903.years import CollectionYear
from wayhome.statutory.tests.folders import write_folder

ROOT = Path(__file__).parents[4]
VALIDATOR = ROOT / ".build/validator/bin/python"
CHECK = ROOT / "tests/validator/check_return.py"
EAST_RIDING = "E06000011"
REASONS = ("after the year (571)", "told in two (575, 576)")

pytestmark = pytest.mark.skipif(
    not VALIDATOR.exists(),
    reason="`make validator` has not been run, or could not be: the validator needs Python 3.11 and a first download",
)


def validated(folder, ends_in=2026, before=None):
    rules = f"lac{ends_in - 1}_{ends_in % 100}"
    command = [
        VALIDATOR,
        "-W",
        "ignore",
        CHECK,
        folder,
        rules,
        ends_in,
        EAST_RIDING,
        *([before] if before else []),
    ]
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def invented_child(number, random):
    """A teenager in one home after another, often missing: by night, for days, over a year's end, over a move."""
    born_on = date(2010, 1, 1) + timedelta(random.randrange(900))
    facts = ChildFacts(str(7000 + number), random.choice("MF"), born_on, "WBRI", "UN2", "0")
    care = invented_care(date(2023, 9, 1) + timedelta(random.randrange(300)), random)
    missing, start = [], datetime(2024, 8, 1, 18, tzinfo=UTC) + timedelta(hours=random.randrange(2000))
    for _ in range(random.randrange(12)):
        end = start + timedelta(hours=random.choice([3, 9, 30, 70, 300, 1500]))
        missing.append(MissingEpisode(start, end, random.choice("MA")))
        start = end + timedelta(hours=random.choice([1, 5, 100, 1000]))
    if missing and random.random() < 0.3:
        missing[-1] = replace(missing[-1], ended_at=None)
    return ChildRecord(replace(facts, mother="0" if facts.sex == "F" else ""), care, tuple(missing))


def invented_care(start, random):
    """Moves between children's homes. Each begins on the day the one before ended."""
    moves = sorted(random.sample(range(20, 900), random.randrange(4)))
    days = [start, *(start + timedelta(move) for move in moves)]
    first = CareEpisode(start, "S", "C2", "N1", "K2", "PR4", home_postcode="HU17 9BA", urn="1234567")
    ends = [*days[1:], None]
    return tuple(
        replace(
            first,
            started_on=begun,
            reason_started="P" if place else "S",
            ended_on=ended,
            reason_ended="X1" if ended else "",
            reason_placement_changed="CARPL" if ended else "",
            placement_postcode=("HU17 7DP", "YO16 4LZ")[place % 2],
        )
        for place, (begun, ended) in enumerate(zip(days, ends, strict=True))
    )


def test_the_validator_is_awake(tmp_path):
    """It finds what is wrong in a bad return: otherwise its silence would prove nothing."""
    folder = write_folder(tmp_path, missing=("7001,05/06/2010,X,02/08/2025,01/08/2025",))
    assert {"1006", "567"} <= set(validated(folder)["fired"])


def test_two_years_of_an_invented_partnership_pass_whole(tmp_path):
    random = Random(2026)  # invented children, not secrets
    children = [invented_child(number, random) for number in range(150)]
    adjusted = ""
    for ends_in in (2025, 2026):
        to = tmp_path / str(ends_in)
        report = write_return(children, CollectionYear(ends_in), authority=EAST_RIDING, to=to)
        assert report.rows["missing.csv"] > 100
        adjusted += (to / "adjustments.txt").read_text(encoding="utf-8")
    assert all(reason in adjusted for reason in REASONS)
    found = validated(tmp_path / "2026", before=tmp_path / "2025")
    assert found["fired"] == {}
    assert {"564", "567", "570", "571", "574", "575", "576", "577", "578", "581", "586", "1012"} <= set(
        found["run"]
    )
