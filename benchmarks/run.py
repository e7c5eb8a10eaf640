"""Measure everything that docs/performance.md says, in one run, as ratios to what the libraries alone need.

Run ``python benchmarks/run.py --peers FOLDER``: it prints Markdown tables, writes them into
``docs/performance.md`` and draws ``docs/performance.svg``. Ratios are of processor time, user and
system, with that of git and whatever else is started: what else the machine does hardly shows in them.
Program and floor are run in turn; the figure is the ratio of their medians. ``--quick`` leaves out
100,000 entries and writes nothing; ``--peers`` installs other programs into a folder of their own.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import content
import papers
import peers
import plot

CHECKOUT = Path(__file__).parents[1]
PAGE, PICTURE = CHECKOUT / "docs" / "performance.md", CHECKOUT / "docs" / "performance.svg"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
SIZES = (1_000, 3_600, 10_000, 100_000)
PEERS_AT, REAL, LARGE = 1_000, 3_600, 10_000
YEAR = "2024"
PDCA = (sys.executable, "-m", "mizuho_pdca")
LOG = ("log", "1-1-2-1", "-m", "企業を訪問した", "--by", "産業課")

YEARS_COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    ("status", "--year", YEAR),
    ("list", "--year", YEAR),
    ("explain", "company-visits", YEAR),
)
OTHER_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("explain", "1-1-2-1", YEAR),
    ("show", "last"),
    ("plan",),
    ("list",),
    ("review", YEAR),
    ("trend",),
    ("validate",),
    ("history",),
)

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


@dataclass(frozen=True)
class Cost:
    """What a run took: processor time with that of what it started, time by the clock, memory at its peak."""

    cpu: float
    clock: float
    megabytes: float


def cost(command: Sequence[str], folder: Path = CHECKOUT) -> Cost:
    """Run a command."""
    environment = os.environ | {"PDCA_LANG": "ja", "PYTHONPATH": str(CHECKOUT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling every module anew is no part of any user's day
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{process.returncode}: {' '.join(command)[:300]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss * unit / 1e6)


def typical(costs: Sequence[Cost]) -> Cost:
    """Return the median of each."""
    return Cost(*(statistics.median(getattr(one, key) for one in costs) for key in ("cpu", "clock", "megabytes")))


def in_turn(ours: Sequence[str], floor: Sequence[str], runs: int) -> tuple[Cost, Cost]:
    """Return what two commands take, run in turn; one that takes long is run three times."""
    own, other = [cost(ours)], [cost(floor)]
    while len(own) < (3 if own[0].clock > 3 else runs):  # noqa: PLR2004 (seconds)
        own.append(cost(ours))
        other.append(cost(floor))
    return typical(own), typical(other)


@dataclass(frozen=True)
class Line:
    """A row of a table: what was measured, against what, and the ratio with its target."""

    what: str
    own: float
    against: str
    floor: float
    target: float

    def __str__(self) -> str:
        """Return the row."""
        ratio = self.own / self.floor
        verdict = "" if ratio <= self.target else ", missed"
        figures = f"{self.own:.2f} | {self.against} | {self.floor:.2f} | **{ratio:.2f}**"
        return f"| {self.what} | {figures} | {self.target:g}{verdict} |"


HEAD = "| command | seconds | floor | seconds | ratio | target |\n|---|---|---|---|---|---|"


class Bench:
    """Measures; keeps what the plot shows."""

    def __init__(self, root: Path, sizes: Sequence[int], runs: int) -> None:
        """Make the workspaces."""
        self.root = root
        self.sizes = sizes
        self.runs = runs
        self.growth: list[plot.Point] = []
        for size in sizes:
            _init(self.folder(size))
            content.fill(self.folder(size) / "records", size)

    def folder(self, size: int) -> Path:
        """Return the workspace of so many entries."""
        return self.root / f"entries-{size}"

    def pdca(self, size: int, *arguments: str) -> list[str]:
        """Return a command line in a workspace."""
        return [*PDCA, "-C", str(self.folder(size)), *arguments]

    def read(self, size: int, *below: str) -> list[str]:
        """Return the bare loop over a workspace's files."""
        return [sys.executable, "-c", READ_ALL, str(self.folder(size).joinpath("records", *below))]

    def starts(self) -> Iterator[str]:
        """Yield the rows of what hardly reads anything."""
        own, floor = in_turn([*PDCA, "--version"], [sys.executable, "-c", IMPORT_TYPER], self.runs * 2)
        yield str(Line("pdca --version", own.cpu, "import typer", floor.cpu, 1.25))
        for size in self.sizes:
            own, floor = in_turn(self.pdca(size, *LOG), [sys.executable, "-c", IMPORT_ALL], self.runs)
            yield str(Line(f"pdca log, {size:,} entries", own.cpu, "import the libraries, one model", floor.cpu, 1.4))
            self.growth += [plot.Point("pdca log", size, own.cpu), plot.Point("imports alone", size, floor.cpu)]

    def whole(self) -> Iterator[str]:
        """Yield the rows of what reads everything, or a year of it."""
        for size in self.sizes:
            for name, *words in (("validate",), ("review", YEAR, "-f", "json")):
                own, floor = in_turn(self.pdca(size, name, *words), self.read(size), self.runs)
                if size >= LARGE:
                    yield str(Line(f"pdca {name}, {size:,} entries", own.cpu, "bare loop over all", floor.cpu, 1.5))
                self.growth.append(plot.Point(f"pdca {name}", size, own.cpu))
                if name == "validate":
                    self.growth.append(plot.Point("bare loop", size, floor.cpu))
        for size in (REAL, LARGE):
            for typed in YEARS_COMMANDS:
                own, floor = in_turn(self.pdca(size, *typed), self.read(size, YEAR), self.runs)
                what = f"pdca {' '.join(typed)}".strip() + f", {size:,} entries"
                yield str(Line(what, own.cpu, "bare loop over the year", floor.cpu, 1.5))

    def commands(self) -> Iterator[str]:
        """Yield the rows of every reading command at the size of a real plan, against a page of help."""
        folder = str(self.folder(REAL))
        who = ("-c", "user.name=bench", "-c", "user.email=bench@example.jp")
        for line in (["add", "plan", "records"], [*who, "commit", "--quiet", "-m", "entries"]):
            cost(["git", "-C", folder, *line])
        for words in (*YEARS_COMMANDS, *OTHER_COMMANDS):
            own, floor = in_turn(self.pdca(REAL, *words), [*PDCA, "--help"], self.runs)
            yield str(Line(f"pdca {' '.join(words)}".strip(), own.cpu, "pdca --help", floor.cpu, 2))

    def memory(self) -> Iterator[str]:
        """Yield what the largest workspace takes at its peak."""
        yield "| command | megabytes | target |\n|---|---|---|"
        size = self.sizes[-1]
        for words in (("validate",), ("review", YEAR)):
            peak = cost(self.pdca(size, *words)).megabytes
            verdict = "" if peak <= 300 else ", missed"  # noqa: PLR2004 (the target)
            yield f"| pdca {' '.join(words)}, {size:,} entries | {peak:.0f} | 300{verdict} |"

    def papers(self) -> Iterator[str]:
        """Yield how long the papers take where every listing has texts of 400 characters."""
        yield "| command | seconds by the clock | of the processor | target by the clock |\n|---|---|---|---|"
        workspace = self.root / "papers"
        _init(workspace)
        papers.fill(workspace)
        total = Cost(0, 0, 0)
        for form in papers.FORMATS:
            command = [*PDCA, "-C", str(workspace), "review", YEAR, "--force", "-o", f"{self.root}/review.{form}"]
            one = typical([cost(command) for _ in range(3)])
            total = Cost(total.cpu + one.cpu, total.clock + one.clock, 0)
            yield f"| pdca review -f {form} | {one.clock:.2f} | {one.cpu:.2f} | |"
        yield _timed("all four", total, 3.5)
        command = [*PDCA, "-C", str(workspace), "packet", YEAR, "--force", "-o", f"{self.root}/packet"]
        yield _timed("pdca packet", typical([cost(command) for _ in range(3)]), 1.5)

    def others(self, environment: Path | None) -> Iterator[str]:
        """Yield what other programs take for the same entries."""
        yield f"| checking {PEERS_AT:,} entries | seconds | version |\n|---|---|---|"
        own = typical([cost(self.pdca(PEERS_AT, "validate")) for _ in range(3)])
        yield f"| pdca validate | {own.cpu:.2f} | {version('mizuho-pdca')} |"
        for peer in peers.PEERS:
            program = peers.find(peer, environment)
            if program is None:
                yield f"| {peer.name} | not measured: it is not installed | |"
                continue
            command, folder = peers.prepared(peer, program, PEERS_AT)
            with folder:
                taken = cost(command, Path(folder.name))
            yield f"| {peer.name} | {taken.cpu:.2f} | {peers.version(peer, program)} |"


def _timed(what: str, one: Cost, target: float) -> str:
    verdict = "" if one.clock <= target else ", missed"
    return f"| {what} | {one.clock:.2f} | {one.cpu:.2f} | {target:g}{verdict} |"


def _init(folder: Path) -> None:
    cost([*PDCA, "init", str(folder)])


def _machine() -> str:
    words = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("typer", "pydantic", "ryaml", "ruamel.yaml", "rich"))
    return f"{date.today().isoformat()}; {words}{load}; pdca {version('mizuho-pdca')}, {libraries}."  # noqa: DTZ011


def report(bench: Bench, environment: Path | None) -> Iterator[str]:
    """Yield the page's part that is measured."""
    yield _machine()
    for title, head, lines in (
        ("Starting", HEAD, bench.starts()),
        ("Reading everything, and a year", HEAD, bench.whole()),
        ("Every reading command at 3,600 entries", HEAD, bench.commands()),
        ("Memory", "", bench.memory()),
        ("Papers", "", bench.papers()),
        ("Other programs on the same entries", "", bench.others(environment)),
    ):
        yield f"\n### {title}\n"
        if head:
            yield head
        yield from lines


def main() -> None:
    """Measure everything, print it, and put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="without 100,000 entries; writes nothing")
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="install other programs there and measure them")
    chosen = parser.parse_args()
    if chosen.peers is not None:
        peers.install(chosen.peers)
    said = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), SIZES[:-1] if chosen.quick else SIZES, 3 if chosen.quick else 5)
        for line in report(bench, chosen.peers):
            print(line, flush=True)
            said.append(line)
        if not chosen.quick:
            before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
            after = rest.partition(END)[2]
            text = f"{before}{BEGIN}\n{chr(10).join(said)}\n\n{END}{after}"
            PAGE.write_text(text, encoding="utf-8", newline="\n")
            PICTURE.write_text(plot.drawn(bench.growth), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
