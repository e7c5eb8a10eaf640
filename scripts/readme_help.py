"""Write into the documents what the program prints: help pages and whole sessions, on a fixed day.

Their cog blocks give ``Shell.replay`` what stands there now; it runs the commands again and cuts each
output where it was cut. ``python -m cogapp -r`` with the files of ``scripts/check.py`` does so for all.
"""

from __future__ import annotations

import atexit
import os
import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta, timezone
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch

from ryaml import loads

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli.main import main as pdca
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.language import translator
from mizuho_pdca.papers.words import print_rating, print_status, year_label

ROOT = Path(__file__).parents[1]
"""The checkout, a workspace with the sample records."""

_WIDTH = "80"
_JAPAN = timezone(timedelta(hours=9))
_WHO = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "瑞穂 花子"), ("EMAIL", "hanako@example.jp"))
}
"""Who commits, whatever the machine says."""

_NAMES = ("k7x3q9", "4m2nbd", "w8t5ry", "0czg6h", "e3vj71", "9sp4ka", "b6n2fx", "t1hw8m", "5rdqz0", "ym7c3e")
_RECORDED = re.compile(r"^recorded: (.+)$", re.MULTILINE)
_GROUP, _COMMAND = re.compile(r"^(\S.*):$"), re.compile(r"^  ([a-z]+) ")
_PROMPT, _CUT = "$ ", "…\n"
_FOREIGN = ("PDCA_", "FORCE_COLOR", "TTY_")
"""Beginnings of the variables that would change what is printed."""


class Shell:
    """A shell 80 columns wide that knows ``pdca``, ``cd`` and ``cat``, with a clock of its own."""

    def __init__(self, language: str, now: str, folder: Path | None = None) -> None:
        """Open it at a time such as ``2024-06-13T10:22``, in a folder or in a new, passing one."""
        passing = Path(mkdtemp())
        atexit.register(shutil.rmtree, passing, ignore_errors=True)
        self.folder = passing if folder is None else folder
        self.now = datetime.fromisoformat(now).replace(tzinfo=_JAPAN)
        self.names = iter(_NAMES)
        self.variables = {
            "COLUMNS": _WIDTH,
            "PDCA_LANG": language,
            "PDCA_BY": "産業課",
            "PDCA_CONFIG": str(passing / ".config.toml"),
            **_WHO,
        }
        self.code = 0
        self.sample = False

    def move_on(self, now: str) -> None:
        """Let it be later; what was recorded by then is committed, also the sample entries, as if offices sent them."""
        self.now = datetime.fromisoformat(now).replace(tzinfo=_JAPAN)
        self.sample = True
        for source in sorted((ROOT / "records").rglob("*.yaml")):
            target = self.folder / source.relative_to(ROOT)
            recorded = None if target.exists() else _RECORDED.search(source.read_text(encoding="utf-8"))
            if recorded and datetime.fromisoformat(recorded[1]) <= self.now:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        self.run("pdca commit")

    def replay(self, shown: str) -> str:
        """Return a fenced session, every command followed by what it prints now."""
        result = ""
        for group in re.split(r"^(?=\$ |```)", shown, flags=re.MULTILINE):
            line, end, below = group.partition("\n")
            if line.startswith(_PROMPT):
                below = _cut(self.run(line.removeprefix(_PROMPT)), below)
            result += line + end + below
        return result

    def run(self, line: str) -> str:
        """Run one command, a second after the one before, and return what it prints; keep its ``code``."""
        self.now += timedelta(seconds=1)
        match shlex.split(line, comments=True):
            case ["pdca", *words]:
                printed = self._pdca(words)
            case ["cd", folder]:
                self.folder /= folder
                printed = ""
            case ["cat", file]:
                printed = (self.folder / file).read_text(encoding="utf-8")
            case _:
                raise ValueError(line)
        return "".join(f"{text.rstrip()}\n" for text in printed.splitlines())

    def _pdca(self, words: Sequence[str]) -> str:
        screen = TextIOWrapper(BytesIO(), encoding="utf-8", newline="\n", write_through=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        with (
            patch.dict(os.environ, kept | self.variables, clear=True),
            redirect_stdout(screen),
            redirect_stderr(screen),
            chdir(self.folder),
        ):
            self.code = pdca(words, self._desk)
        screen.seek(0)
        return screen.read()

    def _desk(self, named: str | None) -> Desk:
        return Desk(None if named is None else Path(named), lambda: self.now, lambda: next(self.names), self.sample)


def help_pages(language: str) -> str:
    """Return a section for every command, under the headings and in the order of ``pdca --help``."""
    return "\n".join(_help_pages(Shell(language, "2025-10-06T09:30", ROOT)))


def _help_pages(shell: Shell) -> Iterator[str]:
    group = ""
    for line in shell.run("pdca --help").splitlines():
        if title := _GROUP.match(line):
            group = f"## {title[1]}\n\n"
        elif command := _COMMAND.match(line):
            page = shell.run(f"pdca {command[1]} --help")
            yield f"{group}### pdca {command[1]}\n\n```console\n{page}```\n"
            group = ""
            for part in filter(None, map(_COMMAND.match, page.splitlines())):
                name = f"{command[1]} {part[1]}"
                yield f"### pdca {name}\n\n```console\n{shell.run(f'pdca {name} --help')}```\n"


def _cut(output: str, before: str) -> str:
    """Return an output, cut after as many lines as it was before, if it was."""
    lines, old = output.splitlines(keepends=True), before.splitlines(keepends=True)
    if old[-1:] != [_CUT] or len(lines) < len(old):
        return output
    return "".join([*lines[: len(old) - 1], _CUT])


_SAID = {"summary": "文", "text": "文", "next": "翌年度の予定", "links": "資料", "supersedes": "訂正する記録"}
_SAID |= {"withdraws": "取り消す記録", "meeting": "協議会の開催日", "date": "日付", "until": "最後の日"}


def typed_lines() -> str:
    """Return the tables of what can be typed, made of those that the tests run."""
    from tests.cli.test_as_typed import SECTIONS

    plan = Desk(ROOT).plan
    lines = []
    for section in SECTIONS:
        lines += ["", f"## {section.heading}", "", *([section.about, ""] if section.about else [])]
        if section.before:
            lines += [f"先に `{'`、`'.join(section.before)}` と打ってあるときの例です。", ""]
        lines += ["| 打つ言葉 | 受け取り方 |", "|---|---|"]
        lines += [f"| `{line.replace('|', chr(92) + '|')}` | {_taken(taken, plan)} |" for line, taken in section.lines]
    return "\n".join([*lines, "", ""])


def _taken(taken: str, plan: Plan) -> str:
    """Return in words what a line is taken for."""
    sign, rest = taken[:1], "、".join(taken[1:].split())
    if sign in "×→":
        words = "聞き返す" if sign == "×" else "表示する"
        return f"{words}（{rest}）" if rest else words
    return "、".join(piece for key, held in loads(taken).items() for piece in _held(key, held, plan))


def _held(key: str, held: Any, plan: Plan) -> Iterator[str]:  # noqa: ANN401 (whatever a file holds)
    """Yield what one key of an entry holds, in words."""
    scheme, t = plan.scheme, translator("ja")
    match key:
        case "target":
            place = plan.places.get(held)
            yield "計画全体" if place is None else f"{place.number} {plan.title(place)}"
        case "kind":
            yield KINDS[held].name.text(t)
        case "status":
            yield f"状況 {print_status(plan, held)}"
        case "state":
            answer = scheme.answer(held)
            yield f"対応の状態 {held if answer is None else answer.name}"
        case "rating":
            yield f"評価 {print_rating(plan, held)}"
        case "fiscal_year":
            yield year_label(held, t)
        case "values" | "missing":
            yield from (f"{plan.indicators[slug][0].name} {_figure(plan, slug, said)}" for slug, said in held.items())
        case "direction":
            yield f"方向性 {held}"
        case "links":
            yield f"資料 {'、'.join(held)}"
        case _:
            yield f"{_SAID[key]} {str(held).replace(chr(10), '<br>')}"


def _figure(plan: Plan, slug: str, said: Any) -> str:  # noqa: ANN401 (the same)
    indicator = plan.indicators[slug][0]
    if isinstance(said, bool):
        return indicator.spell(said)
    return f"{said}{'' if isinstance(said, str) else indicator.unit}"
