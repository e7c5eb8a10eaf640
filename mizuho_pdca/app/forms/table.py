"""A table of a past year as rows of text with their places: an Excel file or CSV, in the town's own order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from mizuho_pdca.app.forms.cells import CellFault, cell_fault, cell_text
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.xlsx.book import At, BookSheet, place_name, read_book
from mizuho_pdca.text import cleaned

_ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(frozen=True)
class TableSheet:
    """A sheet of a table: cells that hold anything, by row and column, counted from 0; what is wrong with some."""

    name: str
    rows: Mapping[int, Mapping[int, str]]
    faults: Mapping[At, CellFault] = field(default_factory=dict)

    def place(self, row: int, column: int) -> Message:
        """Return what a cell is called: 「R5」D12."""
        return message(N_('"{sheet}" {cell}'), sheet=self.name, cell=place_name((row, column)))


@dataclass(frozen=True)
class PastTable:
    """A table: its sheets in order, and its digest."""

    sheets: tuple[TableSheet, ...]
    digest: str


def read_table(data: bytes, name: str) -> PastTable:
    """Return a table of a file, which is CSV where its name ends so; raise ``UsageFault``."""
    if name.lower().endswith((".csv", ".tsv", ".txt")):
        return PastTable((TableSheet(name, dict(_csv_rows(data))),), sha256(data).hexdigest())
    book = read_book(data)
    sheets = (TableSheet(sheet.name, _text_rows(sheet), _faults(sheet)) for sheet in book.sheets)
    return PastTable(tuple(sheet for sheet in sheets if sheet.rows), book.digest)


def _text_rows(sheet: BookSheet) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for number, row in sheet.rows().items():
        shown = {column: cell.error or ("?" if cell.no_result else cell_text(cell)) for column, cell in row.items()}
        texts = {column: text for column, text in shown.items() if text is not None}
        if texts:
            rows[number] = texts
    return rows


def _faults(sheet: BookSheet) -> dict[At, CellFault]:
    found = {at: cell_fault(cell, sheet.name, at) for at, cell in sheet.cells.items()}
    return {at: fault for at, fault in found.items() if fault is not None}


def _csv_rows(data: bytes) -> Iterator[tuple[int, dict[int, str]]]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            held = {column: kept for column, cell in enumerate(row) if (kept := cleaned(cell))}
            if held:
                yield number, held
    except csv.Error as exc:
        raise UsageFault(
            N_("the file can't be read as CSV: {reason}"),
            reason=str(exc),
            remedy=message(N_("Save it in Excel as an Excel workbook (.xlsx), and import that.")),
        ) from exc


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageFault(
        N_("the file is neither UTF-8 nor Shift_JIS text"),
        remedy=message(N_("Save it in Excel as an Excel workbook (.xlsx), and import that.")),
    )


def filled_down(rows: Mapping[int, Mapping[int, str]], columns: Sequence[int]) -> dict[int, Mapping[int, str]]:
    """Return rows in which merged cells of some columns say what the first of them does."""
    last: dict[int, str] = {}
    filled = dict[int, Mapping[int, str]]()
    for number, row in sorted(rows.items()):
        if any(column in row for column in columns):
            last = {column: row[column] for column in columns if column in row}
        filled[number] = {**last, **row}
    return filled
