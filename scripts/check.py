"""Everything that must hold before a change lands, in the order of how soon it tells.

``--quick`` is for every few minutes of work: lint, types and floors beside the tests that are not marked slow,
in about 75 seconds on two cores, without the catalogue, the generated pages and the coverage.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent

MADE = (
    *("README.md", "README.ja.md"),
    *("docs/commands.md", "docs/commands.ja.md"),
    *("docs/first-hour.md", "docs/first-hour.ja.md"),
    *("docs/recording.md", "docs/recording.ja.md"),
    *("docs/year.md", "docs/year.ja.md"),
    "docs/formats.md",
    "docs/typing.md",
)
"""Documents with blocks that the program writes; ``python -m cogapp -r`` with their names writes them anew."""

Check = tuple[str, Sequence[str]]

TESTS = (PYTHON, "-m", "pytest", "-n", "auto", "-q")
SOURCES: Sequence[Check] = (
    ("style", [PYTHON, "-m", "ruff", "check", "."]),
    ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
    ("floors", [str(BIN / "lint-imports"), "--no-logo"]),
    ("types", [PYTHON, "-m", "mypy"]),
)
QUICK: Sequence[Check] = (("quick tests", [*TESTS, "-m", "not slow"]), *SOURCES)
WHOLE: Sequence[Check] = (
    *SOURCES,
    ("catalogue", [PYTHON, "scripts/catalogue.py", "check"]),
    ("error pages", [PYTHON, "scripts/error_docs.py", "--check"]),
    ("lock file", [PYTHON, "scripts/sbom.py", "--check"]),
    ("what the documents show", [PYTHON, "-m", "cogapp", "--check", *MADE]),
    ("tests", [*TESTS, "--cov", "--cov-report="]),
    (
        "coverage of domain and papers",
        [PYTHON, "-m", "coverage", "report", "--include=mizuho_pdca/domain/*,mizuho_pdca/papers/*", "--fail-under=100"],
    ),
    ("coverage", [PYTHON, "-m", "coverage", "report", "--fail-under=95"]),
)


def passes(check: Check, *, at_once: bool = True) -> bool:
    """Run a check and return whether it passed; its output comes as it is made, or, at once, when it is done."""
    name, command = check
    start = time.monotonic()
    if not at_once:
        print(f"== {name}", flush=True)
    done = subprocess.run(command, cwd=ROOT, check=False, encoding="utf-8", capture_output=at_once)
    words = f"== {name}\n{done.stdout}{done.stderr}" if at_once else ""
    print(f"{words}   {time.monotonic() - start:.1f} s", flush=True)
    return done.returncode == 0


def main(arguments: Sequence[str]) -> int:
    """Run every check, also after one has failed, and return 1 if any did; quick ones run beside each other."""
    if arguments not in ([], ["--quick"]):
        print("usage: python scripts/check.py [--quick]")
        return 2
    if arguments:
        with ThreadPoolExecutor(len(QUICK)) as pool:
            passed = list(zip(QUICK, pool.map(passes, QUICK), strict=True))
    else:
        passed = [(check, passes(check, at_once=False)) for check in WHOLE]
    failed = [name for (name, _), good in passed if not good]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
