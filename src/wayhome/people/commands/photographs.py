"""Photographs drawn anew. What comes out has the picture and nothing else: no camera, no place, no hidden preview.

Pure: bytes in, bytes out.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from wayhome.kernel.refusal import Refusal

# Enough to know a face on a printed page and on any phone.
LONGEST_SIDE = 1200
SHORTEST_SIDE = 120
LARGEST_FILE = 15_000_000  # bytes: the largest that a phone takes today
# A JPEG is read at a fraction of its size. The others have to be laid out whole, and a file of a few kilobytes can name
# as many pixels as fill the server's memory.
MOST_PIXELS = {"JPEG": 120_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
KINDS = ("JPEG", "PNG", "WEBP")


class NotAPicture(Refusal):
    """This file is not a picture that can be read. Choose a photograph saved as JPEG, PNG or WebP."""

    field = "file"


class PictureTooLarge(Refusal):
    """This picture is larger than 15 MB or has too many pixels. Send a smaller copy of it."""

    field = "file"


class PictureTooSmall(Refusal):
    """This picture is too small to know anybody by. Choose one that is at least 120 pixels wide and high."""

    field = "file"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A JPEG with its size in pixels."""

    image: bytes
    width: int
    height: int


def redrawn(file: bytes) -> Drawn:
    """The picture in a file, upright, in a size to be kept, without anything else that was in the file."""
    if len(file) > LARGEST_FILE:
        raise PictureTooLarge
    try:
        return _drawn(_upright(file, LONGEST_SIDE), LONGEST_SIDE)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge from error
    except (OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error


def smaller(file: bytes, longest_side: int) -> bytes:
    """One of our own pictures, for where it is shown small."""
    return _drawn(_upright(file, longest_side), longest_side).image


def _upright(file: bytes, longest_side: int) -> Image.Image:
    """Opened as one of few kinds, whose readers are well kept. Nothing is decoded before its size is known, and it is
    made small before anything else is done with it.
    """
    opened: Image.Image = Image.open(BytesIO(file), formats=KINDS)
    if opened.width * opened.height > MOST_PIXELS[opened.format or ""]:
        raise PictureTooLarge
    if min(opened.size) < SHORTEST_SIDE:
        raise PictureTooSmall
    if opened.mode in ("1", "P", "PA"):
        opened = opened.convert("RGBA")
    opened.thumbnail((longest_side, longest_side))
    return ImageOps.exif_transpose(opened)


def _drawn(picture: Image.Image, longest_side: int) -> Drawn:
    """On white where it was see-through, with new pixels in a new file."""
    canvas = Image.new("RGB", picture.size, "white")
    seen_through = picture.convert("RGBA")
    canvas.paste(seen_through, mask=seen_through)
    canvas.thumbnail((longest_side, longest_side))
    out = BytesIO()
    canvas.save(out, "JPEG", quality=85, optimize=True)
    return Drawn(out.getvalue(), *canvas.size)
