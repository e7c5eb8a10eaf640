"""Measure how fast ``pdca`` is, as ratios to the least that its libraries need.

Run ``python benchmarks/speed.py``: it prints a Markdown table. Program and floor are run in
turn, so that a busy machine slows both; the figure is the ratio of their medians.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ENTRIES = 10_000
CHECKOUT = Path(__file__).parents[1]

IMPORT_TYPER = "import typer"
IMPORT_ALL = """
import typer, pydantic, ryaml, ruamel.yaml
class Empty(pydantic.BaseModel): pass
"""
READ_ALL = """
import os, sys
import pydantic, ryaml
class Minimal(pydantic.BaseModel):
    id: str
    kind: str
    target: str
    date: str
    summary: str
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".yaml"):
            with open(os.path.join(folder, name), encoding="utf-8") as stream:
                Minimal.model_validate(ryaml.loads(stream.read()))
"""
ENTRY = """\
schema: 1
id: {id}
kind: activity
target: {target}
date: {day}
status: in_progress
summary: |
  町内の事業所を訪問し、設備投資の予定と人手の状況を聞き取った（{number}件目）。
values: {{company-visits: {number}}}
by: 産業課
recorded: {day}T10:22:33+09:00
"""


@dataclass(frozen=True)
class Case:
    """A command, the floor that it is held against, and how many times it may take."""

    name: str
    command: Sequence[str]
    floor_name: str
    floor: Sequence[str]
    limit: float
    runs: int


def main() -> None:
    """Measure every case and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        _pdca("init", str(workspace))
        large = Path(folder) / "large"
        _pdca("init", str(large))
        _fill(large)
        print("| command | seconds | floor | seconds | ratio | limit |")
        print("|---|---|---|---|---|---|")
        for case in _cases(workspace, large):
            print(_row(case), flush=True)


def _cases(workspace: Path, large: Path) -> list[Case]:
    python = sys.executable
    pdca = [python, "-m", "mizuho_pdca"]
    log = ["-C", str(workspace), "log", "1-1-2-1", "-m", "企業を訪問した", "--by", "産業課", "-k", "company-visits=1"]
    return [
        Case("pdca --version", [*pdca, "--version"], "import typer", [python, "-c", IMPORT_TYPER], 1.5, 31),
        Case("pdca log", [*pdca, *log], "import the libraries, one model", [python, "-c", IMPORT_ALL], 1.8, 31),
        Case(
            f"pdca validate, {ENTRIES:,} entries",
            [*pdca, "-C", str(large), "validate"],
            "open, ryaml.loads, minimal model",
            [python, "-c", READ_ALL, str(large / "records")],
            2.0,
            9,
        ),
    ]


def _row(case: Case) -> str:
    ours, floors = [], []
    for _ in range(case.runs):
        ours.append(_seconds(case.command))
        floors.append(_seconds(case.floor))
    own, floor = statistics.median(ours), statistics.median(floors)
    return f"| {case.name} | {own:.3f} | {case.floor_name} | {floor:.3f} | {own / floor:.2f} | {case.limit} |"


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    _run(command)
    return time.perf_counter() - start


def _pdca(*arguments: str) -> None:
    _run([sys.executable, "-m", "mizuho_pdca", *arguments])


def _run(command: Sequence[str]) -> None:
    environment = os.environ | {"PDCA_LANG": "ja"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling every module anew is no part of any user's day
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=CHECKOUT, env=environment)


def _fill(workspace: Path) -> None:
    """Write entries over three years and ten initiatives."""
    targets = [
        "1-1-2-1",
        "1-1-2-2",
        "1-2-1-1",
        "1-3-1-1",
        "1-4-1-1",
        "2-1-1-1",
        "2-2-1-1",
        "3-1-1-1",
        "3-2-1-1",
        "4-1-1-1",
    ]
    for number in range(ENTRIES):
        year, target = 2022 + number % 3, targets[number % len(targets)]
        day = f"{year}-{4 + number % 9:02}-{1 + number % 28:02}"
        token = f"{number:06}"
        path = workspace / "records" / str(year) / target / f"{day}-{token}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = ENTRY.format(id=f"{day}-{token}", target=target, day=day, number=number)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
