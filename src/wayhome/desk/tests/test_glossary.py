"""The glossary: one source, readable as Markdown and as a page."""

import pytest

from wayhome.desk.glossary import _word, glossary
from wayhome.desk.tests.conftest import words


def test_every_word_has_a_meaning_and_stands_once():
    found = [each for part in glossary() for each in part.words]
    assert len(found) > 30
    assert len({each.word for each in found}) == len(found)
    assert all(each.meaning.endswith(".") for each in found)


def test_a_source_is_kept_apart_from_the_meaning():
    word = _word("**Looked after**: In the care of a council.\n  *Children Act 1989, section 22.*")
    assert (word.meaning, word.source) == ("In the care of a council.", "Children Act 1989, section 22.")


def test_a_line_that_is_no_word_is_said_to_be_wrong():
    with pytest.raises(ValueError, match="This is not"):
        _word("Looked after: in care")


@pytest.mark.parametrize("name", ["Sal", "Ana", "Hal", "Otto"])
def test_everybody_may_read_it(cast, as_user, name):
    page = words(as_user(name).get("/glossary"))
    assert "Return interview An independent person hears the child" in page
