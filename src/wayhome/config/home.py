"""The data folder: everything this machine keeps, and nothing else on it is touched."""

import errno
import hashlib
import hmac
import json
import os
import secrets as randomness
from dataclasses import asdict, dataclass
from pathlib import Path

from wayhome.kernel.refusal import Refusal

CHECKOUT = Path(__file__).resolve().parents[3]
DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT)


class DataFolderClosed(Refusal):
    """The data folder cannot be written. Give yourself rights to it, or name another in WAYHOME_HOME."""


class DiskFull(Refusal):
    """The disk that holds the data folder is full. Free some space and start again; nothing was lost."""


def home() -> Path:
    """The data folder, made at need: WAYHOME_HOME, or .wayhome in the checkout or present folder."""
    base = CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()
    folder = Path(os.environ.get("WAYHOME_HOME") or base / ".wayhome").expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, folder) from error
    return folder


def explain(error: OSError, folder: Path) -> Refusal:
    """What a failure to write in the data folder means to the person who started us."""
    if error.errno in DISK_IS_FULL:
        return DiskFull(f"The disk that holds {folder} is full. Free some space and start again.")
    return DataFolderClosed(
        f"The data folder {folder} cannot be used ({(error.strerror or 'no access').lower()}). "
        "Give yourself rights to it, or name another folder in WAYHOME_HOME."
    )


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only this installation knows. Losing it signs everybody out and opens nothing that was closed."""

    django_key: str
    viewer_key: str
    database_key: str

    def password(self, role: str) -> str:
        """The password of a database role: derived, so that a new role needs no new secret."""
        return hmac.new(self.database_key.encode(), role.encode(), hashlib.sha256).hexdigest()


def secrets() -> Secrets:
    """This installation's secrets, made at the first call."""
    file = home() / "secrets.json"
    try:
        if not file.exists():
            _publish(Secrets(*(randomness.token_urlsafe(48) for _ in range(3))), file)
        return Secrets(**json.loads(file.read_text()))
    except OSError as error:
        raise explain(error, file.parent) from error


def _publish(made: Secrets, file: Path) -> None:
    """Write a file of our own, then link it: of two processes that start at once, both read the first's."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.{randomness.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            json.dump(asdict(made), out)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
