"""A refusal's docstring is the sentence that its reader sees."""

import importlib
import inspect
import re

import pytest

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


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.__name__)
class TestEveryRefusal:
    def test_is_a_sentence_of_its_own(self, kind):
        sentence = inspect.cleandoc(vars(kind).get("__doc__") or "")
        assert sentence.endswith((".", "?")), "a reader sees it: a whole sentence"
        assert sentence[0].isupper()

    def test_holds_no_place_for_personal_data(self, kind):
        assert not re.search(r"%\(|%s|\{\w*\}", kind.__doc__)

    def test_speaks_to_the_reader_and_not_of_the_machine(self, kind):
        if kind.__module__.startswith("wayhome.config."):
            return  # These are read by operators, on the command line.
        assert not set(re.findall(r"[a-z]+", kind.__doc__.lower())) & MACHINE_WORDS

    def test_names_a_field_as_forms_do(self, kind):
        assert kind.field is None or re.fullmatch(r"[a-z][a-z0-9_]*", kind.field)
