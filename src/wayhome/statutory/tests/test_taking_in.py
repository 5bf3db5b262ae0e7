"""A return is taken in: every row held or rejected, twice the same, and nothing overwritten in silence."""

from datetime import date
from pathlib import Path

from tests.personas import NOW

from wayhome.config.testing import as_worker
from wayhome.kernel.viewer import machine
from wayhome.statutory.commands import export_903, import_903

RETURNS = Path(__file__).parents[5] / "shared/data/903"
AS_AT = date(2026, 3, 31)


def taken_in(folder, as_at=AS_AT, *, dry_run=False):
    with as_worker():
        return import_903(
            folder=folder,
            as_at=as_at,
            dry_run=dry_run,
            viewer=machine("import"),
            now=NOW,
            progress=lambda _: None,
        )


def made_of_2026(to):
    with as_worker():
        return export_903(
            year=2026,
            authority="E06000011",
            to=to,
            viewer=machine("export"),
            now=NOW,
            progress=lambda _: None,
        )


def outcome(report):
    return {name: (c.added, c.changed, c.unchanged, c.rejected) for name, c in report.files.items()}


@pytest.mark.shared
@pytest.mark.skipif(not RETURNS.is_dir(), reason="the example returns lie beside the repository")
def test_the_example_of_a_good_return_is_held_and_comes_out_equal(cast, tmp_path):
    report = taken_in(RETURNS / "clean")
    assert report.rejected == 0
    made_of_2026(tmp_path)
    for name in ("header.csv", "episodes.csv", "missing.csv"):
        assert (tmp_path / name).read_text() == (RETURNS / "clean" / name).read_text()
