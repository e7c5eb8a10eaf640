"""The workspace that is ill-treated: the plan of this repository with an entry of each kind."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli.framework import DeskMaker
from mizuho_pdca.cli.main import main
from tests.fuzz.running import NOW, Run, Town, quiet

ROOT = Path(__file__).parents[2]

_ENTRIES = (
    ("k7x3q9", "log", "1-1-2-1", "-m", "3社を訪問した。", "-k", "company-visits=3", "-s", "実施中", "-d", "2024-06-12"),
    ("k7x3q8", "log", "1-1-2-1", "-m", "2社を訪問した。", "-d", "2025-06-10"),
    ("actv10", "actual", "company-visits", "40", "--year", "2024", "--source", "台帳"),
    ("eva010", "evaluate", "1-1-2-1", "--year", "2024", "--rating", "B", "--issues", "人手"),
    ("jmpr10", "improve", "1-1-2-1", "--year", "2024", "--direction", "継続", "--next", "続ける"),
    ("vpnn10", "opinion", "1-1", "--year", "2024", "--meeting", "2025-06-10", "-m", "意見"),
    ("resp10", "respond", "vpnn10", "-m", "対応", "--state", "対応中"),
)


def build(folder: Path, *, closed: bool = False) -> Town:
    """Make the workspace in a new folder; ``closed`` seals the year 2023."""
    town = Town(folder)
    (town.root / "plan").mkdir(parents=True)
    shutil.copy(ROOT / "plan" / "measures.yaml", town.root / "plan")
    for number, (token, *words) in enumerate(_ENTRIES):
        moment = NOW - timedelta(hours=9 - number)
        with quiet(town):
            code = main(words, _desk(town, moment, token))
        assert code == 0, words
    if closed:
        assert town.run("close", "2023", "--allow-incomplete").code == 0
    return town


def _desk(town: Town, moment: datetime, token: str) -> DeskMaker:
    return lambda _: Desk(town.root, clock=lambda: moment, token=lambda: token)


def restored(run: Run) -> bool:
    """Take away what a run made; return whether all is as it was, so that the next run begins there."""
    for path in run.made:
        path.unlink(missing_ok=True)
    return not run.changed
