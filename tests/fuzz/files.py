"""Files as nobody should leave them: plans, entries, seals, outlines, settings, drafts, git's own configuration."""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest import mock

from mizuho_pdca.cli import prompts
from mizuho_pdca.storage.drafts import Unfinished, keep_draft, kept_draft
from tests.fuzz.bending import VALUES, bent
from tests.fuzz.running import Hangs, Run, Town, complaints, quiet
from tests.fuzz.town import build, restored

Case = tuple[str, str, float, list[str]]

READING = (("review", "2024", "-f", "text"), ("status",), ("list", "-f", "csv"), ("show", "last"), ("explain", "company-visits", "2024"), ("trend",), ("plan",), ("list",), ("close", "2024", "--allow-incomplete"), ("log", "1-1-2-1", "-m", "訪問", "-k", "3"), ())  # fmt: skip
OUTLINE = "番号,名称,再掲先,担当課,関係機関\n1,経営の強化,,,\n1-1,相談,,産業課,商工会\n1-1-1,訪問,,,\n1-1-1-1,企業訪問,,産業課,\n1-1-1-2,再掲,1-1-1-1,,\n"  # fmt: skip
CONFIG = '# 設定\nname = "産業課"\ndepartment = "産業課"\ninitiatives = ["1-1-2-1"]\nworkspace = "{root}"\nlanguage = "ja"\ncommit = false\npager = false\n'  # fmt: skip
_INTERRUPTED = 130


def cases(seed: int, folder: Path) -> Iterator[Case]:
    """Bend file after file."""
    rnd = random.Random(seed)
    town = build(folder / "town", closed=True)
    data = sorted((town.root / "records").rglob("*.yaml"))
    _git(town)
    ways: Sequence[tuple[int, Callable[[Town, random.Random], Iterator[Case]]]] = (
        (60, lambda town, rnd: _data(town, rnd, rnd.choice([town.root / "plan" / "measures.yaml", *data]))),
        (12, _settings),
        (8, _draft),
        (6, _outline),
        (3, _configuration),
    )
    while True:
        way = rnd.choices([way for _, way in ways], [weight for weight, _ in ways])[0]
        yield from way(town, rnd)


def _git(town: Town) -> None:
    for words in (["init", "--quiet"], ["config", "user.name", "x"], ["config", "user.email", "x@x"], ["add", "."]):
        subprocess.run(["git", *words], cwd=town.root, check=True, capture_output=True)
    subprocess.run(["git", "commit", "--quiet", "-m", "begin"], cwd=town.root, check=True, capture_output=True)


def _tried(town: Town, words: Sequence[str], what: str, also: Callable[[Run], Iterator[str]] | None = None) -> Case:
    drawn = "csv" in words or "json" in words
    try:
        run = town.run(*words)
    except Hangs:
        return f"{what} {words}", "hang", 30.0, ["hangs"]
    found = list(complaints(run, is_text=not drawn))
    if also is not None and not found:
        found = list(also(run))
    restored(run)
    return f"{what} {words}", str(run.code), run.seconds, found


def _placed(run: Run) -> Iterator[str]:
    if run.code not in (0, 1):
        yield f"validate ended with {run.code}: {run.err[:300]}"
        return
    for problem in json.loads(run.out)["problems"]:
        if problem["severity"] == "error" and not (
            problem["file"] and (problem["line"] or problem["code"][:2] == "E5")
        ):
            yield f"no place: {problem}"
        if any(word in problem["message"] for word in ("pydantic", "Input should", "<class", "Traceback")):
            yield f"words of a library: {problem}"


def _data(town: Town, rnd: random.Random, path: Path) -> Iterator[Case]:
    good = path.read_bytes()
    raw = bent(good, rnd)
    path.write_bytes(raw)
    what = f"{path.name} {raw[:3000]!r}"
    yield _tried(town, ("validate", "-f", "json"), what, _placed)
    yield _tried(town, rnd.choice(READING), what)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(good)


def _settings(town: Town, rnd: random.Random) -> Iterator[Case]:
    path = town.folder / "config.toml"
    raw = bent(CONFIG.format(root=town.root).encode(), rnd)
    for words in (("config", "--show"), ("config", "name", "山田"), ("log", "1-1-2-1", "-m", "訪問"), ("status",)):
        path.write_bytes(raw)
        yield _tried(town, words, f"config.toml {raw!r}")
    path.unlink(missing_ok=True)


def _draft(town: Town, rnd: random.Random) -> Iterator[Case]:
    """Let somebody go on with a draft that was bent, and leave after some questions."""
    with quiet(town):
        answers: dict[str, str | list[str]] = {"target": "1-1-2-1", "date": "2025-06-10", "text": "訪問", "values": ["company-visits=3"]}  # fmt: skip
        keep_draft(town.root, "log", Unfinished(answers, ("text", "訪")))
        (path,) = (town.folder / "state" / "drafts").iterdir()
        raw = bent(path.read_bytes(), rnd)
        path.write_bytes(raw)
        kept_draft(town.root, "log")
    left = rnd.randrange(6)

    def answer(*more: object, **_: object) -> str:
        nonlocal left
        left -= 1
        if left < 0:
            raise prompts.Interrupted("訪")
        offers = next((list(each) for each in more if isinstance(each, list | tuple)), [])
        return str(rnd.choice(offers).value) if offers else str(rnd.choice(VALUES))

    with (
        mock.patch.object(prompts, "at_terminal", return_value=True),
        mock.patch.object(prompts, "choose", answer),
        mock.patch.object(prompts, "line", answer),
        mock.patch.object(prompts, "paragraphs", answer),
    ):
        what, code, seconds, found = _tried(town, ("log",), f"draft {raw!r}")
    yield what, code, seconds, [each for each in found if not each.startswith(f"exit code {_INTERRUPTED}")]
    shutil.rmtree(town.folder / "state", ignore_errors=True)


def _outline(town: Town, rnd: random.Random) -> Iterator[Case]:
    is_book = rnd.random() < 0.5
    raw = _book(rnd) if is_book else bent(OUTLINE.encode(), rnd)
    path, made = town.folder / ("outline.xlsx" if is_book else "outline.csv"), town.folder / "new"
    path.write_bytes(raw)
    header = (
        "--title",
        "計画",
        "--municipality",
        "町",
        "--council",
        "会",
        "--from-year",
        "2024",
        "--until-year",
        "2028",
    )
    yield _tried(town, ("init", str(made), "--outline", str(path), *header), f"{path.name} {raw[:3000]!r}")
    shutil.rmtree(made, ignore_errors=True)
    path.unlink()


def _book(rnd: random.Random) -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(OUTLINE.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    if rnd.random() < 0.3:
        return bent(stream.getvalue(), rnd)
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        which = rnd.choice(before.namelist())
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, bent(part, rnd) if name == which else part)
    return out.getvalue()


def _configuration(town: Town, rnd: random.Random) -> Iterator[Case]:
    path = town.root / ".git" / "config"
    good = path.read_bytes()
    raw = bent(good + b'[alias]\n\tst = status\n[core]\n\tquotepath = false\n[branch "main"]\n\tremote = o\n', rnd)
    for words in (("history",), ("status",), ("audit",), ("commit",)):
        path.write_bytes(raw)
        yield _tried(town, words, f".git/config {raw!r}")
    path.write_bytes(good)
