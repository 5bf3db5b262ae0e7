"""Makes .venv what the lock files say. Run by `make`; does nothing when there is nothing to do.

Runs under whatever Python the machine has, an old one too: it imports nothing else, and says in one line what is
missing.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCK = os.path.join(ROOT, ".build", "setup.lock")
STAMP = os.path.join(VENV, "set-up")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
ROOM_NEEDED = 1_500_000_000
# Where the machine says whom to trust, uv must listen: a registry may be behind a mirror with its own certificate.
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 (this is what says so)
        stop(
            f"Wayhome needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. "
            "Install one and name it: make PYTHON=python3.11"
        )
    os.makedirs(os.path.dirname(LOCK), exist_ok=True)
    with open(LOCK, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two that start at once take turns
        set_up(sys.argv[1])


def set_up(kind):
    kind = "dev" if "dev" in (kind, stamped()[0]) else "run"  # what is there for developing stays
    wanted = [kind, fingerprint()]
    if stamped() == wanted and os.path.exists(PYTHON):
        return
    if shutil.disk_usage(ROOT).free < ROOM_NEEDED:
        stop(f"The disk that holds {ROOT} is full: setting up takes 1.5 GB.")
    make_venv()
    stamp([kind, "unfinished"])
    install(LOCKS[kind])
    stamp(wanted)


def fingerprint():
    total = hashlib.sha256()
    for name in [*LOCKS.values(), "pyproject.toml", os.path.join("tools", "setup.py")]:
        with open(os.path.join(ROOT, name), "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def stamped():
    try:
        with open(STAMP) as file:
            return file.read().split()
    except OSError:
        return ["nothing", "yet"]


def stamp(words):
    with open(STAMP, "w") as out:
        out.write(" ".join(words))


def make_venv():
    if os.path.exists(PYTHON):
        return
    if not has_ensurepip():
        add_debian_package("python3-venv")
    if run([sys.executable, "-m", "venv", "--clear", VENV]):
        stop(f"Could not make {VENV}.")


def has_ensurepip():
    return run([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) == 0


def add_debian_package(name):
    """Debian keeps ensurepip in a package of its own."""
    apt = shutil.which("apt-get")
    if not (
        apt
        and os.geteuid() == 0
        and run([apt, "update", "-q"]) == 0
        and run([apt, "install", "-qy", name]) == 0
    ):
        stop(f"This Python cannot make virtual environments. On Debian: apt-get install {name}")


def install(lock):
    """First pip installs uv, from the lock file like everything else; then uv installs the rest."""
    say(f"Installing what {lock} says ...")
    uv = [PYTHON, "-m", "uv", "pip"]
    if os.path.exists(CERTIFICATES):
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    if run([PYTHON, "-m", "uv", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as only:
            only.write(lines_of("uv", lock))
            only.flush()
            pip = [PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", only.name]
            done_or_stop(pip)
    done_or_stop([*uv, "sync", "-q", "--python", PYTHON, "--require-hashes", os.path.join(ROOT, lock)])
    here = ["-q", "--python", PYTHON, "--no-deps", "--no-build-isolation", "--offline", "-e", ROOT]
    done_or_stop([*uv, "install", *here])


def lines_of(package, lock):
    """The lines of one package in a lock file: its version and, indented, its hashes."""
    with open(os.path.join(ROOT, lock)) as file:
        entries = file.read().split("\n")
    first = next(number for number, line in enumerate(entries) if line.startswith(package + "=="))
    last = first + 1
    while entries[last].startswith(" "):
        last += 1
    return "\n".join(entries[first:last]) + "\n"


def done_or_stop(command):
    if run(command):
        full = shutil.disk_usage(ROOT).free < ROOM_NEEDED // 10
        stop("The disk is full." if full else "Setting up stopped at: " + " ".join(command[1:5]))


def run(command, **options):
    return subprocess.run(command, check=False, cwd=ROOT, **options).returncode


def say(message):
    sys.stderr.write(message + "\n")


def stop(message):
    say("wayhome: " + message)
    sys.exit(1)


if __name__ == "__main__":
    main()
