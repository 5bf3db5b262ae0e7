"""Text has at least 7:1 against what it stands on, wherever the palette puts it."""

import re
from pathlib import Path

import pytest

import wayhome.web

PALETTE = Path(wayhome.web.__file__).parent / "assets" / "styles" / "_palette.scss"
COLOURS = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", PALETTE.read_text(), re.MULTILINE))
WHITE = "#ffffff"


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    "name", ["ink", "ink-quiet", "link", "link-visited", "link-hover", "error", "success"]
)
@pytest.mark.parametrize("ground", [WHITE, "paper"])
def test_text_can_be_read_by_tired_eyes(name: str, ground: str) -> None:
    assert contrast(COLOURS[name], COLOURS.get(ground, ground)) >= 7


@pytest.mark.parametrize("ground", ["porch", "porch-hover", "brag-amber"])
def test_dark_words_on_the_porch_light_can_be_read(ground: str) -> None:
    assert contrast(COLOURS["porch-ink"], COLOURS[ground]) >= 7


@pytest.mark.parametrize("ground", ["night", "error", "success", "brag-blue", "brag-red", "brag-green"])
def test_white_words_on_dark_grounds_can_be_read(ground: str) -> None:
    assert contrast(WHITE, COLOURS[ground]) >= 7
