"""Writes the pages of docs/ that state what a machine can state; with --check, only says which are out of date.

Roles come from access/roles.py, clocks from missing/rules.py, row policies from a database that has just been
migrated: what PostgreSQL holds, not what somebody remembers. The glossary is the one the product shows.
"""

import dataclasses
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayhome.config.tests.settings")
django.setup()

from wayhome.access.roles import ROLES, Verb  # noqa: E402 (Django comes first)
from wayhome.config.postgres import administrator  # noqa: E402
from wayhome.config.testing import test_databases  # noqa: E402
from wayhome.missing.rules import LIMITS, RULES  # noqa: E402
from wayhome.missing.rules.repeat import Triggers  # noqa: E402

DOCS = Path(__file__).resolve().parent.parent / "docs"
GENERATED = "<!-- Written by `make docs`. Changes by hand are lost. -->"
POLICIES = """
SELECT tablename, policyname, cmd, array_to_string(roles, ', '), coalesce(qual, 'true'), with_check
FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename, roles, policyname
"""
RIGHTS = """
SELECT c.relname, acl.grantee::regrole::text, string_agg(acl.privilege_type, ', ' ORDER BY acl.privilege_type)
FROM pg_class c, aclexplode(c.relacl) acl
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND acl.grantee <> c.relowner
GROUP BY 1, 2
UNION ALL
SELECT c.relname, acl.grantee::regrole::text,
  acl.privilege_type || ' of ' || string_agg(a.attname, ', ' ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) acl
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
GROUP BY 1, 2, acl.privilege_type
ORDER BY 1, 2, 3
"""
DEFINER_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace ORDER BY 1
"""


def main() -> int:
    pages = {
        "roles.md": roles(),
        "clocks.md": clocks(),
        "glossary.md": glossary(),
        "row-policies.md": row_policies(),
    }
    stale = [name for name, text in pages.items() if not is_current(DOCS / name, text)]
    if "--check" in sys.argv:
        for name in stale:
            sys.stderr.write(f"docs/{name} is out of date. Run: make docs\n")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).write_text(pages[name])
    return 0


def is_current(file: Path, text: str) -> bool:
    return file.exists() and file.read_text() == text


def roles() -> str:
    who = table(("role", "who", "sees"), ((role.name, role.who, role.sees) for role in ROLES))
    marks = ((verb.value, *("yes" if verb in role.verbs else "" for role in ROLES)) for verb in Verb)
    what = table(("may", *(role.name for role in ROLES)), marks)
    return page("Roles", "Which children somebody may do it for is said by grants, never here.", who, what)


def clocks() -> str:
    limits = (
        (each.key, each.what, each.words(each.default), str(each.at_most), each.source) for each in LIMITS
    )
    duties = ((rule.key, rule.who_can_act, ", ".join(rule.limits), rule.basis) for rule in RULES)
    triggers = ((each.name, str(each.default)) for each in dataclasses.fields(Triggers))
    about = "Every duty with a clock, and its limits. A partnership sets its own within these bounds."
    return page(
        "Clocks",
        about,
        table(("duty", "who can act", "limits", "basis"), duties),
        "## Limits",
        table(("setting", "what", "default", "at most", "source"), limits),
        "## Triggers of repeat missing",
        table(("setting", "default"), triggers),
    )


def glossary() -> str:
    title, words = files("wayhome.desk").joinpath("glossary.md").read_text().split("\n", 1)
    return f"{title}\n\n{GENERATED}\n{words}"


def row_policies() -> str:
    with test_databases(lambda: None) as (made, _), administrator(made.used) as admin:
        policies = admin.execute(POLICIES).fetchall()
        rights = admin.execute(RIGHTS).fetchall()
        functions = [signature for (signature,) in admin.execute(DEFINER_FUNCTIONS).fetchall()]
    about = "What each database role may do with each table, and with which of its rows. Default: nothing."
    listed = "\n".join(f"- `{signature}`" for signature in functions)
    return page(
        "Row policies", about, *tables(policies, rights), f"## Functions that decide inside\n\n{listed}"
    )


def tables(policies: list[tuple[str, ...]], rights: list[tuple[str, ...]]) -> Iterator[str]:
    allowed, ruled = defaultdict(list), defaultdict(list)
    for name, role, verbs in rights:
        allowed[name].append((role, verbs))
    for name, *rule in policies:
        ruled[name].append(tuple(rule))
    for name in sorted(allowed.keys() | ruled.keys()):
        yield f"## {name}"
        yield table(("role", "rights"), allowed[name])
        if ruled[name]:
            yield table(("policy", "for", "role", "rows", "rows written"), ruled[name])


def page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", GENERATED, *parts]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str | None]]) -> str:
    lines = [list(head), *([cell(value) for value in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: str | None) -> str:
    return " ".join((value or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
