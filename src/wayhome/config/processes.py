"""The processes of one installation on one machine: started together, stopped together."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from wayhome.config.home import home
from wayhome.config.locks import open_lock, take_alone
from wayhome.kernel.refusal import Refusal

PARENT = "WAYHOME_PARENT"
SECONDS_TO_STOP = 15
SECONDS_TO_ANSWER = 60


class PortTaken(Refusal):
    """Another program uses this port. Name another one with --port."""


class AlreadyRunning(Refusal):
    """This data folder is in use by another demo."""


class Ended(Refusal):
    """A part of Wayhome ended by itself."""


class Child:
    """One verb of `wayhome` as a process of its own, which writes to a log in the data folder."""

    def __init__(self, verb: str, *arguments: str) -> None:
        self.verb = verb
        self.log: Path = home() / f"{verb}.log"
        with self.log.open("wb") as log:
            # A session of its own, so that Ctrl-C reaches it through us alone, in order.
            self.process = subprocess.Popen(  # noqa: S603 (our own command)
                command(verb, *arguments),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=os.environ | {PARENT: str(os.getpid())},
            )

    @property
    def has_ended(self) -> bool:
        """True once the process is gone."""
        return self.process.poll() is not None

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def command(verb: str, *arguments: str) -> list[str]:
    """The words that run a verb with this very Python."""
    return [sys.executable, "-m", "wayhome.config.command_line", verb, *arguments]


@contextlib.contextmanager
def children() -> Iterator[list[Child]]:
    """A list to put processes in; at the end all of them are stopped, the last started first."""
    started: list[Child] = []
    try:
        yield started
    finally:
        with uninterrupted():
            for child in reversed(started):
                child.stop()


def watch(started: Sequence[Child]) -> None:
    """Wait until one of them ends by itself, which none should."""
    while not any(child.has_ended for child in started):
        time.sleep(0.3)
    ended = next(child for child in started if child.has_ended)
    raise Ended(f"`wayhome {ended.verb}` ended by itself: {_last_line(ended.log)} (all of it in {ended.log})")


def wait_for_answer(port: int, child: Child) -> None:
    """Wait until the web server answers, whatever it answers."""
    until = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < until:
        if child.has_ended:
            watch([child])
        with contextlib.suppress(OSError, http.client.HTTPException):
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_ANSWER)
            with contextlib.closing(asked):
                asked.request("HEAD", "/")
                asked.getresponse()
                return
        time.sleep(0.1)
    raise Ended(f"The pages did not answer within {SECONDS_TO_ANSWER} seconds (see {child.log}).")


def refuse_taken_port(host: str, port: int) -> None:
    """Raise if somebody listens there. Asked first, so that nobody waits a minute to be told."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise PortTaken(
                f"Port {port} of {host} cannot be used ({why}). Name another: --port {port + 1}"
            ) from error


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Be the only demo on this data folder."""
    descriptor = open_lock(home() / "demo.lock")
    try:
        if not take_alone(descriptor):
            raise AlreadyRunning(
                f"Another demo runs on {home()}. Stop it, or name another folder in WAYHOME_HOME."
            )
        yield
    finally:
        os.close(descriptor)


def stop_on_signals() -> None:
    """A request to end (kill, a closed terminal) is the same as Ctrl-C, which a shell's background job ignores."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """A second Ctrl-C must not leave half of it running."""
    kept = {
        number: signal.signal(number, signal.SIG_IGN)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def end_with_parent() -> None:
    """If a demo started us and is gone, however it went, go too."""
    if parent := os.environ.get(PARENT):
        threading.Thread(target=_end_without, args=(int(parent),), daemon=True).start()


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1].removeprefix("wayhome: ") if lines else "it said nothing"
