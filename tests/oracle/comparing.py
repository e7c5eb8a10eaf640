"""Holds the review that the program prints as JSON against the reckoning, figure by figure.

The program is called in this process, with a workspace on the disk, as a person would call it.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import ryaml

from mizuho_pdca.cli.main import main
from tests.oracle.generating import Workspace
from tests.oracle.in_force import Calendar, Records
from tests.oracle.reckoning import reckon

Raw = Mapping[str, Any]

_DIGITS = 12
"""Significant digits to which a figure that is no short decimal goes to JSON."""

_FAULT = re.compile(r"\[(E[0-9]{3})\]")

_BY_ID = frozenset({"policies", "measures", "submeasures", "ratings", "initiatives", "indicators", "opinions"})
"""Lists whose items are told apart by ``id``; in all others the place tells."""


class Difference(NamedTuple):
    """One figure that differs: where it stands in the JSON, what the program says, what was reckoned."""

    where: str
    program: object
    reckoned: object

    @property
    def kind(self) -> str:
        """Return where it stands, without which node or which place in a list."""
        return ".".join(part.partition("[")[0] for part in self.where.split("."))

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.where}: program {_shown(self.program)}, reckoned {_shown(self.reckoned)}"


class Compared(NamedTuple):
    """How many figures were compared, and which differ."""

    figures: int
    differences: tuple[Difference, ...]


def write_workspace(folder: Path, plan: Raw, entries: Sequence[Raw]) -> None:
    """Write a plan and its entries as files."""
    records = Records((), Calendar(plan["plan"]))
    (folder / "plan").mkdir(parents=True)
    (folder / "plan" / "measures.yaml").write_text(ryaml.dumps(plan), encoding="utf-8")
    for entry in entries:
        path = folder / "records" / str(records.year(entry)) / entry["target"] / f"{entry['id']}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ryaml.dumps(entry), encoding="utf-8")


def read_workspace(folder: Path) -> tuple[Raw, list[Raw]]:
    """Return the plan and the entries of a workspace as plain dicts."""
    plan = ryaml.loads((folder / "plan" / "measures.yaml").read_text(encoding="utf-8"))
    paths = sorted(path for path in (folder / "records").glob("*/*/*.yaml"))
    return plan, [ryaml.loads(path.read_text(encoding="utf-8")) for path in paths]


def compare(folder: Path, plan: Raw, entries: Sequence[Raw], year: int) -> Compared:
    """Return how the program's review of a workspace differs from the reckoning."""
    code, printed, complaint = run_pdca(["-C", str(folder), "review", str(year), "-f", "json"])
    if code != 0:
        problems = json.loads(printed)["problems"] if printed else []
        said = "\n".join([complaint, *(f"[{one['code']}] {one['message']}" for one in problems)])
        faults = sorted(set(_FAULT.findall(said)))
        return Compared(1, (Difference(" ".join([f"exit code {code}", *faults]), said, "a review of faultless data"),))
    return compare_figures(json.loads(printed, parse_float=Decimal), reckon(plan, entries, year))


def compare_figures(program: Raw, reckoned: Raw) -> Compared:
    """Return what differs between the JSON of a review and what was reckoned of it."""
    pairs = list(_figures("", program, reckoned))
    found = (Difference(where, theirs, ours) for where, theirs, ours in pairs if not _is_same(theirs, ours))
    return Compared(len(pairs), tuple(found))


def compare_workspace(workspace: Workspace) -> Compared:
    """Return what differs in any of a workspace's years; one that the program can't even open differs as a whole."""
    with tempfile.TemporaryDirectory() as folder:
        town = Path(folder) / "town"
        write_workspace(town, workspace.plan, workspace.entries)
        found = [compare(town, workspace.plan, workspace.entries, year) for year in workspace.years]
    return Compared(sum(one.figures for one in found), tuple(each for one in found for each in one.differences))


def _figures(where: str, program: object, reckoned: object) -> Iterator[tuple[str, object, object]]:
    """Yield every single figure that was reckoned, beside what the program has in its place."""
    match reckoned:
        case dict():
            theirs = program if isinstance(program, dict) else {}
            for key, value in reckoned.items():
                yield from _figures(f"{where}.{key}".lstrip("."), theirs.get(key, _ABSENT), value)
        case list() if where.rpartition(".")[2] in _BY_ID and _are_rows(reckoned):
            rows = program if isinstance(program, list) else []
            yield f"{where} in order", [row.get("id") for row in rows], [row["id"] for row in reckoned]
            by_id = {row.get("id"): row for row in rows}
            for row in reckoned:
                yield from _figures(f"{where}[{row['id']}]", by_id.get(row["id"], {}), row)
        case list() if reckoned and isinstance(reckoned[0], dict):
            rows = program if isinstance(program, list) else []
            yield f"{where} in number", len(rows), len(reckoned)
            for at, (row, item) in enumerate(zip(rows, reckoned, strict=False)):
                yield from _figures(f"{where}[{at}]", row, item)
        case _:
            yield where, program, reckoned


def _are_rows(items: Sequence[object]) -> bool:
    return all(isinstance(item, dict) for item in items)


def _is_same(program: object, reckoned: object) -> bool:
    """Return whether the program says what was reckoned; a number to 12 significant digits."""
    if isinstance(reckoned, bool) or isinstance(program, bool) or program is None or reckoned is None:
        return program is reckoned
    if isinstance(reckoned, int | Fraction | Decimal) and isinstance(program, int | Decimal):
        exact = Fraction(reckoned)
        return bool(abs(Fraction(program) - exact) <= abs(exact) / (2 * 10 ** (_DIGITS - 1)))
    return type(program) is type(reckoned) and bool(program == reckoned)


_ABSENT = "absent from the JSON"


def _shown(value: object) -> str:
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{float(value):.12g} ({value})"
    return str(value)


@contextmanager
def _captured() -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    before = sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        sys.stdout, sys.stderr = before


def run_pdca(argv: Sequence[str]) -> tuple[int, str, str]:
    """Run ``pdca`` in this process and return its exit code and what it printed."""
    with _captured() as streams:
        code = main(argv)
        texts = []
        for stream in streams:
            stream.flush()
            buffer = stream.buffer
            assert isinstance(buffer, io.BytesIO)
            texts.append(buffer.getvalue().decode("utf-8"))
    return code, texts[0], texts[1]
