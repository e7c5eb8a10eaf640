"""A paper as a native Excel table: typed cells, and widths and heights that suit Japanese text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from mizuho_pdca.domain.digits import places_of
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import ALERT, Cell, Column, Form, Mark, Paper
from mizuho_pdca.papers.words import print_number
from mizuho_pdca.render.layout import wrap
from mizuho_pdca.render.xlsx.cells import Styles, column_name, cut, distinct, put
from mizuho_pdca.text import NONE, display_width, printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LINE = 17.25
"""Height of a line of the font at 10 points, in points."""

_BUTTON = 14
"""Room below a heading for the button of the filter, in points."""

_MOST_HEIGHT = 409.5
_MOST_LINES = int(_MOST_HEIGHT / LINE)
_MOST_WIDTH = 255
_TALLEST = 3
"""So many of a column's longest texts decide whether it has to be wider."""

_LONG = 24
"""Up to this width a text that is a link stays on one line."""

_SHORT = 12
"""A text of so many half-width characters stays on one line."""

_LEAST_TEXT = 16
"""Half-width characters that a column of long texts takes at least: it gets more where there is room."""

_SHORT_HEADING = 7
"""Half-width characters of a line of a heading above numbers."""

_NARROWEST = 5
_WORD = re.compile("[!-~]+")
_LONG_WORD = 18
"""A word of a heading of so many half-width characters is broken."""

_MOST_CHARACTERS = 32_767
_MOST_HEADING = 255
_MOST_TYPED = 255
"""Older versions of Excel show #### for a longer text in a cell that is meant for text."""

_MOST_WORDS = 40

_ALERT = {"bold": True, "bg_color": "#FCE4D6"}
_MARKS: Mapping[Mark, str] = {"met": "○", "missed": "△"}
_LOOKS: Mapping[str, Mapping[str, object]] = {ALERT: _ALERT, "○": {}, "△": {"bold": True, "bg_color": "#F2F2F2"}}
_RIGHT = {"align": "right"}
_LINK = {"font_color": "#0563C1", "underline": 1}
_QUIET = {"font_color": "#595959"}
_STRONG = {"bold": True, "bg_color": "#F2F2F2"}
_BOX = {"border": 1, "border_color": "#A6A6A6"}
_HEAD = {"bold": True, "bg_color": "#D9E1F2", "align": "center", "text_wrap": True, **_BOX}


@dataclass(frozen=True)
class SheetColumn:
    """A column of the sheet: all of a paper's column, or one of its parts."""

    heading: str
    column: Column
    position: int
    part: int = 0
    form: Form | None = None


@dataclass(frozen=True)
class Item:
    """What a cell of the sheet holds: a number with its format, or a text; ``shown`` is what one sees."""

    cell: Cell
    shown: str
    number: Decimal | None = None
    form: str = "@"


def _fields(paper: Paper) -> Iterator[SheetColumn]:
    for position, column in enumerate(paper.columns):
        if not column.parts:
            yield SheetColumn(column.heading, column, position)
        for number, part in enumerate(column.parts):
            yield SheetColumn(part.heading, column, position, number, part.form)


def _number_format(number: Decimal, form: Form, words: str) -> str:
    if form == "year":
        return "0"
    if form == "count":
        return "#,##0"
    places = places_of(number)
    digits = "#,##0" + ("." + "0" * places if places > 0 else "") + (f'"{words}"' if words else "")
    return f'{digits};"△"{digits}'


@dataclass
class Table:
    """One paper, ready to be measured and drawn; a paper without rows says so in one.

    One that is not ``filtered`` has no buttons, because sorting would take its rows from under the charts.
    """

    paper: Paper
    t: Translate
    filtered: bool = True
    fields: tuple[SheetColumn, ...] = field(init=False)
    headings: tuple[str, ...] = field(init=False)
    items: tuple[tuple[Item, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        """Turn the paper's cells into those of the sheet."""
        self.fields = tuple(_fields(self.paper))
        headings = (re.sub(r"[\n\t]", " ", printable(each.heading)) or NONE for each in self.fields)
        self.headings = tuple(distinct(headings, _MOST_HEADING))
        nothing = (Cell(self.t(N_("nothing to list"))), *(Cell("") for _ in self.paper.columns[1:]))
        self.items = tuple(
            tuple(self._item(each, row) for each in self.fields) for row in self.paper.rows or (nothing,)
        )

    @property
    def name(self) -> str:
        """Return the name of the table in formulas."""
        return "pdca_" + re.sub(r"[^A-Za-z0-9_]", "_", self.paper.name)

    @property
    def keys(self) -> int:
        """Return how many columns of the sheet say which row one is in."""
        return sum(each.position < self.paper.keys for each in self.fields)

    @property
    def printed(self) -> int:
        """Return how many columns of the sheet are printed; the others stand beside them."""
        return sum(not each.column.beside for each in self.fields)

    def _item(self, of: SheetColumn, row: Sequence[Cell]) -> Item:
        cell = row[of.position]
        if of.form is None:
            return Item(cell, self._legal(cell.text))
        number = cell.numbers[of.part] if of.part < len(cell.numbers) else None
        if number is not None:
            words = cell.suffix if len(of.column.parts) == 1 else ""
            printed = print_number(number) if of.form != "year" else str(number)
            return Item(cell, printed + words, number, _number_format(number, of.form, words))
        lines = cell.text.split("\n")
        if of.form == "value" and len(lines) == len(of.column.parts) > 1:
            return Item(cell, self._legal(lines[of.part]))  # each says why it has no number
        if of.part:
            return Item(cell, "")
        is_of_nothing = of.form == "percent" and any(one is not None for one in cell.numbers)
        return Item(cell, NONE if is_of_nothing else self._legal(cell.text))

    def _legal(self, text: str) -> str:
        return cut(printable(text), _MOST_CHARACTERS, self.t(N_("… (the rest is left out)")))

    # -- measures -----------------------------------------------------------------------------

    def column_items(self, number: int) -> Iterator[Item]:
        """Yield the cells of a column."""
        return (row[number] for row in self.items)

    def spans(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield the least width of each column and the one that it would like, which is at most so many."""
        for number, each in enumerate(self.fields):
            items = list(self.column_items(number))
            heading = self.headings[number]
            word = min(_LONG_WORD, max(map(len, _WORD.findall(heading)), default=0) + 2)
            widest = 1 + max(max(map(display_width, _seen(item).split("\n"))) for item in items)
            if each.form is None:
                linked = max((display_width(item.shown) for item in items if item.cell.link), default=0)
                least = max(min(each.column.width, _LEAST_TEXT), min(widest, _SHORT), min(linked, _LONG), word) + 1
                yield least, max(least, min(widest, most))
            else:
                digits = max((display_width(_seen(item)) for item in items if item.number is not None), default=0) + 2
                half = display_width(heading) // 2 + 2
                least = max(_NARROWEST, digits, word, min(max(widest, half), _SHORT_HEADING))
                yield least, least

    def widened(self, widths: Sequence[int], room: int) -> list[int]:
        """Return widths at which every row is low enough for Excel, as far as there are any.

        None gets wider than the page beside the columns that say which row one is in: ``room`` is what all of
        them have there. Nor does one get wider for lines that the text itself breaks.
        """
        most = min(_MOST_WIDTH, room - sum(widths[: self.keys]))
        return [self._widened(number, width, most) for number, width in enumerate(widths)]

    def _widened(self, number: int, width: int, most: int) -> int:
        longest = sorted(self.column_items(number), key=lambda item: -_least_lines(item, width))[:_TALLEST]
        for item in longest:
            low_enough = max(_MOST_LINES, _seen(item).count("\n") + 1)
            while width < most and (
                _least_lines(item, width) > low_enough or _lines(item, width, low_enough) > low_enough
            ):
                width = min(most, width + max(2, width // 8))
        return width

    def lines(self, widths: Sequence[int]) -> Iterator[int]:
        """Yield how many lines each row takes."""
        for row in self.items:
            most = 1
            for item, width in zip(row, widths, strict=True):
                most = max(most, _lines(item, width, most))
            yield most

    def head_height(self, widths: Sequence[int]) -> float:
        """Return the height of the headings in points."""
        tallest = max(len(wrap(each, width - 1)) for each, width in zip(self.headings, widths, strict=True))
        return min(_MOST_HEIGHT, LINE * tallest + _BUTTON)

    # -- drawing ------------------------------------------------------------------------------

    def draw(
        self,
        sheet: Worksheet,
        styles: Styles,
        at: tuple[int, int],
        widths: Sequence[int],
        links: Mapping[str, str],
    ) -> None:
        """Draw the table with its headings at a cell, in columns of these widths."""
        top, left = at
        bottom, right = top + len(self.items), left + len(self.fields) - 1
        head = styles.of(**_HEAD)
        columns = [{"header": heading, "header_format": head} for heading in self.headings]
        options = {
            "name": self.name,
            "style": "Table Style Light 1",
            "banded_rows": False,
            "autofilter": self.filtered,
            "columns": columns,
        }
        sheet.add_table(top, left, bottom, right, options)
        for number, heading in enumerate(self.headings):
            put(sheet, top, left + number, heading, head)
        sheet.set_row(top, self.head_height(widths))
        for row, (items, lines) in enumerate(zip(self.items, self.lines(widths), strict=True), start=top + 1):
            sheet.set_row(row, min(_MOST_HEIGHT, LINE * lines))
            is_strong = any(item.cell.tone == "strong" for item in items)
            for number, item in enumerate(items):
                self._draw_item(sheet, styles, (row, left + number), item, links, is_strong=is_strong)
        for number in range(len(self.fields)):
            self._draw_rules(sheet, styles, (top + 1, bottom, left + number), number)

    def _draw_item(
        self,
        sheet: Worksheet,
        styles: Styles,
        at: tuple[int, int],
        item: Item,
        links: Mapping[str, str],
        *,
        is_strong: bool,
    ) -> None:
        look: dict[str, object] = {**_BOX, "text_wrap": True}
        look |= _STRONG if is_strong else _QUIET if item.cell.tone == "quiet" else {}
        if item.number is not None:
            sheet.write_number(*at, item.number, styles.of(**look, num_format=item.form, **_RIGHT))
            return
        link = links.get(item.cell.link or "")
        if item.cell.numbers:
            look |= _RIGHT
        elif len(item.shown) <= _MOST_TYPED:
            look |= {"num_format": item.form}  # a number such as 1-1 must not become a date when somebody edits it
        look |= _LINK if link is not None else {}
        put(sheet, *at, item.shown, styles.of(**look), link)

    def _draw_rules(self, sheet: Worksheet, styles: Styles, where: tuple[int, int, int], number: int) -> None:
        """Mark what is due by sign and fill, for as long as the cell says so."""
        first, last, column = where
        items = [item for item in self.column_items(number) if item.shown]
        # Everything in the office's own paper is due: marks would tell nothing apart.
        alerts = [item for item in items if item.cell.tone == "alert" and not self.paper.internal]
        here = f"{column_name(column)}{first + 1}"
        if self.fields[number].form == "count" and any(item.number is not None for item in alerts):
            style = styles.rule(num_format=f'"{ALERT} "#,##0', **_ALERT)
            rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({here}),{here}>0)", "format": style}
            sheet.conditional_format(first, column, last, column, rule)
        signs = {item.shown: ALERT for item in alerts if item.number is None}
        signs |= {item.shown: _MARKS[item.cell.mark] for item in items if item.cell.mark is not None}
        for text, sign in signs.items():
            if len(text) <= _MOST_WORDS and "\n" not in text:
                look = _LOOKS[sign]
                style = styles.rule(num_format=f'"{sign} "@', **look)
                literal = '"' + text.replace('"', '""') + '"'
                rule = {"type": "cell", "criteria": "==", "value": literal, "format": style}
                sheet.conditional_format(first, column, last, column, rule)


def _seen(item: Item) -> str:
    """Return what one sees in a cell, with the room that a sign needs."""
    return f"{ALERT} {item.shown}" if item.cell.tone == "alert" else item.shown


def _least_lines(item: Item, width: int) -> int:
    """Return how many lines an item takes at least, without looking where they break."""
    return sum(max(1, -(-_display_width(each) // width)) for each in _seen(item).split("\n"))


def _lines(item: Item, width: int, known: int) -> int:
    """Return how many lines an item takes, or 0 where it surely takes no more than the known ones."""
    paragraphs = _seen(item).split("\n")
    if sum(1 + 2 * _display_width(each) // width for each in paragraphs) <= known:
        return 0
    return sum(1 if _display_width(each) <= width else _wrapped(each, width) for each in paragraphs)


@lru_cache(maxsize=4096)
def _display_width(text: str) -> int:
    return display_width(text)


@lru_cache(maxsize=4096)
def _wrapped(text: str, width: int) -> int:
    return len(wrap(text, width))
