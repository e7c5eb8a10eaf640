"""Ill-treat the program with what people type, or with broken files, and print what must not be.

    python scripts/fuzz.py typed|files|rooms [--seed N] [--seconds S] [--cases N]

Each case is made at random from what commands take, or from files as they should be; the seed makes the same cases
again. ``typed`` and ``files`` run whole commands, ``rooms`` the functions that read what is typed and what files hold.
Exit code 1 if something was found: each kind is printed once, with the first case that showed it.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout that is not installed

from tests.fuzz import files, rooms, typed
from tests.fuzz.running import Hangs, shown
from tests.fuzz.town import build, restored

_MEMORY = 1 << 30
_KIND = 60
"""So many signs of a complaint say of which kind it is."""

Case = tuple[str, str, float, list[str]]
"""What was tried, how it ended, how many seconds it took, and what must not be."""


def typed_cases(seed: int, folder: Path) -> Iterator[Case]:
    """Type line after line."""
    rnd, count = typed.Hand(seed), 0
    town = build(folder / "0")
    while True:
        given = typed.typed(rnd)
        try:
            run = town.run(*given.arguments, stdin=given.stdin)
        except Hangs:
            yield shown(given.arguments), "hang", 30.0, ["hangs"]
            continue
        found = list(typed.complaints(given, run, town))
        yield shown(given.arguments), str(run.code), run.seconds, found
        if not restored(run):
            count += 1
            town = build(folder / str(count))


def bounded() -> None:
    """Keep this process from taking more than its share of memory, where the system can."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


def main() -> int:
    """Try cases until the time is over, and print what was tried and what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("typed", "files", "rooms"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed makes other cases")
    parser.add_argument("--seconds", type=float, default=0, metavar="S", help="for how long, else 60 or so many cases")
    parser.add_argument("--cases", type=int, default=0, metavar="N", help="how many, else as many as there is time for")
    wanted = parser.parse_args()
    bounded()
    gc.freeze()
    codes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    slowest = (0.0, "")
    start = time.monotonic()
    end = start + (wanted.seconds or (math.inf if wanted.cases else 60))
    with tempfile.TemporaryDirectory(prefix="pdca-fuzz-") as folder:
        make = {"typed": typed_cases, "files": files.cases, "rooms": rooms.cases}[wanted.what]
        for words, code, seconds, found in make(wanted.seed, Path(folder)):
            codes[code] += 1
            slowest = max(slowest, (seconds, words))
            for complaint in found:
                if not kinds[complaint[:_KIND]]:
                    print(f"{complaint}\n    {words}", flush=True)
                kinds[complaint[:_KIND]] += 1
            if time.monotonic() > end or codes.total() == wanted.cases:
                break
    ended = ", ".join(f"{code}: {count:,}" for code, count in sorted(codes.items()))
    print(f"{codes.total():,} cases with seed {wanted.seed} in {time.monotonic() - start:.0f} s; {ended}")
    print(f"slowest {slowest[0]:.2f} s: {slowest[1]}")
    print(f"found: {kinds.total()} of {len(kinds)} kinds")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
