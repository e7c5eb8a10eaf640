"""Hold the program against the independent reckoning of ``tests/oracle`` on many workspaces.

    python scripts/oracle.py --workspaces 10000 [--seed N]

Every workspace is made by ``tests/oracle/generating.py``, written into a temporary folder and reviewed for up to three
fiscal years; every number of the JSON is compared. Each kind of difference is printed with the smallest workspace that
shows it. Exit code 1 if there was any.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout that is not installed

from tests.oracle.comparing import compare_workspace
from tests.oracle.generating import Workspace, workspaces
from tests.oracle.reducing import describe

_STEP = 500
"""After how many workspaces the count so far is shown."""


def main() -> int:
    """Compare as many workspaces as asked for, print what was compared and every difference, and return 1 if any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--workspaces", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed makes other workspaces")
    wanted = parser.parse_args()
    start = time.monotonic()
    count: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    first: dict[str, Workspace] = {}

    @seed(wanted.seed)
    @settings(
        max_examples=wanted.workspaces,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(workspace=workspaces())
    def run(workspace: Workspace) -> None:
        compared = compare_workspace(workspace)
        count.update(workspaces=1, reviews=len(workspace.years), figures=compared.figures)
        for kind in {one.kind for one in compared.differences}:
            kinds[kind] += 1
            if kind not in first or _size(workspace) < _size(first[kind]):
                first[kind] = workspace
        if count["workspaces"] % _STEP == 0:
            print(f"{count['workspaces']:,} workspaces, {len(kinds)} kinds of differences", file=sys.stderr)

    run()
    for kind, times in kinds.most_common():
        print(f"== {kind}: in {times:,} workspaces", describe(first[kind], kind), sep="\n")
    shown = ", ".join(f"{count[name]:,} {name}" for name in ("workspaces", "reviews", "figures"))
    print(
        f"seed {wanted.seed}: {shown} compared in {time.monotonic() - start:.0f} s; {len(kinds)} kinds of differences"
    )
    return 1 if kinds else 0


def _size(workspace: Workspace) -> int:
    return len(repr(workspace))


if __name__ == "__main__":
    sys.exit(main())
