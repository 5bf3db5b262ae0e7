"""A refusal's docstring is the sentence that its reader sees."""

import importlib
import inspect
import re
from collections.abc import Callable

from tests.architecture.sources import sources
from wayhome.kernel.refusal import Refusal


def refusals() -> list[type[Refusal]]:
    for source in sources():
        if "Refusal" in source.path.read_text() and not source.place.startswith("config/verbs/demo"):
            importlib.import_module("wayhome." + source.place.removesuffix(".py").replace("/", "."))
    return sorted(_below(Refusal), key=lambda kind: f"{kind.__module__}.{kind.__name__}")


def _below(kind: type[Refusal]) -> set[type[Refusal]]:
    own = {
        child
        for child in kind.__subclasses__()
        if child.__module__.startswith("wayhome.") and ".tests" not in child.__module__
    }
    return own.union(*(_below(child) for child in kind.__subclasses__()))


MACHINE_WORDS = {"null", "exception", "database", "sql", "uuid", "invalid", "error", "failed", "please"}


def wrong(is_right: Callable[[type[Refusal], str], object]) -> list[str]:
    """The refusals of which this is not so; each is given with its sentence."""
    said = {kind: inspect.cleandoc(vars(kind).get("__doc__") or "") for kind in refusals()}
    assert len(said) > 100, "they are found by importing the files that name them"
    return [kind.__qualname__ for kind, sentence in said.items() if not is_right(kind, sentence)]


def test_each_is_a_sentence_of_its_own():
    assert wrong(lambda _, said: said.endswith((".", "?")) and said[0].isupper()) == []


def test_none_holds_a_place_for_personal_data():
    assert wrong(lambda _, said: not re.search(r"%\(|%s|\{\w*\}", said)) == []


def test_each_speaks_to_the_reader_and_not_of_the_machine():
    def speaks_to_the_reader(kind: type[Refusal], said: str) -> bool:
        # Those of the command line are read by operators.
        is_for_operators = kind.__module__.startswith("wayhome.config.")
        return is_for_operators or not set(re.findall(r"[a-z]+", said.lower())) & MACHINE_WORDS

    assert wrong(speaks_to_the_reader) == []


def test_each_names_a_field_as_forms_do():
    assert wrong(lambda kind, _: kind.field is None or re.fullmatch(r"[a-z][a-z0-9_]*", kind.field)) == []
