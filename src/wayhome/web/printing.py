"""Pages to be printed, set by typst: no browser, no network, no fonts but ours.

A template is a `.typ` file of the module whose page it is. What it is told comes as data (`sys.inputs.told`, JSON),
never as source: words that somebody typed cannot become commands.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

FONTS = Path(__file__).parent / "fonts"
# Typst writes the tags of PDF/UA-1 and refuses a file that would break its rules.
ACCESSIBLE: Final = "ua-1"


@cache
def our_fonts() -> typst.Fonts:
    """The typeface of the pages, and for letters that it does not have those that come with typst."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def as_pdf(template: Path, told: Mapping[str, Any], *, at: datetime) -> bytes:
    """The page as a tagged PDF, by PDF/UA-1 unless somebody's name has a letter that no typeface here has."""
    made_at = at.replace(microsecond=0)
    try:
        return _one(
            _compiler(template, told).compile(format="pdf", pdf_standards=[ACCESSIBLE], timestamp=made_at)
        )
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _one(_compiler(template, told).compile(format="pdf", timestamp=made_at))


def page_count(template: Path, told: Mapping[str, Any]) -> int:
    """How many pages it takes. The template says it as `#metadata(..) <pages>`."""
    return int(json.loads(_compiler(template, told).query("<pages>", field="value", one=True)))


def as_pictures(template: Path, told: Mapping[str, Any], *, dots_per_inch: float = 110) -> list[bytes]:
    """The pages as PNG, for looking at them."""
    drawn = _compiler(template, told).compile(format="png", ppi=dots_per_inch)
    return drawn if isinstance(drawn, list) else [_one(drawn)]


def _compiler(template: Path, told: Mapping[str, Any]) -> typst.Compiler:
    inputs = {"told": json.dumps(dict(told))}
    return typst.Compiler(
        template.read_bytes(), root=template.parent, font_paths=our_fonts(), sys_inputs=inputs
    )


def _one(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("One file was expected.")
    return made
