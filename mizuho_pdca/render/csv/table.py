"""Tables as CSV that Excel opens without harm: BOM, one cell one value, unit in the heading.

Numbers of the plan are written so that they can't become dates, and no text can become a
formula. Absent values are empty cells. Source: 総務省, 統計表における機械判読可能なデータの表記方法 (2020).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import Listing

_BOM = b"\xef\xbb\xbf"
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
LEVELS = (N_("Policy "), N_("Measure "), N_("Submeasure "), N_("Initiative "))

Value = str | int | Decimal | date | None
Cells = Sequence[tuple[str, Value]]
"""Headings with their values, one row."""


def table(rows: Sequence[Cells], model: Cells = ()) -> bytes:
    """Return rows as CSV bytes with BOM and CRLF, headed as the first row, or as ``model`` where there is none."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in (rows[0] if rows else model)])
    writer.writerows([_cell(value) for _, value in row] for row in rows)
    return _BOM + stream.getvalue().encode()


def of_listing(found: Listing, t: Translate) -> bytes:
    """Return a paper as a table: its columns and records, every number of the plan proof against becoming a date."""
    headings = list(found.columns)
    rows = [
        [
            (heading, dateproof(value, t) if isinstance(value, Place) else value)
            for heading, value in zip(headings, record, strict=True)
        ]
        for record in found.records
    ]
    return table(rows, [(heading, None) for heading in headings])


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.strip("\n")
        return "'" + text if text.startswith(_FORMULA_STARTS) else text
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def dateproof(place: Place, t: Translate) -> str:
    """Return a number that no spreadsheet takes for a date: ``1-1①``, or with its level's name."""
    return place.number if not place.number.isascii() else (place.level_name or t(LEVELS[place.level])) + place.number


def sample(report: ReviewReport, t: Translate) -> Cells:
    """Return the column that marks samples, where there are any."""
    return [(t(N_("Sample")), t(N_("SAMPLE")))] if report.sample else []
