"""Read the outline of a plan 体系表: a workbook's sheets, or a text with commas or tabs, as cells."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path

from mizuho_pdca.errors import EnvironmentFault, UsageFault, os_reason
from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, message

Cell = str | int | float | bool | date | time | timedelta
"""A value as its file holds it; Excel has made a date of what somebody typed as 1-1."""

Area = tuple[tuple[int, int], tuple[int, int]]
"""Merged cells: row and column of the first and of the last one, counted from 0."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .xls begin, whatever they are named."""

_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError)
_MOST_BYTES, _MOST_CELLS = 50_000_000, 5_000_000
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"']")
"""A row's or a cell's place in the XML of a sheet."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(frozen=True)
class Sheet:
    """The cells of a table, by row and column counted from 0; rows may differ in length.

    ``name`` is the sheet's, empty where its file has no other.
    """

    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Area] = ()
    name: str = ""

    def cell(self, row: int, column: int) -> Cell:
        """Return one cell; an empty text where there is none."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def spread(self, row: int, column: int) -> Cell:
        """Return one cell; where it is part of merged cells, what all of them show."""
        for (top, left), (bottom, right) in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return self.cell(top, left)
        return self.cell(row, column)


def read_sheets(path: Path) -> list[Sheet]:
    """Return the visible sheets of a file; raise ``EnvironmentFault`` or ``UsageFault`` if it is no table."""
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise EnvironmentFault(N_("{file} could not be read: {reason}"), file=str(path), reason=os_reason(exc)) from exc
    return _workbook(path, raw) if raw.startswith(_WORKBOOKS) else [_text(path, raw)]


def _workbook(path: Path, raw: bytes) -> list[Sheet]:
    with needed_for(str(path)):
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
    try:
        if _is_too_large(raw):
            raise UsageFault(
                N_("{file} is too large for an outline"),
                file=str(path),
                remedy=message(N_("Copy the table alone into a new workbook, or save it as CSV.")),
            )
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        shown = [
            book.get_sheet_by_name(found.name)
            for found in book.sheets_metadata
            if found.typ is SheetTypeEnum.WorkSheet and found.visible is SheetVisibleEnum.Visible
        ]
        return [
            Sheet(
                sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or (), sheet.name if shown[1:] else ""
            )
            for sheet in shown
        ]
    except (CalamineError, *_BROKEN_ZIP) as exc:
        raise UsageFault(
            N_("{file} can't be read as a workbook: {reason}"),
            file=str(path),
            reason=str(exc),
            remedy=message(N_("Save it in Excel as an .xlsx without a password, or as CSV.")),
        ) from exc


def _is_too_large(raw: bytes) -> bool:
    """Return whether an .xlsx has a cell so far out that its reader would ask for all memory there is, and abort."""
    if not raw.startswith(_WORKBOOKS[0]):
        return False
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        for part in archive.infolist():
            if part.file_size > _MOST_BYTES:
                return True
            places = _PLACE.findall(archive.read(part))
            rows = max((int(row) for _, row in places), default=0)
            columns = max((len(column) and _column(column) for column, _ in places), default=0)
            if rows * columns > _MOST_CELLS:
                return True
    return False


def _column(letters: bytes) -> int:
    """Return the number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(path: Path, raw: bytes) -> Sheet:
    text = _decoded(path, raw)
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter="\t" if "\t" in first else ","))
    except csv.Error as exc:
        raise UsageFault(
            N_("{file} can't be read as CSV: {reason}"),
            file=str(path),
            reason=str(exc),
            remedy=message(N_("Look for a quotation mark that is opened and never closed.")),
        ) from exc
    return Sheet(rows)


def _decoded(path: Path, raw: bytes) -> str:
    for encoding in ("utf-16",) if raw.startswith(_UTF_16) else _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageFault(
        N_("{file} is neither UTF-8 nor Shift_JIS text"),
        file=str(path),
        remedy=message(N_('Save it in Excel as "CSV UTF-8", or as an .xlsx.')),
    )
