"""The text of a file whose encoding nobody wrote down: UTF-8, UTF-16, or what Windows used before."""

import codecs

from wayhome.strategy.imports.refusals import OtherKindOfFile

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Five bytes mean nothing in Windows text; they are read as a sign that something is missing.
_WINDOWS = "cp1252"
SAMPLE = 4096


def decoded(data: bytes) -> str:
    """The text. Refuses what is none."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if encoding:
        return data.decode(encoding, errors="replace")
    if b"\0" in data:
        raise OtherKindOfFile
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_WINDOWS, errors="replace")


def _unmarked_utf16(data: bytes) -> str | None:
    """Every other byte of western text in UTF-16 is nought."""
    sample = data[:SAMPLE]
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > pairs * 0.6 and not sample[::2].count(0):
        return "utf-16-le"
    if pairs and sample[::2].count(0) > pairs * 0.6 and not sample[1::2].count(0):
        return "utf-16-be"
    return None
