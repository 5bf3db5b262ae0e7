"""What the import linter cannot see: foreign keys, templates, writes, the clock, and what every module has to have."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import AppConfig
from django.db import models

from tests.architecture.sources import (
    PACKAGE,
    ROOT,
    Source,
    calls,
    layers,
    modules,
    names_in,
    own_apps,
    sources,
)

SAVES = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "asave"}
WRITES_OF_QUERYSETS = {"create", "update", "delete"}
# Where rows are written: each says why it is no command.
WRITES_ELSEWHERE = {
    "events/outbox.py": "the outbox: publish() and dispatch() are its commands",
    "access/sign_in.py": "the library's own forms for how one signs in",
    "strategy/exports/word.py": "a Word document is saved, and no row",
    "strategy/pack/word.py": "a Word document is saved, and no row",
}
DOMAIN = [
    "audit",
    "codelists",
    "events",
    "partnership",
    "access",
    "people",
    "missing",
    "insight",
    "statutory",
    "strategy",
    "exploitation",
]


def own_models() -> list[type[models.Model]]:
    return [model for app in own_apps() for model in app.get_models()]


def test_imports_keep_to_the_layers():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_module_has_its_layer():
    assert set(modules()) <= set(layers())


@pytest.mark.parametrize("module", modules())
def test_a_modules_models_are_imported_inside_it_only(module):
    strangers = {
        source.place
        for source in sources()
        if source.module not in (module, "config")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"wayhome.{module}.models")
    }
    # A user is who is signed in: views and forms above know the type.
    assert not strangers or module == "access"


def test_foreign_keys_keep_to_the_layers_and_leave_no_name_on_the_other_side():
    for field in [field for model in own_models() for field in model._meta.get_fields()]:
        if not (isinstance(field, models.ForeignKey | models.ManyToManyField) and not field.auto_created):
            continue
        here, there = field.model._meta.app_label, field.related_model._meta.app_label
        if here == there:
            continue
        assert layers()[there] < layers()[here], f"{field} points up"
        assert field.remote_field.related_name == "+", f"{field} needs related_name='+'"


def template_files() -> list[Path]:
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


def test_a_template_takes_only_from_its_own_module_and_from_web():
    elsewhere = []
    for file in template_files():
        module = file.relative_to(PACKAGE).parts[0]
        own_library_pages = {"account", "mfa", "socialaccount"} if module == "access" else set()
        allowed = {module, "web", "govuk_frontend_jinja"} | own_library_pages
        taken = re.findall(r"{%-?\s*(?:include|extends|import|from)\s+[\"']([^\"']+)", file.read_text())
        elsewhere += [(str(file), each) for each in taken if each.split("/")[0] not in allowed]
    assert elsewhere == []


@pytest.mark.parametrize(
    "unwanted",
    [
        r"<script(?![^>]*\bsrc=)",
        r"<style",
        r"\sstyle=",
        r"\son(click|load|error|submit|change|input)=",
        # text of people is escaped
        r"\|\s*safe\b|autoescape false",
    ],
)
def test_a_template_has_no_script_or_style_of_its_own_and_trusts_no_text(unwanted):
    assert [str(file) for file in template_files() if re.search(unwanted, file.read_text())] == []


def test_python_marks_no_text_of_people_as_safe():
    """`mark_safe` and `Markup` are for web/, which builds markup of its own."""
    marked = {s.place for s in sources() if {"mark_safe", "Markup", "SafeString"} & names_in(s.tree)}
    assert {place for place in marked if not place.startswith("web/")} == set()


def test_raw_sql_never_takes_its_text_from_a_variable():
    """Values go as parameters; the text is written out, or composed of constants and psycopg.sql."""
    loose = [
        f"{source.place}:{call.lineno}"
        for source in sources()
        if not source.place.startswith("config/")
        for call, name in calls(source.tree)
        if name in {"execute", "executemany", "raw", "extra", "RawSQL"}
        if any(
            isinstance(n, ast.JoinedStr)
            for a in call.args[:1]
            for n in ast.walk(a)
            if isinstance(n, ast.JoinedStr) and any(isinstance(v, ast.FormattedValue) for v in n.values)
        )
    ]
    assert loose == []


def is_where_rows_are_written(source: Source) -> bool:
    place = source.place
    return (
        "/commands/" in place
        or place.endswith("/commands.py")
        or place.startswith("config/demonstration/")
        or place in WRITES_ELSEWHERE
    )


def test_rows_are_written_by_commands_only():
    written = [
        f"{source.place}:{call.lineno} .{name}()"
        for source in sources()
        if not is_where_rows_are_written(source)
        for call, name in calls(source.tree)
        if name in SAVES or (name in WRITES_OF_QUERYSETS and {"objects", "filter"} & names_in(call.func))
    ]
    assert written == []


def test_every_exception_to_that_is_used():
    assert set(WRITES_ELSEWHERE) <= {source.place for source in sources()}


READS_THE_CLOCK = (
    "web/",
    "config/",
    "kernel/",
    "access/middleware.py",
    "access/sessions.py",
    "access/sign_in.py",
)


def test_the_clock_is_read_at_the_edge_only():
    clocks = {"utc_now", "now", "today", "utcnow", "time", "monotonic"}
    read = [
        f"{source.place}:{node.lineno}"
        for source in sources()
        if not source.place.startswith(READS_THE_CLOCK) and not source.place.endswith("/jobs.py")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == "utc_now")
            or (
                isinstance(node.func, ast.Attribute)
                and node.func.attr in clocks
                and {"datetime", "date", "timezone", "time"} & names_in(node.func.value)
            )
        )
    ]
    assert read == []


def test_no_import_hides_in_a_function():
    hidden = [
        f"{source.place}:{node.lineno}"
        for source in sources()
        for function in ast.walk(source.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_model_saves_itself_in_its_own_way_and_nothing_listens_to_signals():
    for model in own_models():
        assert "save" not in vars(model), model
        assert "delete" not in vars(model), model
    assert [
        s.place for s in sources() if {"receiver", "post_save", "pre_save", "m2m_changed"} & names_in(s.tree)
    ] == []


@pytest.mark.parametrize("module", [m for m in DOMAIN if (PACKAGE / m).exists()])
def test_every_module_says_what_it_is_for_in_25_lines(module):
    lines = (PACKAGE / module / "README.md").read_text().strip().splitlines()
    assert len(lines) <= 25


@pytest.mark.parametrize("app", own_apps(), ids=lambda app: app.label)
def test_every_module_names_its_tables(app: AppConfig):
    if not list(app.get_models()):
        return
    text = (Path(app.path) / "README.md").read_text().lower()
    missing = [model._meta.model_name for model in app.get_models() if model._meta.model_name not in text]
    assert missing == []


def test_every_table_has_its_line_of_rights():
    """Row security, or openly granted without: in a rows.sql, where a reviewer looks."""
    said = set(re.findall(r"\w+", "".join(file.read_text() for file in PACKAGE.glob("*/rows.sql"))))
    assert {model._meta.db_table for model in own_models()} <= said


def test_nothing_asks_to_see_past_row_security():
    for file in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.sql")]:
        text = re.sub(r"NOBYPASSRLS", "", file.read_text())
        assert (
            not re.search(r"\bBYPASSRLS\b|DISABLE ROW LEVEL|row_security\s*=\s*off", text)
            or "tests" in file.parts
            or file.name in BYPASS_IS_LOOKED_FOR
        ), file


# They look for it, to refuse it.
BYPASS_IS_LOOKED_FOR = {"checks.py", "postgres.py", "rows.py"}
