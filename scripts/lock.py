"""Write requirements.lock: what is installed where this runs, every extra included, is what everybody installs.

Run it in a fresh environment, once the tests have passed there::

    python -m pip install --editable '.[dev,acceptance]' && python scripts/lock.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"


def lock(before: str, installed: str) -> str:
    """Return the new file: its head, the packages of ``pip freeze``, and those of other systems, which stay."""
    lines = before.splitlines()
    head = [line for line in lines if line.startswith("#")]
    elsewhere = [line for line in lines if ";" in line and not line.startswith("#")]
    return "\n".join([*head, *installed.splitlines(), *elsewhere, ""])


def main() -> int:
    """Write the file."""
    freeze = [sys.executable, "-m", "pip", "freeze", "--exclude-editable", "--exclude", "mizuho-pdca"]
    done = subprocess.run(freeze, capture_output=True, encoding="utf-8", check=True)
    LOCK.write_text(lock(LOCK.read_text(encoding="utf-8"), done.stdout), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
