"""Cut the power right after a command has reported, as often as is asked for, and look what the disk holds.

    python scripts/power_cuts.py [--rounds 100]

A workspace lies on an ext4 file system in an image of its own, mounted so that nothing is written through unless a
program asks for it. As soon as a command has ended, the image is copied as it is: that is what a disk would hold after
a power cut. The copy is mounted (which replays its journal) and every file of the records, and the last commit, must
be there as in the workspace. First a file is written that nobody flushes: the copy must lack it, or the test shows
nothing. Linux, as root; exit code 1 if anything is lost.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
YEARS = ("2022", "2023", "2024", "2025")
_SIZE = 96 << 20
_MOUNT = ("mount", "-o", "loop,commit=3000,noatime")


def run(*words: str, folder: Path | None = None, **more: str) -> str:
    """Run a program that must succeed; return what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PDCA_", "GIT_"))}
    who = {f"GIT_{role}_{what}": "a@b.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    own = {"PDCA_BY": "産業課", "PDCA_LANG": "en", "PDCA_CONFIG": os.devnull, "PYTHONPATH": str(ROOT), **who, **more}
    done = subprocess.run(
        words,
        cwd=folder,
        env={**kept, **own},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.returncode} {done.stdout}{done.stderr}")
    return done.stdout


def pdca(town: Path, *words: str) -> None:
    """Run ``pdca`` in the workspace."""
    run(sys.executable, "-m", "mizuho_pdca", *words, folder=town)


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """Mount an image for as long as the block lasts."""
    place.mkdir(exist_ok=True)
    run(*_MOUNT, str(image), str(place))
    try:
        yield place
    finally:
        run("umount", str(place))


def held(town: Path) -> dict[str, bytes]:
    """Return all that was reported: the files of plan and records, and the name of the last commit."""
    files = {
        path.relative_to(town).as_posix(): path.read_bytes()
        for part in ("plan", "records")
        for path in (town / part).rglob("*")
        if path.is_file()
    }
    return {**files, "HEAD": run("git", "rev-parse", "HEAD", folder=town).encode()}


def lines(rounds: int) -> Iterator[tuple[str, ...]]:
    """Yield what is done in each round: every kind of file is written, and replaced."""
    log = ("log", "1-1-2-1", "-m", "訪問した。", "-k", "company-visits=1")
    for number in range(rounds):
        year = YEARS[number // 6 % len(YEARS)]
        yield (
            log,
            (*log, "--commit"),
            ("actual", "company-visits", str(number), "--year", "今年度"),
            ("commit",),
            ("reopen", year, "--reason", "誤記") if number >= 6 * len(YEARS) else ("config", "--show"),
            ("close", year, "--allow-incomplete"),
        )[number % 6]


def cut(folder: Path, image: Path, disk: Path) -> dict[str, bytes] | None:
    """Return what a disk holds after a power cut now; None where git's objects are no longer whole."""
    shutil.copyfile(image, folder / "copy.img")
    with mounted(folder / "copy.img", folder / "after"):
        found = held(folder / "after" / disk.name)
        done = subprocess.run(
            ["git", "fsck", "--strict"], cwd=folder / "after" / disk.name, capture_output=True, check=False
        )
        return found if done.returncode == 0 else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Cut the power, and print how often something was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=100, metavar="N", help="so many cuts")
    wanted = parser.parse_args(arguments)
    count, lost, start = Counter[str](), Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pdca-power-") as name:
        folder = Path(name)
        image = folder / "disk.img"
        with image.open("wb") as stream:
            stream.truncate(_SIZE)
        run("mkfs.ext4", "-q", "-F", str(image))
        with mounted(image, folder / "disk") as disk:
            town = disk / "town"
            pdca(disk, "init", str(town))
            os.sync()
            (town / "records" / "unflushed").write_bytes(b"x")
            if "records/unflushed" in (cut(folder, image, town) or {}):
                raise SystemExit("this disk holds what nobody flushed: nothing can be shown")
            (town / "records" / "unflushed").unlink()
            for words in lines(wanted.rounds):
                pdca(town, *words)
                found = cut(folder, image, town)
                count[words[0]] += 1
                if found is None or any(found.get(path) != data for path, data in held(town).items()):
                    lost[words[0]] += 1
                    print(f"lost: {' '.join(words)}", flush=True)
    for command, number in sorted(count.items()):
        print(f"{command}: {number} cuts, {lost[command]} lost something")
    print(f"{count.total()} cuts in {time.monotonic() - start:.0f} s, {lost.total()} lost something")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
