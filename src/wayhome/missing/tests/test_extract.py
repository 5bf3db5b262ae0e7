"""A file of notifications: row by row, the same file twice changes nothing, and nobody has two open episodes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.personas import ARRANGER, NOW, a_child, an_episode

from wayhome.access.commands import restrict
from wayhome.config.extract import NoSuchFile, NotAnExtract, rows_of
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london
from wayhome.kernel.viewer import machine
from wayhome.missing.commands.extract import NoRows, take_extract
from wayhome.missing.commands.repeat import look_for_repeats
from wayhome.missing.models import Episode, Notification, Report, RiskJudgement, TriggerHit
from wayhome.missing.queries import wall
from wayhome.missing.queries.late import late_between
from wayhome.missing.rules.extract import COLUMNS, Unreadable, read_row, wrong_columns
from wayhome.missing.tests.pages import client_of, text_of
from wayhome.people.commands import add_identifier

IMPORTER = machine("the importing of a test")
# How many hours before the return of an episode that is over for long.
LONG_AGO = {"last_seen_at": 30, "noticed_at": 29, "reported_at": 28, "sent_at": 27}


def at(hours):
    return f"{london(NOW - timedelta(hours=hours)):%Y-%m-%d %H:%M}"


def a_row(**told):
    usual = {
        "reference": "SP-1",
        "source": "police",
        "reported_at": at(3),
        "last_seen_at": at(5),
        "noticed_at": at(4),
        "sent_at": at(2),
        "given_name": "Robin",
        "family_name": "Testchild",
        "date_of_birth": "05/06/2011",
        "kind": "Missing",
        "risk": "Medium",
        "last_seen_place": "Saltmere bus station",
        "missing_from": "home",
        "circumstances": "Did not come home",
        "told_by": "Control room",
        "contact": "01632 960009",
    }
    return usual | told


def take(*rows, dry_run=False, name="extract.csv"):
    with as_worker():
        return take_extract(
            rows=list(enumerate(rows, start=2)), name=name, dry_run=dry_run, viewer=IMPORTER, now=NOW
        )


def fates(report):
    return {fate: count for fate, count in report.counts.items() if count}


def held():
    with as_worker():
        return (Notification.objects.count(), Episode.objects.count(), Report.objects.count())


def test_a_row_about_a_known_child_opens_an_episode_with_its_risk(cast):
    child = a_child(cast)
    assert fates(take(a_row())) == {"opened": 1}
    with as_worker():
        episode = Episode.objects.get(person_id=child)
        assert (episode.risk, episode.last_seen_place) == ("medium", "Saltmere bus station")
        note = Notification.objects.get(person_id=child)
        assert (note.channel, note.outcome, note.episode_id) == ("file", "opened", episode.pk)
        assert Report.objects.get(episode=episode).notification_id == note.pk
    with cast.seen_by("Pat"):
        assert Episode.objects.filter(person_id=child).exists()


def test_the_same_file_again_changes_nothing(cast):
    a_child(cast)
    rows = [a_row(), a_row(reference="SP-2", given_name="Nobody")]
    take(*rows)
    before = held()
    again = take(*rows)
    assert fates(again) == {"unchanged": 2}
    assert again.findings == []
    assert held() == before


def test_a_known_reference_with_other_words_is_kept_as_it_came_first(cast):
    a_child(cast)
    take(a_row())
    report = take(a_row(circumstances="Something else"))
    assert fates(report) == {"unchanged": 1}
    assert "other words in circumstances" in report.findings[0].reason


def test_a_row_about_another_child_under_one_reference_waits_like_any_other(cast):
    a_child(cast)
    wren = a_child(cast, given_name="Wren", known_to=("Pat", "Cora"))
    rows = a_row(), a_row(given_name="Wren")
    report = take(*rows)
    assert fates(report) == {"opened": 1, "waiting": 1}
    assert "about another child" in report.findings[0].reason
    with cast.seen_by("Cora"):
        kept = Notification.objects.get(person_id=wren)
        assert (kept.outcome, kept.name_told, kept.outcome_reason) == ("waiting", "Wren Testchild", "")
    before = held()
    assert fates(take(*rows)) == {"unchanged": 2}
    assert held() == before


def test_absent_becomes_no_apparent_risk_and_stays_as_it_was_told(cast):
    child = a_child(cast)
    take(a_row(kind="absent", risk="Absent"))
    with as_worker():
        judged = RiskJudgement.objects.get(person_id=child)
        assert (judged.level, judged.as_told) == ("no_apparent_risk", "Absent")
        assert judged.reassess_by == NOW + timedelta(hours=1)
        note = Notification.objects.get(person_id=child)
        assert (note.risk_told, note.kind_told) == ("Absent", "absent")
        assert Episode.objects.get(person_id=child).kind == "M"


def test_a_level_told_late_does_not_go_over_a_later_judgement(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    take(a_row(reference="SP-1", risk="high", sent_at=at(1)))
    take(a_row(reference="SP-2", risk="low", sent_at=at(2)))
    with as_worker():
        assert Episode.objects.get(pk=episode).risk == "high"
        assert RiskJudgement.objects.filter(episode=episode).count() == 2


def test_a_homes_word_for_the_risk_is_no_police_level(cast):
    child = a_child(cast)
    take(a_row(source="home", risk="high"))
    with as_worker():
        assert Episode.objects.get(person_id=child).risk == ""
        assert Notification.objects.get(person_id=child).risk_told == "high"


def test_an_unknown_word_for_the_risk_is_kept_and_said(cast):
    a_child(cast)
    report = take(a_row(risk="amber"))
    assert fates(report) == {"opened": 1}
    assert "none we know" in report.findings[0].reason


def test_a_child_who_is_missing_gets_another_source_and_no_second_episode(cast):
    child = a_child(cast)
    episode = an_episode(cast, child)
    report = take(
        a_row(), a_row(source="home", reference="H-1", last_seen_at=at(6), reported_at=at(5), noticed_at="")
    )
    assert fates(report) == {"added": 2}
    with as_worker():
        assert Episode.objects.filter(person_id=child).get().pk == episode
        assert Report.objects.filter(episode=episode).count() == 3


def test_a_row_of_an_earlier_day_waits_with_the_reason_and_joins_no_later_episode(cast):
    child = a_child(cast, known_to=("Pat", "Cora"))
    episode = an_episode(cast, child)
    told = {"last_seen_at": at(80), "noticed_at": at(79), "reported_at": at(78), "sent_at": at(77)}
    assert fates(take(a_row(**told))) == {"waiting": 1}
    with as_worker():
        assert Report.objects.filter(episode_id=episode).count() == 1
        assert "earlier day" in Notification.objects.get(person_id=child, outcome="waiting").outcome_reason


def test_a_row_that_tells_the_return_opens_an_episode_that_is_over(cast):
    child = a_child(cast)
    take(a_row(returned_at=at(1)))
    with as_worker():
        assert Episode.objects.get(person_id=child).returned_at is not None


@pytest.mark.parametrize(
    "told",
    [
        {"family_name": "Testchilde"},
        {"date_of_birth": "06/06/2011"},
        {"date_of_birth": "about 15"},
        {"given_name": ""},
    ],
)
def test_who_is_not_exactly_known_waits_without_a_child(cast, told):
    a_child(cast)
    report = take(a_row(**told))
    assert fates(report) == {"waiting": 1}
    assert "Nobody on record" in report.findings[0].reason
    with as_worker():
        assert Notification.objects.get(sender_reference="SP-1").person_id is None


def test_two_of_the_same_name_and_birth_are_not_guessed_between(cast):
    a_child(cast)
    a_child(cast)
    assert fates(take(a_row())) == {"waiting": 1}


def test_a_number_goes_before_a_name(cast):
    a_child(cast)
    wren = a_child(cast, given_name="Wren")
    with as_worker():
        add_identifier(person_id=wren, type_="NHS Number", value="9990000018", viewer=ARRANGER, now=NOW)
    take(a_row(nhs_number="999 000 0018"))
    with as_worker():
        assert Episode.objects.filter(person_id=wren).exists()


def test_what_the_record_has_against_it_waits_with_the_reason(cast):
    a_child(cast, born=NOW.date() - timedelta(days=20 * 366))
    born = f"{NOW.date() - timedelta(days=20 * 366):%d/%m/%Y}"
    report = take(a_row(date_of_birth=born))
    assert fates(report) == {"waiting": 1}
    assert "18 or over" in report.findings[0].reason
    with as_worker():
        assert "18 or over" in Notification.objects.get(sender_reference="SP-1").outcome_reason


def test_an_incomplete_row_waits(cast):
    a_child(cast)
    assert "last seen" in take(a_row(last_seen_at="")).findings[0].reason


def test_a_restricted_child_is_opened_to_no_team(cast):
    child = a_child(cast, known_to=("Sal", "Cora"))
    with cast.seen_by("Cora") as cora:
        restrict(
            person_id=child,
            named=frozenset({cast.users["Sal"].pk, cast.users["Cora"].pk}),
            reason="Family of a colleague",
            viewer=cora,
            now=NOW,
        )
    assert fates(take(a_row())) == {"opened": 1}
    with cast.seen_by("Pat"):
        assert not Episode.objects.filter(person_id=child).exists()
        assert not Notification.objects.filter(person_id=child).exists()


def test_a_dry_run_says_the_same_and_changes_nothing(cast):
    a_child(cast)
    before = held()
    assert fates(take(a_row(), a_row(reference=""), dry_run=True)) == {"opened": 1, "rejected": 1}
    assert held() == before


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"reference": " "}, "no reference"),
        ({"source": "fire brigade"}, "source is not one of"),
        ({"source": "import"}, "source is not one of"),
        ({"kind": "gone"}, "kind is not one of"),
        ({"missing_from": "the moon"}, "missing_from is not one of"),
        ({"reported_at": ""}, "when it was reported"),
        ({"last_seen_at": "yesterday"}, "no date with a time"),
        ({"last_seen_at": "2026-03-27"}, "a day and no time"),
        ({"last_seen_at": "2026-02-30 10:00"}, "did not happen"),
        ({"last_seen_at": "2026-03-29 01:30"}, "did not happen"),
        ({"last_seen_at": "27/13/2026 10:00"}, "did not happen"),
        ({"reported_at": at(-1)}, "in the future"),
        ({"sent_at": at(1), "received_at": at(2)}, "sent_at is after"),
        ({"given_name": "", "family_name": "", "circumstances": ""}, "neither whom"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(told, reason):
    with pytest.raises(Unreadable, match=reason):
        read_row(a_row(**told), NOW)


@pytest.mark.parametrize(
    ("typed", "is_at"),
    [
        ("2026-01-05 22:30", "2026-01-05T22:30:00+00:00"),
        ("2026-07-05T22:30", "2026-07-05T21:30:00+00:00"),
        ("05/07/2026 22:30", "2026-07-05T21:30:00+00:00"),
        ("5/7/2026, 9:05", "2026-07-05T08:05:00+00:00"),
        ("2026-07-05T22:30:15Z", "2026-07-05T22:30:15+00:00"),
        ("2026-10-25 01:30", "2026-10-25T00:30:00+00:00"),
    ],
)
def test_times_are_read_as_they_are_written(typed, is_at):
    read = read_row(a_row(last_seen_at=typed, noticed_at="", reported_at=typed), NOW)
    assert read.told["last_seen_at"].isoformat() == is_at


def test_columns_are_known_by_their_names_however_they_are_written():
    assert wrong_columns(["Reference", "SOURCE", "reported at", "Last-seen_at"]) == ""
    assert "missing source" in wrong_columns(["reference", "reported_at"])
    assert "unknown or twice colour" in wrong_columns(["reference", "source", "reported_at", "colour"])
    assert "unknown or twice source" in wrong_columns(["reference", "source", "source", "reported_at"])


def a_file(folder, text, encoding="utf-8", name="extract.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


HEADER = ",".join(COLUMNS[:9])
LINE = "SP-1,police,2026-03-27 22:30,,,Zoë,01632 960009,Zoë,O'Brien"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_whatever_wrote_it(tmp_path, encoding):
    ((number, row),) = rows_of(a_file(tmp_path, f"{HEADER}\r\n{LINE}\r\n\r\n", encoding))
    assert (number, row["told_by"], row["reference"]) == (2, "Zoë", "SP-1")


def test_lines_that_cannot_be_split_are_named(tmp_path):
    found = list(rows_of(a_file(tmp_path, f'{HEADER}\nSP-1,police\n"SP-2,police\n{LINE}\n')))
    assert found[0] == (2, "The row has 2 fields, but there are 9 columns.")
    assert "quotation mark" in found[1][1]
    assert found[2][0] == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("one;two\n", "separated by semicolons"),
        ("a\0b\n", "not a text file"),
        ("colour\n", "missing reference, source, reported_at"),
    ],
)
def test_a_file_that_is_no_extract_says_why(tmp_path, text, says):
    with pytest.raises(NotAnExtract, match=says):
        rows_of(a_file(tmp_path, text))


def test_no_file_and_no_rows_are_said(cast, tmp_path):
    with pytest.raises(NoSuchFile):
        rows_of(tmp_path / "nothing.csv")
    with pytest.raises(NoRows):
        take()


@pytest.mark.parametrize(("hours_ago", "fate"), [(71, "opened"), (73, "history"), (24 * 400, "history")])
def test_what_was_over_for_longer_than_its_clocks_is_history_and_opens_no_duty(cast, hours_ago, fate):
    child = a_child(cast, given_name="Robin", family_name="Testchild")
    long_ago = {name: at(hours_ago + more) for name, more in LONG_AGO.items()}
    report = take(a_row(**long_ago, returned_at=at(hours_ago)))
    assert fates(report) == {fate: 1}
    with as_worker():
        episode = Episode.objects.get(person_id=child)
        assert (episode.is_history, episode.closed_at is not None) == (fate == "history",) * 2
        assert episode.risk == "medium"
    with cast.seen_by("Cora") as cora:
        assert bool([row for row in wall(cora, NOW).rows if row.duties]) == (fate == "opened")
        found = late_between(NOW - timedelta(days=500), NOW, cora, NOW)
        assert bool(found) == (fate == "opened")


def test_history_counts_for_repeats_and_waits_for_nobodys_decision(cast):
    child = a_child(cast, given_name="Robin", family_name="Testchild")
    long_ago = {name: at(100 + more) for name, more in LONG_AGO.items()}
    take(a_row(**long_ago, returned_at=at(100)))
    with as_worker():
        old = Episode.objects.get(person_id=child)
        look_for_repeats(episode_id=old.pk, viewer=IMPORTER, now=NOW)
        assert not TriggerHit.objects.filter(person_id=child)
    take(a_row(reference="SP-2", returned_at=at(1)))
    with as_worker():
        new = Episode.objects.filter(person_id=child).latest("last_seen_at")
        look_for_repeats(episode_id=new.pk, viewer=IMPORTER, now=NOW)
        assert not TriggerHit.objects.filter(episode=new, trigger="first_ever")


def test_history_says_on_its_page_that_nobody_was_asked_for_anything(cast):
    child = a_child(cast, given_name="Robin", family_name="Testchild", known_to=("Sal",))
    long_ago = {name: at(100 + more) for name, more in LONG_AGO.items()}
    take(a_row(**long_ago, returned_at=at(100)))
    with as_worker():
        episode = Episode.objects.get(person_id=child)
    page = text_of(client_of(cast, "Sal").get(reverse("episode", args=[episode.pk])))
    assert "It is kept as history" in page
    assert "Not done in time" not in page
