"""Whatever wrote a CSV file, its lines are read; what is no CSV file is refused with a reason."""

import pytest

from wayhome.statutory.ssda903 import text
from wayhome.statutory.ssda903.text import BrokenLine, NotText, look_at, split

LINES = ["CHILD,NAME", "1,Zoë", "2,Löwe"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_and_newline_gives_the_same_lines(tmp_path, encoding, newline):
    path = tmp_path / "a.csv"
    path.write_bytes(newline.join([*LINES, ""]).encode(encoding))
    assert [line.rstrip("\n") for line in look_at(path).lines()] == LINES


def test_a_letter_cut_by_the_edge_of_a_block_is_still_utf8(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "BLOCK", 3)
    path = tmp_path / "a.csv"
    path.write_bytes("aéé\n".encode())
    assert look_at(path).encoding == "utf-8"


def test_a_letter_cut_by_the_end_of_the_file_is_not_utf8(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("é".encode()[:1])
    assert look_at(path).encoding == "cp1252"


def test_a_file_without_a_byte_has_no_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.touch()
    assert list(look_at(path).lines()) == []


def test_a_spreadsheet_renamed_to_csv_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00\x08")
    with pytest.raises(NotText, match="not a text file"):
        look_at(path)


def test_an_endless_line_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "LONGEST_LINE", 100)
    monkeypatch.setattr(text, "BLOCK", 10)
    path = tmp_path / "a.csv"
    path.write_bytes(b"a" * 40 + b"\n" + b"a" * 90)
    assert look_at(path).encoding == "utf-8"
    path.write_bytes(b"a" * 40 + b"\n" + b"a" * 120)
    with pytest.raises(NotText, match="longer than 4 million"):
        look_at(path)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("1,2,3\n", ["1", "2", "3"]),
        ("1,,", ["1", "", ""]),
        ('"1","2, or more",3\n', ["1", "2, or more", "3"]),
        ('"a ""b""",c\n', ['a "b"', "c"]),
        ('5" tall,c\n', ['5" tall', "c"]),
    ],
)
def test_a_line_is_split_into_its_fields(line, fields):
    assert split(line) == fields


@pytest.mark.parametrize("line", ['1,"2\n', '1,"2"x,3\n', "1,\ufffd\n"])
def test_a_broken_line_says_so(line):
    with pytest.raises(BrokenLine):
        split(line)
