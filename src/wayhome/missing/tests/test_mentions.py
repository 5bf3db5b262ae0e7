"""What the rules find in a text, and what they leave alone. All numbers are reserved ones; no name is anybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.missing.rules.mentions import KnownName, mentions, names_among

DANNY = KnownName("Danny Testman", "Friend")
KIT = KnownName("Kit", "Also known as")


def found(text, kind, known=()):
    return [(text[each.start : each.end], each.value) for each in mentions(text, known) if each.kind == kind]


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("ring 07700 900123 now", "07700 900123", "07700 900123"),
        ("07700900123", "07700900123", "07700 900123"),
        ("+44 7700 900123", "+44 7700 900123", "07700 900123"),
        ("01632 960001.", "01632 960001", "01632 960001"),
        ("on 020 7946 0018", "020 7946 0018", "020 7946 0018"),
        ("on 0113 496 0001", "0113 496 0001", "0113 496 0001"),
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78", "+33 6 12 34 56 78"),
    ],
)
def test_phone_numbers_are_found(text, written, value):
    assert found(text, "phone") == [(written, value)]


@pytest.mark.parametrize(
    "text",
    ["", "at 10.30", "on 12/11/2026", "999 000 0018", "aged 15", "07700 90012", "room 1163", "£20 000"],
)
def test_what_is_no_phone_number_is_left_alone(text):
    assert found(text, "phone") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("AB12 CDE", "AB12CDE"),
        ("ab12cde", "AB12CDE"),
        ("A1 BCD", "A1BCD"),
        ("A123 BCD", "A123BCD"),
        ("Y123BCD", "Y123BCD"),
        ("ABC 1D", "ABC1D"),
        ("ABC 123Y", "ABC123Y"),
        ("AIG 1234", "AIG1234"),
        ("OZ 5", "OZ5"),
        ("XXI 99", "XXI99"),
        ("BAZ 1", "BAZ1"),
    ],
)
def test_registrations_of_every_shape_are_found(text, value):
    assert found(f"in a car ({text}).", "vehicle") == [(text, value)]


@pytest.mark.parametrize(
    "text",
    [
        "AI12 CDE",  # no I among the first letters
        "AB1 CDE",
        "AB123 CDE",
        "AB12 CDEF",
        "XAB12 CDE",
        "A1234 BCD",  # three digits at most
        "I123 BCD",  # no year has I, O, Q, U or Z
        "ABC 123Z",
        "ABC 1234D",
        "AIG 12345",
        "a123 bcd",  # older shapes are words too: capitals only
        "abc 123d",
        "a12 for the house",
        "QZ 12",
        "sw1a 1aa",
    ],
)
def test_what_no_plate_has_is_left_alone(text):
    assert found(text, "vehicle") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("M1 1AE", "M1 1AE"),
        ("B33 8TH", "B33 8TH"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A 1HQ", "W1A 1HQ"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("ec1a1bb", "EC1A 1BB"),
        ("GIR 0AA", "GIR 0AA"),
    ],
)
def test_postcodes_of_the_six_shapes_are_found(text, value):
    assert found(f"near {text}, by the shop", "place") == [(text, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Q1 1AE",
        "V1 1AE",
        "X1 1AE",
        "AI1 1AE",
        "AJ1 1AE",
        "AZ1 1AE",
        "M1 1CE",
        "M1 1AO",
        "M1I 1AE",
        "M1 AE",
        "M6 2am",
    ],
)
def test_letters_that_no_postcode_has_there_are_left_alone(text):
    assert found(text, "place") == []


@pytest.mark.parametrize(
    ("text", "handle"),
    [("she is @kay.b on there", "@kay.b"), ("@kay_99.", "@kay_99"), ("(@kay)", "@kay"), ("@a-b", "@a-b")],
)
def test_online_names_are_found(text, handle):
    assert found(text, "handle") == [(handle, handle)]


@pytest.mark.parametrize("text", ["kay@wayhome.example", "@", "@ kay", "@k", "9 @ 5", "@@", "a@b"])
def test_what_is_no_online_name_is_left_alone(text):
    assert found(text, "handle") == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("with Danny Testman", ["Danny Testman"]),
        ("with danny  testman", ["danny  testman"]),
        ("Danny's flat", ["Danny"]),
        ("DANNY TESTMAN and Danny", ["DANNY TESTMAN", "Danny"]),
        ("Kit", ["Kit"]),
    ],
)
def test_names_on_the_record_are_found(text, written):
    assert [words for words, _ in found(text, "person", [DANNY, KIT])] == written


@pytest.mark.parametrize("text", ["danny", "Dannyboy", "Testman", "a kitten", "Kitty", "anybody"])
def test_words_that_are_only_like_a_name_are_left_alone(text):
    assert found(text, "person", [DANNY, KIT]) == []


def test_a_mention_says_why_it_was_found():
    (only,) = mentions("Danny came", [DANNY])
    assert only.why == "A name on the record: Danny Testman (Friend)."


def test_names_of_company_are_the_words_with_a_capital_but_for_the_usual_beginnings():
    assert names_among("With Kay and Jo-Ann from school. The friend is Maybe O'Neill, not known.") == [
        "Kay",
        "Jo-Ann",
        "O'Neill",
    ]


TYPED = st.text(
    alphabet=st.sampled_from("AB12 cde@.+047700 900123\r\n-IZé😀M1 1AE'’x"), max_size=60
) | st.text(max_size=60)


@given(TYPED, st.lists(st.text(max_size=8), max_size=3))
def test_nothing_raises_and_every_span_is_inside_the_text_and_apart_within_its_kind(text, names):
    all_found = mentions(text, [KnownName(name, "Friend") for name in names])
    ends = {}
    for each in all_found:
        assert 0 <= each.start < each.end <= len(text)
        assert each.start >= ends.get(each.kind, 0)
        ends[each.kind] = each.end
        assert each.value
    assert all_found == sorted(all_found, key=lambda each: (each.start, each.end, each.kind))
