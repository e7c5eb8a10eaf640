"""What an Excel workbook can hold: its texts, names and cell formats, free of what Excel makes of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

FONT = "游ゴシック"

_MOST_LINKED = 255


def column_name(column: int) -> str:
    """Return the letters of a column, A for 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cut(text: str, most: int, ending: str = "") -> str:
    """Return a text of at most so many characters as Excel counts them (UTF-16), a cut one with an ending."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - len(ending))].decode("utf-16-le", "ignore") + ending


def distinct(names: Iterable[str], most: int) -> Iterator[str]:
    """Yield names of at most so many characters, numbered where Excel would take two for the same."""
    seen: set[str] = set()
    for name in names:
        chosen, count = cut(name, most), 1
        while (folded := unicodedata.normalize("NFKC", chosen).casefold()) in seen:
            count += 1
            number = f" ({count})"
            chosen = cut(name, most - len(number)) + number
        seen.add(folded)
        yield chosen


class Styles:
    """The cell formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Begin without any."""
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **properties: object) -> Format:
        """Return a format of these properties in the font of the papers."""
        wanted = {"font_name": FONT, "font_size": 10, "valign": "top", **properties}
        return self._get(wanted, tuple(sorted(wanted.items())))

    def rule(self, **properties: object) -> Format:
        """Return a format that a condition lays over another."""
        return self._get(properties, (("rule", True), *sorted(properties.items())))

    def _get(self, properties: Mapping[str, object], key: tuple[tuple[str, object], ...]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(properties))
        return self._made[key]


def put(sheet: Worksheet, row: int, column: int, text: str, style: Format, link: str | None = None) -> None:
    """Write a text as it stands, perhaps as a link to a cell of the workbook."""
    if not text:
        sheet.write_blank(row, column, None, style)
    elif text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a string for the XML of a rich one and writes it without escaping.
        sheet.write_rich_string(row, column, text[:1], style, text[1:], style)
    elif link is not None and len(text) <= _MOST_LINKED:
        sheet.write_url(row, column, link, style, text)
    else:
        sheet.write_string(row, column, text, style)
