"""Times of calls, and the table that sets ours beside the other."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """One line of the table. `limit` is a budget in the unit of `ours`; `ratio_limit` bounds ours / other.

    Where more is better (rows a second) the limits are from below.
    """

    work: str
    unit: str
    ours: float
    other_name: str
    other: float
    limit: float | None = None
    ratio_limit: float | None = None
    more_is_better: bool = False

    @property
    def ratio(self) -> float:
        """Ours over the other."""
        return self.ours / self.other

    @property
    def holds(self) -> bool:
        """Whether both limits are kept."""
        kept = [
            (value >= limit) if self.more_is_better else (value <= limit)
            for value, limit in ((self.ours, self.limit), (self.ratio, self.ratio_limit))
            if limit is not None
        ]
        return all(kept)


def milliseconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def alternating(
    ours: Sequence[Callable[[], object]], other: Sequence[Callable[[], object]]
) -> tuple[list[float], list[float]]:
    """Times of both in turn, so that what else the machine does falls on both alike. The first of each is warm-up."""
    ours[0](), other[0]()
    mine, theirs = [], []
    for one, two in zip(ours, other, strict=True):
        mine.append(milliseconds(one))
        theirs.append(milliseconds(two))
    return mine, theirs


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(times, n=20, method="inclusive")[-1]


def show(rows: list[Row]) -> None:
    """Print the table."""
    table = Table(title="Ours beside the other, measured in this run")
    for heading in ("work", "ours", "other", "ratio", "limit", "holds"):
        table.add_column(heading, justify="left" if heading in ("work", "other") else "right")
    for row in rows:
        limits = [f"{'≥' if row.more_is_better else '≤'} {row.limit:g} {row.unit}"] if row.limit else []
        limits += [f"{'≥' if row.more_is_better else '≤'} {row.ratio_limit:g} ×"] if row.ratio_limit else []
        table.add_row(
            row.work,
            f"{row.ours:,.2f} {row.unit}",
            f"{row.other:,.2f} {row.unit} ({row.other_name})",
            f"{row.ratio:.2f}",
            ", ".join(limits),
            "yes" if row.holds else "NO",
        )
    Console(width=150).print(table)


__all__ = ["Row", "alternating", "median", "milliseconds", "p95", "show"]
