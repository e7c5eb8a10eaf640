"""Carry over the table of a past year: each row beside the plan, all of them recorded, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mizuho_pdca.app.desk import Desk, FileOrigin
from mizuho_pdca.app.entry import Receipt, check_open
from mizuho_pdca.app.form_import import read_file, write_entries
from mizuho_pdca.app.forms.cells import CellFault
from mizuho_pdca.app.forms.mapping import ColumnMap, proposed, read_map
from mizuho_pdca.app.forms.past import PastReading, Seen
from mizuho_pdca.app.forms.reading import once
from mizuho_pdca.app.forms.steps import CODES
from mizuho_pdca.app.forms.table import PastTable, read_table
from mizuho_pdca.app.input.years import typed_year
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.forms.inbox import CameIn
from mizuho_pdca.storage.files import create
from mizuho_pdca.storage.yaml.writing import to_text


@dataclass(frozen=True)
class CarriedOver:
    """What became of a table, or would: entries, what was known already, and every row that does not fit."""

    receipts: tuple[Receipt, ...] = ()
    same: int = 0
    rows: int = 0
    fitting: int = 0
    faults: tuple[PdcaError, ...] = ()
    is_refused: bool = False
    notes: tuple[Message, ...] = ()

    def told(self, name: str, year: int) -> CameIn:
        """Return it as it is told."""
        entries = tuple(receipt.entry for receipt in self.receipts)
        faults = len(self.faults) if self.is_refused else 0
        recorded = [] if self.is_refused else [note for receipt in self.receipts for note in receipt.notes]
        notes = tuple(once([*self.notes, *recorded]))
        return CameIn(name, year, None, None, entries, self.same, self.fitting, self.rows, faults, notes)


def open_table(path: Path) -> PastTable:
    """Return the table of a file; raise ``UsageFault``."""
    if not path.exists():
        raise UsageFault(N_("there is no {file}"), file=str(path), remedy=message(N_("Correct the file's name.")))
    return read_table(read_file(path), path.name)


def column_map(table: PastTable, kept: Path | None, year: int | None = None) -> ColumnMap:
    """Return which column holds what: as a file says that is there, else as the headings suggest for a year."""
    if kept is not None and kept.exists():
        return read_map(read_file(kept), kept.name, table)
    return proposed(table, year)


def keep_map(found: ColumnMap, path: Path) -> None:
    """Write a mapping to its file, never over another one."""
    create(path, to_text(found.data).encode())


def import_(
    desk: Desk,
    table: PastTable,
    found: ColumnMap,
    *,
    year: int | str,
    by: str | None = None,
    partial_: bool = False,
    dry: bool = False,
) -> CarriedOver:
    """Record the rows of a table for a fiscal year; where one does not fit, none unless ``partial_``."""
    fiscal = typed_year(desk, year)
    check_open(desk, fiscal)
    _, known = open_workspace(desk)
    at_desk, seen = desk.reading(FileOrigin("import", table.digest), known), Seen()
    parts = [PastReading(desk, at_desk, known, part, fiscal, by, seen).rows() for part in (found, *found.more)]
    receipts = [receipt for rows in parts for receipt in rows.receipts]
    faults = [fault for rows in parts for fault in rows.faults]
    refused = bool(faults) and not partial_
    if not refused and not dry:
        write_entries(desk, receipts)
    total, unfit = sum(len(rows.about) for rows in parts), sum(len(rows.unfit) for rows in parts)
    notes = tuple(note for rows in parts for note in rows.notes)
    same = sum(rows.same for rows in parts)
    return CarriedOver(tuple(receipts), same, total, total - unfit, tuple(_gathered(faults)), refused, notes)


def _gathered(faults: Iterable[PdcaError]) -> list[PdcaError]:
    """Return faults with the unknown words of a column told once, and how a map says what they mean."""
    keys = {code: key for key, code in CODES.items()}
    result, by_column = list[PdcaError](), dict[tuple[str, str], dict[str, list[CellFault]]]()
    for fault in faults:
        key = keys.get(str(fault.what.values.get("code"))) if isinstance(fault, CellFault) else None
        if key is None or not isinstance(fault, CellFault):
            result.append(fault)
            continue
        of = key, str(fault.remedy and fault.remedy.text(str))
        if of not in by_column:
            result.append(fault)
        by_column.setdefault(of, {}).setdefault(str(fault.what.values["value"]), []).append(fault)
    told = {next(iter(words.values()))[0]: _of_words(key, words) for (key, _), words in by_column.items()}
    return [told[fault] if isinstance(fault, CellFault) and fault in told else fault for fault in result]


def _of_words(key: str, words: Mapping[str, Sequence[CellFault]]) -> CellFault:
    """Return one fault of all cells that hold words unknown to the plan."""
    first, *others = (fault for same in words.values() for fault in same)
    place = message(N_("{place} and {n} more"), place=first.place, n=len(others)) if others else first.place
    value: Value = ""
    for word in reversed([*words]):
        value = message(N_('{one}", "{other}'), one=word, other=value) if value else word
    meant = ", ".join(f'"{word}": …' for word in words)
    hint = N_("{remedy}\n    To take it as it stands in the table, say in the file of --map what it means: {words}")
    remedy = message(hint, remedy=first.remedy or "", words=f"words: {{{key}: {{{meant}}}}}")
    return CellFault(place, message(first.what.msgid, **{**first.what.values, "value": value}), remedy)
