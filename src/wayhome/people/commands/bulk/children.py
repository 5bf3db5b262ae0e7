"""Children of another's list: found by their number there, or by pupil number and birth date; made if not found."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q

from wayhome.access.staging import found, run, stage_as, stage_written, written
from wayhome.audit.commands import record
from wayhome.kernel.partial_date import Precision
from wayhome.people.commands.bulk.taken import WHO_IS_WHO, Fate, Remark, Source, Taken, told_otherwise
from wayhome.people.commands.person import index_names
from wayhome.people.models import Identifier, Person
from wayhome.people.vocabulary import IdentifierType


class ChildTold(NamedTuple):
    """What a list tells of one child. Blank text and None mean that it does not say.

    An unverified pupil number proves nothing: it has a wrong check letter, is another's, or is a code for "none".
    """

    row: int
    number: str
    sex: str
    born_on: date | None
    ethnicity: str
    upn: str
    upn_is_verified: bool
    is_mother: bool | None
    own_child_born_on: date | None


_COLUMNS = """row integer, number text, sex text, born_on date, ethnicity text, upn text, upn_is_verified boolean,
    is_mother boolean, own_child_born_on date, id uuid, number_id uuid, upn_id uuid"""

# By the number that the issuer gave; else by a proven pupil number with the same birth date, if that child has no
# number of this issuer yet: two children never share both.
_WHO = """
SELECT told.row, told.number, told.number_id, coalesce(own.person_id, twin.person_id, told.id) AS person_id,
       coalesce(own.person_id, twin.person_id) IS NULL AS is_new, own.person_id IS NULL AS needs_number
FROM people_incoming told
LEFT JOIN people_identifier own ON own.type = %(number)s AND own.issuer = %(issuer)s AND own.value = told.number
    AND own.valid_to IS NULL AND own.is_verified IS NOT FALSE AND NOT own.is_shared
LEFT JOIN (
    SELECT u.value, p.id AS person_id, p.date_of_birth
    FROM people_identifier u JOIN people_person p ON p.id = u.person_id
    WHERE u.type = %(upn)s AND u.is_verified AND NOT u.is_shared AND u.valid_to IS NULL AND p.birth_precision = 'day'
        AND NOT EXISTS (SELECT FROM people_identifier n WHERE n.person_id = p.id AND n.type = %(number)s
                        AND n.issuer = %(issuer)s AND n.valid_to IS NULL)
) twin ON own.person_id IS NULL AND told.upn_is_verified AND twin.value = told.upn
    AND twin.date_of_birth = told.born_on
"""

# A number that somebody else has is held, but proves nothing.
_NUMBERS = """
SELECT told.row, told.number, told.upn_id, who.person_id, who.is_new, told.upn AS value,
       told.upn_is_verified AND another.id IS NULL AS is_verified,
       told.upn_is_verified AND another.id IS NOT NULL AS is_anothers
FROM people_incoming told JOIN people_known who USING (number)
LEFT JOIN people_identifier another ON another.type = %(upn)s AND another.value = told.upn
    AND another.issuer = '' AND another.valid_to IS NULL AND another.is_verified IS NOT FALSE AND NOT another.is_shared
    AND another.person_id <> who.person_id
WHERE told.upn <> ''
"""

_PEOPLE = """
INSERT INTO people_person (id, given_name, family_name, date_of_birth, birth_precision, sex, gender, ethnicity,
    language, needs_interpreter, pronunciation, is_mother, own_child_born_on, version, created_at)
SELECT told.id, '', 'Child ' || told.number, told.born_on,
    CASE WHEN told.born_on IS NULL THEN 'unknown' ELSE 'day' END, told.sex, '', told.ethnicity,
    '', false, '', told.is_mother, told.own_child_born_on, 1, %(now)s
FROM people_incoming told JOIN people_known who USING (number) WHERE who.is_new
"""
_CHILD_NUMBERS = """
INSERT INTO people_identifier (id, person_id, type, value, issuer, is_verified, valid_from)
SELECT number_id, person_id, %(number)s, number, %(issuer)s, NULL, NULL FROM people_known WHERE needs_number
"""
_PUPIL_NUMBERS = """
INSERT INTO people_identifier (id, person_id, type, value, issuer, is_verified, valid_from)
SELECT upn_id, person_id, %(upn)s, value, '', is_verified, NULL FROM people_numbers WHERE is_new
"""

_FIELDS = ("date_of_birth", "sex", "ethnicity", "is_mother", "own_child_born_on")
# What is told of children on record. A blank tells nothing, and nor does the code for a sex not known.
_DIFFERENT = """
SELECT told.row, told.number, p.id, p.date_of_birth, p.birth_precision, p.sex, p.ethnicity, p.is_mother,
       p.own_child_born_on, told.born_on, nullif(told.sex, 'U'), told.ethnicity, told.is_mother,
       told.own_child_born_on
FROM people_incoming told JOIN people_known who USING (number) JOIN people_person p ON p.id = who.person_id
WHERE NOT who.is_new AND (
    told.born_on <> p.date_of_birth OR told.born_on IS NOT NULL AND p.birth_precision <> 'day'
    OR told.sex NOT IN ('', 'U', p.sex) OR told.ethnicity NOT IN ('', p.ethnicity)
    OR told.is_mother IS NOT NULL AND told.is_mother IS DISTINCT FROM p.is_mother
    OR told.own_child_born_on IS NOT NULL AND told.own_child_born_on IS DISTINCT FROM p.own_child_born_on)
ORDER BY told.row
FOR UPDATE OF p
"""
_OTHER_NUMBER = """
SELECT n.row, n.number, n.person_id, n.value, n.is_verified, array_agg(held.value ORDER BY held.value)
           FILTER (WHERE held.id IS NOT NULL), coalesce(bool_or(held.is_verified), false)
FROM people_numbers n
LEFT JOIN people_identifier held ON held.person_id = n.person_id AND held.type = %(upn)s AND held.valid_to IS NULL
WHERE NOT n.is_new
GROUP BY n.row, n.number, n.person_id, n.value, n.is_verified
HAVING count(*) FILTER (WHERE held.value = n.value) = 0
ORDER BY n.row
"""


def written_children(rows: Sequence[ChildTold]) -> str:
    """These children as `take_children` takes them, with ids for the child and both numbers."""
    return written(rows, new_ids_each=3)


def take_children(texts: Iterable[str], *, source: Source) -> Taken:
    """Find or make these children (`written_children`). Afterwards people_taken() and WHO_IS_WHO tell who they are.

    A list has no names. Lists then show "Child 100001", which is no name: there is none on record until somebody
    writes one, and the child is found by number.
    """
    told = _parameters(source)
    stage_written("people_incoming", _COLUMNS, texts)
    stage_as(WHO_IS_WHO, _WHO, told)
    stage_as("people_numbers", _NUMBERS, told)
    remarks = [*_matched(), *_anothers()]
    changed = _change_people(source, remarks) | _change_numbers(source, remarks)
    for statement in (_PEOPLE, _CHILD_NUMBERS, _PUPIL_NUMBERS):
        run(statement, told)
    return _summed_up(changed, remarks)


def people_taken() -> list[UUID]:
    """Everyone whom take_children() found or made in this transaction."""
    return [person_id for (person_id,) in found(f"SELECT person_id FROM {WHO_IS_WHO}")]  # noqa: S608


def _parameters(source: Source) -> dict[str, Any]:
    return {
        "number": IdentifierType.LA_CHILD_ID,
        "upn": IdentifierType.UPN,
        "issuer": source.issuer,
        "now": source.now,
    }


def _summed_up(changed: set[int], remarks: list[Remark]) -> Taken:
    ((added, known),) = found(
        "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM people_known"
    )
    matched = {remark.row for remark in remarks if remark.fate == Fate.MATCHED_BY_UPN}
    return Taken(added, len(changed | matched), known - len(changed | matched), sorted(remarks))


def _matched() -> list[Remark]:
    rows = found("SELECT row, number FROM people_known WHERE needs_number AND NOT is_new")
    return [Remark(row, number, Fate.MATCHED_BY_UPN) for row, number in rows]


def _anothers() -> list[Remark]:
    rows = found("SELECT row, number, value FROM people_numbers WHERE is_anothers")
    return [Remark(row, number, Fate.UPN_IS_ANOTHERS, value) for row, number, value in rows]


def _change_people(source: Source, remarks: list[Remark]) -> set[int]:
    """Write what the list says otherwise, unless it is an older one. Returns the rows."""
    changed: dict[int, UUID] = {}
    for row, number, person_id, *values in found(_DIFFERENT):
        before = dict(zip(("date_of_birth", "birth_precision", *_FIELDS[1:]), values[:6], strict=True))
        after = dict(zip(_FIELDS, values[6:], strict=True))
        if values[6]:
            after["birth_precision"] = Precision.DAY
        differing = told_otherwise(before, after)
        if not source.is_latest:
            remarks.append(Remark(row, number, Fate.OLDER, _in_words(differing)))
            continue
        values_now = {name: new for name, (_, new) in differing.items()}
        Person.objects.filter(pk=person_id).update(**values_now, version=F("version") + 1)
        _recorded(person_id, differing, source)
        changed[row] = person_id
    if changed:
        # The words of names carry the year of birth.
        index_names(list(changed.values()))
    return set(changed)


def _change_numbers(source: Source, remarks: list[Remark]) -> set[int]:
    """A new pupil number ends the old one, unless the old one is proven and the new one is not."""
    changed = set()
    for row, number, person_id, value, is_verified, held, held_is_verified in found(
        _OTHER_NUMBER, _parameters(source)
    ):
        if held and ((held_is_verified and not is_verified) or not source.is_latest):
            fate = Fate.UPN_KEPT if source.is_latest else Fate.OLDER
            remarks.append(Remark(row, number, fate, ", ".join(held)))
            continue
        _end_pupil_numbers(person_id, source.as_at)
        Identifier(person_id=person_id, type=IdentifierType.UPN, value=value, is_verified=is_verified).save(
            force_insert=True
        )
        _recorded(person_id, {IdentifierType.UPN: (", ".join(held or []), value)}, source)
        changed.add(row)
    return changed


def _end_pupil_numbers(person_id: UUID, on: date) -> None:
    held = Identifier.objects.filter(person_id=person_id, type=IdentifierType.UPN, valid_to=None)
    held.filter(Q(valid_from=None) | Q(valid_from__lte=on)).update(valid_to=on)
    held.filter(valid_from__gt=on).update(valid_to=F("valid_from"))


def _recorded(person_id: UUID, changes: dict[str, tuple[Any, Any]], source: Source) -> None:
    record(
        viewer=source.viewer,
        now=source.now,
        verb="edit",
        subject_kind="person",
        subject_id=person_id,
        person_id=person_id,
        reason=source.name,
        changes=changes,
    )


def _in_words(differing: dict[str, tuple[Any, Any]]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {before}" for name, (before, _) in differing.items())
