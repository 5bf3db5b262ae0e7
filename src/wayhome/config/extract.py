"""Reading a sender's file of notifications: whatever wrote it, its rows by column, or why it cannot be read."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from wayhome.kernel.refusal import Refusal
from wayhome.missing.rules.extract import clean_name, wrong_columns
from wayhome.statutory.ssda903.tables import wrong_separator
from wayhome.statutory.ssda903.text import BrokenLine, NotText, TextFile, look_at, split


class NoSuchFile(Refusal):
    """There is no such file. Give the CSV file of notifications."""


class NotAnExtract(Refusal):
    """This file cannot be taken in."""


def rows_of(path: Path) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    """The rows of a file with their line numbers: what each tells by column, or why the line cannot be split.

    Raises NoSuchFile, and NotAnExtract with what is wrong with the whole of it.
    """
    if not path.is_file():
        raise NoSuchFile
    try:
        file = look_at(path)
    except NotText as why:
        raise NotAnExtract(str(why)) from why
    return _rows(file, _columns(next(file.lines(), "")))


def _columns(first_line: str) -> list[str]:
    if not first_line.strip():
        raise NotAnExtract("The file is empty: it has not even column names.")
    try:
        header = split(first_line)
    except BrokenLine as why:
        raise NotAnExtract(f"The line of column names cannot be read. {why}") from why
    wrong = wrong_columns(header)
    if wrong:
        raise NotAnExtract(f"{wrong}{wrong_separator(header)}")
    return [clean_name(name) for name in header]


def _rows(file: TextFile, columns: list[str]) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    for number, line in enumerate(file.lines(), start=1):
        if number == 1 or line.isspace():
            continue
        try:
            cells = split(line)
        except BrokenLine as why:
            yield number, str(why)
            continue
        if len(cells) != len(columns):
            yield number, f"The row has {len(cells)} fields, but there are {len(columns)} columns."
        else:
            yield number, dict(zip(columns, cells, strict=True))
