"""Make small mistakes in the program, one at a time, and see whether a test notices.

    python scripts/mutants.py [--under PATH …] [--sample N] [--seed S] [--seconds S] [--data FILE] [--log FILE]

First, unless ``--data`` names a file that holds it already, the quick tests run once under coverage, which says what
lines each reaches. Then each mutant of the sample is planted in a process that has all tests loaded, never in a
file. The tests that reach its lines run there, and the slow ones of its room: those of the room first, then those
that reach the least, until one fails or so many seconds are over. A mistake in what runs on import is planted in a
process that has loaded nothing yet, with the tests nearest to it.

Prints what survived; ``--log`` keeps a line for each mutant, and a run that is begun anew goes on behind the last.
Tests that don't pass here without a mistake are left out, and counted. Unix only.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import importlib.util
import json
import os
import pkgutil
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import coverage
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout that is not installed

from scripts.planting import Changed, Mutant, Planter, differing, living, mutants, plant, sound

ROOT = Path(__file__).parents[1]
UNDER = ("domain", "app", "storage/files.py", "storage/contents.py", "storage/tree.py", "storage/git")
TESTS = (
    *(f"tests/{name}" for name in ("domain", "app", "storage", "papers", "cli")),
    *(f"tests/test_{name}.py" for name in ("two_offices", "untrusted_repository", "without_git", "revisions")),
    *(f"tests/test_{name}.py" for name in ("second_plan", "errors", "gallery", "calendars")),
)
QUIET = ("-q", *(f"-pno:{name}" for name in ("randomly", "cacheprovider", "xdist")))
KILLED, SURVIVED, TIMEOUT, UNPLANTED = "killed", "survived", "timeout", "not planted"
_CODES = {0: SURVIVED, 1: KILLED, 2: TIMEOUT, 3: UNPLANTED}
_ALSO = {
    "storage/git": (
        "tests/storage/git/",
        *(f"tests/test_{name}.py" for name in ("untrusted_repository", "two_offices")),
        *(f"tests/{name}.py" for name in ("app/test_commit", "app/test_audit", "cli/test_commit")),
    ),
    "domain/history": ("tests/app/test_audit.py", "tests/app/test_history.py"),
    "app/input": ("tests/app/input/",),
}
"""Rooms that are tried elsewhere as well."""

_MEMORY = 6 << 30
_NEAR = 150
"""So many tests try a mistake in what runs on import."""


def neighbours(mutant: Mutant) -> tuple[str, ...]:
    """Return how the names of the tests begin that are about a mutant's room."""
    folder, _, name = mutant.file.removeprefix("mizuho_pdca/").rpartition("/")
    more = next((tests for room, tests in _ALSO.items() if folder.startswith(room)), ())
    return (*(f"tests/{part}/test_{name}" for part in (folder, "cli")), *more)


# -- which tests ----------------------------------------------------------------------------------


class Reach:
    """What lines each test reaches."""

    def __init__(self, file: Path) -> None:
        """Read what coverage wrote."""
        self.unfit = file.with_suffix(".unfit")
        self.data = coverage.CoverageData(str(file))
        self.data.read()
        self.measured = {Path(name).relative_to(name.split("/mizuho_pdca/")[0]).as_posix(): name
                         for name in self.data.measured_files()}  # fmt: skip
        self.lines: dict[str, dict[int, set[str]]] = {}
        self.size = Counter[str]()
        for name in self.measured:
            for tests in self.of(name).values():
                self.size.update(tests)

    def of(self, file: str) -> dict[int, set[str]]:
        """Return the tests by the lines of a file."""
        if file not in self.lines:
            told = self.data.contexts_by_lineno(self.measured[file]) if file in self.measured else {}
            self.lines[file] = {
                line: {context.rpartition("|")[0] for context in contexts if context} for line, contexts in told.items()
            }
        return self.lines[file]

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that reach a mutant, those that reach the least of the program first."""
        lines = self.of(mutant.file)
        found = set[str]().union(*(lines.get(line, ()) for line in range(mutant.first, mutant.last + 1)))
        if not found:  # the line before may hold the beginning of the statement
            found = next((lines[line] for line in range(mutant.first, 0, -1) if lines.get(line)), set())
        return sorted(found, key=lambda test: (self.size[test], test))

    def near(self, mutant: Mutant) -> list[str]:
        """Return the tests of the module's own file, and others that use it, the smallest first."""
        own = mutant.file.replace("mizuho_pdca/", "tests/", 1).rpartition("/")
        mirror = f"{own[0]}/test_{own[2]}::"
        found = set[str]().union(*self.of(mutant.file).values())
        return sorted(found, key=lambda test: (not test.startswith(mirror), self.size[test], test))[:_NEAR]


def record(data: Path) -> None:
    """Run the tests once under coverage, which writes down what each reaches."""
    words = [sys.executable, "-m", "pytest", *TESTS, "-q", "-p", "no:randomly", "-n", "auto", "-m", "not slow"]
    more = ["--cov=mizuho_pdca", "--cov-context=test", "--cov-report="]
    own = {"COVERAGE_FILE": str(data), "PYTHONPATH": str(ROOT), "CI": "1"}
    subprocess.run([*words, *more], cwd=ROOT, env={**os.environ, **own}, check=False)


# -- trying ---------------------------------------------------------------------------------------


class Verdict:
    """What the tests say in a process of its own; as a plugin it hears of each that fails."""

    def __init__(self, told: int) -> None:
        """Take where to tell which test failed."""
        self.told = told

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """End the process with the first failure."""
        if report.failed:
            os.write(self.told, report.nodeid.encode())
            os._exit(1)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """End the process where the tests can't even be loaded."""
        if report.failed:
            os.write(self.told, report.nodeid.encode())
            os._exit(1)


def apart(work: Callable[[int], int], seconds: float) -> tuple[str, str]:
    """Do something in a process of its own; return how it ended, and what it told."""
    told, tell = os.pipe()
    scratch = tempfile.mkdtemp(prefix="pdca-mutant-")
    child = os.fork()
    if not child:
        _alone(work, tell, scratch)
    os.close(tell)
    last, state = time.monotonic() + seconds, None
    while state is None and time.monotonic() < last:
        done, status = os.waitpid(child, os.WNOHANG)
        state = status if done else None
        time.sleep(0.002)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    if state is None:
        os.waitpid(child, 0)
    with os.fdopen(told, "rb") as stream:
        os.set_blocking(told, False)
        words = (stream.read() or b"").decode(errors="replace")
    shutil.rmtree(scratch, ignore_errors=True)
    return TIMEOUT if state is None else _CODES.get(os.waitstatus_to_exitcode(state), KILLED), words


def _alone(work: Callable[[int], int], tell: int, scratch: str) -> NoReturn:
    code = 1
    try:
        os.setsid()
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.signal(signal.SIGALRM, lambda *_: os._exit(2))
        code = work(tell)
    finally:
        os._exit(code)


class Trial:
    """All tests loaded in this process: as a plugin it takes the place of running them."""

    def __init__(self, wanted: Sequence[tuple[Mutant, Changed]], reach: Reach, seconds: float, note: Note) -> None:
        """Take what to try, and how long each may take."""
        self.wanted, self.reach, self.seconds, self.note = wanted, reach, seconds, note

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant."""
        for module in pkgutil.walk_packages([str(ROOT / "mizuho_pdca")], "mizuho_pdca."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        items = {item.nodeid: item for item in session.items}
        functions = living()
        gc.freeze()
        unfit = self._unfit(items)
        for mutant, changed in self.wanted:
            tests = [items[name] for name in self._chosen(mutant, items) if name not in unfit]
            start = time.monotonic()

            def work(tell: int, changed: Changed = changed, tests: Sequence[pytest.Item] = tests) -> int:
                return self._run(tests, tell) if plant(changed, functions) else 3

            result, by = apart(work, 3 * self.seconds)
            self.note(mutant, result, by, len(tests), time.monotonic() - start)
        return True

    def _chosen(self, mutant: Mutant, items: Mapping[str, pytest.Item]) -> list[str]:
        """Return the tests that try a mutant: those that reach it and the slow ones of its room, which come first."""
        files = neighbours(mutant)
        found = [name for name in self.reach.tests(mutant) if name in items]
        found += [name for name in items if name not in self.reach.size and name.startswith(files)]
        return sorted(found, key=lambda name: not name.startswith(files))

    def _unfit(self, items: Mapping[str, pytest.Item]) -> set[str]:
        """Return the tests that fail here without any mistake; a file beside what they reach keeps what is known."""
        kept = self.reach.unfit
        known: dict[str, bool] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        needed = dict.fromkeys(name for mutant, _ in self.wanted for name in self._chosen(mutant, items))
        left = [items[name] for name in needed if name not in known]
        while left:
            _, told = apart(lambda tell, left=left: self._run(left, tell, forever=True), 3600)  # type: ignore[misc]
            failed = next((number for number, item in enumerate(left) if item.nodeid == told), len(left))
            known |= {item.nodeid: number != failed for number, item in enumerate(left[: failed + 1])}
            left = left[failed + 1 :]
        kept.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        return {name for name in needed if not known[name]}

    def _run(self, tests: Sequence[pytest.Item], tell: int, *, forever: bool = False) -> int:
        if not tests:
            return 0
        config = tests[0].config
        config._tmp_path_factory._basetemp = Path(tempfile.gettempdir())  # type: ignore[attr-defined] # noqa: SLF001
        config.pluginmanager.unregister(name="terminalreporter")
        config.pluginmanager.register(Verdict(tell))
        last = time.monotonic() + self.seconds
        for item, following in zip(tests, [*tests[1:], None], strict=True):
            signal.alarm(0 if forever else int(self.seconds))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if not forever and time.monotonic() > last:
                break
        return 0


def try_on_import(wanted: Sequence[Mutant], reach: Reach, note: Note) -> None:
    """Try mistakes in what runs on import: each in a process that loads the program anew."""
    for name in ("pydantic", "ruamel.yaml", "ryaml", "typer", "rich.console"):  # once for all
        importlib.import_module(name)
    for mutant in wanted:
        tests = reach.near(mutant)

        def work(tell: int, mutant: Mutant = mutant, tests: Sequence[str] = tests) -> int:
            sys.meta_path.insert(0, Planter(mutant))
            words = [*QUIET, "-x", f"--basetemp={tempfile.gettempdir()}/t", *tests]
            return min(3, pytest.main(words, plugins=[Verdict(tell)])) if tests else 0

        start = time.monotonic()
        result, by = apart(work, 180)
        note(mutant, result, by, len(tests), time.monotonic() - start)


# -- the whole ------------------------------------------------------------------------------------


class Note:
    """Keeps what became of each mutant."""

    def __init__(self, log: Path) -> None:
        """Take where a line for each is kept."""
        self.log = log

    def known(self) -> dict[str, str]:
        """Return what became of each mutant so far."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return {kept["mutant"]: kept["result"] for kept in map(json.loads, lines)}

    def __call__(self, mutant: Mutant, result: str, by: str, tests: int, seconds: float) -> None:
        """Keep one, and print it if no test noticed."""
        if result in (SURVIVED, UNPLANTED):
            print(f"{result}: {mutant} ({tests} tests)", flush=True)
        kept = {"mutant": str(mutant), "result": result, "by": by, "tests": tests, "seconds": round(seconds, 2)}
        with self.log.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(kept, ensure_ascii=False) + "\n")


def main() -> int:
    """Try a sample of the mutants, print the survivors and the count; return 1 if a test was missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--under", nargs="*", default=UNDER, metavar="PATH", help="files or folders of the package")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="so many at random, else all")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, another sample")
    parser.add_argument("--seconds", type=float, default=30, metavar="S", help="how long the tests may take for one")
    parser.add_argument("--data", type=Path, metavar="FILE", help="what the tests reach; made if it is not there")
    parser.add_argument("--log", type=Path, metavar="FILE", help="a line for each mutant")
    parser.add_argument("--survivors", type=Path, metavar="FILE", help="only those that survived in another log")
    wanted = parser.parse_args()
    os.chdir(ROOT)
    os.environ["CI"] = "1"  # the same cases of hypothesis again
    chosen = list(mutants(wanted.under))
    total = len(chosen)
    if wanted.survivors:
        before = Note(wanted.survivors).known()
        chosen = [one for one in chosen if before.get(str(one)) in (SURVIVED, TIMEOUT)]
    if wanted.sample:
        chosen = random.Random(wanted.seed).sample(chosen, min(total, wanted.sample))  # noqa: S311 (no secret)
    with tempfile.TemporaryDirectory(prefix="pdca-mutants-") as folder:
        note = Note(wanted.log or Path(folder, "log"))
        data = (wanted.data or Path(folder, "reach")).absolute()
        if not data.exists():
            record(data)
        reach = Reach(data)
        known = note.known()
        planted = [(one, differing(sound(one.file), one.code())) for one in chosen if str(one) not in known]
        trial = Trial([(one, changed) for one, changed in planted if changed], reach, wanted.seconds, note)
        _in_a_process(lambda: pytest.main([*QUIET, *TESTS], plugins=[trial]))
        try_on_import([one for one, changed in planted if changed is None], reach, note)
        known = note.known()
        results = Counter(known[str(one)] for one in chosen if str(one) in known)
        unfit = [name for name, fit in json.loads(reach.unfit.read_text(encoding="utf-8")).items() if not fit]
    print(f"{len(chosen)} of {total} mutants, seed {wanted.seed}: {dict(results)}; {len(unfit)} tests left out")
    return 1 if results[SURVIVED] else 0


def _in_a_process(work: Callable[[], object]) -> None:
    """Do something that loads the program, and be without it afterwards."""
    child = os.fork()
    if not child:
        try:
            work()
            sys.stdout.flush()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


if __name__ == "__main__":
    sys.exit(main())
