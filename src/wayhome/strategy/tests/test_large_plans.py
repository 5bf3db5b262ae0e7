"""Five thousand rows are read quickly, and ten times the rows take about ten times as long."""

from time import process_time

import pytest

from wayhome.strategy.tests.files import SIX, excel
from wayhome.strategy.tests.reading import plan_of, table

MANY = 5_000
# Generous: a busy machine takes a tenth of it.
LONGEST = 20


def rows(count: int) -> list[tuple[str, ...]]:
    made = []
    for number in range(count):
        ratings = ("G", "A", "", "On track")
        made.append(
            (
                f"Aim {number}",
                f"Hold panel {number}",
                "Police, QX & ZY",
                "Quarterly",
                "• One\n• Two",
                ratings[number % 4],
            )
        )
    return [SIX, *made]


def as_text(made):
    return table(*([cell.replace("\n", "<br>") for cell in row] for row in made)).encode()


def as_excel(made):
    return excel({"Plan": made})


def as_split_lines(made):
    names, *rest = made
    # The line break in the evidence stays: each row is broken inside a cell, and split after it.
    return table(names, *(line for row in rest for line in (row, ("and so on", "", "", "", "", "")))).encode()


@pytest.mark.parametrize("made", [as_text, as_excel, as_split_lines])
def test_five_thousand_rows_are_read_quickly_and_in_linear_time(made):
    small, large = made(rows(MANY // 10)), made(rows(MANY))
    plan_of(small)
    began = process_time()
    plan_of(small)
    between = process_time()
    draft = plan_of(large)
    ended = process_time()
    assert len(draft.rows) == MANY
    assert ended - between < LONGEST
    assert ended - between < 30 * max(between - began, 0.05)


@pytest.mark.parametrize(
    "text",
    [
        "Action\tRAG\n" + 'x\t"open\n' * MANY,
        "Action\tRAG\nx\tG\n" + "A Title\n" * MANY * 4,
        "Action\tRAG\nx\tG\n" + "- item\nrest of it\n" * MANY,
        "Action\tRAG\nx\tG\n" + "**" * 50_000,
        "Action\tRAG\n" + " • x" * 50_000 + "\tG\n",
        "Action\tRAG\n" + "<p " * 20_000 + "\tG\n",
        "Action\tRAG\n" + "x\t" + "and " * 50_000 + "\n",
        "Action\tResponsibility\tRAG\nx\t" + "A, " * 20_000 + "\tG\n",
        "1.0 Our ambition: x\n" + "Lead " * 20_000 + "\nAction\tRAG\nx\tG\n",
        "Action\tRAG\nx\tG\n" + " " * 100_000 + "x\n",
    ],
    ids=["quotes", "titles", "lists", "asterisks", "bullets", "tags", "ands", "owners", "leads", "spaces"],
)
def test_no_text_makes_the_reader_slow(text):
    began = process_time()
    plan_of(text)
    assert process_time() - began < LONGEST / 2
