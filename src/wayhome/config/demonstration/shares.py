"""Exact shares of a whole, in random order. Pure."""

from random import Random


def shares(rng: Random, total: int, parts: dict[str, float]) -> list[str]:
    """Labels in exactly these proportions, in random order; rounding falls on the first."""
    counts = {label: round(total * share) for label, share in parts.items()}
    first = next(iter(parts))
    counts[first] += total - sum(counts.values())
    labels = [label for label, count in counts.items() for _ in range(count)]
    rng.shuffle(labels)
    return labels
