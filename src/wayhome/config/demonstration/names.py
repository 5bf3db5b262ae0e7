"""Invented names and numbers. Nobody is called so: family names are made of words for samples and fables.

Given names are ordinary, some of them often misspelt, because finding a child by a misspelt name is part of the work.
"""

from dataclasses import dataclass
from itertools import count
from random import Random

from stdnum.gb import nhs, upn


def words(text: str) -> tuple[str, ...]:
    """The words of a text: lists of names are easier to read and to extend so."""
    return tuple(text.split())


_STEMS = words(
    "Lantern Sample Ficton Test Demo Mock Fable Pretend Specimen Story Madeup Invent Example Trial Model Figment "
    "Draft Proof Pattern Legend"
)
_ENDINGS = words("by wright shaw ley worth field ton well ham croft ford wick den more")

_GIRLS = words(
    "Amelia Olivia Isla Ava Mia Freya Lily Grace Evie Poppy Ella Chloe Sophie Ruby Daisy Millie Jessica Lucy Molly "
    "Holly Abigail Keira Leah Demi Paige Summer Skye Bethany Courtney Caitlin Kaitlyn Siobhán Niamh Zoë Renée Alyssa "
    "Maddison Madison Jodie Tegan"
)
_BOYS = words(
    "Oliver George Noah Harry Leo Jack Charlie Jacob Alfie Freddie Oscar Archie Logan Tyler Ryan Connor Conor Liam "
    "Kieran Ciaran Jayden Jaydon Callum Calum Reece Rhys Ethan Kai Kyle Dylan Lewis Louis Nathan Bailey Brandon Declan "
    "Ellis Finley Finlay Jude"
)
_ADULTS = words(
    "Dawn Tracy Karen Lisa Sharon Paul Mark Darren Lee Wayne Joanne Claire Kelly Gary Dean Michelle"
)


@dataclass(frozen=True, slots=True)
class Background:
    """What tends to go together: ethnicity, language, given names, family names. `weight` is per hundred children."""

    ethnicity: str
    weight: float
    language: str = "eng"
    girls: tuple[str, ...] = ()
    boys: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    interpreter: float = 0


def _b(
    ethnicity: str,
    weight: float,
    language: str = "eng",
    girls: str = "",
    boys: str = "",
    families: str = "",
    interpreter: float = 0,
) -> Background:
    return Background(ethnicity, weight, language, words(girls), words(boys), words(families), interpreter)


BACKGROUNDS = (
    _b("WBRI", 77),
    _b("WIRI", 1, families="O'Fableigh MacSample Ní-Fable O'Testan"),
    _b(
        "WOTH",
        2.5,
        "pol",
        "Zofia Oliwia Maja Kinga",
        "Kacper Jakub Szymon Bartosz",
        "Samplowski Testowicz",
        0.1,
    ),
    _b("WOTH", 1.5, "ron", "Ioana Andreea Bianca", "Andrei Ștefan Mihai", "Fictescu Sampleanu", 0.2),
    _b("WOTH", 1, "lit", "Gabija Ugnė", "Lukas Matas", "Testauskas Samplytė", 0.1),
    _b("WROM", 1, "ron", "Mirela Denisa", "Florin Marius", "Fablescu Modelaru", 0.2),
    _b("WIRT", 0.7, families="Fablewarden Storyward"),
    _b("MWBC", 4, girls="Aaliyah Shanice Tiana", boys="Tyrese Kymani Zion"),
    _b("MWBA", 2, girls="Amara Zuri", boys="Kofi Malachi"),
    _b("MWAS", 2, girls="Anisa Leila", boys="Zain Adam"),
    _b("MOTH", 1.5),
    _b(
        "APKN",
        1.7,
        "urd",
        "Aisha Maryam Zainab",
        "Yusuf Muhammad Mohammed Hamza",
        "Khan-Testwright Fictonwala",
        0.1,
    ),
    _b("ABAN", 0.6, "syl", "Nusrat Tahmina", "Rahim Tanvir", "Begum-Sample Miah-Testley"),
    _b("AIND", 0.6, girls="Priya Simran", boys="Arjun Harpreet", families="Samplesingh Patel-Testby"),
    _b(
        "BAFR",
        1.6,
        girls="Ngozi Adaeze Selam",
        boys="Chidi Emeka Filmon",
        families="Adeyemi-Sample Okafor-Fableby",
    ),
    _b("BCRB", 0.6, girls="Kezia Shanelle", boys="Jerome Andre"),
    _b("OOTH", 0.8, "sqi", "Arjeta Elira", "Besart Ardit", "Testaj Fictonaj", 0.8),
    _b("OOTH", 0.7, "ckb", "Rojin Hevîn", "Rebin Dilşad", "Samplewan Testzade", 0.8),
    _b("OOTH", 0.5, "vie", "Linh Thảo", "Minh Đức", "Nguyen-Fableby Tran-Mockley", 0.8),
    _b("NOBT", 0.7),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A child's name with what goes with it."""

    given: str
    family: str
    background: Background
    needs_interpreter: bool


def family_names(rng: Random) -> list[str]:
    """All family names that can be made, in random order."""
    made = [stem + ending for stem in _STEMS for ending in _ENDINGS if stem[-1] != ending[0]]
    rng.shuffle(made)
    return made


def named(rng: Random, sex: str, common: list[str]) -> Named:
    """A name for a child of this sex (F, M; for U from both lists)."""
    background = rng.choices(BACKGROUNDS, [b.weight for b in BACKGROUNDS])[0]
    girls, boys = background.girls or _GIRLS, background.boys or _BOYS
    given = rng.choice({"F": girls, "M": boys}.get(sex, girls + boys))
    family = rng.choice(background.families or common)
    return Named(given, family, background, rng.random() < background.interpreter)


def adult_name(rng: Random, family: str) -> str:
    """A parent or carer."""
    return f"{rng.choice(_ADULTS)} {family}"


class Numbers:
    """Numbers that are valid in form and belong to nobody: each call gives the next."""

    def __init__(self) -> None:
        self._nhs = (f"999{n:06d}" for n in count(100_017, 7))
        self._pupil = count(1)
        self._child = count(700_101)
        self._person = count(40_013, 3)

    def nhs_number(self) -> str:
        """From 999 000 0000 to 999 999 9999, the range that the NHS keeps for tests."""
        digits = ((body, -nhs.checksum(f"{body}0") % 11) for body in self._nhs)
        return next(f"{body}{digit}" for body, digit in digits if digit < 10)

    def upn(self, year: int) -> str:
        """A unique pupil number of establishment 9999, which is no school."""
        body = f"8119999{year % 100:02d}{next(self._pupil):03d}"
        return f"{upn.calc_check_digit(body)}{body}"

    def child_number(self) -> str:
        """The council's number of a child."""
        return str(next(self._child))

    def police_person(self) -> str:
        """The police's number of a person."""
        return f"SVP/{next(self._person)}"


def mobile(rng: Random) -> str:
    """From 07700 900000 to 07700 900999, the range that Ofcom keeps for drama."""
    return f"07700 900{rng.randrange(1000):03d}"


def landline(rng: Random) -> str:
    """From 01632 960000 to 01632 960999, the range that Ofcom keeps for drama."""
    return f"01632 960{rng.randrange(1000):03d}"


def misspelt(rng: Random, name: str) -> str:
    """A name as somebody once heard it."""
    swaps = (
        ("ph", "f"),
        ("y", "ie"),
        ("ie", "y"),
        ("c", "k"),
        ("á", "a"),
        ("ë", "e"),
        ("i", "y"),
        ("tt", "t"),
    )
    possible = [name.replace(a, b, 1) for a, b in swaps if a in name]
    return rng.choice(possible) if possible else name + name[-1]
