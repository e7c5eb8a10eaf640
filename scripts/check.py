"""Everything that must hold before a change lands, in the order of how soon it tells."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent

MADE = (
    *("README.md", "README.ja.md"),
    *("docs/commands.md", "docs/commands.ja.md"),
    *("docs/recording.md", "docs/recording.ja.md"),
    *("docs/year.md", "docs/year.ja.md"),
    "docs/formats.md",
)
"""Documents with blocks that the program writes; ``python -m cogapp -r`` with their names writes them anew."""

CHECKS: Sequence[tuple[str, Sequence[str]]] = (
    ("style", [PYTHON, "-m", "ruff", "check", "."]),
    ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
    ("types", [PYTHON, "-m", "mypy"]),
    ("floors", [str(BIN / "lint-imports"), "--no-logo"]),
    ("catalogue", [PYTHON, "scripts/catalogue.py", "check"]),
    ("error pages", [PYTHON, "scripts/error_docs.py", "--check"]),
    ("what the documents show", [PYTHON, "-m", "cogapp", "--check", *MADE]),
    ("tests", [PYTHON, "-m", "pytest", "-n", "auto", "--cov", "--cov-report=", "-q"]),
    (
        "coverage of domain and papers",
        [PYTHON, "-m", "coverage", "report", "--include=mizuho_pdca/domain/*,mizuho_pdca/papers/*", "--fail-under=100"],
    ),
    ("coverage", [PYTHON, "-m", "coverage", "report", "--fail-under=95"]),
)


def main() -> int:
    """Run every check, also after one has failed, and return 1 if any did."""
    failed = []
    for name, command in CHECKS:
        print(f"== {name}", flush=True)
        start = time.monotonic()
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
        print(f"   {time.monotonic() - start:.1f} s", flush=True)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
