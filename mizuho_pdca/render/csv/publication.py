"""A table of a publication as CSV: names in the first line, every value as it is, unknown empty.

Nothing is put in front of a text that a spreadsheet might take for a formula: what is published is data, and
must read back as it was.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from mizuho_pdca.domain.publication.table import Row, Value

_BOM = b"\xef\xbb\xbf"


def open_table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return a table as UTF-8 with the mark by which Excel knows it, one line a row."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return _BOM + stream.getvalue().encode()


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
