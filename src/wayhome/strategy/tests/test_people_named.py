"""Who leads and who contributes, without inventing anybody."""

import pytest

from wayhome.strategy.rules.people_named import Kind, initials_in, read_responsibility


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Police", ["Police"]),
        ("Police; Health", ["Police", "Health"]),
        ("ABC, DEF, Home Managers", ["ABC", "DEF", "Home Managers"]),
        ("ABC DEF", ["ABC", "DEF"]),
        ("ABC and DEFG", ["ABC", "DEFG"]),
        ("Tess Tester and Data User Group", ["Tess Tester", "Data User Group"]),
        ("Health and Wellbeing Board", ["Health and Wellbeing Board"]),
        ("Prevent and Teach Team", ["Prevent and Teach Team"]),
        ("Audit group QX/ZY", ["Audit group", "QX", "ZY"]),
        ("parents/carers", ["parents/carers"]),
        ("• Police\n• Health", ["Police", "Health"]),
        ("", []),
    ],
)
def test_owners_are_taken_apart(written, names):
    found = [named.text for named in read_responsibility(written).everybody]
    assert found == names


def test_the_lead_is_who_is_marked_so():
    read = read_responsibility("Police, Lead: Health, Home Managers")
    assert read.lead
    assert read.lead.text == "Health"
    assert read.is_lead_marked
    assert [named.text for named in read.contributors] == ["Police", "Home Managers"]


def test_the_first_of_several_leads_and_it_is_said_that_nobody_is_marked():
    read = read_responsibility("Police, Health (lead)")
    assert read.lead
    assert read.lead.text == "Health"
    assert not read_responsibility("Police, Health").is_lead_marked
    assert read_responsibility("Police").is_lead_marked


def test_initials_stay_initials_and_known_names_are_known():
    assert read_responsibility("QX & ZY").initials == ("QX", "ZY")
    assert read_responsibility("GP, SW").initials == ()
    read = read_responsibility("ZY, Health and Care", known={"ZY", "Health and Care"})
    assert [named.kind for named in read.everybody] == [Kind.KNOWN, Kind.KNOWN]


def test_initials_inside_a_sentence_are_found_in_pairs():
    assert initials_in("QX & ZY will review the form") == ("QX", "ZY")
    assert initials_in("The GP will review it with QX") == ()
