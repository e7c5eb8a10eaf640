"""Other programs that check text files, on the same entries; one that is not installed is named as not measured."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import content

PACKAGES = ("beancount", "doorstop", "check-jsonschema")
"""What ``--peers`` installs into an environment of its own: the project does not depend on it."""


@dataclass(frozen=True)
class Peer:
    """Another program: what it is called with, and how the entries are written for it."""

    name: str
    program: str
    prepare: Callable[[Path, int], Sequence[str]]
    version: tuple[str, ...] = ("--version",)


def _bean_check(folder: Path, count: int) -> Sequence[str]:
    content.beancount(folder / "book.beancount", count)
    return ["--no-cache", str(folder / "book.beancount")]


def _hledger(folder: Path, count: int) -> Sequence[str]:
    content.ledger(folder / "book.journal", count)
    return ["-f", str(folder / "book.journal"), "check"]


def _doorstop(folder: Path, count: int) -> Sequence[str]:
    content.doorstop(folder / "records", count)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return ["--quiet", "--no-reformat", "--no-level-check"]


def _check_jsonschema(folder: Path, count: int) -> Sequence[str]:
    content.fill(folder / "records", count)
    content.schema(folder / "entry.schema.json")
    files = sorted(map(str, (folder / "records").rglob("*.yaml")))
    return ["--schemafile", str(folder / "entry.schema.json"), *files]


PEERS = (
    Peer("check-jsonschema, the shape alone", "check-jsonschema", _check_jsonschema),
    Peer("doorstop", "doorstop", _doorstop),
    Peer("bean-check (beancount), one file", "bean-check", _bean_check),
    Peer("hledger check, one file", "hledger", _hledger),
)


def install(folder: Path) -> None:
    """Make an environment of its own with the peers that pip installs; what fails is measured as not there."""
    if not (folder / "pyvenv.cfg").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    for package in PACKAGES:
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", package], check=False)


def find(peer: Peer, environment: Path | None) -> str | None:
    """Return where a peer's program is."""
    own = None if environment is None else f"{environment / 'bin'}:{environment / 'Scripts'}"
    return (own and shutil.which(peer.program, path=own)) or shutil.which(peer.program)


def version(peer: Peer, program: str) -> str:
    """Return what a peer says of its version, in one line."""
    told = subprocess.run([program, *peer.version], capture_output=True, text=True, check=False).stdout.strip()
    return told.split("\n")[0] or "version unknown"


def prepared(peer: Peer, program: str, count: int) -> tuple[list[str], tempfile.TemporaryDirectory[str]]:
    """Return the command that checks the entries, and the folder that it runs in."""
    folder = tempfile.TemporaryDirectory()
    return [program, *peer.prepare(Path(folder.name), count)], folder
