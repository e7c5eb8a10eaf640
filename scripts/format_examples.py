"""Write into ``docs/formats.md`` what the program's machine-readable output holds, from the sample records."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from io import StringIO

from scripts.readme_help import ROOT, Shell

_NOW = "2025-10-06T09:30"
_WIDTH, _TEXT = 128, 50
_COMMIT = "0123456789abcdef0123456789abcdef01234567"
_KEPT = {"id": _COMMIT, "author": "瑞穂 花子", "date": "2024-09-02T09:00:00+09:00"}
_FAULTY = """\
schema: 1
id: 2024-06-12-k7x3q9
kind: activity
target: 1-1-2-1
date: 2024-06-12
status: 実施
summary: 町内の3社を訪問。
by: 産業課
recorded: 2024-06-13T10:22:00+09:00
"""


def json_example(command: str) -> str:
    """Return what a command prints as JSON, with one item of every list, whatever the commit is."""
    data = json.loads(Shell("ja", _NOW, ROOT).run(f"{command} -f json"))
    if "as_of" in data:
        data["as_of"] = {"commit": _COMMIT, "dirty": False}
    if "not_committed" in data:
        data["not_committed"] = 0
    if data["schema"] == "pdca.show/1":
        data |= {"committed": True, "commit": _KEPT}
    if data["schema"] == "pdca.list/1":
        data["entries"] = [entry | {"committed": True} for entry in data["entries"]]
    if data["schema"] == "pdca.review/1":
        data["summary"] |= {"policies": [], "measures": []}
    return _fenced(data)


def problems_example() -> str:
    """Return what ``pdca validate`` prints as JSON about one faulty entry."""
    shell = Shell("en", _NOW)
    shell.run("pdca init .")
    folder = shell.folder / "records" / "2024" / "1-1-2-1"
    folder.mkdir(parents=True)
    (folder / "2024-06-12-k7x3q9.yaml").write_text(_FAULTY, encoding="utf-8", newline="\n")
    return _fenced(json.loads(shell.run("pdca validate -f json")))


def csv_columns(paper: str) -> str:
    """Return a table of the columns of one CSV paper in both languages."""
    japanese, english = (_headings(language, paper) for language in ("ja", "en"))
    rows = [f"| {name} | {translation} |\n" for name, translation in zip(japanese, english, strict=True)]
    return "".join(["| 日本語 | English |\n", "|---|---|\n", *rows])


def _headings(language: str, paper: str) -> list[str]:
    printed = Shell(language, _NOW, ROOT).run(f"pdca review 2024 -f csv --paper {paper}")
    return next(csv.reader(StringIO(printed.removeprefix("\ufeff"))))


def _fenced(data: object) -> str:
    return "\n".join(["```json", *_lines("", _short(data), ""), "```", ""])


def _short(value: object) -> object:
    """Return a value with its lists cut to the fullest item and its long texts to their beginning."""
    match value:
        case dict():
            return {key: _short(item) for key, item in value.items()}
        case [*items]:
            return [_short(max(items, key=_fullness))] if items else []
        case str() if len(value) > _TEXT:
            return value[:_TEXT] + "…"
    return value


def _fullness(item: object) -> int:
    return sum(part not in (None, [], "") for part in item.values()) if isinstance(item, dict) else 0


def _lines(head: str, value: object, tail: str) -> Iterator[str]:
    """Yield a value as JSON, in one line where that is short enough."""
    whole = head + json.dumps(value, ensure_ascii=False) + tail
    if len(whole) <= _WIDTH or not isinstance(value, Mapping | list):
        yield whole
        return
    indent = " " * (len(head) - len(head.lstrip()) + 1)
    opening, closing = "{}" if isinstance(value, Mapping) else "[]"
    yield head + opening
    items = (
        [(f"{json.dumps(key)}: ", item) for key, item in value.items()]
        if isinstance(value, Mapping)
        else [("", item) for item in value]
    )
    for position, (name, item) in enumerate(items):
        yield from _lines(indent + name, item, "," if position + 1 < len(items) else "")
    yield indent[1:] + closing + tail
