"""What both files of a pack say round the plan, and what their charts are in words."""

from wayhome.strategy.pack.content import PackContent
from wayhome.strategy.pack.measured import MeasureBlock
from wayhome.strategy.pack.words import counted


def framed(pack: PackContent) -> dict[str, str]:
    """Whose, for what, as at when, and who made it."""
    frame = pack.frame
    standing = frame.presented or f"As it stands {frame.as_at}"
    if frame.meeting:
        standing += f", for {frame.meeting}"
    return {
        "partnership": frame.partnership,
        "standing": standing,
        "signed": frame.signed,
        "as_at": frame.presented or f"As it stands {frame.as_at}",
        "made_by": frame.made_by,
        "made": f"{frame.partnership}. Made {frame.made_at} by {frame.made_by}.",
    }


def asked_words(pack: PackContent) -> str:
    """How many decisions are asked for."""
    waiting = sum(1 for each in pack.decisions if not each.outcome)
    return f"{counted(waiting, 'decision')}, on the pages that follow." if waiting else "None."


def bars_in_words(pack: PackContent) -> str:
    """The bars for those who do not see them. The table under them has the figures."""
    bars = "; ".join(
        f"{each.title}: "
        + ", ".join(
            f"{count} {line.name.lower()}"
            for count, line in zip(each.counts, pack.ratings, strict=True)
            if count
        )
        for each in pack.groups
        if each.total
    )
    return f"A square for each action, by {pack.by}. {bars or 'No action'}."


def chart_in_words(block: MeasureBlock) -> str:
    """A chart for those who do not see it. The table under it has every month."""
    first, last = (block.months[0].month, block.months[-1].month) if block.months else ("", "")
    period = f", {first} to {last}" if first else ""
    return f"Line chart of {block.name[0].lower()}{block.name[1:]}, {block.words}{period}. {block.latest} {block.usual}"
