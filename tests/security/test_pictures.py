"""A picture of a few kilobytes must not fill the server's memory."""

from io import BytesIO

import pytest
from PIL import Image

from wayhome.people.commands.photographs import PictureTooLarge, _upright, redrawn


def file_of(kind, size, mode="L"):
    out = BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_small_file_that_names_very_many_pixels_is_refused_before_they_are_laid_out(kind):
    file = file_of(kind, (5_200, 5_200), "L" if kind == "PNG" else "RGB")
    assert len(file) < 100_000
    with pytest.raises(PictureTooLarge):
        redrawn(file)


def test_what_a_phone_takes_is_read_at_a_fraction_of_its_size():
    drawn = redrawn(file_of("JPEG", (8_000, 6_000)))
    assert (drawn.width, drawn.height) == (1200, 900)
    assert max(_upright(file_of("PNG", (3_000, 2_000)), 1200).size) == 1200
