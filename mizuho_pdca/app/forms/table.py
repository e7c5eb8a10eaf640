"""A table of a past year as rows of text with their places: an Excel file or CSV, in the town's own order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from mizuho_pdca.app.forms.cells import CellFault, cell_fault, cell_text, plain_text
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.xlsx.book import At, BookCell, BookSheet, place_name, read_book
from mizuho_pdca.text import cleaned, folded

_ENCODINGS = ("utf-8-sig", "cp932")
_HUNDRED = 100


@dataclass(frozen=True)
class TableSheet:
    """A sheet of a table: cells that hold anything, by row and column, counted from 0; what is wrong with some.

    ``merged`` are areas that were merged into one cell, by first and last cell.
    """

    name: str
    rows: Mapping[int, Mapping[int, str]]
    faults: Mapping[At, CellFault] = field(default_factory=dict)
    merged: Sequence[tuple[At, At]] = ()

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
    sheets = (TableSheet(sheet.name, _text_rows(sheet), _faults(sheet), sheet.merged) for sheet in book.sheets)
    return PastTable(tuple(sheet for sheet in sheets if sheet.rows), book.digest)


def _text_rows(sheet: BookSheet) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for number, row in sheet.rows().items():
        shown = {column: _shown(cell) for column, cell in row.items()}
        texts = {column: text for column, text in shown.items() if text is not None}
        if texts:
            rows[number] = texts
    return rows


def _shown(cell: BookCell) -> str | None:
    """Return what stands in a cell; a percentage, which a file holds as a fraction, as one."""
    if cell.percent and isinstance(cell.value, float | int):
        return f"{plain_text(cell.value * _HUNDRED)}%"
    return cell.error or ("?" if cell.no_result else cell_text(cell))


def _faults(sheet: BookSheet) -> dict[At, CellFault]:
    found = {at: cell_fault(cell, sheet.name, at) for at, cell in sheet.cells.items()}
    return {at: fault for at, fault in found.items() if fault is not None}


def _csv_rows(data: bytes) -> Iterator[tuple[int, dict[int, str]]]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)):
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


_TOTAL = r"(小|合|総|中|累|区分)?計(\d*(件|事業|取組)?|\(.*\))|平均"
_REMARK, _REMARK_ALONE = r"\(?※|\(?注\d{0,2}[):、.]", r"[*(]?(※|(注|備考|参考)\d*([):、.\s]|$))"
"""How a remark begins: in any cell, and in one where no row could begin."""

_DITTO = r"同上|々|[〃”″\"]"
_LEAST_AGAIN = 2


def is_ditto(text: str) -> bool:
    """Return whether a text means what stands above it."""
    return re.fullmatch(_DITTO, folded(text)) is not None


def body(sheet: TableSheet, head: int, columns: Mapping[str, int]) -> tuple[dict[int, Mapping[int, str]], list[int]]:
    """Return the rows below the headings, and the numbers of those that are totals or remarks.

    Merged cells that say what a row is about, and who answered, say it of all their rows, as do blank ones and ditto
    marks right below; a row below a gap, a total or headings that are there again stands for itself.
    """
    about = [columns[key] for key in ("number", "title") if key in columns]
    answers = {column for key, column in columns.items() if key not in ("number", "title", "by")}
    by, last, before = columns.get("by", -1), dict[int, str](), head
    filled, left_out = dict[int, Mapping[int, str]](), list[int]()
    for number, row in sorted((number, row) for number, row in sheet.rows.items() if number > head):
        is_merged = _is_merged(sheet, number, about)
        if number > before + 1 and not is_merged:
            last = {}
        is_left_out = _is_left_out(row, about, answers if last else ())
        if is_left_out or _is_heading(sheet, head, row, columns.values()):
            last, before = last if is_merged else {}, head
            left_out += [number] if is_left_out else []
        else:
            own = {column: row[column] for column in (*about, by) if column in row and not is_ditto(row[column])}
            if any(column in own for column in about):
                again = {*row, by} if _is_merged(sheet, number, [by]) else {*row}
                last = {column: text for column, text in last.items() if column in again}
            last, before = {**last, **own}, number
            filled[number] = {**row, **last}
            if (number, by) in sheet.faults:
                del last[by]
    return filled, left_out


def _is_heading(sheet: TableSheet, head: int, row: Mapping[int, str], columns: Iterable[int]) -> bool:
    """Return whether the headings stand in a row once more."""
    texts = (sheet.rows.get(head, {}), sheet.rows.get(head - 1, {}))
    again = [column for column in columns if column in row and row[column] in [one.get(column) for one in texts]]
    return len(again) >= _LEAST_AGAIN


def _is_left_out(row: Mapping[int, str], about: Sequence[int], answers: Collection[int]) -> bool:
    """Return whether a row adds up others, or is a remark below the table, and about nothing itself.

    Where it may go on with the row above it, it begins in one of ``answers``.
    """
    named = [row[column] for column in about if column in row]
    texts = [folded(text) for text in named or [row[min(row)]]]
    begins = _REMARK if named or min(row) in answers else _REMARK_ALONE
    return any(re.fullmatch(_TOTAL, "".join(text.split())) or re.match(begins, text) for text in texts)


def _is_merged(sheet: TableSheet, number: int, columns: Sequence[int]) -> bool:
    """Return whether one of the cells of a row is merged with those above it."""
    return any(
        first[0] < number <= last[0] and any(first[1] <= column <= last[1] for column in columns)
        for first, last in sheet.merged
    )
