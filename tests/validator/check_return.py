"""Runs the independent validator over a folder that holds a return, and prints what it finds as JSON.

    .build/validator/bin/python -W ignore tests/validator/check_return.py FOLDER RULES YEAR AUTHORITY [LAST_YEARS]

RULES is the name of a set of rules, such as lac2025_26; YEAR is the year in which the collection ends;
LAST_YEARS the folder of the year before, which some rules compare. It runs in the validator's own environment
(`make validator`), so it imports nothing of ours. Exit 0: no rule fires.

The validator is used by its parts, because two of them do not fit:
- it gives each rule a shallow copy of the tables, and one rule fills in blank ends in place, after which others
  take open episodes of care for ended ones. Here every rule gets tables of its own;
- it fails when it has nothing to report. Here the findings are counted without its report.
"""

import contextlib
import importlib
import io
import json
import logging
import sys
from pathlib import Path


def findings_of(
    folder: Path, rules: str, year: str, authority: str, before: Path | None
) -> dict[str, object]:
    """The rules that fire, each with the tables and the row numbers (the first row is 0) it names."""
    logging.disable(logging.CRITICAL)
    ingress = importlib.import_module("lac_validator.ingress")
    datastore = importlib.import_module("lac_validator.datastore")
    registry = importlib.import_module(f"lac_validator.rules.{rules}").registry
    tables, facts = ingress.read_from_text(
        raw_files=_uploads(folder, "This year") + _uploads(before, "Prev year")
    )
    store = datastore.create_datastore(tables, {"collectionYear": year, "localAuthority": authority, **facts})
    told: dict[str, object] = {"tables": sorted(tables), "run": [], "skipped": [], "failed": [], "fired": {}}
    for code, rule in sorted(registry.items()):
        told[_outcome(code, rule, store, told["fired"])].append(code)
    return told


def _uploads(folder: Path | None, year: str) -> list[dict[str, object]]:
    return [
        {"name": path.name, "description": year, "file_content": path.read_bytes()}
        for path in (sorted(folder.glob("*.csv")) if folder else ())
    ]


def _outcome(code: str, rule: object, store: dict, fired: dict) -> str:
    own = {
        name: table.copy(deep=True) if hasattr(table, "columns") else table for name, table in store.items()
    }
    try:
        # Some rules print.
        with contextlib.redirect_stdout(io.StringIO()):
            found = rule.func(own)
    except Exception:  # a rule that breaks on good data says nothing about the data
        return "failed"
    if not found:
        return "skipped"
    rows = {table: [int(row) for row in rows] for table, rows in found.items() if len(rows)}
    if rows:
        fired[code] = rows
    return "run"


if __name__ == "__main__":
    last_year = Path(sys.argv[5]) if len(sys.argv) > 5 else None
    result = findings_of(Path(sys.argv[1]), *sys.argv[2:5], last_year)
    json.dump(result, sys.stdout)
    sys.exit(1 if result["fired"] else 0)
