"""Measure how long the papers take where every listing has texts of 400 characters.

Run ``python benchmarks/papers.py``: it makes a workspace of the program's own plan, fills every
text of every initiative, and prints a Markdown table of seconds, a run of the program for each
format, and of the packet.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

YEAR = 2024
RUNS = 3
FORMATS = ("xlsx", "pdf", "html", "docx")
CHECKOUT = Path(__file__).parents[1]
SENTENCE = "町内の事業所を訪問し、設備投資の予定と人手の状況を聞き取り、相談の窓口につないだ。"
TEXT = (SENTENCE * 20)[:400]


def main() -> None:
    """Measure every format and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        _pdca("init", str(workspace))
        _fill(workspace)
        print("| command | seconds |")
        print("|---|---|")
        total = 0.0
        for form in FORMATS:
            seconds = _median("-C", str(workspace), "review", str(YEAR), "--force", "-o", f"{folder}/review.{form}")
            total += seconds
            print(f"| pdca review -f {form} | {seconds:.2f} |", flush=True)
        print(f"| all four | {total:.2f} |")
        packet = _median("-C", str(workspace), "packet", str(YEAR), "--force", "-o", f"{folder}/packet")
        print(f"| pdca packet | {packet:.2f} |")


def _median(*arguments: str) -> float:
    return statistics.median(_seconds(*arguments) for _ in range(RUNS))


def _seconds(*arguments: str) -> float:
    start = time.perf_counter()
    _pdca(*arguments)
    return time.perf_counter() - start


def _pdca(*arguments: str) -> None:
    command = [sys.executable, "-m", "mizuho_pdca", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=CHECKOUT, env=os.environ | {"PDCA_LANG": "ja"})


def _fill(workspace: Path) -> None:
    """Write an activity, an evaluation, an improvement, an opinion and a response for every original."""
    from mizuho_pdca.storage.folder import Folder
    from mizuho_pdca.storage.loading import load_plan

    plan, _ = load_plan(Folder(workspace))
    if plan is None:
        raise SystemExit(1)
    originals = [place.id for place in plan.places.values() if place.is_initiative and place.node.original_id is None]
    for number, target in enumerate(originals):
        for kind, (keys, folder) in enumerate(_texts(number)):
            name = f"{_day(keys)}-{number:03}{kind:03}"
            path = workspace / "records" / folder / target / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            head = f"schema: 1\nid: {name}\ntarget: {target}\n"
            foot = f"by: 産業課\nrecorded: {_day(keys)}T10:00:00+09:00\n"
            path.write_text(head + keys + foot, encoding="utf-8", newline="\n")


def _texts(number: int) -> Iterator[tuple[str, str]]:
    """Yield the keys of each entry, with the folder of its fiscal year."""
    of_year = f"fiscal_year: {YEAR}\n"
    yield f"kind: activity\ndate: 2024-06-12\nstatus: in_progress\nsummary: {TEXT}\n", "2024"
    yield f"kind: evaluation\ndate: 2025-06-02\n{of_year}rating: B\nprogress: {TEXT}\nissues: {TEXT}\n", "2024"
    yield f"kind: improvement\ndate: 2025-06-03\n{of_year}direction: 継続\nnext: {TEXT}\n", "2024"
    yield f"kind: opinion\ndate: 2025-08-28\n{of_year}meeting: 2025-08-28\ntext: {TEXT}\n", "2024"
    responds = f"2025-08-28-{number:03}003"
    yield f"kind: response\ndate: 2025-09-16\nresponds: {responds}\nstate: answered\ntext: {TEXT}\n", "2025"


def _day(keys: str) -> str:
    return keys.partition("date: ")[2][:10]


if __name__ == "__main__":
    main()
