import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from wayhome.config import processes
from wayhome.config.processes import (
    AlreadyRunning,
    Ended,
    PortTaken,
    alone,
    children,
    refuse_taken_port,
    watch,
)

SLEEP = "import time; print('started', flush=True); time.sleep(60)"
OUTLIVE = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", '''
import time
from wayhome.config.processes import end_with_parent
end_with_parent()
time.sleep(60)
'''], env=os.environ | {"WAYHOME_PARENT": str(os.getpid())}, stdout=subprocess.DEVNULL)
print(child.pid, flush=True)
"""


@pytest.fixture
def data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYHOME_HOME", str(tmp_path))
    return tmp_path


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


def test_a_taken_port_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortTaken, match="--port"):
        refuse_taken_port("127.0.0.1", taken.getsockname()[1])


def test_there_is_one_demo_on_a_data_folder(data_folder):
    with alone(), pytest.raises(AlreadyRunning, match=str(data_folder)), alone():
        pass


def test_a_demo_that_has_ended_is_in_nobodys_way(data_folder):
    with alone():
        pass
    with alone():
        pass


def run_until_interrupted(verb):
    child = None
    with contextlib.suppress(KeyboardInterrupt), children() as started:
        child = processes.Child(verb)
        started.append(child)
        raise KeyboardInterrupt
    return child


def test_children_are_stopped_whatever_happens(data_folder, monkeypatch):
    monkeypatch.setattr(processes, "command", lambda verb: [sys.executable, "-c", SLEEP])
    child = run_until_interrupted("worker")
    assert child.has_ended


def test_a_child_that_will_not_end_is_ended(data_folder, monkeypatch):
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEP
    monkeypatch.setattr(processes, "command", lambda verb: [sys.executable, "-c", stubborn])
    monkeypatch.setattr(processes, "SECONDS_TO_STOP", 0.2)
    child = processes.Child("worker")
    while "started" not in child.log.read_text():
        time.sleep(0.02)
    child.stop()
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_ends_by_itself_is_told_with_its_last_words(data_folder, monkeypatch):
    monkeypatch.setattr(processes, "command", lambda verb: [sys.executable, "-c", "print('wayhome: Why.')"])
    child = processes.Child("serve")
    with pytest.raises(Ended, match=r"`wayhome serve` ended by itself: Why\."):
        watch([child])


def test_a_child_goes_when_its_parent_is_gone():
    done = subprocess.run([sys.executable, "-c", OUTLIVE], stdout=subprocess.PIPE, text=True, check=True)
    until = time.monotonic() + 10
    while is_alive(int(done.stdout)):
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_server_that_never_answers_is_given_up(data_folder, monkeypatch):
    monkeypatch.setattr(processes, "SECONDS_TO_ANSWER", 0.3)
    child = SimpleNamespace(has_ended=False, log="serve.log")
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Ended, match="did not answer"):
        processes.wait_for_answer(silent.getsockname()[1], child)
