"""Whose files the embedded server's are. PostgreSQL will not run as root: where we are root, it has an account."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

from wayhome.kernel.refusal import Refusal

# Made when first needed.
ACCOUNT = "wayhome-postgres"


class NoAccount(Refusal):
    """PostgreSQL does not run as root. Start as another user."""


def private_folder(folder: Path) -> None:
    """A folder that only the server's account can enter; somebody else's folder of that name is refused."""
    uid, gid = owner()
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, uid, gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or stat.S_IMODE(found.st_mode) & 0o077:
            raise NoAccount(
                f"{folder} belongs to another user. Start as that user, or name another folder in WAYHOME_HOME."
            ) from None


def as_account() -> dict[str, Any]:
    """Keyword arguments of subprocess.run, which are of many types."""
    if os.geteuid() != 0:
        return {}
    uid, gid = owner()
    return {"user": uid, "group": gid, "extra_groups": []}


def owner() -> tuple[int, int]:
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
        raise NoAccount("PostgreSQL does not run as root, and there is no useradd. Start as another user.")
    subprocess.run(  # noqa: S603 (a fixed command)
        [command, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
        check=False,  # two that start at once: the second finds the account made
        capture_output=True,
    )


def open_the_way_to(path: Path) -> None:
    """Let the server's account pass through the folders above, without letting it list them."""
    for folder in path.parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def let_read(tree: Path) -> None:
    """Let the server's account read its own programs, if they were installed for root's eyes only."""
    if (tree / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in (tree, *tree.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | (mode >> 6 & 0o5))
