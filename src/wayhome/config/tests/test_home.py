import os
import stat
import subprocess
import sys

import pytest

from wayhome.config.home import CHECKOUT, DataFolderClosed, DiskFull, explain, home, secrets

ASK = "from wayhome.config.home import secrets; print(secrets().viewer_key)"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYHOME_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_data_folder_is_ours_alone(folder):
    assert home() == folder
    assert mode(folder) == 0o700


def test_without_a_name_the_data_folder_is_in_the_checkout(monkeypatch):
    monkeypatch.delenv("WAYHOME_HOME")
    assert home() == CHECKOUT / ".wayhome"


def test_secrets_are_made_once_and_are_ours_alone(folder):
    assert secrets() == secrets()
    assert mode(folder / "secrets.json") == 0o600
    assert [file.name for file in folder.iterdir()] == ["secrets.json"]


def test_processes_that_start_at_once_agree_on_the_secrets(folder):
    started = [subprocess.Popen([sys.executable, "-c", ASK], stdout=subprocess.PIPE) for _ in range(6)]
    assert len({process.communicate()[0] for process in started}) == 1


def test_each_role_has_a_password_of_its_own(folder):
    assert len({secrets().password(role) for role in ("wayhome_app", "wayhome_worker", "wayhome_owner")}) == 3


def test_a_closed_data_folder_is_one_clear_line(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("WAYHOME_HOME", str(tmp_path / "file"))
    with pytest.raises(DataFolderClosed, match="WAYHOME_HOME"):
        home()


def test_a_full_disk_is_one_clear_line(tmp_path):
    full = OSError(28, os.strerror(28))
    assert isinstance(explain(full, tmp_path), DiskFull)
