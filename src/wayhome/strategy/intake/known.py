"""Whom the words of a plan can mean: names and former names that the partnership has. Nobody is ever invented."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wayhome.strategy.rules.people_named import compared


@dataclass(frozen=True, slots=True)
class Known:
    """A post, agency, body or team. `why`: how a name leads to it; `is_sure`: nobody needs to be asked."""

    kind: str
    id: str
    name: str
    why: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Everybody who can be meant, by name, and those whom a former name or a holder leads to."""

    by_name: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)
    everybody: tuple[Known, ...] = ()
    # The names, for taking a list of owners apart.
    names: frozenset[str] = frozenset()

    def called(self, words: str) -> tuple[Known, ...]:
        """Whom these very words name; several where one name is of several."""
        return self.by_name.get(compared(words), ())

    def sure(self, words: str) -> Known | None:
        """The one whom these words name, if it is one only and no person has to be asked."""
        found = self.called(words)
        return found[0] if len(found) == 1 and found[0].is_sure else None

    def body(self, words: str) -> Known | None:
        """The body of this name, if there is one."""
        found = [each for each in self.called(words) if each.kind == "body" and each.is_sure]
        return found[0] if len(found) == 1 else None


def known_names(found: Iterable[tuple[str, Known]], everybody: Iterable[Known]) -> KnownNames:
    """From names and whom each leads to."""
    by_name: dict[str, list[Known]] = {}
    for name, known in found:
        here = by_name.setdefault(compared(name), [])
        if (known.kind, known.id) not in {(each.kind, each.id) for each in here}:
            here.append(known)
    told = {name: tuple(all) for name, all in by_name.items() if name}
    return KnownNames(told, tuple(everybody), frozenset(told))
