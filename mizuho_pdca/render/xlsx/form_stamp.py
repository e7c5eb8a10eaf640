"""What a form carries of itself on a hidden sheet, so that it is known again whatever became of the others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from mizuho_pdca.papers.forms.sheet import SCHEMA, FormBook, FormSheet, as_text, stamp_digest


def stamp(book: FormBook) -> list[str]:
    """Return in lines what a form is and what was handed out in each row, the digest of these lines last."""
    head = {
        "schema": SCHEMA,
        "purpose": book.purpose,
        "plan": book.plan,
        "town": book.town,
        "year": book.year,
        "department": book.department,
        "commit": book.commit,
        "made": book.made.isoformat(),
        "done": book.labels["done"],
        "sheets": {sheet.key: _headings(sheet) for sheet in book.sheets},
    }
    sheets = (*book.sheets, *(() if book.example is None else (book.example,)))
    lines = [_line(head), *(_line(row) for sheet in sheets for row in _rows(sheet))]
    return [*lines, stamp_digest(lines)]


def _headings(sheet: FormSheet) -> dict[str, dict[str, str]]:
    return {
        part: {column.key: column.heading for column in columns}
        for part, columns in (
            ("given", sheet.given),
            ("asked", sheet.asked),
            ("expected", [column for column in sheet.asked if column.key in sheet.expected]),
        )
    }


def _rows(sheet: FormSheet) -> Iterator[dict[str, object]]:
    given, asked = ([column.key for column in columns] for columns in (sheet.given, sheet.asked))
    for row in sheet.rows:
        yield {
            "sheet": sheet.key,
            "id": row.id,
            "given": {key: as_text(row.cells[key]) for key in given if key in row.cells},
            "answers": {key: as_text(row.cells[key]) for key in asked if key in row.cells},
            "entries": list(row.entries),
            "quiet": row.quiet,
        }


def _line(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
