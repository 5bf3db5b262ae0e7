"""Collects the built styles, scripts and pictures to where they are served from, when they have changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from wayhome.config.home import home
from wayhome.config.locks import locked
from wayhome.kernel.refusal import Refusal


class StylesNotBuilt(Refusal):
    """The pages' styles and scripts are not built. Run `make assets`."""


def collect_static() -> None:
    """Copy, hash and compress the files, unless that was done for these very files."""
    files = list(_files())
    if not any("build" in file.parts for file in files):
        raise StylesNotBuilt
    stamp = home() / "static.stamp"
    with locked(home() / "static.lock"):
        present = _fingerprint(files)
        if stamp.exists() and stamp.read_text() == present:
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(present)


def _files() -> Iterator[Path]:
    for folder in settings.STATICFILES_DIRS:
        yield from (path for path in sorted(Path(folder).rglob("*")) if path.is_file())


def _fingerprint(files: list[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(str(file).encode() + file.read_bytes())
    return total.hexdigest()
