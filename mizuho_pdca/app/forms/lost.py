"""Answers that would be lost: their column or their sheet no longer has the headings of the form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mizuho_pdca.app.forms.cells import CellFault, cell_text
from mizuho_pdca.app.forms.stamp import EXAMPLE, Stamp
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.xlsx.book import At, BookSheet, ExcelBook, place_name
from mizuho_pdca.text import folded

PUT_BACK = message(N_("Put the heading back as it was; if the column is your own, delete it."))


def plain(text: str) -> str:
    """Return a heading without what people change in it by the way: widths, blanks, breaks."""
    return "".join(folded(text).split())


def nameless_columns(sheet: BookSheet, head: int, missing: Sequence[str]) -> Iterator[CellFault]:
    """Yield each column that holds something below no heading, which could be one of those that are missing."""
    named = {column for (row, column), cell in sheet.cells.items() if row == head and cell.value is not None}
    held = {
        column
        for (row, column), cell in sheet.cells.items()
        if row > head and column not in named and (cell_text(cell) or cell.error)
    }
    for column in sorted(held) if missing else ():
        what = message(N_("the heading is empty; {before} of the form is missing"), before=missing)
        yield CellFault(_place(sheet, (head, column)), what, PUT_BACK)


def doubled_columns(sheet: BookSheet, head: int, asked: Collection[str]) -> Iterator[CellFault]:
    """Yield each column with the heading of another one that asks: nobody could tell whose answers count."""
    wanted, first = {plain(heading) for heading in asked}, dict[str, At]()
    for at, cell in sorted(sheet.cells.items()):
        heading = plain(str(cell.value))
        if at[0] != head or heading not in wanted or first.setdefault(heading, at) == at:
            continue
        words = N_('the heading "{heading}" is there twice, also in {other}')
        what = message(words, heading=str(cell.value), other=_place(sheet, first[heading]))
        yield CellFault(_place(sheet, at), what, message(N_("Delete the column that is not to count.")))


def nameless_sheets(book: ExcelBook, stamp: Stamp, read: Collection[str]) -> Iterator[CellFault]:
    """Yield each sheet that has rows of the form, but not its headings; ``read`` are the keys of those that have."""
    for key in (key for key in stamp.sheets if key not in read):
        names = {name for sheet, name in stamp.rows if sheet == key != EXAMPLE}
        for sheet in book.sheets:
            if not sheet.name.startswith("_") and any(str(cell.value) in names for cell in sheet.cells.values()):
                what = message(N_("the headings are not those of the form, so that nothing of the sheet can be read"))
                remedy = message(N_("Put the headings back as they were sent out, or delete the sheet."))
                yield CellFault(message(N_('"{sheet}"'), sheet=sheet.name), what, remedy)


def _place(sheet: BookSheet, at: At) -> Message:
    return message(N_('"{sheet}" {cell}'), sheet=sheet.name, cell=place_name(at))
