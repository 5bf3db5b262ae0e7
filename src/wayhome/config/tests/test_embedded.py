import contextlib
import os
import shutil
import tempfile
from collections import namedtuple
from pathlib import Path

import psutil
import psycopg
import pytest

from wayhome.config import embedded
from wayhome.config.account import NoAccount, owner
from wayhome.config.embedded import ADMIN, PORT, EmbeddedServer, ServerDidNotStart, socket_folder
from wayhome.config.home import DiskFull

ANSWER = "let me in"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def data_folder():
    """One for all tests here, because making a database takes a second."""
    with tempfile.TemporaryDirectory(prefix="wayhome-") as folder:
        yield Path(folder).resolve()


@pytest.fixture
def server(data_folder):
    server = EmbeddedServer(data_folder, ANSWER, durable=False)
    server.start()
    yield server
    server.stop()
    assert not server.is_running()


def connect(server, password=ANSWER):
    place = {"host": str(socket_folder(server.home)), "port": PORT, "dbname": "postgres"}
    return psycopg.connect(**place, user=ADMIN, password=password)


def postmaster(server):
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_the_server_answers(server):
    with connect(server) as connection:
        assert connection.info.server_version >= 180000


def test_a_wrong_password_is_refused_even_on_this_machine(server):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(server, "wrong")


def test_there_is_no_port_to_knock_at(server):
    with connect(server) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    listening = psutil.Process(postmaster(server)).net_connections(kind="inet")
    assert listening == []


def test_only_the_server_can_enter_its_socket_folder(server):
    assert socket_folder(server.home).stat().st_mode & 0o077 == 0


def test_the_last_one_out_stops_the_server(server):
    other = EmbeddedServer(server.home, ANSWER, durable=False)
    other.start()
    first = postmaster(server)
    other.stop()
    assert server.is_running()
    assert postmaster(server) == first


def test_no_server_starts_beside_the_rest_of_a_crashed_one(server, monkeypatch):
    monkeypatch.setattr(embedded, "PATIENCE", 1)
    connection = connect(server)
    with suspended(psutil.Process(connection.info.backend_pid)):
        parent = psutil.Process(postmaster(server))
        parent.kill()
        psutil.wait_procs([parent], timeout=10)
        leave(server)
        with pytest.raises(ServerDidNotStart, match="pre-existing shared memory block"):
            server.start()
    connection.close()
    server.start()


@contextlib.contextmanager
def suspended(process):
    process.suspend()
    try:
        yield
    finally:
        process.resume()
        psutil.wait_procs([process], timeout=10)


def test_what_was_committed_outlives_a_crash(server):
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")
        connection.commit()
        connection.execute("CHECKPOINT")  # which a durable server needs not
    crash(server)
    server.start()
    with connect(server) as connection:
        assert connection.execute("SELECT * FROM kept").fetchone() == (1,)


def crash(server):
    parent = psutil.Process(postmaster(server))
    everyone = [parent, *parent.children(recursive=True)]
    parent.kill()
    psutil.wait_procs(everyone, timeout=10)
    leave(server)


def leave(server):
    """As a process does that is killed."""
    os.close(server._use)
    server._use = None


def test_a_number_left_by_a_server_long_gone_is_not_a_server(server):
    server.stop()
    left = server.data / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{server.data}\n")
    os.chown(left, *owner())
    assert not server.is_running()
    server.start()
    assert server.is_running()


def test_a_folder_of_somebody_else_is_not_used_for_the_socket(server):
    server.stop()
    sockets = socket_folder(server.home)
    sockets.chmod(0o777)
    with pytest.raises(NoAccount, match="another user"):
        server.start()
    sockets.chmod(0o700)
    server.start()


@pytest.mark.parametrize("name", ["long" * 30, "with,comma"])
def test_a_path_that_cannot_hold_a_socket_gets_one_elsewhere(tmp_path, name):
    assert socket_folder(tmp_path / name).parent != tmp_path / name
    assert len(str(socket_folder(tmp_path / name))) <= embedded.LONGEST_SOCKET_FOLDER


def test_a_full_disk_is_told_before_anything_is_started(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 1000))
    with pytest.raises(DiskFull, match=str(tmp_path)):
        EmbeddedServer(tmp_path, "").start()


def test_why_it_did_not_start_is_said_in_one_line(server):
    server.stop()
    (server.data / "PG_VERSION").rename(server.data / "kept")
    with pytest.raises(ServerDidNotStart, match="not a database cluster directory") as refusal:
        server.start()
    assert "\n" not in refusal.value.message
    (server.data / "kept").rename(server.data / "PG_VERSION")
    server.start()
