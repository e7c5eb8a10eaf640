"""What a release needs: the notes of its tag, and the workspace that every later version must still read.

    python scripts/release.py notes     what has changed, from CHANGELOG.md, for ``git tag --file -``
    python scripts/release.py keep      tests/data/released/VERSION, made by this version's own commands

How a release is made stands in docs/releasing.md.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout that is not installed

from mizuho_pdca import __version__
from scripts.readme_help import Shell

ROOT = Path(__file__).parents[1]
RELEASED = ROOT / "tests" / "data" / "released"
PLAN = Path(__file__).with_name("release_plan.yaml")
YEARS = (2023, 2024)
"""Years whose figures are kept beside the workspace: the closed one, and one that is open."""

FIGURES = ("summary", "initiatives", "indicators", "opinions")
"""The parts of a review in JSON that are kept."""

SESSION: Sequence[tuple[str, Sequence[str]]] = (
    ("2023-06-12T10:00", ("log 企業訪問 3社を訪問した。 -s 実施中 -k visits=30", "log 交流会 1回開いた。 -s 完了")),
    ("2024-04-10T10:00", ("actual people 80 R5", "actual visits 25 R5")),
    (
        "2024-05-20T10:00",
        (
            "log 相談会 開いた。 -d 2024-03-05 -s 済",
            "evaluate 企業訪問 R5 --rating B --progress 進んだ。 --issues 返事が遅い。",
            "improve 企業訪問 R5 --direction 改善 --next 早く返す。",
            "opinion 1-1 R5 --meeting 2024-05-17 -m 結果も示してほしい。",
            "evaluate 1-1 R5 --rating B --evaluator council --meeting 2024-05-17",
            "close 2023 --allow-incomplete",
            "reopen 2023 --reason 数字を直すため",
            "actual people 82 R5 --supersedes 2024-04-10-00002r --reason 数え直した",
            "close 2023 --allow-incomplete --meeting 2024-05-17",
            "respond last -m 様式に欄を足した。 --state 対応済",
        ),
    ),
    (
        "2024-07-01T10:00",
        (
            "log 企業訪問 町内を回った。 -d 2024-06-10～2024-06-12 -s 実施中 -k visits=20 --link https://example.jp/1",
            "log 企業訪問 同じ日の二重の記録。 -k visits=1",
            "withdraw last --reason 二重だった",
            "log 交流の場づくり 場所を探した。 -s 準備中",
            "actual waiting 7.5 R6 --half 前期 --source 窓口の記録",
        ),
    ),
    (
        "2025-05-20T10:00",
        (
            "actual visits 35 R6",
            "actual desk yes R6",
            "actual people 120 R6",
            "actual waiting 6.5 R6 --half 後期",
            "actual step 試行 R6",
            "actual members 53 R6",
            "actual profitable --missing 集計中 R6",
            "actual firms 298 R6 --as-of R7.1.1",
            "actual budget 1480 R6",
            "actual cases 5 R6 --provisional",
            "actual sessions 4 R6",
            "actual mood 52 R6",
            "evaluate 企業訪問 R6 --same",
            "evaluate visits R6 --rating B",
            "evaluate 1-1 R6 --rating A",
            "evaluate plan R6 --progress おおむね進んだ。",
            "improve 企業訪問 R6 --same",
        ),
    ),
)
"""What is typed, and when: every kind of entry, corrections and withdrawals among them, and both states of a seal."""


def notes(changes: str, version: str) -> str:
    """Return the changes of a version below a line with its number and day."""
    return f"pdca {version}, {released(changes, version)}\n\n{_section(changes, version)[2].strip()}\n"


def released(changes: str, version: str) -> date:
    """Return the day of a version."""
    return date.fromisoformat(_section(changes, version)[1])


def _section(changes: str, version: str) -> re.Match[str]:
    heading = rf"^## {re.escape(version)} \((\d{{4}}-\d{{2}}-\d{{2}})\)\n(.*?)(?=^## |\Z)"
    found = re.search(heading, changes, re.DOTALL | re.MULTILINE)
    if found is None:
        raise SystemExit(f"CHANGELOG.md has no heading: ## {version} (YYYY-MM-DD)")
    return found


def keep(folder: Path) -> None:
    """Make a small workspace in a folder, and write the figures of its reviews beside its plan and records."""
    if folder.exists():
        raise SystemExit(f"{folder} is there already: what was released is not made anew")
    shell = Shell("ja", SESSION[0][0])
    shell.names = (f"{number:05}r" for number in count())
    _run(shell, f"init work --from '{PLAN}'")
    shell.run("cd work")
    for when, lines in SESSION:
        shell.now = datetime.fromisoformat(when).replace(tzinfo=shell.now.tzinfo)
        for line in lines:
            _run(shell, line)
    _run(shell, "validate")
    for part in ("plan", "records"):
        shutil.copytree(shell.folder / part, folder / part)
    for year in YEARS:
        review = json.loads(_run(shell, f"review {year} -f json"))
        kept = {part: review[part] for part in FIGURES}
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        (folder / f"review-{year}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _run(shell: Shell, line: str) -> str:
    printed = shell.run(f"pdca {line}")
    if shell.code:
        raise SystemExit(f"$ pdca {line}\n{printed}")
    return printed


def main(arguments: Sequence[str]) -> int:
    """Do what is asked for."""
    if arguments == ["notes"]:
        print(notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), __version__), end="")
    elif arguments == ["keep"]:
        keep(RELEASED / __version__)
    else:
        print("usage: python scripts/release.py notes|keep")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
