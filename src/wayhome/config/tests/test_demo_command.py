import http.client
import json
import os
import signal
import socket
import subprocess
import time

import psutil
import pytest

from wayhome.config.processes import command

PATIENCE = 240


@pytest.fixture
def demo(server_folder):
    """Starts the demo as a person would, on a data folder and a port of its own; nothing of it may stay."""
    started = []
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "WAYHOME_"))
    }
    environment |= {"WAYHOME_HOME": str(server_folder), "DJANGO_SETTINGS_MODULE": "wayhome.config.settings"}

    def start(port):
        started.append(
            subprocess.Popen(
                command("demo", "--json", "--port", str(port)),
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return trial.getsockname()[1]


def read_json(process):
    """The answer, which is printed once the pages answer."""
    text = ""
    for line in process.stdout:
        text += line
        if line == "}\n":
            return json.loads(text)
    raise AssertionError(process.stderr.read())


def ask(port, path):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    asked.request("GET", path)
    answer = asked.getresponse()
    body = answer.read().decode()
    asked.close()
    return answer.status, body


def family(folder):
    """Every process that works for this data folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        mine = any(str(folder) in word for word in process.info["cmdline"] or ())
        if mine and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def stop(process, folder):
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    _, alive = psutil.wait_procs([*children, *family(folder)], timeout=10)
    assert [left for left in alive if left.status() != psutil.STATUS_ZOMBIE] == []
    return process.returncode, said


def test_the_demo_starts_and_stops_whole_and_keeps_its_data(demo, server_folder):
    port = free_port()
    first = demo(port)
    told = read_json(first)
    assert told["address"] == f"http://127.0.0.1:{port}"
    assert {"name", "role", "email", "password"} == told["personas"][0].keys()
    assert ask(port, "/accounts/login/")[0] == 200
    assert (server_folder / "secrets.json").stat().st_mode & 0o077 == 0

    beside = demo(free_port())
    _, said = beside.communicate(timeout=PATIENCE)
    assert (beside.returncode, said.count("\n")) == (2, 1)
    assert "Another demo runs" in said

    code, said = stop(first, server_folder)
    assert code == 0
    assert "Everything entered is kept" in said

    began = time.monotonic()
    again = demo(port)
    assert read_json(again) == told
    assert time.monotonic() - began < PATIENCE
    assert not (server_folder / "postgres.new").exists()
    assert stop(again, server_folder)[0] == 0
