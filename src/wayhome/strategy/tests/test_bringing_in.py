"""A file becomes a plan: read, mended, saved once, recognised, and brought up to date without losing anything."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.personas import NOW, Cast

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed, Refusal
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands.action import EndedWithoutReason
from wayhome.strategy.commands.importing import (
    ImportIsOver,
    begin_import,
    choose_plan,
    mend_import,
    set_aside,
)
from wayhome.strategy.commands.saving import HasToBeMended, MendedSince, Saved, save_import
from wayhome.strategy.intake.mends import LeftOutWithoutReason, NothingAbove, mend_row
from wayhome.strategy.models import Action, ActionOwner, Plan, PlanImport, Rating
from wayhome.strategy.queries.importing import intake
from wayhome.strategy.queries.plan_file import plan_file
from wayhome.strategy.rules.word_by_word import Piece
from wayhome.strategy.tests.arranging import a_body, a_post
from wayhome.strategy.tests.reading import SHARED, needs_shared, table

NAMES = ("Objective", "Action", "Responsibility", "Timescale", "Evidence", "BRAG")
FIRST = ("Boats are safe", "Mend the old boat", "Harbour Group", "March 2027", "The boat floats", "G")
SECOND = ("Lamps burn", "Buy oil for the lamps", "Lamp Keepers; Jo Bloggs", "Quarterly", "Lamps seen", "A")
THIRD = ("Children row", "Teach children to row", "", "", "", "")
TITLE = "Harbour and lamp plan\n\n1. Boats and lamps\n"


def a_file(*rows: tuple[str, ...]) -> bytes:
    return (TITLE + table(NAMES, *(rows or (FIRST, SECOND, THIRD)))).encode()


@pytest.fixture
def lena(cast: Cast) -> Iterator[Viewer]:
    a_body(cast, "Harbour Group")
    with cast.seen_by("Lena") as viewer:
        yield viewer


def begun(cast: Cast, viewer: Viewer, data: bytes | None = None, name: str = "harbour.txt") -> PlanImport:
    made = begin_import(
        partnership_id=cast.partnership_id, file_name=name, data=data or a_file(), viewer=viewer, now=NOW
    )
    return PlanImport.objects.get(pk=made.id)


def saved(cast: Cast, viewer: Viewer, data: bytes | None = None, **told: object) -> Saved:
    return save_import(import_id=begun(cast, viewer, data).pk, viewer=viewer, now=NOW, **told)


def mended(row: PlanImport, viewer: Viewer, key: int, **said: object) -> None:
    mend_import(import_id=row.pk, mend=lambda preview: mend_row(preview, key, said), viewer=viewer, now=NOW)


def test_a_file_becomes_a_plan_in_its_own_words(cast: Cast, lena: Viewer) -> None:
    done = saved(cast, lena)
    plan = plan_file(done.plan_id, now=NOW)
    assert (plan.title, plan.state, done.actions, done.ratings) == ("Harbour and lamp plan", "draft", 3, 2)
    assert [(a.reference, a.text, a.due_words) for a in plan.actions] == [
        ("1.1", "Mend the old boat", "March 2027"),
        ("1.2", "Buy oil for the lamps", "Quarterly"),
        ("1.3", "Teach children to row", ""),
    ]
    boat, oil, rowing = plan.actions
    assert (boat.due_kind, boat.due_on, boat.owner_words) == ("month", date(2027, 3, 31), "Harbour Group")
    assert (oil.due_kind, oil.frequency, oil.review_body) == ("recurring", "quarterly", "")
    assert boat.rating
    assert (boat.rating.rating, boat.rating.reason, boat.rating.origin) == (
        "green",
        "",
        "import",
    )
    assert rowing.rating is None
    assert (boat.state, rowing.state) == ("in_progress", "not_started")
    assert [each.title for each in plan.groupings] == ["1. Boats and lamps"]
    assert [each.text for each in plan.objectives] == ["Boats are safe", "Lamps burn", "Children row"]


def test_an_exact_name_is_an_owner_and_nobody_is_invented(cast: Cast, lena: Viewer) -> None:
    plan = plan_file(saved(cast, lena).plan_id, now=NOW)
    boat, oil, rowing = plan.actions
    assert [(owner.part, owner.kind, owner.name) for owner in boat.owners] == [
        ("lead", "body", "Harbour Group")
    ]
    assert [(owner.part, owner.kind, owner.name) for owner in oil.owners] == [
        ("lead", "unresolved", "Lamp Keepers"),
        ("contributor", "unresolved", "Jo Bloggs"),
    ]
    assert rowing.owners == ()


def test_the_same_file_is_recognised_before_and_after_it_is_saved(cast: Cast, lena: Viewer) -> None:
    first = begun(cast, lena)
    told = {"partnership_id": cast.partnership_id, "data": a_file(), "viewer": lena, "now": NOW}
    again = begin_import(file_name="copy of it.txt", **told)
    assert (again.id, again.is_known) == (first.pk, True)
    save_import(import_id=first.pk, viewer=lena, now=NOW)
    assert begin_import(file_name="once more.txt", **told).id == first.pk
    assert Plan.objects.filter(title="Harbour and lamp plan").count() == 1
    with pytest.raises(ImportIsOver):
        save_import(import_id=first.pk, viewer=lena, now=NOW)


def test_what_was_set_aside_can_be_brought_in_again(cast: Cast, lena: Viewer) -> None:
    first = begun(cast, lena)
    set_aside(import_id=first.pk, viewer=lena, now=NOW)
    with pytest.raises(ImportIsOver):
        mended(first, lena, 0, action="Other")
    assert begun(cast, lena).pk != first.pk


def test_a_changed_file_brings_its_plan_up_to_date_and_ends_nothing_by_itself(
    cast: Cast, lena: Viewer
) -> None:
    done = saved(cast, lena)
    before = {action.reference: action.id for action in plan_file(done.plan_id, now=NOW).actions}
    newer = a_file(
        ("Boats are safe", "Mend the old boat and paint it", "Pilots", "May 2027", "The boat floats", "R"),
        THIRD,
        ("", "Ring the bell", "", "", "", ""),
    )
    row = begun(cast, lena, newer)
    found = intake(row.pk, now=NOW).difference
    assert row.plan_id == done.plan_id
    assert found
    assert [ready.row.action for ready in found.added] == ["Ring the bell"]
    assert [(each.ready.reference, sorted(each.names)) for each in found.changed] == [
        ("1.1", ["action", "rating", "responsibility", "timescale"])
    ]
    assert found.changed[0].fields[0].pieces[-1] == Piece("in", "boat and paint it")
    assert ([gone.reference for gone in found.gone], found.same) == (["1.2"], 1)
    save_import(import_id=row.pk, viewer=lena, now=NOW)
    plan = plan_file(done.plan_id, now=NOW)
    assert [action.reference for action in plan.actions] == ["1.1", "1.2", "1.3", "1.4"]
    assert all(plan.actions[place].id == before[f"1.{place + 1}"] for place in range(3))
    boat, oil, *_ = plan.actions
    assert (boat.text, boat.due_on) == ("Mend the old boat and paint it", date(2027, 5, 31))
    assert [rating.rating for rating in boat.ratings] == ["green", "red"]
    assert [owner.name for owner in boat.owners if owner.kind == "unresolved"] == ["Pilots"]
    assert oil.state == "in_progress"


def test_a_person_ends_what_is_gone_and_says_why(cast: Cast, lena: Viewer) -> None:
    done = saved(cast, lena)
    row = begun(cast, lena, a_file(FIRST, THIRD))
    with pytest.raises(EndedWithoutReason):
        save_import(import_id=row.pk, ends={"1.2": " "}, viewer=lena, now=NOW)
    save_import(import_id=row.pk, ends={"1.2": "The lamps are electric.", "1.1": "no"}, viewer=lena, now=NOW)
    states = {action.reference: action.state for action in plan_file(done.plan_id, now=NOW).actions}
    assert states == {"1.1": "in_progress", "1.2": "cancelled", "1.3": "not_started"}


def test_what_is_left_out_of_an_update_stays_as_it_is(cast: Cast, lena: Viewer) -> None:
    done = saved(cast, lena)
    row = begun(cast, lena, a_file(("Boats are safe", "Mend every boat", *FIRST[2:]), SECOND, THIRD))
    mended(row, lena, 0, fate="left_out", because="The file is older than the plan.")
    found = intake(row.pk, now=NOW).difference
    assert found
    assert (found.changed, found.gone, len(found.left)) == ((), (), 1)
    save_import(import_id=row.pk, viewer=lena, now=NOW)
    assert Action.objects.get(plan_id=done.plan_id, reference="1.1").text == "Mend the old boat"


def test_the_plan_can_be_a_new_one_all_the_same(cast: Cast, lena: Viewer) -> None:
    done = saved(cast, lena)
    row = begun(cast, lena, a_file(FIRST, SECOND))
    choose_plan(import_id=row.pk, plan_id=None, viewer=lena, now=NOW)
    again = save_import(import_id=row.pk, viewer=lena, now=NOW)
    assert again.is_new
    assert again.plan_id != done.plan_id


def test_a_row_is_mended_joined_left_out_and_put_back(cast: Cast, lena: Viewer) -> None:
    row = begun(cast, lena)
    mended(row, lena, 0, action="Mend both boats", rating="red", reference="B1")
    mended(row, lena, 1, fate="joined")
    mended(row, lena, 2, fate="left_out", because="It belongs to the school.")
    ready = intake(row.pk, now=NOW).ready
    assert [(each.reference, each.joined, each.row.rating) for each in ready] == [("B1", (1,), "red")]
    assert ready[0].row.action == "Mend both boats\nBuy oil for the lamps"
    mended(row, lena, 1, fate="row", because="")
    assert [each.reference for each in intake(row.pk, now=NOW).ready] == ["B1", "1.1"]
    entry = Entry.objects.filter(verb="mend", subject_id=row.pk)
    with as_worker():
        assert entry.count() == 4


def test_a_row_that_is_a_heading_is_one_for_the_rows_below(cast: Cast, lena: Viewer) -> None:
    row = begun(cast, lena)
    mended(row, lena, 1, fate="heading")
    sections = [each.section for each in intake(row.pk, now=NOW).ready]
    assert sections[0] == "1. Boats and lamps"
    assert sections[1].startswith("Lamps burn Buy oil")


def test_what_cannot_be_mended_so_is_refused(cast: Cast, lena: Viewer) -> None:
    row = begun(cast, lena)
    with pytest.raises(LeftOutWithoutReason):
        mended(row, lena, 1, fate="left_out", because=" ")
    with pytest.raises(NothingAbove):
        mended(row, lena, 0, fate="joined")
    mended(row, lena, 0, reference="7")
    mended(row, lena, 1, reference="7")
    with pytest.raises(HasToBeMended, match="The reference 7 stands at lines"):
        save_import(import_id=row.pk, viewer=lena, now=NOW)


def test_a_preview_mended_since_it_was_checked_is_not_saved(cast: Cast, lena: Viewer) -> None:
    row = begun(cast, lena)
    mended(row, lena, 0, action="Mend both boats")
    with pytest.raises(MendedSince):
        save_import(import_id=row.pk, edition=1, viewer=lena, now=NOW)
    save_import(import_id=row.pk, edition=2, viewer=lena, now=NOW)


def test_other_words_for_the_owner_are_read_anew(cast: Cast, lena: Viewer) -> None:
    row = begun(cast, lena)
    mended(row, lena, 1, responsibility="Harbour Group")
    assert [owner.kind for owner in intake(row.pk, now=NOW).ready[1].owners] == ["body"]


def test_a_holder_who_left_is_named_and_not_taken(cast: Cast, lena: Viewer) -> None:
    a_post(cast, "Lamp Officer", held_by="Sal")
    name = cast.users["Sal"].name
    row = begun(cast, lena, a_file(("", "Light it", name, "", "", "G")))
    found = intake(row.pk, now=NOW)
    assert found.ready[0].owners[0].kind == "unresolved"
    assert "Lamp Officer" in found.known.called(name)[0].why


@pytest.mark.parametrize("name", ["Ana", "Sal", "Ada", "Pat"])
def test_only_keepers_bring_plans_in(cast: Cast, name: str) -> None:
    with cast.seen_by(name) as viewer, pytest.raises(NotAllowed):
        begun(cast, viewer)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 no plan", b"Only a sentence, and no table at all.", b"PK\x03\x04 broken"]
)
def test_what_is_no_plan_is_refused_and_nothing_is_kept(cast: Cast, lena: Viewer, data: bytes) -> None:
    with pytest.raises(Refusal):
        begin_import(partnership_id=cast.partnership_id, file_name="a.docx", data=data, viewer=lena, now=NOW)
    assert not PlanImport.objects.exists()


def test_every_row_that_is_saved_is_on_the_record(cast: Cast, lena: Viewer) -> None:
    done = saved(cast, lena)
    ids = [*Action.objects.filter(plan_id=done.plan_id).values_list("pk", flat=True)]
    owners = [*ActionOwner.objects.filter(action__plan_id=done.plan_id).values_list("pk", flat=True)]
    rated = [*Rating.objects.filter(action__plan_id=done.plan_id).values_list("pk", flat=True)]
    with as_worker():
        entries = set(Entry.objects.filter(verb="add").values_list("subject_id", flat=True))
        assert Entry.objects.filter(verb="import", subject_id=done.plan_id).count() == 1
    assert {*ids, *owners, *rated} <= entries


def test_a_large_plan_is_saved_in_as_many_queries_as_a_small_one(cast: Cast, lena: Viewer) -> None:
    counts = []
    for number, rows in enumerate((3, 60)):
        lines = [("", f"Action {number} {place}", "Pilots", "May 2027", "", "G") for place in range(rows)]
        row = begun(cast, lena, a_file(*lines).replace(b"Harbour and lamp", f"Plan {number} of".encode()))
        with CaptureQueriesContext(connection) as queries:
            save_import(import_id=row.pk, viewer=lena, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@needs_shared
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("004_4ae52e851706ad04.txt", (18, 16, 39, {"section": 5, "priority": 4})),
        ("000_bcb3a68dffaac496.txt", (9, 0, 0, {"ambition": 1})),
    ],
)
def test_the_source_documents_are_saved_whole(cast: Cast, lena: Viewer, name: str, counts: tuple) -> None:
    assert SHARED
    row = begun(cast, lena, (SHARED / "seeds" / name).read_bytes(), name)
    done = save_import(import_id=row.pk, viewer=lena, now=NOW)
    plan = plan_file(done.plan_id, now=NOW)
    axes = [each.axis for each in plan.groupings]
    assert (
        len(plan.actions),
        sum(1 for each in plan.actions if each.rating),
        len(plan.commitments),
        {axis: axes.count(axis) for axis in dict.fromkeys(axes)},
    ) == (counts[0], counts[1], counts[2], counts[3])
