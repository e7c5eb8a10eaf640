"""Make the sample records 見本 of ``sample.yaml`` with the program's own commands.

    python scripts/sample.py [DIR] [--force]

Every entry is made by ``pdca log``, ``actual``, ``evaluate``, ``improve``, ``opinion``, ``respond`` or
``withdraw``, and every seal by ``close``, at a desk whose clock and names come from the row itself, so
that every run gives the same bytes.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from io import StringIO
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict, TypeAdapter

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout that is not installed

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli.main import main as pdca
from mizuho_pdca.domain.records.paths import ALPHABET, RECORDS, TOKEN_LENGTH
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import read_entry
from mizuho_pdca.storage.yaml.reading import parse

DATA = Path(__file__).with_name("sample.yaml")
REPOSITORY = Path(__file__).parents[1]
OFFICE = "産業課"
JAPAN = timezone(timedelta(hours=9))
SEED = "見本"
REFUSED = 3

_OPENS, _CLOSES = 8 * 60 + 40, 17 * 60
"""Office hours, in minutes of the day."""

_OF_YEAR = frozenset({"actual", "evaluate", "improve", "opinion"})
"""Commands that take the fiscal year."""

_SATURDAY = 5
_LAGS = (0, 0, 0, 1, 1, 2, 3)
"""Days after which an activity is typed in."""

_MINUTES, _PACE = 13 * 60 + 15, 6
"""From when, in minutes of the day, the minutes of a meeting are typed in, and how long an opinion takes."""


class Row(BaseModel):
    """One entry as ``sample.yaml`` gives it: a command with its day, then the command's options."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    log: date | None = None
    actual: date | None = None
    evaluate: date | None = None
    improve: date | None = None
    opinion: date | None = None
    respond: date | None = None
    withdraw: date | None = None
    close: date | None = None

    by: str = OFFICE
    text: str | None = None
    status: str | None = None
    values: dict[str, str | int | float] = {}
    link: str | None = None
    value: str | int | float | None = None
    missing: str | None = None
    source: str | None = None
    rating: str | None = None
    progress: str | None = None
    issues: str | None = None
    direction: str | None = None
    next: str | None = None
    meeting: date | None = None
    state: str | None = None
    reason: str | None = None
    label: str | None = None
    supersedes: str | None = None
    entry: str | None = None

    @property
    def command(self) -> tuple[str, date]:
        """Return the command and its day."""
        days: dict[str, date | None] = {
            "log": self.log,
            "actual": self.actual,
            "evaluate": self.evaluate,
            "improve": self.improve,
            "opinion": self.opinion,
            "respond": self.respond,
            "withdraw": self.withdraw,
            "close": self.close,
        }
        (named,) = [(command, day) for command, day in days.items() if day is not None]
        return named


BY_YEAR = TypeAdapter(dict[int, dict[str, list[Row]]])


@dataclass(frozen=True)
class Step:
    """One run of the program: a row with what it is about, its fiscal year and when it was typed in.

    ``chance`` is the row's own, so that a new row renames no other row's entry.
    """

    year: int
    about: str
    row: Row
    moment: datetime
    chance: Random
    drawn: list[str] = field(default_factory=list)

    def token(self) -> str:
        """Return six characters, the same ones in every run."""
        self.drawn.append("".join(self.chance.choices(ALPHABET, k=TOKEN_LENGTH)))
        return self.drawn[-1]

    def words(self, tokens: Mapping[str, str]) -> Iterator[str]:
        """Yield the command line; ``tokens`` holds the names of labelled entries."""
        row = self.row
        command, day = row.command
        yield command
        if command == "close":
            yield from (str(self.year), "--allow-incomplete")
        else:
            yield self.about if row.entry is None else tokens[row.entry]
        if row.value is not None:
            yield str(row.value)
        for indicator, figure in row.values.items():
            yield from ("-k", f"{indicator}={figure}")
        options = {
            "--date": day.isoformat() if command == "log" else None,
            "--year": str(self.year) if command in _OF_YEAR else None,
            "--message": row.text,
            "--status": row.status,
            "--link": row.link,
            "--missing": row.missing,
            "--source": row.source,
            "--rating": row.rating,
            "--progress": row.progress,
            "--issues": row.issues,
            "--direction": row.direction,
            "--next": row.next,
            "--meeting": None if row.meeting is None else row.meeting.isoformat(),
            "--state": row.state,
            "--supersedes": row.supersedes and tokens[row.supersedes],
            "--reason": row.reason,
            "--by": row.by,
        }
        for option, text in options.items():
            if text is not None:
                yield from (option, text)

    def run(self, root: Path, tokens: Mapping[str, str]) -> int:
        """Run the command in a workspace and return its exit code; name the command if it fails."""
        desk = Desk(root, clock=lambda: self.moment, token=self.token, sample=True)
        words = list(self.words(tokens))
        with redirect_stdout(StringIO()):
            code = pdca(words, make_desk=lambda _: desk)
        if code:
            sys.stderr.write(f"FY{self.year}: pdca {shlex.join(words)}\n")
        return code


def steps(raw: bytes) -> list[Step]:
    """Return what to run, in the order in which the offices typed it."""
    by_year = BY_YEAR.validate_python(parse(raw))
    rows = ((year, about, row) for year, targets in by_year.items() for about, rows in targets.items() for row in rows)
    turns: Counter[tuple[str, date]] = Counter()
    planned = []
    for year, about, row in rows:
        planned.append(_step(year, about, row, turns[row.command]))
        turns[row.command] += 1
    return sorted(planned, key=lambda step: step.moment)


def _step(year: int, about: str, row: Row, turn: int) -> Step:
    """Return a row's step; ``turn`` rows of its command and day stand before it in the file."""
    command, day = row.command
    chance = Random(f"{SEED} {about} {command} {day}")  # noqa: S311 (names, no secrets)
    typed = day + timedelta(days=chance.choice(_LAGS) if command == "log" else 0)
    while typed.weekday() >= _SATURDAY:
        typed += timedelta(days=1)
    minute = chance.randrange(_OPENS, _CLOSES) if command != "opinion" else _MINUTES + _PACE * turn
    minutes = timedelta(minutes=minute, seconds=chance.randrange(60))
    moment = datetime(typed.year, typed.month, typed.day, tzinfo=JAPAN) + minutes
    return Step(year, about, row, moment, chance)


def make(root: Path, planned: Sequence[Step]) -> int:
    """Run every step in the workspace; return the exit code of the first that fails, or 0."""
    tokens: dict[str, str] = {}
    for step in planned:
        if code := step.run(root, tokens):
            return code
        if step.row.label is not None:
            tokens[step.row.label] = step.drawn[-1]
    return 0


def clear(root: Path) -> None:
    """Remove the entries and seals that are marked as samples, and the folders that they leave empty."""
    tree = Folder(root)
    for seals in (root / RECORDS).glob("*/closed.yaml"):
        if b"sample: true" in seals.read_bytes():
            seals.unlink()
    for found in list(tree.records()):
        entry = None if found.outside else read_entry(tree, found.path)
        if entry is not None and entry.sample:
            (root / found.path).unlink()
    for folder in sorted((root / RECORDS).glob("**/"), reverse=True):
        if folder != root / RECORDS and not any(folder.iterdir()):
            folder.rmdir()


def main() -> int:
    """Make the sample in the folder that the command line names, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", nargs="?", type=Path, default=REPOSITORY, help="a workspace (default: the repository)")
    parser.add_argument("--force", action="store_true", help="remove the entries marked as samples first")
    asked = parser.parse_args()
    root = asked.dir
    if asked.force:
        clear(root)
    elif any(Folder(root).records()):
        sys.stderr.write(f"{root / RECORDS} already holds entries; --force makes the sample ones anew\n")
        return REFUSED
    planned = steps(DATA.read_bytes())
    code = make(root, planned)
    if not code:
        print(f"{root / RECORDS}: {len(planned)} sample entries")
    return code


if __name__ == "__main__":
    sys.exit(main())
