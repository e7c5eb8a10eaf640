"""Run ``pdca`` from a checkout, without installing it."""

from __future__ import annotations

import sys

try:
    from mizuho_pdca.cli.main import run
except ModuleNotFoundError as exc:
    if exc.name is not None and exc.name.startswith("mizuho_pdca"):
        raise
    sys.stderr.write(f"{exc.name} がありません。次の1行で入れてください: python -m pip install .\n")
    sys.exit(4)

if __name__ == "__main__":
    run()
