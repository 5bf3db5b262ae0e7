"""Proof that nothing on the record was changed or removed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from wayhome.audit.commands import GENESIS, entry_digest, seal_digest
from wayhome.audit.models import Entry, Seal, SealedEntry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the record found. `broken` says what is wrong with the first broken entry or seal."""

    seals: int
    entries: int
    unsealed: int
    head: str
    broken: str | None = None
    head_is_known: bool | None = None

    @property
    def holds(self) -> bool:
        """True if every sealed entry is as it was and a head noted elsewhere is still in the chain."""
        return self.broken is None and self.head_is_known is not False


def verify(*, noted_head: str | None = None, progress: Callable[[int], None] = lambda _: None) -> Verdict:
    """Recompute every hash from the first seal on and stop at the first that differs.

    Someone who owns the database could rewrite entries and all seals after them. So note the head (printed here)
    somewhere else, such as in the Board's minutes, and give it as `noted_head`: it has to be in the chain still.
    """
    previous, entries, seals, heads = GENESIS, 0, 0, set()
    for seal in Seal.objects.order_by("pk").iterator():
        broken = _broken_in(seal, previous)
        if broken:
            return Verdict(seals, entries, 0, previous.hex(), broken=broken)
        previous = bytes(seal.digest)
        heads.add(previous.hex())
        seals, entries = seals + 1, entries + seal.entry_count
        progress(entries)
    unsealed = Entry.objects.filter(~Exists(SealedEntry.objects.filter(pk=OuterRef("pk")))).count()
    known = None if noted_head is None else noted_head.lower() in heads
    return Verdict(seals, entries, unsealed, previous.hex(), head_is_known=known)


def _broken_in(seal: Seal, previous: bytes) -> str | None:
    if bytes(seal.previous) != previous:
        return f"seal {seal.pk} does not follow the seal before it: a seal was removed or changed"
    sealed = list(seal.sealed_entries.order_by("pk"))
    for broken in _broken_entries(sealed):
        return broken
    if len(sealed) != seal.entry_count or seal_digest(previous, (bytes(s.digest) for s in sealed)) != bytes(
        seal.digest
    ):
        return f"seal {seal.pk}: its list of entries was changed"
    return None


def _broken_entries(sealed: list[SealedEntry]) -> Iterator[str]:
    entries = Entry.objects.prefetch_related("changes").in_bulk([s.pk for s in sealed])
    for mark in sealed:
        entry = entries.get(mark.pk)
        if entry is None:
            yield f"entry {mark.pk} was removed"
        elif entry_digest(entry, sorted(entry.changes.all(), key=lambda c: c.pk)) != bytes(mark.digest):
            yield f"entry {mark.pk} was changed"
