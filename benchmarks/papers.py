"""A workspace of the program's own plan in which every text of every initiative has 400 characters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

YEAR = 2024
FORMATS = ("xlsx", "pdf", "html", "docx")
SENTENCE = "町内の事業所を訪問し、設備投資の予定と人手の状況を聞き取り、相談の窓口につないだ。"
TEXT = (SENTENCE * 20)[:400]


def fill(workspace: Path) -> None:
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
