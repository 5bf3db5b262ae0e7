"""The product's own source files, read as trees, for tests of what no linter sees."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "wayhome"
# What tests, migrations and the invented demonstration do is not what the product does.
ASIDE = ("tests", "migrations")


@dataclass(frozen=True)
class Source:
    """One Python file of the product."""

    path: Path

    @property
    def place(self) -> str:
        """Where it is below src/wayhome, as "missing/commands/close.py"."""
        return str(self.path.relative_to(PACKAGE))

    @property
    def module(self) -> str:
        """The module that it belongs to."""
        return self.place.split("/")[0]

    @property
    def tree(self) -> ast.Module:
        """What it says."""
        return parsed(self.path)


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of a file, made once."""
    return ast.parse(path.read_text())


@cache
def sources() -> tuple[Source, ...]:
    """All Python files of the product but tests and migrations."""
    found = (Source(path) for path in sorted(PACKAGE.rglob("*.py")))
    return tuple(source for source in found if not set(ASIDE) & set(source.path.parts))


def modules() -> list[str]:
    """The modules that there are."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


@cache
def layers() -> dict[str, int]:
    """Each module's height, from the contract in pyproject.toml: neighbours share one."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = (contract for contract in contracts if contract["type"] == "layers")
    rows = [row.split(" | ") for row in reversed(contract["layers"])]
    return {module: height for height, row in enumerate(rows) for module in row}


def own_apps() -> list[AppConfig]:
    """The Django apps of the product."""
    return [app for app in apps.get_app_configs() if app.name.startswith("wayhome.")]


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call of an attribute, with the attribute's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr


def names_in(node: Any) -> set[str]:
    """Every name and attribute in an expression."""
    return {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)} | {
        n.id for n in ast.walk(node) if isinstance(n, ast.Name)
    }
