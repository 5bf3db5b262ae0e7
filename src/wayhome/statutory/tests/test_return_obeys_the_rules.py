"""Whatever happened to a child, the files we write break none of the return's rules on missing episodes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from wayhome.statutory.ssda903.facts import CareEpisode, ChildFacts, ChildRecord, MissingEpisode
from wayhome.statutory.ssda903.reading import FolderReading
from wayhome.statutory.ssda903.writing import write_return
from wayhome.statutory.ssda903.years import CollectionYear
from wayhome.statutory.tests.return_rules import broken_rules, read_table

BORN = date(2011, 2, 3)
FIRST_DAY = date(2023, 1, 1)


@st.composite
def care_histories(draw):
    """Placements in order: most follow one another on the same day, some after a gap, the last perhaps open."""
    episodes, start = [], FIRST_DAY + timedelta(draw(st.integers(0, 700)))
    for _ in range(draw(st.integers(0, 6))):
        end = start + timedelta(draw(st.integers(1, 300)))
        episodes.append(CareEpisode(start, "S", "C2", "N1", "K2", "PR4", end, "X1"))
        start = end + timedelta(draw(st.sampled_from([0, 0, 0, 1, 30])))
    if draw(st.booleans()):
        episodes.append(CareEpisode(start, "S", "C2", "N1", "K2", "PR4"))
    return tuple(episodes)


@st.composite
def missing_episodes(draw):
    start = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(hours=draw(st.integers(0, 24 * 1400)))
    length = draw(st.one_of(st.none(), st.integers(0, 72), st.integers(0, 24 * 600)))
    end = None if length is None else start + timedelta(hours=length)
    return MissingEpisode(start, end, draw(st.sampled_from(["M", "M", "A", "HOME"])))


@st.composite
def children(draw):
    facts = ChildFacts("7001", "F", BORN, "WBRI", "UN1")
    return ChildRecord(facts, draw(care_histories()), tuple(draw(st.lists(missing_episodes(), max_size=6))))


def written(record, ends_in, folder):
    return write_return([record], CollectionYear(ends_in), authority="E06000011", to=Path(folder))


@given(children(), st.integers(2023, 2027))
@settings(max_examples=300, deadline=None)
def test_no_rule_on_missing_episodes_is_broken(record, ends_in):
    with TemporaryDirectory() as folder:
        written(record, ends_in, folder)
        assert broken_rules(Path(folder), ends_in) == set()


@given(children(), st.integers(2024, 2027))
@settings(max_examples=200, deadline=None)
def test_what_was_open_last_year_comes_back_with_the_same_start(record, ends_in):
    with TemporaryDirectory() as before, TemporaryDirectory() as now:
        written(record, ends_in - 1, before)
        written(record, ends_in, now)
        open_then = [
            row["MIS_START"] for row in read_table(Path(before) / "missing.csv") if not row["MIS_END"]
        ]
        started = [row["MIS_START"] for row in read_table(Path(now) / "missing.csv")]
        assert open_then == started[: len(open_then)]


@given(children(), st.integers(2023, 2027))
@settings(max_examples=100, deadline=None)
def test_what_we_write_we_can_read(record, ends_in):
    with TemporaryDirectory() as folder:
        report = written(record, ends_in, folder)
        read = FolderReading(Path(folder), as_at=CollectionYear(ends_in).last_day).run()
        assert read.rows == sum(report.rows.values())
        # Two absences on one day are two rows that look alike. Nothing else of ours may be turned away.
        assert {finding.code for finding in read.rejections} <= {"duplicate"}
