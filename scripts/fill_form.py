"""Fill in a form as an office does, by openpyxl: for tests, and for whoever tries what forms do.

    python scripts/fill_form.py FORM.xlsx FILLED.xlsx

fills in all of it with invented answers.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it comes without types

HEAD = 4
"""The row of the headings."""

Filled = Mapping[str, Mapping[str, Mapping[str, object]]]
"""What is written, by sheet, by what the row is about, and by heading."""


def opened(data: bytes) -> Any:  # noqa: ANN401 (a workbook of a library without types)
    """Return a form as a workbook of openpyxl."""
    return openpyxl.load_workbook(BytesIO(data))


def saved(book: Any) -> bytes:  # noqa: ANN401 (the same)
    """Return a workbook as a file."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def columns(sheet: Any) -> dict[str, int]:  # noqa: ANN401 (the same)
    """Return the columns of a sheet by their headings."""
    return {cell.value: cell.column for cell in sheet[HEAD] if cell.value}


def rows(sheet: Any) -> dict[str, int]:  # noqa: ANN401 (the same)
    """Return the rows of a sheet by what they are about."""
    column = columns(sheet)["id"]
    numbers = range(HEAD + 1, sheet.max_row + 1)
    return {sheet.cell(number, column).value: number for number in numbers if sheet.cell(number, column).value}


def cell(book: Any, sheet: str, row: str, heading: str) -> Any:  # noqa: ANN401 (the same)
    """Return one cell of a form."""
    on = book[sheet]
    return on.cell(rows(on)[row], columns(on)[heading])


def fill(data: bytes, answers: Filled) -> bytes:
    """Return a form with answers in it."""
    book = opened(data)
    for sheet, by_row in answers.items():
        for row, by_heading in by_row.items():
            for heading, value in by_heading.items():
                cell(book, sheet, row, heading).value = value
    return saved(book)


def everything(data: bytes) -> Filled:
    """Return invented answers for every row of a year's form."""
    book = opened(data)
    answers = {
        row: {
            "状況": "実施済（当年度分）",
            "当年度の取組": f"{row}に取り組んだ。",
            "評価": "B おおむね順調",
            "評価の説明（任意）": f"{row}は予定どおり。",
            "課題（あれば）": f"{row}の人手",
            "今後の方向性": "継続",
            "翌年度の予定": f"{row}を続ける。",
        }
        for row in rows(book["回答"])
    }
    return {"回答": answers}


if __name__ == "__main__":
    source = Path(sys.argv[1]).read_bytes()
    Path(sys.argv[2]).write_bytes(fill(source, everything(source)))
