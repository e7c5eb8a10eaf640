"""The same entries for everybody: a workspace for ``pdca``, and what other programs read them as."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

YEARS = (2022, 2023, 2024, 2025)
TARGETS = (
    "1-1-2-1", "1-1-2-2", "1-2-1-1", "1-3-1-1", "1-4-1-1", "2-1-1-1", "2-2-1-1", "3-1-1-1", "3-2-1-1", "4-1-1-1",
)  # fmt: skip
FIGURES_EVERY = 4
"""One entry in so many has a figure."""

ENTRY = """\
schema: 1
id: {name}
kind: activity
target: {target}
date: {day}
status: in_progress
summary: |
  {text}
{values}by: 産業課
recorded: {day}T10:22:33+09:00
"""
ENTRY_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "id", "kind", "target", "date", "summary", "by", "recorded"],
    "properties": {
        "schema": {"const": 1},
        "kind": {"enum": ["activity"]},
        "status": {"enum": ["not_started", "in_progress", "completed"]},
        "values": {"type": "object", "additionalProperties": {"type": "number"}},
    }
    | {key: {"type": "string", "minLength": 1} for key in ("id", "target", "date", "summary", "by", "recorded")},
}


@dataclass(frozen=True)
class Item:
    """One thing that somebody recorded."""

    number: int

    @property
    def year(self) -> int:
        """Return the fiscal year, which is that of the day."""
        return YEARS[self.number % len(YEARS)]

    @property
    def day(self) -> str:
        """Return a day between April and December."""
        return f"{self.year}-{4 + self.number % 9:02}-{1 + self.number % 28:02}"

    @property
    def target(self) -> str:
        """Return what it is about."""
        return TARGETS[self.number // len(YEARS) % len(TARGETS)]

    @property
    def name(self) -> str:
        """Return its name."""
        return f"{self.day}-{self.number:06}"

    @property
    def text(self) -> str:
        """Return what was done, unlike any other."""
        return f"町内の事業所を訪問し、設備投資の予定と人手の状況を聞き取った（{self.number}件目）。"

    @property
    def figure(self) -> int | None:
        """Return its figure, which some have."""
        return self.number if self.number // len(YEARS) % FIGURES_EVERY == 0 else None


def items(count: int) -> Iterator[Item]:
    """Yield so many entries."""
    return map(Item, range(count))


def fill(records: Path, count: int) -> None:
    """Write the entries of a workspace."""
    for item in items(count):
        path = records / str(item.year) / item.target / f"{item.name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_entry(item), encoding="utf-8", newline="\n")


def _entry(item: Item) -> str:
    values = "" if item.figure is None else f"values: {{company-visits: {item.figure}}}\n"
    return ENTRY.format(name=item.name, target=item.target, day=item.day, text=item.text, values=values)


def schema(path: Path) -> None:
    """Write a JSON Schema of the entries' shape."""
    path.write_text(json.dumps(ENTRY_SCHEMA), encoding="utf-8")


def beancount(path: Path, count: int) -> None:
    """Write the entries as a book of transactions."""
    path.parent.mkdir(exist_ok=True)
    accounts = [f"Assets:I{target}" for target in TARGETS] + ["Income:Visits"]
    lines = [f"{YEARS[0]}-01-01 open {account} VISIT\n" for account in accounts]
    for item in items(count):
        lines += [f'{item.day} * "産業課" "{item.text}"\n', f"  Assets:I{item.target}  {item.figure or 0} VISIT\n"]
        lines += [f"  Income:Visits  -{item.figure or 0} VISIT\n"]
    path.write_text("".join(lines), encoding="utf-8")


def ledger(path: Path, count: int) -> None:
    """Write the entries as a journal in plain text."""
    path.parent.mkdir(exist_ok=True)
    lines = []
    for item in items(count):
        lines += [f"{item.day} * {item.text}\n", f"    assets:{item.target}  {item.figure or 0} VISIT\n"]
        lines += ["    income:visits\n\n"]
    path.write_text("".join(lines), encoding="utf-8")


def doorstop(folder: Path, count: int) -> None:
    """Write the entries as items of a document."""
    folder.mkdir(parents=True)
    settings = "settings:\n  digits: 6\n  prefix: REC\n  sep: ''\n"
    (folder / ".doorstop.yml").write_text(settings, encoding="utf-8")
    for item in items(count):
        head = "active: true\nderived: false\nheader: ''\n"
        rest = (
            f"level: 1.{item.number + 1}\nlinks: []\nnormative: true\nref: ''\nreviewed: null\ntext: |\n  {item.text}\n"
        )
        (folder / f"REC{item.number:06}.yml").write_text(head + rest, encoding="utf-8")
