"""Let atheris make cases for the rooms that read what is typed and what files hold, by the branches that they reach.

    python scripts/fuzz_guided.py ROOM [--cases N] [--seed N]

The rooms are those of ``fuzz.py rooms``. atheris is no part of the development packages: pip install atheris.
Ends with an error, and prints the case, as soon as something is found.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout that is not installed

with atheris.instrument_imports(include=["mizuho_pdca"]):
    from tests.fuzz.rooms import Rooms, judged


def main() -> None:
    """Feed one room until so many cases are over; ends the process."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("room", metavar="ROOM")
    parser.add_argument("--cases", type=int, default=10_000, metavar="N", help="how many")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed makes other cases")
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pdca-guided-"))
    room = Rooms(folder).all()[wanted.room]
    (folder / "corpus").mkdir()
    for count, raw in enumerate(room.good):
        (folder / "corpus" / str(count)).write_bytes(raw)

    def one(raw: bytes) -> None:
        _, found = judged(room, raw)
        if found:
            print(f"{found[0]}\n    {wanted.room} {raw!r}", flush=True)
            raise AssertionError(found[0])

    limits = ["-max_len=4000", "-timeout=10", "-rss_limit_mb=1024", "-close_fd_mask=0", "-verbosity=1"]
    options = [f"-runs={wanted.cases}", f"-seed={wanted.seed}", f"-artifact_prefix={folder}/", *limits]
    atheris.Setup([sys.argv[0], str(folder / "corpus"), *options], one)
    try:
        atheris.Fuzz()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
