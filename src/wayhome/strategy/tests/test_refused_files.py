"""A file that cannot be taken in is refused in a sentence that says what to do; none of them breaks the reader."""

import random
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from wayhome.strategy.imports import archives, blocks, opening
from wayhome.strategy.imports.opening import read, read_plan
from wayhome.strategy.imports.refusals import (
    CannotReadPlan,
    CorruptFile,
    EmptyFile,
    LockedFile,
    NoPlanInFile,
    NoSuchPlan,
    OldWordFile,
    OtherKindOfFile,
    TooLargeFile,
)
from wayhome.strategy.tests.files import THREE, add_table, excel, word
from wayhome.strategy.tests.reading import plan_of

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = word(lambda document: add_table(document, [THREE, ("Light", "Came", "G")]))
EXCEL = excel({"Plan": [THREE, ("Light", "Came", "G")]})


def archive(*parts: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, data in parts:
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptyFile),
        (b" \n\n ", EmptyFile),
        (b"Dear all,\nthank you for coming to the meeting.\n", NoPlanInFile),
        (b"Name\tBorn\nTess\t2011\n", NoPlanInFile),
        (b"%PDF-1.7 ...", OtherKindOfFile),
        (b"{\\rtf1 ...}", OtherKindOfFile),
        (b"\x00\x01\x02\x03" * 50, OtherKindOfFile),
        (archive(("picture.txt", b"x")), OtherKindOfFile),
        (archive(("mimetype", b"application/vnd.oasis.opendocument.text")), OtherKindOfFile),
        (archive(("[Content_Types].xml", b"<x/>"), ("ppt/presentation.xml", b"<x/>")), CorruptFile),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), LockedFile),
        (COMPOUND + "WordDocument".encode("utf-16-le"), OldWordFile),
        (COMPOUND + "Workbook".encode("utf-16-le"), CorruptFile),
        (COMPOUND + b"something else", OtherKindOfFile),
        (WORD[:-200], CorruptFile),
        (EXCEL[: len(EXCEL) // 2], CorruptFile),
        (archive(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<not closed")), CorruptFile),
        (archive(("xl/workbook.xml", b"<not closed")), CorruptFile),
    ],
)
def test_what_is_no_plan_is_refused(data, refusal):
    with pytest.raises(refusal):
        plan_of(data)


def test_a_locked_open_document_sheet_is_refused():
    data = archive(
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<m><encryption-data/></m>"),
    )
    with pytest.raises(LockedFile):
        read(data, "plan.ods")


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "none.docx"):
        with pytest.raises(NoSuchPlan):
            read_plan(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_FILE", 10)
    (tmp_path / "plan.txt").write_text("Action\tRAG\nLight\tG\n")
    with pytest.raises(TooLargeFile):
        read_plan(tmp_path / "plan.txt")


def test_an_archive_that_unpacks_to_more_than_a_plan_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_PART", 1_000_000)
    with pytest.raises(TooLargeFile):
        read(archive(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b" " * 2_000_000)), "bomb.docx")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rows.csv", b"Action,Progress,RAG\n" + b"a,b,G\n" * 25_000),
        ("wide.csv", b"Action,Progress,RAG\n" + b"a," * 5_000 + b"\n"),
        ("rows.txt", b"Action\tProgress\tRAG\n" + b"a\tb\tG\n" * 25_000),
        ("lines.txt", b"a\n" * 150_000),
        ("cells.csv", (b",".join([b"a"] * 900) + b"\n") * 500),
    ],
)
def test_a_file_of_more_rows_than_any_plan_is_refused_before_it_keeps_others_waiting(name, data):
    with pytest.raises(TooLargeFile):
        read(data, name)


def test_a_file_of_more_passages_than_any_plan_is_refused(monkeypatch):
    monkeypatch.setattr(blocks, "MOST_PASSAGES", 3)
    lines = ["First light", "Second light", "Third light", "Fourth light"]

    def files(said):
        yield "\n".join(said).encode(), "plan.txt"
        yield "".join(f"<p>{line}</p>" for line in said).encode(), "plan.html"
        yield word(lambda document: [document.add_paragraph(line) for line in said]), "plan.docx"

    for data, name in files(lines[:3]):
        assert len(read(data, name).blocks) == 3
    for data, name in files(lines):
        with pytest.raises(TooLargeFile):
            read(data, name)


def test_a_list_item_over_very_many_lines_keeps_nobody_waiting():
    text = "- The first\n" + "and more of it\n" * 90_000
    assert len(read(text.encode(), "plan.txt").blocks) == 1


def test_a_sheet_or_a_document_of_more_rows_than_any_plan_is_refused(monkeypatch):
    monkeypatch.setattr(blocks, "MOST_ROWS", 3)
    rows = [THREE, *[("Light", "Came", "G")] * 3]
    for made in (excel({"Plan": rows}), word(lambda document: add_table(document, rows))):
        with pytest.raises(TooLargeFile):
            read(made, "plan")


def test_an_archive_that_lies_about_its_sizes_is_refused():
    data = bytearray(archive(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b" " * 2_000_000)))
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        place = data.rindex(mark) + (24 if mark == b"PK\x01\x02" else 22)
        data[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(CorruptFile):
        read(bytes(data), "bomb.docx")


def test_entities_of_xml_are_not_followed(tmp_path):
    (tmp_path / "secret").write_text("secret words")
    parts = zipfile.ZipFile(BytesIO(WORD))
    evil = parts.read("word/document.xml").decode()
    evil = evil.replace("?>", f'?><!DOCTYPE d [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>', 1)
    evil = evil.replace("Came", "&e;")
    data = archive(
        *((n, evil.encode() if n == "word/document.xml" else parts.read(n)) for n in parts.namelist())
    )
    with suppress(CorruptFile):
        assert "secret" not in str(plan_of(data))


@pytest.mark.parametrize("whole", [WORD, EXCEL], ids=["word", "excel"])
def test_a_damaged_file_never_breaks_the_reader(whole):
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(CannotReadPlan):
            plan_of(bytes(data))
