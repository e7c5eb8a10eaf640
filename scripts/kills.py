"""Kill every command that writes at random moments, as often as is asked for, and look at what is left.

    python scripts/kills.py [--rounds 1000] [--seed 1]

Each round copies a workspace under git, starts a command in a process of its own, and ends it with SIGKILL
somewhere in the time that it takes; every other round the git that it has started dies with it. Then: every
file is whole, what was reported is there, git's objects are whole, and the same command goes through; where
git has left a lock behind, after deleting what the message names. A round that finds anything else is
printed, and ends the program with exit code 1. Unix only.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NoReturn

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.form_export import Wish, make_forms
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.publish import publish, save
from mizuho_pdca.cli.main import main as pdca
from mizuho_pdca.language import translator
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import load
from scripts.fill_form import fill

CHECKOUT = Path(__file__).parents[1]
NOW = datetime(2025, 6, 15, 10, 30, tzinfo=timezone(timedelta(hours=9)))
BY = ("--by", "産業課")
RATED = ("1-1②-1", "--year", "2024")
LOG = ("1-1②-1", "-m", "訪問", "-k", "company-visits=3", *BY)
WRITING: Mapping[str, Sequence[str]] = {
    "log": LOG,
    "again": ("last", *BY),
    "actual": ("company-visits", "40", "--year", "2024", *BY),
    "evaluate": (*RATED, "--rating", "B", *BY),
    "improve": (*RATED, "--direction", "継続", "--next", "続ける", *BY),
    "opinion": ("1-1", "--year", "2024", "--meeting", "2025-06-10", "-m", "意見", *BY),
    "respond": ("2025-06-15-vpnn10", "-m", "対応", "--state", "対応済", *BY),
    "withdraw": ("2025-06-15-vpnn10", "--reason", "誤記", *BY),
    "close": ("2024", "--allow-incomplete", *BY),
    "reopen": ("2023", "--reason", "誤記", *BY),
    "init": ("{out}/new",),
    "review": ("2024", "-o", "{out}/new/review.csv"),
    "packet": ("2024", "-o", "{out}/new"),
    "form export": ("2024", "-o", "{out}/new/form.xlsx"),
    "form import": ("{town}/form.xlsx", *BY),
    "import": ("{town}/table.csv", "--year", "2024", *BY),
    "schema": ("-o", "{out}/new"),
    "publish": ("2024", "-o", "{out}/new"),
    "collect": ("{out}/../town/published", "-o", "{out}/new"),
}
"""What each command is given in the workspace of ``furnish``."""

TABLE = "番号,取組名,取組内容,自己評価,課題\n1-1-1-1,,あっせんした。,B,人手\n".encode("cp932")

WITH_GIT: Mapping[str, Sequence[str]] = {
    "commit": (),
    "log --commit": LOG,
}
COMMANDS = {**WRITING, **WITH_GIT}
REPORTS = {"import": "■"}
"""What the report of a command begins with that says something else before: how it understood the table."""
MINUTE = 60


def furnish(town: Path) -> None:
    """Make a workspace in which each of the commands has something to do."""
    (town / "plan").mkdir(parents=True)
    shutil.copyfile(CHECKOUT / "plan" / "measures.yaml", town / "plan" / "measures.yaml")
    git(town, "init", "--quiet", "-b", "main")
    git(town, "config", "user.name", "産業課")
    git(town, "config", "user.email", "sangyo@town.example")
    log(at(town), "1-1②-1", "訪問")
    desk = Desk(town, clock=lambda: NOW, token=lambda: "vpnn10")
    give_opinion(desk, "1-1", year=2024, meeting="2025-06-10", text="意見")
    (town / "form.xlsx").write_bytes(filled_form(desk))
    (town / "table.csv").write_bytes(TABLE)
    save(town / "published", publish(desk, 2024))
    with Path(os.devnull).open("w", encoding="utf-8") as nobody, redirect_stdout(nobody):
        code = pdca(["close", "2023", "--allow-incomplete", *BY], lambda _: at(town))
    if code:
        raise SystemExit("the year can't be closed")
    git(town, "add", ".")
    git(town, "commit", "--quiet", "-m", "begin")
    log(at(town), "1-1②-1", "もう一度訪問")


def filled_form(desk: Desk) -> bytes:
    """Return a form of which one row was filled in."""
    (sent,) = make_forms(desk, 2024, translator("ja"), Wish())
    answers = {"評価": "B おおむね順調", "課題（あれば）": "人手", "今後の方向性": "継続", "翌年度の予定": "続ける"}
    return fill(sent.data, {"回答": {"1-1-2-2": answers}})


def at(town: Path) -> Desk:
    """Return a desk in the workspace, whose clock stands still."""
    return Desk(town, clock=lambda: NOW)


def git(folder: Path, *arguments: str) -> str:
    """Run git and return what it prints."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


class Round:
    """One command in a fresh copy of the workspace."""

    def __init__(self, saved: Path, place: Path, command: str) -> None:
        """Copy the workspace to its place; ``out`` beside it is for what is made elsewhere."""
        self.town, self.out, self.said = place / "town", place / "out", place / "said"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(saved, self.town)
        self.out.mkdir()
        self.words = [*command.split(), *(word.format(out=self.out, town=self.town) for word in COMMANDS[command])]
        self.before = self.state()

    def run(self, seconds: float = 10 * MINUTE, *, family: bool = False) -> int | None:
        """Run the command in a process of its own; return its exit code, None where it was killed after so long."""
        self.said.write_bytes(b"")
        started = os.fork()
        if not started:
            self._become_it()
        last, code = time.monotonic() + seconds, None
        while code is None and time.monotonic() < last:
            done, state = os.waitpid(started, os.WNOHANG)
            code = os.waitstatus_to_exitcode(state) if done else None
            time.sleep(0.0005)
        if code is None:
            with suppress(ProcessLookupError):
                (os.killpg if family else os.kill)(started, signal.SIGKILL)
            os.waitpid(started, 0)
        with suppress(ProcessLookupError):  # a git that it has started may go on
            while True:
                os.killpg(started, 0)
                time.sleep(0.001)
        return code

    def _become_it(self) -> NoReturn:
        code = 70
        try:
            os.setsid()
            said = os.open(self.said, os.O_WRONLY)
            for stream, number in ((os.open(os.devnull, os.O_RDONLY), 0), (said, 1), (said, 2)):
                os.dup2(stream, number)
            os.chdir(self.town)
            code = pdca(self.words, lambda _: at(self.town))
        finally:
            os._exit(code)

    def state(self) -> tuple[object, ...]:
        """Return what the command is there to change: entries, seals, the last commit, what was made elsewhere."""
        seals = [path.read_bytes() for path in sorted(self.town.glob("records/*/closed.yaml"))]
        head = git(self.town, "rev-parse", "HEAD")
        return sorted(self.town.glob("records/*/*/*.yaml")), seals, head, self.made()

    def made(self) -> dict[str, bytes]:
        """Return the files that the command has made elsewhere; hidden ones are no papers."""
        files = ((path, path.relative_to(self.out)) for path in self.out.rglob("*") if path.is_file())
        return {str(name): path.read_bytes() for path, name in files if not any(part[0] == "." for part in name.parts)}

    def faults(self, whole: Mapping[str, bytes]) -> Iterator[str]:
        """Yield all that is not as it should be right after a kill; ``whole`` is what the command makes elsewhere."""
        yield from (f"{one.file}: {one.fault.code}" for one in load(Folder(self.town), NOW).errors)
        made = self.made()
        yield from (f"{name} is not whole" for name, data in made.items() if data != whole.get(name))
        if self.words[0] in ("packet", "publish") and len(made) not in (0, len(whole)):
            yield "a part of the folder"
        said = self.said.read_text(encoding="utf-8", errors="replace")
        if said and REPORTS.get(self.words[0], "") in said and self.state() == self.before:
            yield "what was reported is gone"
        git(self.town, "fsck", "--strict")

    def again(self) -> Iterator[str]:
        """Yield why the same command does not go through now, if it does not."""
        done = self.state() != self.before
        code = self.run()
        if code not in ((0, 1, 2, 3) if done else (0,)):
            yield f"again: {code} {self.said.read_text(encoding='utf-8')}"

    def free(self) -> Iterator[str]:
        """Delete the locks of a killed git, as if a minute had passed, and yield those that no message names."""
        locks = sorted((self.town / ".git").rglob("*.lock"))
        for lock in locks:
            os.utime(lock, (time.time() - MINUTE,) * 2)
        if locks and self.run():
            told = self.said.read_text(encoding="utf-8")
            yield from (f"not named: {lock}" for lock in locks if str(lock) not in told)
            for lock in locks:
                lock.unlink()


def kill(command: str, saved: Path, place: Path, rounds: int, chance: random.Random, count: Counter[str]) -> int:
    """Kill a command so many times, print what is wrong, and return how many rounds something was."""
    whole, times = {}, list[float]()
    for _ in range(3):
        one = Round(saved, place, command)
        start = time.monotonic()
        if one.run():
            raise SystemExit(f"{command}: {one.said.read_text(encoding='utf-8')}")
        times.append(time.monotonic() - start)
        whole = one.made()
    wrong = 0
    for number in range(rounds):
        one = Round(saved, place, command)
        code = one.run(chance.uniform(0, 1.05 * sorted(times)[1]), family=bool(number % 2))
        count["killed"] += code is None
        count["changed"] += code is None and one.state() != one.before
        found = list(one.faults(whole))
        locked = any((one.town / ".git").rglob("*.lock"))
        count["locked"] += locked
        found += [*one.free(), *one.again()]
        wrong += bool(found)
        for fault in found:
            print(f"{command}, round {number}: {fault}", flush=True)
    return wrong


def main(arguments: Sequence[str]) -> int:
    """Go through the commands and print the table."""
    parser = argparse.ArgumentParser(description="Kill every command that writes at random moments.")
    parser.add_argument("--rounds", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    os.environ.update({"PDCA_LANG": "en", "PDCA_CONFIG": os.devnull})
    total, all_wrong = Counter[str](), 0
    chance = random.Random(given.seed)  # noqa: S311 (nobody must not guess it)
    print("| command | rounds | killed | of these after something was written | git's lock left | faults |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        saved, place = Path(folder, "saved"), Path(folder, "place")
        furnish(saved)
        for number, command in enumerate(COMMANDS):
            share = given.rounds * (number + 1) // len(COMMANDS) - given.rounds * number // len(COMMANDS)
            count = Counter(rounds=share)
            count["wrong"] = kill(command, saved, place, share, chance, count)
            print(row(f"`{command}`", count), flush=True)
            total += count
            all_wrong += count["wrong"]
    print(row("all", total))
    return 1 if all_wrong else 0


def row(name: str, count: Mapping[str, int]) -> str:
    """Return a line of the table."""
    cells = (count[key] for key in ("rounds", "killed", "changed", "locked", "wrong"))
    return f"| {name} | {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
