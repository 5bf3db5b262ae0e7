"""Bodies, terms, seats, posts and meetings: what is written, and what is refused."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.kernel.refusal import NotFound
from wayhome.partnership import commands as partnership
from wayhome.partnership.commands import bodies, meetings, posts
from wayhome.partnership.models import Body, BodyMeeting, BodySeat, BodyTerms, PostHolder
from wayhome.partnership.queries import governance

TODAY = london_day(NOW)
LONG_AGO = date(2020, 1, 1)


class Arranged:
    """Cora arranges a partnership's bodies by the product's own commands."""

    def __init__(self, cast) -> None:
        self.cast = cast
        self.council, self.health = cast.agencies["Saltmere Council"], cast.agencies["Saltmere Health"]

    def do(self, command, **told):
        with self.cast.seen_by("Cora") as viewer:
            return command(viewer=viewer, now=NOW, **told)

    def body(self, name="Harbour Group", **told):
        return self.do(
            partnership.open_body,
            partnership_id=self.cast.partnership_id,
            name=name,
            opened_on=LONG_AGO,
            **told,
        )

    def change(self, body_id, **told):
        usual = {"kind": "group", "purpose": "", "meets": "", "reports_to": None, "reviewed_on": None}
        self.do(bodies.change_body, body_id=body_id, **(usual | told))

    def post(self, title="Head of Lanterns", agency_id=None):
        return self.do(
            posts.open_post,
            partnership_id=self.cast.partnership_id,
            agency_id=agency_id or self.health,
            title=title,
            since=LONG_AGO,
        )

    def seat(self, body_id, **told):
        usual = {
            "agency_id": self.health,
            "post_id": None,
            "role": "member",
            "required": True,
            "since": LONG_AGO,
        }
        return self.do(bodies.add_seat, body_id=body_id, **(usual | told))

    def meeting(self, body_id, days, **told):
        return self.do(meetings.plan_meeting, body_id=body_id, held_on=TODAY + timedelta(days=days), **told)

    def card(self, body_id):
        with self.cast.seen_by("Cora"):
            (card,) = governance.body_cards(TODAY, ids=[body_id])
        return card


@pytest.fixture
def there(cast) -> Arranged:
    return Arranged(cast)


# ── Bodies ───────────────────────────────────────────────────────────────────────────────────────────────


def test_bodies_are_drawn_under_those_they_report_to(there):
    board = there.body("The Board")
    mee = there.body("Missing and Exploited Executive", reports_to=board)
    group = there.body("Harbour Group", reports_to=mee)
    with there.cast.seen_by("Otto"):
        (top,) = governance.tree(governance.body_cards(TODAY))
    assert (top.body.pk, top.under[0].body.pk, top.under[0].under[0].body.pk) == (board, mee, group)


def test_a_body_reports_neither_to_itself_nor_to_one_below_it(there):
    board = there.body("The Board")
    mee = there.body("Executive", reports_to=board)
    group = there.body("Harbour Group", reports_to=mee)
    for above in (board, mee, group):
        with pytest.raises(bodies.ReportsToItself):
            there.change(board, reports_to=above)
    there.change(group, reports_to=board)


def test_what_a_body_is_is_changed_and_recorded(there):
    body = there.body()
    there.change(body, kind="panel", purpose=" To look after lanterns ", meets="Monthly", reviewed_on=TODAY)
    with as_worker():
        changed = Body.objects.get(pk=body)
        entry = Entry.objects.get(verb="change body")
        fields = set(entry.changes.values_list("field", flat=True))
    assert (changed.kind, changed.purpose, changed.meets) == ("panel", "To look after lanterns", "Monthly")
    assert fields == {"kind", "purpose", "meets", "reviewed_on"}


def terms(there, body_id, **told):
    usual = {"text": "To look after the lanterns", "agreed_on": TODAY}
    return there.do(bodies.agree_terms, body_id=body_id, **(usual | told))


def test_terms_get_versions_and_the_latest_agreed_counts(there):
    body = there.body()
    terms(there, body, agreed_on=TODAY - timedelta(days=9), text="First")
    terms(there, body, text="Second", cohort="Children in care", threshold="High", quorum=4)
    with as_worker():
        assert list(BodyTerms.objects.order_by("version").values_list("version", "text")) == [
            (1, "First"),
            (2, "Second"),
        ]
    assert (there.card(body).terms.version, there.card(body).terms.quorum) == (2, 4)


def test_terms_agreed_for_later_do_not_count_yet(there):
    body = there.body()
    terms(there, body, text="First")
    terms(there, body, text="Second", agreed_on=TODAY + timedelta(days=1))
    assert there.card(body).terms.text == "First"


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"text": " "}, bodies.TermsAreEmpty),
        ({"agreed_on": TODAY - timedelta(days=1)}, bodies.TermsOutOfOrder),
        ({"review_on": TODAY - timedelta(days=1)}, bodies.ReviewBeforeAgreed),
    ],
)
def test_terms_that_cannot_be(there, told, refusal):
    body = there.body()
    terms(there, body)
    with pytest.raises(refusal):
        terms(there, body, **told)


# ── Posts and seats ──────────────────────────────────────────────────────────────────────────────────────


def test_a_post_passes_from_one_holder_to_the_next_on_one_day(there):
    post = there.post()
    for name, since in (("Jo Bloggs", LONG_AGO), ("Al Bloggs", TODAY)):
        there.do(posts.appoint, post_id=post, name=name, since=since)
    with as_worker():
        held = [
            (each.name, each.valid.lower, each.valid.upper)
            for each in PostHolder.objects.filter(post_id=post).order_by("valid")
        ]
    assert held == [("Jo Bloggs", LONG_AGO, TODAY), ("Al Bloggs", TODAY, None)]
    with pytest.raises(posts.HeldLater):
        there.do(posts.appoint, post_id=post, name="Ed Bloggs", since=TODAY)


def test_a_post_becomes_vacant(there):
    post = there.post()
    with pytest.raises(posts.NobodyHoldsIt):
        there.do(posts.leave_post, post_id=post, on=TODAY)
    there.do(posts.appoint, post_id=post, name="Jo Bloggs", since=LONG_AGO)
    there.do(posts.leave_post, post_id=post, on=TODAY)
    with there.cast.seen_by("Cora"):
        assert governance.holders_now([post], TODAY) == {}
        assert governance.holders_now([post], TODAY - timedelta(days=1))[post].name == "Jo Bloggs"


def test_words_are_needed(there):
    with pytest.raises(posts.PostHasNoTitle):
        there.post(title=" ")
    with pytest.raises(posts.HolderHasNoName):
        there.do(posts.appoint, post_id=there.post(), name=" ", since=TODAY)


def test_a_seat_is_for_a_post_of_its_agency(there):
    body = there.body()
    with pytest.raises(bodies.PostOfAnotherAgency):
        there.seat(body, post_id=there.post(agency_id=there.council))
    there.seat(body, post_id=there.post())


def test_one_chairs_at_a_time(there):
    body = there.body()
    first = there.seat(body, role="chair")
    with pytest.raises(bodies.ChairTaken):
        there.seat(body, role="chair")
    with pytest.raises(bodies.SeatEndsBeforeItStarts):
        there.do(bodies.end_seat, seat_id=first, on=LONG_AGO)
    there.do(bodies.end_seat, seat_id=first, on=TODAY)
    there.seat(body, role="chair", since=TODAY)
    with as_worker():
        assert BodySeat.objects.filter(body_id=body, role="chair").count() == 2


def test_gaps_follow_posts_holders_and_attendance(there):
    body, post = there.body(), there.post()
    seat = there.seat(body, post_id=post)
    said = [gap.what for gap in there.card(body).gaps]
    assert said == ["No seat is the chair's.", "Nobody holds the post."]
    there.do(posts.appoint, post_id=post, name="Jo Bloggs", since=LONG_AGO)
    for days in (-20, -10):
        meeting = there.meeting(body, days)
        there.do(meetings.record_attendance, meeting_id=meeting, came={seat: ("absent", "")})
    assert [gap.what for gap in there.card(body).gaps][1:] == ["Nobody came to the last 2 meetings."]
    there.do(
        meetings.record_attendance, meeting_id=there.meeting(body, -1), came={seat: ("substitute", "Al")}
    )
    assert [gap.what for gap in there.card(body).gaps][1:] == []


def test_meetings_before_a_seat_began_are_not_missed(there):
    body = there.body()
    for days in (-20, -10):
        there.do(meetings.record_attendance, meeting_id=there.meeting(body, days), came={})
    there.seat(body, since=TODAY - timedelta(days=5))
    (seat,) = there.card(body).seats
    assert seat.came == ()


# ── Meetings ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_body_meets_once_a_day_and_its_days_are_told(there):
    body = there.body()
    there.meeting(body, 5, starts_at=time(10, 30), place="Town hall")
    with pytest.raises(meetings.MeetsThatDay):
        there.meeting(body, 5)
    there.do(meetings.record_attendance, meeting_id=there.meeting(body, -3), came={})
    card = there.card(body)
    assert (card.last_met_on, card.meets_next_on) == (TODAY - timedelta(days=3), TODAY + timedelta(days=5))


def test_a_cancelled_meeting_says_why_and_frees_its_day(there):
    body = there.body()
    meeting = there.meeting(body, 5)
    with pytest.raises(meetings.NoReason):
        there.do(meetings.cancel_meeting, meeting_id=meeting, because=" ")
    there.do(meetings.cancel_meeting, meeting_id=meeting, because="Snow")
    with pytest.raises(meetings.NotPlanned):
        there.do(meetings.cancel_meeting, meeting_id=meeting, because="Snow")
    with pytest.raises(meetings.NotPlanned):
        there.do(meetings.record_attendance, meeting_id=meeting, came={})
    there.meeting(body, 5)


@pytest.mark.parametrize(("days", "may"), [(0, True), (1, False)])
def test_who_came_is_said_from_the_day_of_the_meeting(there, days, may):
    meeting = there.meeting(there.body(), days)
    if may:
        there.do(meetings.record_attendance, meeting_id=meeting, came={})
        with as_worker():
            assert BodyMeeting.objects.get(pk=meeting).state == "held"
        return
    with pytest.raises(meetings.NotHeldYet):
        there.do(meetings.record_attendance, meeting_id=meeting, came={})


def test_a_seat_of_another_body_did_not_come(there):
    body, other = there.body(), there.body("Another")
    with pytest.raises(NotFound):
        there.do(
            meetings.record_attendance,
            meeting_id=there.meeting(body, 0),
            came={there.seat(other): ("present", "Jo")},
        )


# ── Panels ───────────────────────────────────────────────────────────────────────────────────────────────


def test_panels_with_the_same_agencies_and_posts_overlap(there):
    post = there.post()
    made = [there.body(name) for name in ("Return Panel", "Harm Panel", "Quiet Panel")]
    for body in made:
        there.change(body, kind="panel")
    there.seat(made[0], post_id=post)
    there.seat(made[1], post_id=post)
    there.seat(made[1], agency_id=there.council)
    there.seat(made[2], agency_id=there.council)
    with there.cast.seen_by("Ana"):
        found = governance.overlaps(governance.body_cards(TODAY, kind="panel"))
    told = [({each.one.body.name, each.other.body.name}, each.agencies, each.posts) for each in found]
    assert told == [
        ({"Harm Panel", "Return Panel"}, ("Saltmere Health",), ("Head of Lanterns",)),
        ({"Harm Panel", "Quiet Panel"}, ("Saltmere Council",), ()),
    ]


def test_a_list_of_bodies_asks_as_often_however_many_there_are(there):
    counts = []
    for number in range(2):
        for each in range(1 + 5 * number):
            body = there.body(f"Group {number} {each}")
            there.seat(body, post_id=there.post(f"Head {number} {each}"))
            there.do(meetings.record_attendance, meeting_id=there.meeting(body, -1), came={})
        with there.cast.seen_by("Cora"), CaptureQueriesContext(connection) as asked:
            governance.overlaps(governance.body_cards(TODAY))
        counts.append(len(asked))
    assert counts[0] == counts[1]
