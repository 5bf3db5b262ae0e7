"""Read an action plan from Word, Excel, CSV or text, and say what was understood and what was guessed; or save it."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import connection
from rich.table import Table

from wayhome.config.checks import refuse_unprepared
from wayhome.config.postgres import server
from wayhome.config.saying import answer, answer_json, answer_table
from wayhome.kernel.clock import utc_now
from wayhome.kernel.viewer import machine
from wayhome.strategy.commands.from_file import TakenIn, take_in
from wayhome.strategy.imports.draft import PlanDraft, as_json
from wayhome.strategy.imports.opening import read_plan
from wayhome.strategy.rules.ratings import Rating

NOT_RATED = "not rated"
LONGEST_SHOWN = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    doings = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    _add_import(doings)


def _add_import(doings: Any) -> None:
    taken = doings.add_parser("import", help="show what would be taken in; saved with --commit only")
    taken.add_argument(
        "file", type=Path, metavar="FILE", help="the plan: .docx, .xlsx, .ods, .xls, .csv or text"
    )
    taken.add_argument(
        "--json", action="store_true", help="answer as JSON: rows, commitments, ambitions, guesses, saved"
    )
    taken.add_argument(
        "--commit",
        action="store_true",
        help="save it as a plan, or bring the plan up to date that it is; nothing is ended. Twice changes nothing",
    )


def run(args: argparse.Namespace) -> int:
    draft = read_plan(args.file)
    saved = _save(args.file) if args.commit else None
    if args.json:
        answer_json(as_json(draft) | ({"saved": saved.as_json()} if saved else {}))
    else:
        _preview(draft)
        if saved:
            _say(saved)
    return 0


def _save(file: Path) -> TakenIn:
    with server():
        refuse_unprepared()
        saved = take_in(data=file.read_bytes(), name=file.name, viewer=machine("import plan"), now=utc_now())
        connection.close()
    return saved


def _say(saved: TakenIn) -> None:
    answer("")
    answer(saved.words)
    for line in saved.lines:
        answer(line)


def _preview(draft: PlanDraft) -> None:
    """What was understood, then every guess."""
    answer(draft.title or "A plan without a title")
    for ambition in draft.ambitions:
        answer(f"Ambition {ambition.reference}: {ambition.title}")
    for priority in draft.priorities:
        answer(f"Priority {priority.title}: {_counted(len(priority.commitments), 'commitment')}")
    answer(
        f"{_counted(len(draft.sections), 'section')}, {_counted(len(draft.rows), 'row')}: {_ratings(draft)}"
    )
    if draft.rows:
        answer_table(_table_of(draft))
    answer(f"{_counted(len(draft.guesses), 'guess', 'guesses')}. Look at each before the plan is saved:")
    for guess in draft.guesses:
        answer(f"Line {guess.line}: {guess.what} {guess.why}")


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _ratings(draft: PlanDraft) -> str:
    counts = Counter(row.rating for row in draft.rows)
    told = [f"{counts[rating]:,} {rating or NOT_RATED}" for rating in (*Rating, None) if counts[rating]]
    return ", ".join(told) or "none"


def _table_of(draft: PlanDraft) -> Table:
    table = Table("Line", "Action", "Rating", box=None)
    for row in draft.rows:
        text = " ".join(f"{row.reference} {row.action or row.objective}".split())
        shown = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."
        # rich takes square brackets for its own markup.
        table.add_row(str(row.line), shown.replace("[", r"\["), row.rating or NOT_RATED)
    return table
