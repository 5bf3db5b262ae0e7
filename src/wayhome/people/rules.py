"""What holds for names, dates of birth and numbers. Pure: values in, answer out."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from stdnum.gb import nhs, upn

from wayhome.kernel.partial_date import Precision, age_on, latest_possible

# 999 999 9999 passes the check digit and is typed when the number is not known.
PLACEHOLDER_NHS_NUMBERS = frozenset({"9999999999", "0000000000"})
# Letters that no accent can be taken off: what people type who do not have them on their keyboard.
STROKED = str.maketrans(
    {
        "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d",
        "Ð": "D", "ð": "d", "Þ": "TH", "þ": "th", "Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "Ŋ": "N", "ŋ": "n",
        "ı": "i", "ĸ": "q", "ŉ": "n", "Ŀ": "L", "ŀ": "l",
    }
)  # fmt: skip
POSTCODE = re.compile(r"(GIR0AA|[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2})")
UNKNOWN_UPNS = frozenset({"UN1", "UN2", "UN3", "UN4", "UN5"})


class PackReason(StrEnum):
    """Why the kept-current part of a missing pack has to be read through."""

    NOT_WRITTEN = "not written"
    MOVED = "moved"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """A number in its stored form, and whether its check digit holds (None: there is nothing to check)."""

    value: str
    is_verified: bool | None
    problem: str = ""


def checked_nhs_number(typed: str) -> CheckedNumber:
    """NHS number: ten digits, modulus 11. Source: NHS Data Dictionary, NHS NUMBER."""
    value = re.sub(r"[\s-]", "", typed)
    if value in PLACEHOLDER_NHS_NUMBERS or not nhs.is_valid(value):
        return CheckedNumber(
            value, False, "This NHS number is not valid. Check it against the letter or card."
        )
    return CheckedNumber(value, True)


def checked_upn(typed: str) -> CheckedNumber:
    """Unique pupil number: a check letter and twelve characters. Source: DfE, Unique Pupil Numbers guide.

    UN1 to UN5 say why there is none and have nothing to check.
    """
    value = re.sub(r"\s", "", typed).upper()
    if value in UNKNOWN_UPNS:
        return CheckedNumber(value, None)
    if not upn.is_valid(value):
        return CheckedNumber(value, False, "This UPN is not valid. Check it against the school's record.")
    return CheckedNumber(value, True)


def is_postcode(typed: str) -> bool:
    """Whether it has the form of a full UK postcode. Source: BS 7666, Royal Mail PAF programmers' guide.

    So have the made-up ones that stand for no fixed abode and the like (ZZ99 3VZ: ONS Postcode Directory).
    """
    return POSTCODE.fullmatch(re.sub(r"\s", "", typed).upper()) is not None


def full_name(given_name: str, family_name: str) -> str:
    """As lists name somebody. Either may be missing."""
    return f"{given_name} {family_name}".strip()


def name_words(*names: str) -> list[str]:
    """The words of names as search compares them: lower case, without accents, apostrophes joined, no duplicates.

    "Ó Néill-O'Brien" gives o, neill, obrien. The database has its own, people_words(), which alone decides what is
    found; this one is for lists that are in memory already. They agree on the letters of European languages.
    """
    text = " ".join(names).translate(STROKED).casefold()
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"['’`]", "", text)
    return list(dict.fromkeys(re.findall(r"[^\W\d_]+", text)))


@lru_cache(maxsize=10_000)
@lru_cache(maxsize=10_000)
def age_is(on: date, born: date | None, precision: str) -> int | None:
    """Age in completed years on a day. Where the date is not exact, the youngest age it allows.

    A person whose age is not certain and who may be a child is treated as a child: Modern Slavery Act 2015 s.51.
    """
    if born is None:
        return None
    return age_on(on, latest_possible(born, Precision(precision)))


def is_child(on: date, born: date | None, precision: str) -> bool:
    """Under eighteen, or not certainly older. Children Act 1989 s.105(1)."""
    age = age_is(on, born, precision)
    return age is None or age < 18


def born_words(born: date | None, precision: str) -> str:
    """A date of birth with how well it is known: "5 June 2011", "June 2011, day not known"."""
    if born is None:
        return ""
    words = {
        Precision.MONTH: f"{born:%B %Y}, day not known",
        Precision.YEAR: f"{born.year}, only the year is known",
        Precision.ESTIMATED: f"about {born.year}, an estimate",
    }
    return words.get(Precision(precision), f"{born.day} {born:%B %Y}")


def age_words(age: int | None, precision: str) -> str:
    """An age as far as it is certain: "15 years", "at least 15 years", or that it is not known."""
    if age is None:
        return "age not known"
    span = "under 1 year" if age == 0 else f"{age} year{'s' if age != 1 else ''}"
    return span if precision in (Precision.DAY, Precision.MONTH) or age == 0 else f"at least {span}"


# How long the kept-current part of a missing pack may go unread. A partnership's setting "pack_days" replaces it.
PACK_DAYS = 90


def why_check(
    checked_on: date | None, on: date, *, moved_on: date | None = None, days: int = PACK_DAYS
) -> PackReason | None:
    """Why a missing pack has to be read through now; None if it need not be.

    The pack goes with the child: after a move the new carer takes it over. Philomena Protocol; statutory guidance of
    January 2014, planning to prevent a child from going missing.
    """
    if checked_on is None:
        return PackReason.NOT_WRITTEN
    if moved_on and moved_on > checked_on:
        return PackReason.MOVED
    return PackReason.OLD if (on - checked_on).days > days else None
