"""Make small mistakes in the program, one at a time, and see whether a test notices.

    python scripts/mutants.py [--under PATH …] [--sample N] [--seed S] [--jobs N] [--data FILE] [--log FILE] …

First, unless ``--data`` names a file that holds it already, the tests run once under coverage, which says what lines
each reaches, and how long it takes. Then each mutant of the sample is planted in a process that has all tests loaded,
never in a file. The tests that reach its lines run there, those of the room first and the quickest of each kind, until
one fails or none is left. Where they have worked so many seconds before, nothing is decided, which is counted apart. A
mistake in what runs on import is planted in a process that has loaded nothing yet, with the tests nearest to it.

Prints what survived; ``--log`` keeps a line for each mutant, and a run that is begun anew goes on behind the last.
A test that fails here without the mistake as well is left out, and counted. Unix only.
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
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import coverage
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout that is not installed

from scripts.planting import Cached, Changed, Living, Mutant, Planter, cached, differing, living, mutants, plant, sound

ROOT = Path(__file__).parents[1]
UNDER = ("domain", "app", "storage/files.py", "storage/contents.py", "storage/tree.py", "storage/git")
TESTS = (
    *(f"tests/{name}" for name in ("domain", "app", "storage", "papers", "cli")),
    *(f"tests/test_{name}.py" for name in ("two_offices", "untrusted_repository", "without_git", "revisions")),
    *(f"tests/test_{name}.py" for name in ("second_plan", "errors", "gallery", "calendars")),
)
QUIET = ("-q", *(f"-pno:{name}" for name in ("randomly", "cacheprovider", "xdist")))
KILLED, SURVIVED, HUNG, UNPLANTED, UNDECIDED = "killed", "survived", "hung", "not planted", "out of time"
_CODES = {0: SURVIVED, 1: KILLED, 2: HUNG, 3: UNPLANTED, 4: UNDECIDED}
_MEMORY = 6 << 30
_NEAR = 100
"""So many tests try a mistake in what runs on import."""

_LONGER = 20
"""A test that works so many times as long as without the mistake, and ten seconds more, hangs."""

_LONGEST = 300
"""So does one that has not ended after so many seconds, whatever it waits for."""


# -- which tests ----------------------------------------------------------------------------------


class Reach:
    """What lines each test reaches, and how long it takes."""

    def __init__(self, file: Path) -> None:
        """Read what coverage wrote, and what the clock told."""
        self.fitness = file.with_suffix(".fit")
        self.seconds: dict[str, float] = json.loads(file.with_suffix(".seconds").read_text(encoding="utf-8"))
        self.file = file
        self.lines: dict[str, dict[int, set[str]]] = {}

    def of(self, file: str) -> dict[int, set[str]]:
        """Return the tests by the lines of a file."""
        if file not in self.lines:
            data = coverage.CoverageData(str(self.file))  # opened anew: what a fork brought along would be emptied
            data.read()
            name = next((name for name in data.measured_files() if name.endswith(f"/{file}")), None)
            told = data.contexts_by_lineno(name) if name else {}
            data.close()
            self.lines[file] = {
                line: {sys.intern(one.rpartition("|")[0]) for one in contexts if one} for line, contexts in told.items()
            }
        return self.lines[file]

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that reach a mutant."""
        lines = self.of(mutant.file)
        found = set[str]().union(*(lines.get(line, ()) for line in range(mutant.first, mutant.last + 1)))
        if not found:  # the line before may hold the beginning of the statement
            found = next((lines[line] for line in range(mutant.first, 0, -1) if lines.get(line)), set())
        return self._ordered(mutant, found)

    def near(self, mutant: Mutant) -> list[str]:
        """Return the tests that use a mutant's module: all of its own room, and some that are likely to notice."""
        found = self._ordered(mutant, set[str]().union(*self.of(mutant.file).values()))
        own = [test for test in found if test.startswith(_room(mutant))]
        return [*own, *[test for test in found if test not in own][:_NEAR]]

    def _ordered(self, mutant: Mutant, found: set[str]) -> list[str]:
        """Put what is quick, of the module's own room, and unlike what stands before it first."""
        own = _room(mutant)
        alike = Counter[str]()
        cost: dict[str, float] = {}
        for test in sorted(found, key=lambda test: (self.seconds.get(test, 1), test)):
            kind = test.partition("[")[0]
            alike[kind] += 1
            cost[test] = (self.seconds.get(test, 1) + 0.01) * alike[kind] * (0.1 if test.startswith(own) else 1)
        return sorted(cost, key=lambda test: (cost[test], test))


def _room(mutant: Mutant) -> tuple[str, str]:
    """Return how the names of the tests begin that are about a mutant's module."""
    folder, _, name = mutant.file.replace("mizuho_pdca/", "tests/", 1).removesuffix(".py").rpartition("/")
    return f"{folder}/test_{name}.py", f"{folder}/{name}/"


def record(data: Path) -> None:
    """Run the tests once under coverage, which writes down what each reaches; keep how long each takes."""
    rooms = [f"--cov=mizuho_pdca/{room}" for room in ("domain", "app", "storage")]
    words = [sys.executable, "-m", "pytest", *TESTS, "-vv", "-p", "no:randomly", "-n", "auto", "--durations=0"]
    own = {"COVERAGE_FILE": str(data), "PYTHONPATH": str(ROOT), "CI": "1"}
    words += [*rooms, "--cov-context=test", "--cov-report="]
    told = subprocess.run(words, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    print(told.stdout.rstrip().rpartition("\n")[2], flush=True)
    seconds = defaultdict[str, float](float)
    for taken, test in re.findall(r"^([0-9.]+)s (?:call|setup|teardown) +(.+)$", told.stdout, re.MULTILINE):
        seconds[test] += float(taken)
    data.with_suffix(".seconds").write_text(json.dumps(seconds, ensure_ascii=False), encoding="utf-8")


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


class Only:
    """A plugin that keeps some tests of those that were collected, in an order: not every name can be an argument."""

    def __init__(self, tests: Sequence[str]) -> None:
        """Take their names."""
        self.places = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        kept = [one for one in items if one.nodeid in self.places]
        items[:] = sorted(kept, key=lambda one: self.places[one.nodeid])


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
    return UNDECIDED if state is None else _CODES.get(os.waitstatus_to_exitcode(state), KILLED), words


def _alone(work: Callable[[int], int], tell: int, scratch: str) -> NoReturn:
    code = 1
    try:
        os.setsid()
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        for late in (signal.SIGALRM, signal.SIGPROF):
            signal.signal(late, lambda *_: os._exit(2))
        code = work(tell)
    finally:
        os._exit(code)


class Fitness:
    """Which tests pass here where no mistake is made: asked of those that noticed one."""

    def __init__(self, file: Path) -> None:
        """Take where the answers are kept."""
        self.file = file
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        self.known: dict[str, bool] = dict(map(json.loads, lines))

    def __call__(self, test: str, run: Callable[[int], int]) -> bool:
        """Return whether a test passes, by what running it says."""
        if test not in self.known:
            self.known[test] = apart(run, 2 * _LONGEST)[0] == SURVIVED
            with self.file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps([test, self.known[test]], ensure_ascii=False) + "\n")
        return self.known[test]


class Trial:
    """All tests loaded in this process: as a plugin it takes the place of running them."""

    def __init__(self, wanted: Sequence[tuple[Mutant, Changed]], reach: Reach, seconds: float, note: Note) -> None:
        """Take what to try, and how long each may take."""
        self.wanted, self.reach, self.seconds, self.note = wanted, reach, seconds, note
        self.fit = Fitness(reach.fitness)
        self.jobs = 1
        self.caches: Sequence[Cached] = ()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant."""
        for module in pkgutil.walk_packages([str(ROOT / "mizuho_pdca")], "mizuho_pdca."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        items = {item.nodeid: item for item in session.items}
        functions = living()
        self.caches = cached()
        gc.freeze()

        def part(number: int) -> None:
            for mutant, changed in self.wanted[number :: self.jobs]:
                self._try(mutant, changed, items, functions)

        in_processes(self.jobs, part)
        return True

    def _try(self, mutant: Mutant, changed: Changed, items: Mapping[str, pytest.Item], functions: Living) -> None:
        start = time.monotonic()
        tests = [items[name] for name in self.reach.tests(mutant) if name in items and self.fit.known.get(name, True)]
        result, by = self._verdict(changed, tests, functions)
        self.note(mutant, result, by, len(tests), time.monotonic() - start)

    def _verdict(self, changed: Changed, tests: Sequence[pytest.Item], functions: Living) -> tuple[str, str]:
        longest = 10 * (self.seconds + _LONGEST)
        result, by = apart(lambda tell: self._run(tests, tell) if plant(changed, functions) else 3, longest)
        noticing = [one for one in tests if one.nodeid == by]
        if result == KILLED and noticing and not self.fit(by, lambda tell: self._run(noticing, tell)):
            return self._verdict(changed, [one for one in tests if one.nodeid != by], functions)
        return result, by

    def _run(self, tests: Sequence[pytest.Item], tell: int) -> int:
        if not tests:
            return 0
        for one in self.caches:
            one.cache_clear()
        config = tests[0].config
        config._tmp_path_factory._basetemp = Path(tempfile.gettempdir())  # type: ignore[attr-defined] # noqa: SLF001
        config.pluginmanager.unregister(name="terminalreporter")
        config.pluginmanager.register(Verdict(tell))
        last = _worked() + self.seconds
        for item, following in zip(tests, [*tests[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_PROF, 10 + _LONGER * self.reach.seconds.get(item.nodeid, 1))
            signal.alarm(_LONGEST)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if following is not None and _worked() > last:
                return 4
        return 0


def _worked() -> float:
    """Return how many seconds this process and those that it has started have worked: others do not count."""
    return sum(os.times()[:4])


def try_on_import(wanted: Sequence[Mutant], reach: Reach, note: Note) -> None:
    """Try mistakes in what runs on import: each in a process that loads the program anew."""
    fit = Fitness(reach.fitness)

    def run(tests: Sequence[str], tell: int) -> int:
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        words = [*QUIET, "-x", f"--basetemp={tempfile.gettempdir()}/t", *files]
        return min(3, pytest.main(words, plugins=[Verdict(tell), Only(tests)])) if tests else 0

    for mutant in wanted:
        tests = [test for test in reach.near(mutant) if fit.known.get(test, True)]

        def work(tell: int, mutant: Mutant = mutant, tests: Sequence[str] = tests) -> int:
            sys.meta_path.insert(0, Planter(mutant))
            return run(tests, tell)

        start = time.monotonic()
        result, by = apart(work, 2 * _LONGEST)
        if result == KILLED and "::" in by and not fit(by, lambda tell, by=by: run([by], tell)):  # type: ignore[misc]
            result = UNDECIDED
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
        if result not in (KILLED, HUNG):
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
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="so many at a time")
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="how long the tests may work on one")
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
        chosen = [one for one in chosen if before.get(str(one)) in (SURVIVED, UNDECIDED)]
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
        trial.jobs = wanted.jobs
        in_processes(1, lambda _: pytest.main([*QUIET, *TESTS], plugins=[trial]))
        for name in ("pydantic", "ruamel.yaml", "ryaml", "typer", "rich.console"):  # once for all
            importlib.import_module(name)
        known = note.known()
        later = [one for one, changed in planted if changed is None or known.get(str(one)) == UNPLANTED]
        in_processes(wanted.jobs, lambda part: try_on_import(later[part :: wanted.jobs], reach, note))
        known = note.known()
        results = Counter(known[str(one)] for one in chosen if str(one) in known)
        unfit = [name for name, fit in Fitness(reach.fitness).known.items() if not fit]
    print(f"{len(chosen)} of {total} mutants, seed {wanted.seed}: {dict(results)}; {len(unfit)} tests left out")
    return 1 if results[SURVIVED] + results[UNDECIDED] else 0


def in_processes(count: int, work: Callable[[int], object]) -> None:
    """Do something in processes of their own, which are told their number; wait for them."""
    children = []
    for number in range(count):
        child = os.fork()
        if not child:
            try:
                work(number)
            except BaseException:  # noqa: BLE001 (whatever it is, it is told, and the process ends here)
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    sys.exit(main())
