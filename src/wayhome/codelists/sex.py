"""The two ways in which the looked-after return has written a child's sex, and the way between them."""

from datetime import date

from wayhome import codelists

# Until 31 March 2024 the return used numbers and had no code for "not known".
_LETTER_OF_NUMBER = {"1": "M", "2": "F"}
_NUMBER_OF_LETTER = {letter: number for number, letter in _LETTER_OF_NUMBER.items()}


def as_letter(code: str) -> str:
    """M, F or U for any code the return has used: what the product stores. Other text stays as it is."""
    return _LETTER_OF_NUMBER.get(code, code)


def code_on(letter: str, on: date) -> str | None:
    """The code for this sex in the list of a day, or None if that day's list has no way to say it."""
    wanted = letter if codelists.load("sex").is_valid(letter, on) else _NUMBER_OF_LETTER.get(letter, "")
    return wanted if codelists.load("sex").is_valid(wanted, on) else None
