"""Every write to the record. Entries are only ever added; the database refuses the application anything else."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from wayhome.audit.inserting import insert_said, said_by
from wayhome.audit.models import Change, Draft, Entry, Seal, SealedEntry, Submission, Tried
from wayhome.audit.vocabulary import Outcome
from wayhome.database.reading import told
from wayhome.kernel.ids import first_id_at, new_id
from wayhome.kernel.refusal import Refusal
from wayhome.kernel.viewer import Viewer

GENESIS = bytes(32)
# How long after it was made an entry may still surface unsealed, because its transaction took long to commit.
LOOK_BACK = timedelta(days=1)


class FormOfAnother(Refusal):
    """A colleague has already sent this form from this browser. Open it again to send yours."""


def record(
    *,
    viewer: Viewer,
    now: datetime,
    verb: str,
    subject_kind: str,
    subject_id: UUID | None = None,
    person_id: UUID | None = None,
    outcome: str = Outcome.DONE,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> UUID:
    """Add one entry, with before and after of each edited field in `changes`. Returns its id.

    `detail` and `reason` hold counts, codes, ids and days, and nothing that somebody typed: information governance
    reads them of children it does not see. What was typed belongs in `changes`, which only those who may see the child
    can read; where no child is known, as for a search, nobody can but by order of the controller.
    """
    entry = _entry(
        viewer,
        now,
        verb=verb,
        subject_kind=subject_kind,
        subject_id=subject_id,
        person_id=person_id,
        outcome=outcome,
        reason=reason,
        detail=detail,
    )
    told(*_adding(entry))
    if changes:
        Change.objects.bulk_create(
            Change(entry=entry, person_id=person_id, field=field, before=plain(before), after=plain(after))
            for field, (before, after) in changes.items()
        )
    return entry.pk


def record_all(
    rows: Mapping[UUID, Mapping[str, Any]],
    *,
    viewer: Viewer,
    now: datetime,
    verb: str,
    subject_kind: str,
) -> None:
    """An entry for each of many rows that were made at once. None of them is of a child.

    All that a row says is one change, "row": a plan of 5,000 actions would else be 200,000 of them.
    """
    same = said_by(_entry(viewer, now, verb=verb, subject_kind=subject_kind, outcome=Outcome.DONE))
    entries = [{**same, "id": new_id(), "subject_id": subject_id} for subject_id in rows]
    changes = [
        {"id": new_id(), "entry_id": entry["id"], "field": "row", "after": after}
        for entry, after in zip(entries, plain(list(rows.values())), strict=True)
    ]
    insert_said(Entry, entries)
    insert_said(Change, changes)


def _entry(viewer: Viewer, now: datetime, *, detail: Mapping[str, Any] | None = None, **said: Any) -> Entry:
    """An entry that says who did it, and by which link if by one."""
    return Entry(
        at=now,
        user_id=viewer.user_id,
        actor=viewer.name,
        agency=viewer.agency_name,
        purpose=viewer.purpose,
        request_id=viewer.request_id,
        detail=plain(dict(detail or {}) | ({"link": viewer.link_id} if viewer.link_id else {})),
        **said,
    )


def plain(value: Any) -> Any:
    """A value as JSON can hold it: instants in ISO 8601, ids as text."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _adding(entry: Entry) -> tuple[Any, ...]:
    """The statement and what it says: to have Django put it together takes longer than to run it, for every page."""
    said = {**said_by(entry), "detail": json.dumps(entry.detail)}
    places = ", ".join(f"%s{'::jsonb' if column == 'detail' else ''}" for column in said)
    return f"INSERT INTO audit_entry ({', '.join(said)}) VALUES ({places})", *said.values()  # noqa: S608 (columns)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose values differ, as (before, after)."""
    return {field: (before.get(field), value) for field, value in after.items() if before.get(field) != value}


def save_draft(
    *, viewer: Viewer, now: datetime, form: str, subject: str, data: Mapping[str, Any]
) -> datetime:
    """Keep what the viewer has typed so far. Returns the instant it was saved."""
    Draft.objects.update_or_create(
        user_id=viewer.known_writer_id,
        form=form,
        subject=subject,
        defaults={"data": plain(dict(data)), "saved_at": now},
    )
    return now


def discard_drafts_before(time: datetime, *, viewer: Viewer, form: str) -> None:
    """Forget the viewer's drafts of one form that were saved before a time."""
    Draft.objects.filter(user_id=viewer.known_writer_id, form=form, saved_at__lt=time).delete()


def discard_draft(*, viewer: Viewer, form: str, subject: str) -> None:
    """Forget a draft whose form has been sent."""
    Draft.objects.filter(user_id=viewer.known_writer_id, form=form, subject=subject).delete()


class SentWithOtherWords(Refusal):
    """You have sent this form before, with other words. Those are recorded; what you see here is not yet. Look at the
    record first. Then send it again if this is to be recorded as well.
    """


def wait_for_form(key: UUID) -> None:
    """Let a form with this key that is being sent, or its draft, be done first. The next waits for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"form {key}"])


def once(
    *, key: UUID, viewer: Viewer, now: datetime, form: str, do: Callable[[], str], said: str = ""
) -> str:
    """Do something once for this key, and give a repeat (double click, retry) the first answer.

    `said` is a digest of what was typed. A key that comes again with other words, as when somebody went back and
    wrote on, is no repeat: raises SentWithOtherWords, and the caller gives the form a new key.

    Two at the same moment: the second waits for the first, then reads its answer. If `do` refuses,
    the key is free again, because the refusal undoes the claim. Raises FormOfAnother if somebody else sent this key,
    as when two people use one browser: nobody gets another's answer.
    """
    with transaction.atomic():
        wait_for_form(key)
        Submission.objects.bulk_create(
            [Submission(key=key, user_id=viewer.user_id or viewer.link_id, form=form, said=said, at=now)],
            ignore_conflicts=True,
        )
        first = Submission.objects.filter(key=key).first()
        if first is None:
            raise FormOfAnother
        if first.answer and first.said != said:
            raise SentWithOtherWords
        if first.answer:
            return first.answer
        answer = do()
        Submission.objects.filter(key=key).update(answer=answer)
    return answer


def forget_tries(*, now: datetime) -> int:
    """Clear away counts that have run out. Called every hour by the worker."""
    gone, _ = Tried.objects.filter(ends_at__lte=now).delete()
    return gone


def entry_digest(entry: Entry, changes: Iterable[Change]) -> bytes:
    """SHA-256 over everything an entry says, in a fixed order."""
    said = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields} | {
        "changes": [[str(c.pk), str(c.person_id), c.field, c.before, c.after] for c in changes]
    }
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def seal_digest(previous: bytes, digests: Iterable[bytes]) -> bytes:
    """SHA-256 over the seal before and the digests of this batch in order of entry number."""
    total = hashlib.sha256(previous)
    for digest in digests:
        total.update(digest)
    return total.digest()


@transaction.atomic
def seal(*, now: datetime, at_most: int = 50_000) -> Seal | None:
    """Seal the entries committed since the last seal. Called every minute by the worker. None if there are none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit_seal'))")
    last = Seal.objects.order_by("-pk").first()
    since = first_id_at(last.made_at - LOOK_BACK) if last else UUID(int=0)
    entries = list(
        Entry.objects.filter(pk__gte=since)
        .filter(~Exists(SealedEntry.objects.filter(pk=OuterRef("pk"))))
        .prefetch_related("changes")
        .order_by("pk")[:at_most]
    )
    if not entries:
        return None
    digests = [entry_digest(entry, sorted(entry.changes.all(), key=lambda c: c.pk)) for entry in entries]
    previous = bytes(last.digest) if last else GENESIS
    made = Seal.objects.create(
        made_at=now, entry_count=len(entries), previous=previous, digest=seal_digest(previous, digests)
    )
    SealedEntry.objects.bulk_create(
        (SealedEntry(entry_id=e.pk, seal=made, digest=d) for e, d in zip(entries, digests, strict=True)),
        batch_size=5_000,
    )
    return made
