"""Many at once, clones that push and pull, and runs that are killed: nothing is lost, nothing half written.

    python scripts/stress.py [--parallel N …] [--commit-only] [--clones N] [--kills N] [--seed N]

Works in a temporary folder with the program of this checkout. Prints what was counted; exit code 1 if anything was
lost, half written, refused or left in git's index.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOG = ("log", "1-1-2-1", "-m", "訪問した。", "-k", "company-visits=1")
_ENTRY = re.compile(r"records/\S+?\.yaml")


@dataclass
class Offices:
    """Workspaces of several people in one folder, each with settings of their own."""

    folder: Path
    faults: list[str] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """Return the variables of a run: no settings of the machine."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PDCA_", "GIT_"))}
        own = {"HOME": str(self.folder), "PDCA_CONFIG": str(self.folder / "config.toml"), "PDCA_BY": "産業課"}
        who = {"XDG_CONFIG_HOME": str(self.folder)}
        return {**kept, **own, **who, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PDCA_LANG": "ja", **more}

    def start(self, root: Path, *words: str) -> subprocess.Popen[str]:
        """Start ``pdca`` in a workspace."""
        return subprocess.Popen(
            [sys.executable, "-m", "mizuho_pdca", *words],
            cwd=root,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, root: Path, *words: str) -> tuple[int, str]:
        """Run ``pdca`` and return its exit code and what it printed."""
        process = self.start(root, *words)
        out, err = process.communicate()
        return process.returncode, out + err

    def git(self, root: Path, *words: str) -> str:
        """Run git and return what it printed; what fails is a fault."""
        done = subprocess.run(
            ["git", *words], cwd=root, env=self.environment(), capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            self.faults.append(f"git {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def found(self, name: str) -> Path:
        """Make a workspace under git."""
        (self.folder / ".gitconfig").write_text(
            "[user]\n\tname = 産業課\n\temail = sangyo@town.example\n[init]\n\tdefaultBranch = main\n"
            "[safe]\n\tdirectory = *\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n",
            encoding="utf-8",
        )
        self.expect(self.run(self.folder, "init", str(self.folder / name)))
        return self.folder / name

    def expect(self, ended: tuple[int, str]) -> str:
        """Return what a run printed; one that failed is a fault."""
        if ended[0]:
            self.faults.append(f"exit code {ended[0]}: {ended[1].strip()}")
        return ended[1]

    def check(self, root: Path, reported: Sequence[str]) -> None:
        """Hold a workspace against what was reported: all there, whole, and valid."""
        self.faults += [f"lost: {path}" for path in reported if not (root / path).is_file()]
        code, said = self.run(root, "validate")
        if code:
            self.faults.append(f"validate: {said.strip()}")


def parallel(offices: Offices, number: int, *, by_setting: bool) -> float:
    """Record and commit many times at once; return the seconds."""
    root = offices.found(f"parallel-{len(list(offices.folder.iterdir()))}")
    if by_setting:
        offices.expect(offices.run(root, "config", "commit", "はい"))
    words = LOG if by_setting else (*LOG, "--commit")
    start = time.monotonic()
    with ThreadPoolExecutor(number) as pool:
        said = [offices.expect(each) for each in pool.map(lambda _: offices.run(root, *words), range(number))]
    seconds = time.monotonic() - start
    reported = [path for each in said for path in _ENTRY.findall(each)[:1]]
    offices.check(root, reported)
    if dirty := offices.git(root, "status", "--porcelain", "--untracked-files=all"):
        offices.faults.append(f"not clean: {dirty}")
    committed = _ENTRY.findall(offices.git(root, "ls-tree", "-r", "--name-only", "HEAD", "records"))
    if sorted(committed) != sorted(reported):
        offices.faults.append(f"{len(reported)} reported, {len(committed)} committed")
    offices.git(root, "fsck", "--strict")
    (offices.folder / "config.toml").unlink(missing_ok=True)
    return seconds


def clones(offices: Offices, rounds: int) -> int:
    """Let two offices record, pull and push in turn; return how many entries both have in the end."""
    first = offices.found("first")
    offices.git(offices.folder, "clone", "--quiet", "--bare", str(first), "hub.git")
    roots = [offices.folder / name for name in ("office-a", "office-b")]
    for root in roots:
        offices.git(offices.folder, "clone", "--quiet", "hub.git", root.name)
    reported = list[str]()
    for _ in range(rounds):
        for root in roots:
            reported += _ENTRY.findall(offices.expect(offices.run(root, *LOG)))[:1]
            offices.expect(offices.run(root, "commit"))
        for root in roots:
            offices.git(root, "pull", "--quiet", "--no-rebase", "--no-edit")
            offices.git(root, "push", "--quiet")
    offices.git(roots[0], "pull", "--quiet", "--no-rebase", "--no-edit")
    for root in roots:
        offices.check(root, reported)
    return len(reported)


def kills(offices: Offices, rounds: int, seed: int) -> tuple[int, int]:
    """Kill runs at random times; return how many were killed before they ended and how many had reported."""
    rnd = random.Random(seed)  # noqa: S311 (no secret: the same times again)
    root = offices.found("killed")
    offices.expect(offices.run(root, *LOG))
    start = time.monotonic()
    offices.expect(offices.run(root, *LOG))
    usual = time.monotonic() - start
    reported, killed, year = list[str](), 0, 2022
    lines: Sequence[tuple[str, ...]] = (
        LOG,
        ("again", "last", "-m", "また訪問した。"),
        (*LOG, "--commit"),
        ("commit",),
        ("close",),
    )
    for number in range(rounds):
        words = lines[number % len(lines)]
        if words == ("close",):
            words = ("close", str(year), "--allow-incomplete")
        process = offices.start(root, *words)
        try:
            process.wait(rnd.uniform(0.5, 1.6) * usual)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        out, _ = process.communicate()
        reported += _ENTRY.findall(out)[:1] if words[0] in ("log", "again") else []
        year = min(2024, year + (words[0] == "close" and process.returncode == 0))
        offices.check(root, reported)
        _heal(offices, root)
    offices.expect(offices.run(root, "commit"))
    offices.check(root, reported)
    return killed, len(reported)


def _heal(offices: Offices, root: Path) -> None:
    """Take away a lock that a killed git has left, as the program says that one should."""
    for lock in (root / ".git").glob("**/*.lock"):
        lock.unlink(missing_ok=True)
    offices.git(root, "fsck", "--strict", "--no-dangling")


def measured(wanted: argparse.Namespace, offices: Offices) -> Iterator[str]:
    """Run everything that is asked for, and yield what was counted."""
    for number in wanted.parallel:
        for by_setting in (False,) if wanted.commit_only else (False, True):
            before = len(offices.faults)
            seconds = parallel(offices, number, by_setting=by_setting)
            how = "pdca config commit はい" if by_setting else "log --commit"
            yield f"{number} at once, {how}: {seconds:.1f} s, {len(offices.faults) - before} faults"
    if wanted.clones:
        yield f"2 clones, {wanted.clones} rounds of push and pull: {clones(offices, wanted.clones)} entries in both"
    if wanted.kills:
        killed, reported = kills(offices, wanted.kills, wanted.seed)
        yield f"{wanted.kills} runs, {killed} killed before they ended; {reported} had reported an entry"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for, print what was counted and every fault, and return 1 if there was any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--parallel", type=int, nargs="*", default=[40, 100], metavar="N", help="so many at once")
    parser.add_argument("--commit-only", action="store_true", help="all at once by log --commit, not by the setting")
    parser.add_argument("--clones", type=int, default=10, metavar="N", help="rounds of push and pull of two clones")
    parser.add_argument("--kills", type=int, default=100, metavar="N", help="runs that are killed")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed kills at other times")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="pdca-stress-") as folder:
        offices = Offices(Path(folder))
        for line in measured(wanted, offices):
            print(line, flush=True)
    for fault in offices.faults:
        print(f"fault: {fault}")
    print(f"faults: {len(offices.faults)}")
    return 1 if offices.faults else 0


if __name__ == "__main__":
    sys.exit(main())
