"""An Excel file as sheets of cells: values as the file holds them, with what a value alone does not tell."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO
from xml.sax.saxutils import escape

from mizuho_pdca.errors import UsageFault
from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.xlsx.package import NoBook, Package, elements, saved_at

Value = str | float | bool | datetime | date | time | timedelta
At = tuple[int, int]
"""Row and column, counted from 0."""

_MOST_CELLS = 2_000_000
_PERCENT_IDS = {9, 10}
_WRITTEN = re.compile(r'"[^"]*"|\\.')
"""Parts of a format that are shown as they stand: a "%" among them makes no percentage."""

_SCALED = re.compile(r"[0#?],+(?![0#?,])")
"""A comma with no digit behind it: each divides what is shown by a thousand."""

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""What the library reads as an error; it reads no file in which another one stands."""

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_OFFICE_EPOCH, _MAC_EPOCH = date(1899, 12, 30), date(1904, 1, 1)
_LETTERS = 26
_LAST_SERIAL = 80_000
"""Days up to the year 2119: a larger number is no day of a plan."""


@dataclass(frozen=True)
class BookCell:
    """One cell: what it holds, and what the value does not tell.

    ``error`` is what Excel shows instead of a value, ``no_result`` marks a formula that was never
    worked out, ``percent`` a number that is shown in percent, ``scaled`` one that is shown in thousands or millions.
    """

    value: Value | None
    error: str | None = None
    no_result: bool = False
    percent: bool = False
    scaled: bool = False


@dataclass(frozen=True)
class BookSheet:
    """The cells of a sheet that hold anything, and the areas that were merged into one, by first and last cell."""

    name: str
    cells: Mapping[At, BookCell]
    merged: Sequence[tuple[At, At]] = ()

    def rows(self) -> Mapping[int, Mapping[int, BookCell]]:
        """Return the cells by row and column."""
        found: dict[int, dict[int, BookCell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            found.setdefault(row, {})[column] = cell
        return found


@dataclass(frozen=True)
class ExcelBook:
    """An Excel file: its sheets in order, its digest, when it was saved, and from which day it counts."""

    sheets: tuple[BookSheet, ...]
    digest: str
    saved: datetime | None = None
    epoch: date = _OFFICE_EPOCH

    def sheet(self, name: str) -> BookSheet | None:
        """Return the sheet of a name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def day(self, serial: float) -> date | None:
        """Return the day that a bare number stands for, None where it can be none."""
        days = int(serial)
        return self.epoch + timedelta(days=days) if 0 < days < _LAST_SERIAL else None


_RawCell = tuple[Mapping[str, str], str | None, bool]
"""A cell of the XML: attributes, value, and whether it has a formula."""


@dataclass
class _Looked:
    """What the XML of a sheet tells of its cells."""

    errors: dict[At, str] = field(default_factory=dict)
    unworked: set[At] = field(default_factory=set)
    percent: set[At] = field(default_factory=set)
    scaled: set[At] = field(default_factory=set)
    merged: list[tuple[At, At]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


def read_book(data: bytes) -> ExcelBook:
    """Return what an Excel file holds; raise ``NoBook``."""
    package, digest = Package(data), sha256(data).hexdigest()
    package.check_all()
    paths, epoch = _paths(package)
    styles = _number_styles(package)
    looks = {name: _look(package.read(path), styles) for name, path in paths.items()}
    data = _readable(data, package, {paths[name]: set(looked.errors.values()) for name, looked in looks.items()})
    with needed_for("Excel"):
        from python_calamine import CalamineWorkbook
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = tuple(_sheet(workbook, name, looked) for name, looked in looks.items())
    except UsageFault:
        raise
    except Exception as exc:  # the library raises a class for each kind of damage
        raise NoBook(
            N_("the file is damaged and can't be read"),
            remedy=message(N_("Open it in Excel, save it as an Excel workbook (.xlsx), and import that.")),
        ) from exc
    return ExcelBook(sheets, digest, saved_at(package), epoch)


def place_name(at: At) -> str:
    """Return what Excel calls a cell: D12."""
    row, column = at
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Return what Excel calls a column, counted from 0: D."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def _paths(package: Package) -> tuple[dict[str, str], date]:
    """Return where the sheets lie by name, and the day from which the workbook counts."""
    main = next(name for name in package.names if name.endswith("workbook.xml"))
    folder, _, name = main.rpartition("/")
    rels = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for tag, attributes, _ in elements(package.read(f"{folder}/_rels/{name}.rels"))
        if tag == "Relationship"
    }
    paths, epoch = {}, _OFFICE_EPOCH
    for tag, attributes, _ in elements(package.read(main)):
        if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = _MAC_EPOCH
        elif tag == "sheet":
            ref = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            target = rels.get(ref, "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if "worksheets/" in path:
                paths[attributes.get("name", "")] = path
    return paths, epoch


def _readable(data: bytes, package: Package, errors: Mapping[str, set[str]]) -> bytes:
    """Return a file with #N/A for each error that the library would not read the file for."""
    parts = dict[str, bytes]()
    for path, held in errors.items():
        if unknown := held - _ERRORS:
            written = "|".join(re.escape(escape(error)) for error in sorted(unknown)).encode()
            parts[path] = re.sub(rb"(?<=v>)\s*(" + written + rb")\s*(?=</)", b"#N/A", package.read(path))
    return package.copied(parts) if parts else data


def _number_styles(package: Package) -> tuple[set[int], set[int]]:
    """Return the numbers of the cell formats that show a number in percent, and of those that show it in thousands."""
    percent, scaled = {*_PERCENT_IDS}, set[int]()
    data = package.read("xl/styles.xml")
    for tag, attributes, _ in elements(data):
        shown = _WRITTEN.sub("", attributes.get("formatCode", "")) if tag == "numFmt" else ""
        if "%" in shown:
            percent.add(int(attributes.get("numFmtId", "0")))
        elif _SCALED.search(shown):
            scaled.add(int(attributes.get("numFmtId", "0")))
    formats = [int(attributes.get("numFmtId", "0") or 0) for tag, attributes in _cell_formats(data) if tag == "xf"]
    of_percent, of_scaled = ({number for number, code in enumerate(formats) if code in of} for of in (percent, scaled))
    return of_percent, of_scaled


def _cell_formats(data: bytes) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the formats of cells; those of named styles, which look the same, come before them."""
    found: list[tuple[str, Mapping[str, str]]] = []
    for tag, attributes, _ in elements(data):
        if tag == "xf":
            found.append((tag, attributes))
        elif tag == "cellStyleXfs":
            found.clear()
        elif tag == "cellXfs":
            yield from found
            return


def _look(data: bytes, styles: tuple[set[int], set[int]]) -> _Looked:
    looked, cells, row = _Looked(), list[_RawCell](), -1
    formula, value = False, None
    for tag, attributes, text in elements(data):
        if tag == "f":
            formula = True
        elif tag == "v":
            value = text
        elif tag == "t":
            value = text or value
        elif tag == "c":
            cells.append((attributes, value, formula))
            formula, value = False, None
        elif tag == "row":
            row = _row(attributes.get("r", ""), row)
            for at, (held, told, is_formula) in _placed(row, cells):
                _note(looked, at, held, told, formula=is_formula, styles=styles)
            cells.clear()
        elif tag == "mergeCell":
            first, last = map(_at, attributes.get("ref", "").partition(":")[::2])
            looked.merged += [] if first is None or last is None else [(first, last)]
    if looked.rows * looked.columns > _MOST_CELLS:
        raise NoBook(
            N_("a cell far outside the form is filled in; the file was not read"),
            remedy=message(N_("Delete the rows and columns outside the form, save it, and import it again.")),
        )
    return looked


def _row(told: str, before: int) -> int:
    """Return which row one is: as it says, else the one below the row before it."""
    return int(told) - 1 if told.isdecimal() else before + 1


def _placed(row: int, cells: Iterable[_RawCell]) -> Iterator[tuple[At, _RawCell]]:
    """Yield the cells of a row with their places; one that does not say where it is stands right of the one before."""
    column = -1
    for cell in cells:
        at = _at(cell[0].get("r", "")) or (row, column + 1)
        column = at[1]
        yield at, cell


def _note(
    looked: _Looked,
    at: At,
    attributes: Mapping[str, str],
    value: str | None,
    *,
    formula: bool,
    styles: tuple[set[int], set[int]],
) -> None:
    if value:
        looked.rows, looked.columns = max(looked.rows, at[0] + 1), max(looked.columns, at[1] + 1)
    if attributes.get("t") == "e":
        looked.errors[at] = value or "#N/A"
    is_empty_text = value is not None and attributes.get("t") == "str"  # what =IF(…,"",…) results in
    if formula and not value and not is_empty_text:
        looked.unworked.add(at)
    style = attributes.get("s", "")
    for of, found in zip(styles, (looked.percent, looked.scaled), strict=True):
        if style.isdecimal() and int(style) in of:
            found.add(at)


def _at(place: str) -> At | None:
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _sheet(workbook: object, name: str, looked: _Looked) -> BookSheet:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[attr-defined] # the library's type is loaded on use
    numbers = looked.percent | looked.scaled
    cells = {
        (row, column): BookCell(value, percent=at in looked.percent, scaled=at in looked.scaled)
        if (at := (row, column)) in numbers and isinstance(value, float | int)
        else BookCell(value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value not in ("", None)
    }
    cells |= {at: BookCell(None, no_result=True) for at in looked.unworked}
    cells |= {at: BookCell(None, error=text) for at, text in looked.errors.items()}
    return BookSheet(name, cells, looked.merged)
