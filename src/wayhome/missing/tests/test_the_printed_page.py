"""The page of a missing pack: one of A4, two at most, in our own typeface, tagged, and made in no time."""

import time
from datetime import timedelta
from io import BytesIO

import pytest
import typst
from PIL import Image
from tests.personas import NOW

from wayhome.missing.print.sheet import SIZES, TEMPLATE, cut, fitted, shortened
from wayhome.web.printing import as_pdf, as_pictures, our_fonts, page_count

LONG = "Goes out by the kitchen window after ten and takes the 57 bus towards the harbour. " * 10
ANSWERS = 6


def picture(size=(480, 600)):
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG")
    return list(out.getvalue())


def told(answer="Short, blue", *, places=3, contacts=4, name="Robin Testchild", **more):
    rows = [(f"Question {number}", answer) for number in range(ANSWERS)]
    place = {
        "safety": "NOT SAFE",
        "place": "12 Harbour Row",
        "why": "",
        "reason": answer[:240],
        "judged": "today",
    }
    contact = {"who": "Police", "name": "Missing Desk", "phones": ["01632 960001"]}
    return {
        "title": "Missing pack 0A1B2C3D",
        "number": "0A1B2C3D",
        "purpose": "To look for the child",
        "printed_by": "Hal Home Staff, Porchlight Homes",
        "printed_at": "today",
        "picture": None,
        "name": name,
        "age": "15 years",
        "risk": "high",
        "about": [("Born", "5 June 2011")],
        "live": rows,
        "looks": rows,
        "ways": rows,
        "needs": rows,
        "places": [place] * places,
        "more_places": "",
        "contacts": [contact] * contacts,
        "not_to_ring": "",
        "checked": "Last read through today.",
        "size": SIZES[0],
    } | more


class TestFitting:
    def test_a_usual_pack_is_one_page_in_the_largest_size(self):
        page = fitted(told(picture=picture()))
        assert page["size"] == SIZES[0]
        assert page_count(TEMPLATE, page) == 1

    def test_more_words_are_set_smaller_before_they_take_a_second_page(self):
        page = fitted(told(LONG[:100], places=5, contacts=6))
        assert page_count(TEMPLATE, page) == 1
        assert page["size"] < SIZES[0]

    def test_an_overfull_pack_is_two_pages_and_no_more(self):
        page = fitted(told(LONG, places=12, contacts=10, picture=picture()))
        assert page_count(TEMPLATE, page) == 2

    def test_an_empty_pack_is_a_page_to_write_on(self):
        empty = {name: [] for name in ("live", "looks", "ways", "needs", "places", "contacts", "about")}
        assert page_count(TEMPLATE, fitted(told() | empty | {"risk": ""})) == 1


class TestShortening:
    def test_leaves_what_is_short(self):
        assert shortened("Blue\n eyes", 20) == "Blue eyes"

    def test_cuts_at_a_word_and_says_so(self):
        assert shortened("one two three", 9) == "one two … (more in the record)"

    def test_cuts_every_answer(self):
        assert cut([("Hair", "a b c")], 3) == [("Hair", "a … (more in the record)")]


class TestTheFile:
    def test_is_tagged_with_a_title_and_a_language(self):
        pdf = as_pdf(TEMPLATE, fitted(told(picture=picture())), at=NOW)
        for said in (b"/MarkInfo", b"pdfuaid:part", b"(en-GB)", b"Missing pack 0A1B2C3D"):
            assert said in pdf, said

    def test_says_nothing_of_the_child_in_what_is_around_the_page(self):
        pdf = as_pdf(TEMPLATE, fitted(told(name="Zebedee Testchild")), at=NOW)
        about = pdf[pdf.index(b"<?xpacket begin") : pdf.index(b"<?xpacket end")]
        assert b"Missing pack 0A1B2C3D" in about
        assert b"Zebedee" not in about
        assert b"/Title(Missing pack 0A1B2C3D)" in pdf.replace(b" (", b"(")

    def test_is_set_in_our_own_typeface(self):
        assert "Atkinson Hyperlegible" in our_fonts().families()
        assert b"AtkinsonHyperlegible" in as_pdf(TEMPLATE, fitted(told()), at=NOW).replace(b"-", b"")

    @pytest.mark.parametrize("name", ["Łukasz Żółć-Test", "Шура Test", "نور Test", "小明 Test", "🙂 Test"])
    def test_is_made_whatever_letters_a_name_has(self, name):
        assert as_pdf(TEMPLATE, fitted(told(name=name)), at=NOW).startswith(b"%PDF")

    @pytest.mark.parametrize("words", ['#read("/etc/passwd")', "*bold* _x_ $y$", "\\ ] } #", '"; #panic()'])
    def test_takes_nothing_that_was_typed_for_a_command(self, words):
        assert as_pdf(TEMPLATE, fitted(told(words, name=words)), at=NOW).startswith(b"%PDF")

    def test_can_be_read_in_black_and_white(self):
        (page,) = as_pictures(TEMPLATE, fitted(told()), dots_per_inch=40)
        colours = Image.open(BytesIO(page)).convert("RGB").getcolors(maxcolors=100_000)
        assert all(max(colour) - min(colour) < 12 for _, colour in colours)

    def test_other_faults_are_not_hidden(self):
        with pytest.raises(typst.TypstError):
            as_pdf(TEMPLATE, {}, at=NOW)

    def test_is_there_in_seconds(self):
        began = time.perf_counter()
        as_pdf(TEMPLATE, fitted(told(LONG, places=12, contacts=10, picture=picture())), at=NOW)
        assert timedelta(seconds=time.perf_counter() - began) < timedelta(seconds=2)
