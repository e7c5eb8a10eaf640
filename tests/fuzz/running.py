"""Runs of the program in this process, and what must hold of each, whatever it was given."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli.main import main

NOW = datetime.fromisoformat("2025-06-15T10:30:00+09:00")
CODES = frozenset(range(5))
"""What a command may end with: fine, problems, wrong usage, refused, the environment."""

SECONDS = 2.0
_GIVEN_UP = 30
_NUMBERS = count(1)
_RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that move a terminal's cursor or turn what follows; a line feed and a tab stand where the program puts them."""


class Hangs(BaseException):
    """A run was given up: it took too long."""


@dataclass
class Run:
    """What a run left: its exit code, what it printed, how long it took, and the files that came or went."""

    code: int
    out: bytes
    err: str
    seconds: float
    made: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    log: str = field(default="", repr=False)


@dataclass(frozen=True)
class Town:
    """A workspace to be ill-treated, with the folder of the user's own files beside it."""

    folder: Path

    @property
    def root(self) -> Path:
        """Return the workspace."""
        return self.folder / "town"

    def environment(self) -> dict[str, str]:
        """Return the variables that keep a run away from the machine's own settings."""
        return {
            "PDCA_BY": "産業課",
            "PDCA_LANG": "ja",
            "PDCA_CONFIG": str(self.folder / "config.toml"),
            "PDCA_STATE": str(self.folder / "state"),
            "HOME": str(self.folder),
            "GIT_CEILING_DIRECTORIES": str(self.folder),
            "COLUMNS": "80",
        }

    def run(self, *arguments: str, stdin: bytes = b"") -> Run:
        """Run ``pdca`` here; what it changed in the folder is in the result, and stays."""
        before = self._files()
        start = time.perf_counter()
        with quiet(self, stdin) as (out, err), _limit():
            code = main(
                arguments,
                lambda named: Desk(
                    Path(named) if named else self.root,
                    clock=lambda: NOW,
                    token=lambda: f"{next(_NUMBERS) % 10**6:06d}",
                ),
            )
        words = err.getvalue().decode()
        done = Run(code, out.getvalue(), words, time.perf_counter() - start, log=_bug_log(words))
        after = self._files()
        made = tuple(sorted(after.keys() - before.keys()))
        changed = tuple(sorted(path for path in before if after.get(path) != before[path]))
        return replace(done, made=made, changed=changed)

    def _files(self) -> dict[Path, tuple[int, int]]:
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = Path(folder, name)
                known = path.lstat()
                found[path] = (known.st_mtime_ns, known.st_size)
        return found


def complaints(run: Run, *, is_text: bool = True) -> Iterator[str]:
    """Yield what may never be, of any run."""
    if run.code not in CODES:
        yield f"exit code {run.code}: {run.log[-1500:] or run.err[-300:]}"
    if "Traceback" in run.err:
        yield f"traceback: {run.err[-1500:]}"
    if run.seconds > SECONDS:
        yield f"took {run.seconds:.1f} s"
    if found := _RAW.search(run.err):
        yield f"raw sign {found[0]!r} on standard error: {_around(run.err, found)}"
    out = run.out.decode(errors="replace")
    if is_text and (found := _RAW.search(out)):
        yield f"raw sign {found[0]!r} on standard output: {_around(out, found)}"
    if run.code == CODES_WITH_WORDS and not run.err.strip():
        yield "wrong usage without a word"


CODES_WITH_WORDS = 2


def _around(text: str, found: re.Match[str]) -> str:
    return repr(text[max(0, found.start() - 40) : found.end() + 40])


def _bug_log(err: str) -> str:
    found = re.search(r"\S+pdca-[\d-]+-\S+\.log", err)
    path = Path(found[0]) if found else None
    if path is None or not path.exists():
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    path.unlink()
    return text


@contextmanager
def quiet(town: Town, stdin: bytes = b"") -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Give a run its own variables, standard input, and what takes down the output and the errors."""
    variables, streams = dict(os.environ), (sys.stdin, sys.stdout, sys.stderr)
    os.environ.update(town.environment())
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    sys.stdout, sys.stderr = written = [
        io.TextIOWrapper(stream, encoding="utf-8", newline="\n") for stream in (out, err)
    ]
    try:
        yield out, err
    finally:
        for stream in written:
            stream.flush()
            stream.detach()
        sys.stdin, sys.stdout, sys.stderr = streams
        os.environ.clear()
        os.environ.update(variables)


@contextmanager
def _limit() -> Iterator[None]:
    """Give a run up that hangs, where the system has such a clock."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(_GIVEN_UP)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def shown(arguments: Sequence[str]) -> str:
    """Return a command line for a report, long words cut."""
    return repr([word if len(word) < 80 else f"{word[:40]}…({len(word)})" for word in arguments])
