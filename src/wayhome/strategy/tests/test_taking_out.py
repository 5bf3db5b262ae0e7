"""A plan taken out as Word, Excel or CSV is read back with the same words, ratings and references."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.personas import NOW, Cast

from wayhome.audit.models import Entry
from wayhome.config.testing import as_worker
from wayhome.kernel.ids import new_id
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.strategy.commands.exporting import export_plan
from wayhome.strategy.commands.importing import begin_import
from wayhome.strategy.commands.saving import save_import
from wayhome.strategy.exports.excel import as_excel
from wayhome.strategy.exports.pdf import as_pdf
from wayhome.strategy.exports.separated import as_csv
from wayhome.strategy.exports.shape import ShapedPlan, shaped
from wayhome.strategy.exports.word import as_word
from wayhome.strategy.imports.draft import PlanDraft
from wayhome.strategy.imports.formulas import guarded, unguarded
from wayhome.strategy.queries.importing import intake
from wayhome.strategy.rules.plan_file import (
    ActionFact,
    CommitmentFact,
    GroupingFact,
    KeyFact,
    ObjectiveFact,
    OwnerFact,
    PlanFile,
    RatingFact,
    UpdateFact,
)
from wayhome.strategy.tests.arranging import a_plan, a_rating, an_action
from wayhome.strategy.tests.reading import SHARED, needs_shared, plan_of

AT = datetime(2026, 3, 1, tzinfo=UTC)
# A failing plan is small enough to read as it is.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
KINDS = {
    "word": (lambda plan: as_word(plan, at=AT), "a.docx"),
    "excel": (lambda plan: as_excel(plan, at=AT), "a.xlsx"),
    "csv": (as_csv, "a.csv"),
}
# Signs and words that might be taken for something else: formulas, numbers, labels, colours, column names.
ODD = (
    "=1+1",
    "+44",
    "-3",
    "@home",
    "'=x",
    "7.1",
    "Lead:",
    "1.",
    "red",
    "A",
    "action",
    "Owner",
    "&",
    "<5",
    "AB",
    "the",
)
words = st.one_of(st.sampled_from(ODD), st.text("abcdefgxyzABCXYZ", min_size=2, max_size=7))
line = st.lists(words, min_size=1, max_size=7).map(" ".join)
cells = st.one_of(st.just(""), line, st.lists(line, min_size=2, max_size=3).map("\n".join))
headings = st.lists(st.text("abcdefgxyz", min_size=3, max_size=8), min_size=1, max_size=4).map(
    lambda all: " ".join(all).capitalize()
)


def a_fact(reference: str, heading: UUID | None, axis: str, cell: Sequence[str], rating: str) -> ActionFact:
    text, evidence, due, owner, progress = cell
    return ActionFact(
        id=new_id(),
        reference=reference,
        title="",
        text=text,
        evidence=evidence if axis != "ambition" else "",
        objective_id=None,
        priority_id=None,
        section_id=heading if axis == "section" else None,
        ambition_id=heading if axis == "ambition" else None,
        four_p=(),
        level="strategic",
        state="in_progress",
        ended_because="",
        due_kind="open",
        due_on=None,
        frequency="",
        review_body="",
        due_words=due if axis != "ambition" else "",
        owner_words=owner if axis != "ambition" else "",
        updates=(UpdateFact(progress, "", "", "in_progress", AT, "A", "import", None),) if progress else (),
        ratings=(RatingFact(rating, "", "", "", AT, "A", "import"),) if rating else (),
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanFile:
    """A plan of sections with six columns, or of an ambition with three."""
    axis = draw(st.sampled_from(("section", "ambition", "")))
    titles = draw(st.lists(headings, min_size=1, max_size=3, unique_by=str.casefold)) if axis else []
    groupings = [
        GroupingFact(new_id(), axis, f"{place}.0" if axis == "ambition" else "", title, "", "", "Sam Lee")
        for place, title in enumerate(titles, start=1)
    ]
    actions = []
    for place, heading in enumerate(groupings or [None], start=1):
        for number in range(1, draw(st.integers(1, 4)) + 1):
            said = draw(st.tuples(line, cells, cells, cells, cells))
            rating = draw(st.sampled_from(("", "blue", "green", "amber", "red")))
            actions.append(a_fact(f"{place}.{number}", heading.id if heading else None, axis, said, rating))
    return PlanFile(
        id=new_id(),
        title="Harbour plan",
        body="",
        state="live",
        document="",
        starts_on=None,
        ends_on=None,
        stale_after_days=120,
        as_at=AT,
        key=(KeyFact("blue", "Complete", needs_remedy=False),),
        groupings=tuple(groupings),
        objectives=(),
        actions=tuple(actions),
        commitments=(),
    )


def tidy(text: str) -> str:
    return "\n".join(" ".join(each.split()) for each in text.split("\n") if each.split())


def told(draft: PlanDraft) -> list[tuple[str, ...]]:
    return [
        (
            row.section,
            row.reference,
            row.objective,
            row.action,
            row.responsibility,
            row.timescale,
            row.evidence,
            row.progress,
            row.rating or "",
        )
        for row in draft.rows
    ]


def meant(plan: ShapedPlan) -> list[tuple[str, ...]]:
    names = (
        "section",
        "reference",
        "objective",
        "action",
        "responsibility",
        "timescale",
        "evidence",
        "progress",
    )
    return [(*(tidy(row.cell(name)) for name in names), row.rating) for row in plan.rows]


@pytest.mark.parametrize("kind", list(KINDS))
@settings(max_examples=25, deadline=None, phases=NO_SHRINKING)
@given(file=plans())
def test_what_is_taken_out_is_read_back_as_it_was(kind: str, file: PlanFile) -> None:
    make, name = KINDS[kind]
    plan = shaped(file, {})
    assert told(plan_of(make(plan), name)) == meant(plan)


def test_what_a_sheet_would_calculate_is_guarded_and_read_as_it_was() -> None:
    for text in ("=1+1", "+44 1", "-", "@x", "'=x", "''+y", "\n=1+1", "＝1+1", "＠x"):
        assert guarded(text).startswith("'")
        assert unguarded(guarded(text)) == text
    for text in ("", "x=1", "'quoted'", "1-2"):
        assert guarded(text) == text == unguarded(text)


def promising() -> PlanFile:
    ambition = GroupingFact(new_id(), "priority", "", "Warm homes", "Every home is warm.", "", "")
    bare = GroupingFact(new_id(), "priority", "", "Bright streets", "", "", "")
    made = [
        CommitmentFact(new_id(), group.id, text, (), "")
        for group, text in ((ambition, "Mend roofs"), (ambition, "=Mend doors: all"), (bare, "Light lamps"))
    ]
    action = a_fact("1.1", None, "", ("Knock", "", "", "", ""), "green")
    return PlanFile(
        new_id(),
        "Homes plan",
        "",
        "live",
        "",
        None,
        None,
        120,
        AT,
        (),
        (ambition, bare),
        (),
        (action,),
        tuple(made),
    )


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_is_promised_comes_back_under_its_priority(kind: str) -> None:
    make, name = KINDS[kind]
    draft = plan_of(make(shaped(promising(), {})), name)
    assert [
        (each.title, each.objective, [made.text for made in each.commitments]) for each in draft.priorities
    ] == [
        ("Warm homes", "Every home is warm.", ["Mend roofs", "=Mend doors: all"]),
        ("Bright streets", "", ["Light lamps"]),
    ]
    assert [row.action for row in draft.rows] == ["Knock"]
    assert draft.title == "Homes plan"


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_title_and_the_key_come_back_too(kind: str) -> None:
    make, name = KINDS[kind]
    file = replace(
        promising(),
        key=(KeyFact("blue", "Done", needs_remedy=False), KeyFact("red", "Bad", needs_remedy=True)),
    )
    draft = plan_of(make(shaped(file, {})), name)
    assert draft.title == "Homes plan"
    assert [(entry.rating, entry.meaning) for entry in draft.key] == [("blue", "Done"), ("red", "Bad")]
    assert len(draft.rows) == 1


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("title", ["Homes: where children live", "Boats *at* sea", "**Both**: a and b"])
def test_a_heading_without_a_number_comes_back_as_it_is_written(kind: str, title: str) -> None:
    make, name = KINDS[kind]
    section = GroupingFact(new_id(), "section", "", title, "", "", "")
    action = a_fact("1.1", section.id, "section", ("Knock *twice*", "", "", "", ""), "green")
    file = replace(promising(), groupings=(section,), actions=(action,), commitments=())
    draft = plan_of(make(shaped(file, {})), name)
    assert [(row.section, row.action) for row in draft.rows] == [(title, "Knock *twice*")]


def test_who_and_when_are_written_as_they_are_now() -> None:
    lead = OwnerFact(new_id(), "lead", "body", "Pilots", "", "in_progress", None)
    fact = replace(
        a_fact("1", None, "", ("Knock", "", "March 2027", "Harbour Group", ""), ""),
        owners=(lead,),
        due_kind="date",
        due_on=date(2027, 5, 4),
    )
    file = replace(promising(), actions=(fact,))
    (row,) = shaped(file, {}).rows
    assert (row.responsibility, row.timescale) == ("Lead: Pilots", "4 May 2027 (March 2027)")
    kept = replace(fact, due_kind="month", due_on=date(2027, 3, 31))
    (row,) = shaped(replace(file, actions=(kept,)), {lead.id: "Harbour Group"}).rows
    assert (row.responsibility, row.timescale) == ("Harbour Group", "March 2027")


def test_cancelled_actions_are_not_taken_out() -> None:
    ended = replace(promising().actions[0], state="cancelled")
    assert not list(shaped(replace(promising(), actions=(ended,)), {}).rows)


def test_objectives_stand_in_their_column() -> None:
    objective = ObjectiveFact(new_id(), "", "Be warm", None, None)
    fact = replace(promising().actions[0], objective_id=objective.id)
    file = replace(promising(), actions=(fact,), objectives=(objective,))
    assert [row.objective for row in plan_of(as_csv(shaped(file, {})), "a.csv").rows] == ["Be warm"]


def test_the_pdf_is_made_of_all_of_it() -> None:
    made = as_pdf(shaped(promising(), {}), partnership="Saltmere", standing="Now", made="Made", at=AT)
    assert made.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "start"), [("word", b"PK"), ("excel", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF")]
)
def test_who_took_a_plan_out_is_on_the_record(cast: Cast, kind: str, start: bytes) -> None:
    plan = a_plan(cast)
    a_rating(an_action(plan))
    with cast.seen_by("Ana") as viewer:
        made = export_plan(plan_id=plan.pk, kind=kind, viewer=viewer, now=NOW)
    assert made.content.startswith(start)
    with as_worker():
        entry = Entry.objects.get(verb="export", subject_id=plan.pk)
    assert (entry.detail["kind"], entry.detail["actions"]) == (kind, 1)


def test_only_those_who_read_plans_take_them_out(cast: Cast) -> None:
    plan = a_plan(cast)
    with cast.seen_by("Sal") as viewer, pytest.raises(NotAllowed):
        export_plan(plan_id=plan.pk, kind="csv", viewer=viewer, now=NOW)
    with cast.seen_by("Lena") as viewer, pytest.raises(NotFound):
        export_plan(plan_id=plan.pk, kind="exe", viewer=viewer, now=NOW)


@needs_shared
@pytest.mark.parametrize("kind", ["word", "excel", "csv"])
@pytest.mark.parametrize("name", ["004_4ae52e851706ad04.txt", "000_bcb3a68dffaac496.txt"])
def test_a_source_document_comes_back_without_a_difference(cast: Cast, kind: str, name: str) -> None:
    assert SHARED
    from_here = {"partnership_id": cast.partnership_id, "now": NOW}
    with cast.seen_by("Lena") as viewer:
        row = begin_import(
            file_name=name, data=(SHARED / "seeds" / name).read_bytes(), viewer=viewer, **from_here
        )
        done = save_import(import_id=row.id, viewer=viewer, now=NOW)
        made = export_plan(plan_id=done.plan_id, kind=kind, viewer=viewer, now=NOW)
        again = begin_import(file_name=made.name, data=made.content, viewer=viewer, **from_here)
        found = intake(again.id, now=NOW)
    assert found.row.plan_id == done.plan_id
    assert found.difference
    assert (found.difference.added, found.difference.gone, found.difference.promised) == ((), (), ())
    assert found.difference.changed == ()
