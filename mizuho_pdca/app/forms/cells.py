"""What a cell of an Excel file says as somebody would have typed it, and what is wrong with it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.xlsx.book import At, BookCell, Value, place_name
from mizuho_pdca.text import cleaned

_DIGITS = 12
"""Digits of a number that somebody can have meant: the rest is what a formula's binary fractions leave."""


class CellFault(UsageFault):
    """Something is wrong with a cell; the file is named where it is told."""

    def __init__(self, place: Message, what: Message, remedy: Message | None) -> None:
        """Take which cell, what is wrong with it, and what to do."""
        super().__init__(N_("{place}: {what}"), place=place, what=what, remedy=remedy)
        self.place, self.what = place, what


def cell_fault(cell: BookCell, sheet: str, at: At) -> CellFault | None:
    """Return what is wrong with a cell of which nobody can tell what it says, None for any other.

    That is a formula without a result, and a number that is not shown as it is: in thousands, whatever its unit.
    """
    remedy = message(N_("Write the answer itself in place of the formula."))
    if cell.error is not None:
        what = message(N_("{error} stands there instead of an answer"), error=cell.error)
    elif cell.no_result:
        what = message(N_("there is a formula that was never worked out"))
    elif cell.scaled and isinstance(cell.value, float | int):
        what = message(
            N_("the cell holds {value}, but shows it in thousands or millions"), value=_number_of(cell.value)
        )
        remedy = message(N_("Write the figure that is meant as a text, or take the format #,##0, from the cell."))
    else:
        return None
    return CellFault(message(N_('"{sheet}" {cell}'), sheet=sheet, cell=place_name(at)), what, remedy)


def cell_text(cell: BookCell) -> str | None:
    """Return what a cell says as somebody would have typed it, None for blanks alone or where ``cell_fault`` does."""
    if cell.value is None:
        return None
    return cleaned(re.sub("_x000D_", "", plain_text(cell.value))) or None


def plain_text(value: Value) -> str:
    """Return a value of a file as it would be typed."""
    match value:
        case bool():
            return "はい" if value else "いいえ"
        case float() | int():
            return _number_of(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case time() | timedelta():
            return str(value)
        case _:
            return value


def _number_of(value: float) -> str:
    """Return a number of a file in digits, without what binary fractions leave behind; a whole one has none."""
    if float(value).is_integer():
        return str(int(value))
    number = Decimal(f"{value:.{_DIGITS}g}")
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
