import errno

import psycopg
import pytest
from django.db import OperationalError

from wayhome.config import command_line
from wayhome.config.command_line import VERBS, main
from wayhome.kernel.refusal import Refusal


class NoSuchThing(Refusal):
    """There is no such thing. Look elsewhere."""


@pytest.fixture
def fails(monkeypatch):
    def fail_with(error):
        def run(_):
            raise error

        monkeypatch.setattr(command_line, "_run", run)

    return fail_with


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """What a verb sets for its process must not stay for the next test."""
    monkeypatch.setenv("WAYHOME_ROLE", "app")
    monkeypatch.setenv("WAYHOME_DEMO", "0")
    monkeypatch.setattr("os.umask", lambda _: None)
    monkeypatch.setattr(command_line, "stop_on_signals", lambda: None)


def full_disk_of_the_database():
    error = OperationalError("could not extend file")
    error.__cause__ = psycopg.errors.DiskFull()
    return error


def test_help_names_every_verb(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"  {verb.name} " in shown and verb.does in shown for verb in VERBS.values())


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_of_its_own(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert f"wayhome {verb}" in capsys.readouterr().out


def test_an_unknown_verb_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["fly"])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NoSuchThing(), 2, "There is no such thing. Look elsewhere."),
        (KeyboardInterrupt(), 130, "Stopped."),
        (OSError(errno.ENOSPC, "full", "report.csv"), 1, "The disk is full (report.csv)."),
        (full_disk_of_the_database(), 1, "The disk of the database is full."),
        (psycopg.errors.DiskFull("full"), 1, "The disk of the database is full."),
        (OperationalError("it went away\nand more"), 1, "PostgreSQL could not go on: it went away"),
    ],
)
def test_what_can_be_expected_to_go_wrong_is_one_line(fails, capsys, error, code, said):
    fails(error)
    assert main([]) == code
    captured = capsys.readouterr()
    assert captured.err.startswith(f"wayhome: {said}")
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_what_nobody_expected_is_not_hidden(fails):
    fails(OSError(errno.EIO, "the disk is broken"))
    with pytest.raises(OSError, match="broken"):
        main([])
