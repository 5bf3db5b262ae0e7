"""Strategy documents: drafted, approved and then as they are, published, and followed by a new version."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.personas import NOW, Cast

from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.kernel.viewer import Viewer
from wayhome.strategy.commands import document as documents
from wayhome.strategy.commands.changing import Stale
from wayhome.strategy.models import StrategyDocument
from wayhome.strategy.tests.arranging import last_changes

DETAILS = documents.DocumentDetails(title="Safe Home 2026")
SECTION = documents.SectionDetails(heading="What we want", text="No child waits alone.")
TODAY = NOW.date()


@pytest.fixture
def lena(cast: Cast) -> Iterator[Viewer]:
    with cast.seen_by("Lena") as viewer:
        yield viewer


@pytest.fixture
def draft(cast: Cast, lena: Viewer) -> UUID:
    made = documents.draft_document(partnership_id=cast.partnership_id, details=DETAILS, viewer=lena, now=NOW)
    documents.add_section(document_id=made, details=SECTION, viewer=lena, now=NOW)
    return made


def approve(draft: UUID, lena: Viewer, on: date = TODAY, by: str = "The Board") -> None:
    documents.approve_document(document_id=draft, approved_by=by, approved_on=on, viewer=lena, now=NOW)


def test_sections_are_put_in_order_changed_and_taken_out(lena: Viewer, draft: UUID) -> None:
    told = {"viewer": lena, "now": NOW}
    quote = documents.SectionDetails(kind="quote", text="They listened.", source="A young person, 2026")
    with pytest.raises(documents.QuoteOfNobody):
        documents.add_section(
            document_id=draft, details=documents.SectionDetails(kind="quote", text="They listened."), **told
        )
    with pytest.raises(documents.SectionSaysNothing):
        documents.add_section(document_id=draft, details=documents.SectionDetails(text=" "), **told)
    second = documents.add_section(document_id=draft, details=quote, **told)
    documents.move_section(section_id=second, up=True, **told)
    documents.move_section(section_id=second, up=True, **told)
    document = StrategyDocument.objects.get(pk=draft)
    kinds = list(document.sections.order_by("position").values_list("kind", flat=True))
    assert kinds == ["quote", "text"]
    documents.remove_section(section_id=second, **told)
    assert last_changes(second, "remove")["text"] == ("They listened.", None)
    assert document.sections.count() == 1


def test_an_approved_version_cannot_be_edited(lena: Viewer, draft: UUID) -> None:
    section = StrategyDocument.objects.get(pk=draft).sections.get()
    approve(draft, lena)
    told = {"viewer": lena, "now": NOW}
    for change in (
        lambda: documents.edit_document(document_id=draft, details=DETAILS, **told),
        lambda: documents.add_section(document_id=draft, details=SECTION, **told),
        lambda: documents.edit_section(section_id=section.pk, details=SECTION, **told),
        lambda: documents.remove_section(section_id=section.pk, **told),
        lambda: documents.move_section(section_id=section.pk, up=True, **told),
        lambda: approve(draft, lena),
    ):
        with pytest.raises(documents.ApprovedAlready):
            change()


def test_approval_says_by_whom_and_when(cast: Cast, lena: Viewer, draft: UUID) -> None:
    with pytest.raises(documents.ApprovedByNobody):
        approve(draft, lena, by=" ")
    with pytest.raises(documents.ApprovedInTheFuture):
        approve(draft, lena, on=TODAY + timedelta(days=2))
    empty = documents.draft_document(
        partnership_id=cast.partnership_id, details=DETAILS, viewer=lena, now=NOW
    )
    with pytest.raises(documents.NothingToApprove):
        approve(empty, lena)
    with pytest.raises(documents.NotApprovedYet):
        documents.publish_document(document_id=draft, viewer=lena, now=NOW)
    approve(draft, lena)
    assert StrategyDocument.objects.get(pk=draft).approved_by == "The Board"


def test_a_new_version_replaces_the_old_when_it_is_published(lena: Viewer, draft: UUID) -> None:
    told = {"viewer": lena, "now": NOW}
    with pytest.raises(documents.NotApprovedYet):
        documents.new_version(document_id=draft, **told)
    approve(draft, lena)
    documents.publish_document(document_id=draft, **told)
    with pytest.raises(documents.PublishedAlready):
        documents.publish_document(document_id=draft, **told)
    following = documents.new_version(document_id=draft, **told)
    with pytest.raises(documents.FollowedAlready):
        documents.new_version(document_id=draft, **told)
    row = StrategyDocument.objects.get(pk=following)
    assert (row.version, row.state, row.sections.get().text) == (2, "draft", "No child waits alone.")
    approve(following, lena)
    documents.publish_document(document_id=following, **told)
    assert StrategyDocument.objects.get(pk=draft).state == "refreshed"


def test_the_slower_editor_sees_both(lena: Viewer, draft: UUID) -> None:
    changed = documents.DocumentDetails(title="Safe Home 2027")
    documents.edit_document(document_id=draft, details=changed, edition=1, viewer=lena, now=NOW)
    with pytest.raises(Stale) as refused:
        documents.edit_document(document_id=draft, details=DETAILS, edition=1, viewer=lena, now=NOW)
    assert refused.value.theirs["title"] == "Safe Home 2027"


@pytest.mark.parametrize("name", ["Ana", "Sal", "Otto", "Ada"])
def test_others_write_nothing(cast: Cast, name: str) -> None:
    with cast.seen_by("Cora") as viewer:
        made = documents.draft_document(
            partnership_id=cast.partnership_id, details=DETAILS, viewer=viewer, now=NOW
        )
    with cast.seen_by(name) as viewer:
        with pytest.raises(NotAllowed):
            documents.draft_document(
                partnership_id=cast.partnership_id, details=DETAILS, viewer=viewer, now=NOW
            )
        with pytest.raises((NotAllowed, NotFound)):
            documents.edit_document(document_id=made, details=DETAILS, viewer=viewer, now=NOW)
