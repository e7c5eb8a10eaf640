"""Measure how long ``pdca audit`` takes on an honest history of 2,000 commits.

Run ``python benchmarks/audit.py``: it prints a Markdown table. The history holds an entry a commit
over four fiscal years, every twentieth commit a merge, and three years that were closed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.desk import Desk

COMMITS = 2_000
RUNS = 9
LIMIT = 3.0
CHECKOUT = Path(__file__).parents[1]
START = datetime(2022, 4, 1, 10, 0, tzinfo=timezone(timedelta(hours=9)))
EVERY = timedelta(hours=17)
YEARS = (2022, 2023, 2024)
MERGED_EVERY = 20
TARGETS = ("1-1-2-1", "1-1-2-2", "1-2-1-1", "1-3-1-1", "1-4-1-1", "2-1-1-1", "2-2-1-1", "3-1-1-1", "3-2-1-1", "4-1-1-1")
ENTRY = """\
schema: 1
id: {id}
kind: activity
target: {target}
date: {day}
status: in_progress
summary: |
  町内の事業所を訪問し、設備投資の予定と人手の状況を聞き取った。
values: {{company-visits: 3}}
by: 産業課
recorded: {moment}
"""


class History:
    """A stream for ``git fast-import``, and the workspace that it leads to."""

    def __init__(self, root: Path) -> None:
        """Begin with the plan."""
        self.root = root
        self._stream: list[bytes] = []
        self._count = 0
        self._last = 0
        plan = root / "plan" / "measures.yaml"
        plan.parent.mkdir(parents=True)
        plan.write_bytes((CHECKOUT / "plan" / "measures.yaml").read_bytes())
        self.commit(START, "plan/measures.yaml")

    def commit(self, when: datetime, path: str) -> None:
        """Commit one file; every so often on a branch that is merged at once."""
        base = self._last
        self._add(when, [base] if base else [], path)
        if base and self._count % MERGED_EVERY == 0:
            self._add(when, [base, self._count], path)
        self._last = self._count

    def _add(self, when: datetime, parents: Sequence[int], path: str) -> None:
        self._count += 1
        data = (self.root / path).read_bytes()
        person = f"産業課 <sangyo@town.example> {int(when.timestamp())} +0900"
        head = [f"commit refs/heads/main\nmark :{self._count}\ncommitter {person}\ndata 7\nentry.\n"]
        head += [f"{word} :{parent}\n" for word, parent in zip(("from", "merge"), parents, strict=False)]
        head.append(f"M 100644 inline {path}\ndata {len(data)}\n")
        self._stream += ["".join(head).encode(), data, b"\n"]

    @property
    def count(self) -> int:
        """Return how many commits there are."""
        return self._count

    def build(self) -> None:
        """Make the repository."""
        _git(self.root, "init", "--quiet", "--initial-branch=main")
        _git(self.root, "fast-import", "--quiet", data=b"".join(self._stream))
        _git(self.root, "reset", "--quiet")


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "town"
        commits, entries = _fill(root)
        command = [sys.executable, "-m", "mizuho_pdca", "-C", str(root), "audit"]
        seconds = statistics.median(_seconds(command) for _ in range(RUNS))
        print("| command | seconds | limit |")
        print("|---|---|---|")
        print(f"| pdca audit, {commits:,} commits, {entries:,} entries | {seconds:.3f} | {LIMIT} |")


def _fill(root: Path) -> tuple[int, int]:
    """Write the history; return how many commits and entries it has."""
    history = History(root)
    number, open_years = 0, list(YEARS)
    while history.count < COMMITS:
        when = START + number * EVERY
        if open_years and when >= datetime(open_years[0] + 1, 7, 1, tzinfo=START.tzinfo):
            year = open_years.pop(0)
            close_year(Desk(root, clock=lambda when=when: when), year, allow_incomplete=True, by="産業課")  # type: ignore[misc]
            history.commit(when, f"records/{year}/closed.yaml")
        day, target = when.date(), TARGETS[number % len(TARGETS)]
        name = f"{day.isoformat()}-{number:06}"
        year = day.year if day.month > 3 else day.year - 1  # noqa: PLR2004 (a fiscal year ends in March)
        path = f"records/{year}/{target}/{name}.yaml"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        text = ENTRY.format(id=name, target=target, day=day, moment=when.isoformat())
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        history.commit(when, path)
        number += 1
    history.build()
    return history.count, number


def _git(root: Path, *arguments: str, data: bytes = b"") -> None:
    subprocess.run(["git", *arguments], cwd=root, input=data, check=True, stdout=subprocess.DEVNULL)


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    environment = os.environ | {"PDCA_LANG": "ja"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=CHECKOUT, env=environment)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
