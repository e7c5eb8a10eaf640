"""Read the table of an outline 体系表: a workbook's visible sheets, or a text with commas or tabs, as cells.

What a workbook's reader leaves empty is seen in the sheet's XML: error values, and formulas whose
result was never stored. Their cells hold the text of the error, or the formula.
"""

from __future__ import annotations

import csv
import errno
import functools
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

from mizuho_pdca.domain.plan.outline import Sheet
from mizuho_pdca.errors import EnvironmentFault, UsageFault, os_reason
from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, Value, message
from mizuho_pdca.storage.files import read_named

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_ZIP, _OLE, _UTF_16 = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")
"""How .xlsx, .xls or a workbook with a password, and a text in UTF-16 begin, whatever they are named."""

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, LookupError)
_TEXT = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
"""A text that cells share, with its marks."""

_LATER_ERROR = re.compile(rb">#(?:SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL|PYTHON|TIMEOUT|ERROR)!<")
"""Errors that the reader of workbooks does not know yet, and would refuse the whole file for."""

_MOST_BYTES, _MOST_CELLS = 50_000_000, 1_000_000
"""Bounds of a file, packed and unpacked, and of the area that its cells span: a plan has some hundred rows."""


_MOST_TAGS, _MOST_SHEETS, _MOST_MERGED = 2_000_000, 100, 10_000
"""Bounds of what a short file can be full of: a tag takes four bytes in it, and a hundred in memory."""


class _TooLargeError(Exception):
    """The table goes beyond the bounds."""


def read_sheets(path: Path) -> list[Sheet]:
    """Return the visible sheets of a file; raise ``EnvironmentFault`` or ``UsageFault`` if it is no table."""
    try:
        raw = read_named(path, _MOST_BYTES)
    except OSError as exc:
        if exc.errno == errno.EFBIG:
            raise _too_large(path) from exc
        raise EnvironmentFault(N_("{file} could not be read: {reason}"), file=str(path), reason=os_reason(exc)) from exc
    if raw.startswith(_OLE):
        if _LOCKED in raw:
            how = N_("Open it in Excel and take the password away: File, Info, Protect Workbook.")
            raise _refused(path, N_("{file} is locked with a password"), how)
        how = N_("Save it in Excel as an .xlsx (Excel workbook), or as CSV.")
        raise _refused(path, N_("{file} is a workbook of the old form (.xls)"), how)
    try:
        return _workbook(path, raw) if raw.startswith(_ZIP) else [_text(path, raw)]
    except _TooLargeError as exc:
        raise _too_large(path) from exc


def _too_large(path: Path) -> UsageFault:
    how = N_("Copy the table alone into a new workbook, or save it as CSV.")
    return _refused(path, N_("{file} is too large for an outline"), how)


def _refused(path: Path, words: str, remedy: str, **values: Value) -> UsageFault:
    return UsageFault(words, file=str(path), remedy=message(remedy), **values)


# -- workbooks --------------------------------------------------------------------------------


def _workbook(path: Path, raw: bytes) -> list[Sheet]:
    with needed_for(str(path)):
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            if len(raw) + sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
                raise _TooLargeError
            contents = {name: archive.read(name) for name in archive.namelist()}
        if any(content.count(b"<") > _MOST_TAGS for content in contents.values()):
            raise _TooLargeError
        lengths = [len(text) for text in _TEXT.findall(contents.get("xl/sharedStrings.xml", b""))]
        parts = _parts(contents)
        with zipfile.ZipFile(copy := BytesIO(), "w") as archive:
            for name, content in contents.items():
                archive.writestr(name, _LATER_ERROR.sub(b">#N/A<", content) if name in parts.values() else content)
        book = CalamineWorkbook.from_filelike(BytesIO(copy.getvalue()))
        shown = [
            found.name
            for found in book.sheets_metadata
            if found.typ is SheetTypeEnum.WorkSheet and found.visible is SheetVisibleEnum.Visible
        ]
        if len(shown) > _MOST_SHEETS:
            raise _TooLargeError
        scans = {name: _scan(contents[parts[name]], lengths) for name in shown}
        return [_sheet(book.get_sheet_by_name(name), *scans[name], name if shown[1:] else "") for name in shown]
    except (CalamineError, ParseError, *_BROKEN) as exc:
        how = N_("Save it in Excel as an .xlsx without a password, or as CSV.")
        raise _refused(path, N_("{file} can't be read as a workbook: {reason}"), how, reason=str(exc)) from exc


def _parts(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part of the archive that holds each worksheet, by the sheet's name."""
    relations = fromstring(contents["xl/_rels/workbook.xml.rels"])  # noqa: S314 (its size was judged, expat stops entity bombs)
    targets = {one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target", "")))[1:] for one in relations}
    sheets = fromstring(contents["xl/workbook.xml"]).iterfind("{*}sheets/{*}sheet")  # noqa: S314 (the same)
    ids = {one.get("name", ""): [value for key, value in one.items() if key.endswith("}id")] for one in sheets}
    return {name: targets[found[0]] for name, found in ids.items()}


def _scan(xml: bytes, lengths: Sequence[int]) -> tuple[dict[tuple[int, int], str], frozenset[int]]:
    """Return the cells of a sheet that its reader leaves empty, and its hidden rows; raise before it takes all memory.

    ``lengths`` are those of the shared texts: a short file can repeat a long one in every cell.
    """
    broken, hidden = dict[tuple[int, int], str](), set[int]()
    row = column = -1
    cells = signs = 0
    for event, element in iterparse(BytesIO(xml), ("start", "end")):  # noqa: S314 (the same)
        place = element.get("r", "")
        match event, _name(element):
            case "start", "row":
                row, column, cells = int(place) - 1 if place else row + 1, -1, cells + 1
                if element.get("hidden") in ("1", "true"):
                    hidden.add(row)
            case "end", "c":
                row, column = _place(place) if place else (row, column + 1)
                kind, parts = element.get("t"), {_name(part): part.text or "" for part in element}
                value, formula = parts.get("v"), parts.get("f")
                if kind == "e":
                    broken[row, column] = value or "#N/A"
                elif formula is not None and not value and (value is None or kind != "str"):
                    broken[row, column] = f"={formula or '…'}"
                cells, signs = cells + 1, signs + (lengths[int(value)] if kind == "s" and value else 0)
                if max(cells, (row + 1) * (column + 1) if parts else 0) > _MOST_CELLS or signs > _MOST_BYTES:
                    raise _TooLargeError
                element.clear()
            case "end", "row":
                element.clear()
    return broken, frozenset(hidden)


def _place(name: str) -> tuple[int, int]:
    """Return row and column from 0 on: 0 and 26 for AA1."""
    letters = name.rstrip("0123456789")
    column = functools.reduce(lambda number, letter: number * 26 + int(letter, 36) - 9, letters, 0)
    return int(name[len(letters) :]) - 1, column - 1


def _shown(cell: object) -> str:
    """Return a cell nearly as Excel shows it: 1 for 1.0, TRUE, a date in ISO form."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _sheet(sheet: CalamineSheet, broken: Mapping[tuple[int, int], str], hidden: frozenset[int], name: str) -> Sheet:
    rows = [[_shown(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), text in broken.items():
        rows.extend([] for _ in range(len(rows), row + 1))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = text
    merged = sheet.merged_cell_ranges or ()
    if len(merged) > _MOST_MERGED:
        raise _TooLargeError
    return Sheet(rows, merged, name, hidden)


# -- texts ------------------------------------------------------------------------------------


def _text(path: Path, raw: bytes) -> Sheet:
    text = _decoded(path, raw)
    is_tabbed = "\t" in StringIO(text.lstrip(), newline=None).readline()
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter="\t" if is_tabbed else ","):
            cells += len(row) + 1
            if cells > _MOST_CELLS:
                raise _TooLargeError
            rows.append(row)
    except csv.Error as exc:
        how = N_("Look for a quotation mark that is opened and never closed.")
        raise _refused(path, N_("{file} can't be read as CSV: {reason}"), how, reason=str(exc)) from exc
    words = N_("{file} is a text, not a workbook, and was read as CSV")
    is_renamed = path.suffix.lower().startswith(".xls")
    return Sheet(rows, notes=[message(words, file=path.name)] if is_renamed else ())


def _decoded(path: Path, raw: bytes) -> str:
    for encoding in ("utf-16",) if raw.startswith(_UTF_16) else ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    how = N_('Save it in Excel as "CSV UTF-8", or as an .xlsx.')
    raise _refused(path, N_("{file} is neither UTF-8 nor Shift_JIS text"), how)
