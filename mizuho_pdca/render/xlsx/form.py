"""A form as an Excel workbook: locked cells, lists to choose from, and a count of what is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from mizuho_pdca.extras import needed_for
from mizuho_pdca.papers.forms.sheet import ID, MOST_TEXT, Ask, FormBook, FormColumn, FormRow, FormSheet, Offered
from mizuho_pdca.render.layout import wrap
from mizuho_pdca.render.xlsx.cells import Styles, column_name, cut, put
from mizuho_pdca.render.xlsx.form_guide import Count, draw_guide
from mizuho_pdca.render.xlsx.form_looks import (
    ASKED,
    DONE,
    FULL,
    GIVEN,
    HEAD_ASKED,
    HEAD_GIVEN,
    HEAD_OPTIONAL,
    LEAST_HEIGHT,
    LEGEND,
    LINE,
    LOW_HEIGHT,
    MOST_HEIGHT,
    MOST_MESSAGE,
    MOST_TITLE,
    MOST_TYPED,
    OPTIONAL,
    QUIET,
    TITLE,
    UNLOCKED,
    Look,
    set_up,
)
from mizuho_pdca.render.xlsx.form_stamp import stamp
from mizuho_pdca.text import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

STAMP, LISTS = "_pdca", "_lists"
"""Hidden sheets: what the form carries of itself, and the words to choose from."""

_HEAD_ROW = 3
_FIRST_ROW = _HEAD_ROW + 1
_CHUNK = 30_000
_PROTECTED = {
    "objects": False,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
}


def form(book: FormBook) -> bytes:
    """Return a form as an Excel file; the same form gives the same bytes."""
    with needed_for("Excel"):
        import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as made:
        made.set_properties({"title": printable(book.title), "created": book.made.replace(tzinfo=None)})
        made.set_size(28_000, 16_000)
        _Drawn(made, book).draw()
    return stream.getvalue()


def must(result: int | None) -> None:
    """Fail where the library only warns that it left something out."""
    if result not in (0, None):
        raise AssertionError(result)


class _Drawn:
    """One form as it is drawn."""

    def __init__(self, made: Workbook, book: FormBook) -> None:
        self.made, self.book, self.styles = made, book, Styles(made)
        self.lists: dict[tuple[Offered, ...], str] = {}

    def draw(self) -> None:
        guide = self.made.add_worksheet(self.book.labels["guide"])
        sheets = [(sheet, self.made.add_worksheet(sheet.name)) for sheet in self.book.sheets]
        example = None if self.book.example is None else self.made.add_worksheet(self.book.example.name)
        self._name_lists()
        counts = [self._sheet(sheet, on) for sheet, on in sheets]
        if self.book.example is not None:
            self._example(self.book.example, example)
        draw_guide(guide, self.book, self.styles, [one for one in counts if one is not None])
        guide.protect("", _PROTECTED)
        self._stamp()
        (sheets[0][1] if sheets else guide).set_first_sheet()
        guide.activate()
        guide.set_first_sheet()

    # -- hidden sheets ------------------------------------------------------------------------

    def _name_lists(self) -> None:
        """Write the lists of words, each with a name: a list within a cell's own rule may hold 255 signs only."""
        asks = (ask for sheet in self.book.sheets for ask in sheet.asks)
        words = list(dict.fromkeys(ask.words for ask in asks if ask.words))
        if not words:
            return
        sheet = self.made.add_worksheet(LISTS)
        for column, items in enumerate(words):
            for row, item in enumerate(items):
                put(sheet, row, column, printable(item.shown), self.styles.of())
            letter = column_name(column)
            name = f"pdca_list_{column + 1}"
            must(self.made.define_name(name, f"={LISTS}!${letter}$1:${letter}${len(items)}"))
            self.lists[items] = name
        sheet.hide()
        sheet.protect("", _PROTECTED)

    def _stamp(self) -> None:
        sheet = self.made.add_worksheet(STAMP)
        for row, line in enumerate(stamp(self.book)):
            for column, start in enumerate(range(0, len(line), _CHUNK)):
                must(sheet.write_string(row, column, line[start : start + _CHUNK]))
        sheet.very_hidden()
        sheet.protect("", _PROTECTED)

    # -- a sheet of rows ----------------------------------------------------------------------

    def _sheet(self, sheet: FormSheet, on: Worksheet) -> Count | None:
        """Draw a sheet; return how its complete rows are counted, where anything is expected."""
        self._head(sheet, on)
        end, last = _FIRST_ROW + len(sheet.rows) - 1, _last_column(sheet)
        for number, row in enumerate(sheet.rows, start=_FIRST_ROW):
            self._row(sheet, row, on, number)
        for position, column in enumerate(sheet.columns):
            if column.ask is not None:
                self._rules(on, column, column.ask, sheet, position)
        on.autofilter(_HEAD_ROW, 0, end, last)
        on.freeze_panes(_FIRST_ROW, 2)
        on.protect("", _PROTECTED)
        set_up(on, self.book, sheet, (_HEAD_ROW, end, last))
        if not sheet.is_marked:
            return None
        asked = [row for row in sheet.rows if not row.quiet]
        letter, complete = column_name(last), self.book.labels["complete"]
        cells = f"{_quoted(sheet.name)}!${letter}${_FIRST_ROW + 1}:${letter}${end + 1}"
        counted = f'COUNTIF({cells},"{complete}")&" / {len(asked)}"'
        label, now = f"{self.book.labels['done']} ", f"{sum(_is_full(sheet, row) for row in asked)} / {len(asked)}"
        must(on.write_formula(0, last - 1, f'="{label}"&{counted}', self.styles.of(**DONE), label + now))
        return Count(sheet.name, f"={counted}", now)

    def _head(self, sheet: FormSheet, on: Worksheet) -> None:
        put(on, 0, 0, f"{self.book.title}\u3000{sheet.title}".strip(), self.styles.of(**TITLE))
        put(on, 1, 0, self.book.subtitle, self.styles.of(font_size=10))
        on.set_row(0, 26)
        for position, column in enumerate(sheet.columns):
            put(on, _HEAD_ROW, position, column.heading, self.styles.of(**_heading_look(column)))
            on.set_column(position, position, column.width)
        last = _last_column(sheet)
        if sheet.is_marked:
            put(on, _HEAD_ROW, last, self.book.labels["done"], self.styles.of(**HEAD_GIVEN))
            on.set_column(last, last, 8)
        put(on, _HEAD_ROW, last + 1, ID, self.styles.of())
        on.set_column(last + 1, last + 1, 10, None, {"hidden": True})
        on.set_row(_HEAD_ROW, 38)
        self._legend(on)

    def _legend(self, on: Worksheet) -> None:
        """Say in a line what the colours mean."""
        pieces: list[Format | str] = []
        for key, colour in LEGEND.items():
            pieces += [self.styles.of(font_color=colour), f"■ {self.book.labels[key]}　"]
        on.set_row(_HEAD_ROW - 1, LINE)
        must(on.write_rich_string(_HEAD_ROW - 1, 0, *pieces, self.styles.of(font_size=9)))

    def _row(self, sheet: FormSheet, row: FormRow, on: Worksheet, number: int) -> None:
        lines = 1
        for position, column in enumerate(sheet.columns):
            held = row.cells.get(column.key)
            look = _look(column, row)
            if isinstance(held, Decimal):
                must(on.write_number(number, position, held, self.styles.of(**look, num_format="General")))
                continue
            text = printable(held or "")
            lines = max(lines, len(wrap(text, max(4, column.width))))
            look["num_format"] = "@" if len(text) <= MOST_TYPED and _is_for_text(column) else "General"
            put(on, number, position, text, self.styles.of(**look))
        if sheet.is_marked:
            self._done(sheet, row, on, number)
        must(on.write_string(number, _last_column(sheet) + 1, row.id, self.styles.of(num_format="@")))
        least = LEAST_HEIGHT if any(column.key == "summary" for column in sheet.columns) else LOW_HEIGHT
        on.set_row(number, min(MOST_HEIGHT, max(least, LINE * lines + 4)))

    def _done(self, sheet: FormSheet, row: FormRow, on: Worksheet, number: int) -> None:
        """Draw how much of a row is filled in: a formula, and what it comes to now."""
        at, look = len(sheet.columns), self.styles.of(**GIVEN, align="center")
        if row.quiet:
            put(on, number, at, "－", look)
            return
        column = {each.key: f"{column_name(place)}{number + 1}" for place, each in enumerate(sheet.columns)}
        count = "+".join(f"(LEN(TRIM({column[key]}))>0)" for key in sheet.expected)
        if "missing" in column:
            count = f"1*(LEN(TRIM({column[sheet.expected[0]]}&{column['missing']}))>0)"
        complete, wanted, filled = self.book.labels["complete"], len(sheet.expected), _filled(sheet, row)
        formula = f'=IF({count}={wanted},"{complete}",({count})&"/{wanted}")'
        must(on.write_formula(number, at, formula, look, complete if filled == wanted else f"{filled}/{wanted}"))

    def _rules(self, on: Worksheet, column: FormColumn, usual: Ask, sheet: FormSheet, position: int) -> None:
        """Say what the cells of a column take, run by run of rows that ask the same; mark what is filled in."""
        numbered = enumerate(sheet.rows, start=_FIRST_ROW)
        for ask, run in groupby(numbered, key=lambda each: each[1].asks.get(column.key, usual)):
            places = [number for number, _ in run]
            must(on.data_validation(places[0], position, places[-1], position, self._rule(column, ask)))
        first, last = _FIRST_ROW, _FIRST_ROW + len(sheet.rows) - 1
        keys = [each.key for each in sheet.columns]
        told = [position, *([keys.index("missing")] if column.key == "value" and "missing" in keys else [])]
        cells = "&".join(f"${column_name(each)}{first + 1}" for each in told)
        look = {"type": "formula", "criteria": f"=LEN(TRIM({cells}))>0", "format": self.styles.rule(**FULL)}
        must(on.conditional_format(first, position, last, position, look))

    def _rule(self, column: FormColumn, ask: Ask) -> dict[str, object]:
        labels = self.book.labels
        rule: dict[str, object] = {"validate": "any"}
        if ask.words:
            rule = {"validate": "list", "source": f"={self.lists[ask.words]}"}
            rule |= {"error_title": cut(labels["choose"], MOST_TITLE), "error_message": labels["choose_long"]}
        elif ask.kind == "text":
            rule = {"validate": "length", "criteria": "<=", "value": MOST_TEXT, "error_type": "warning"}
        said = {"input_title": cut(column.heading, MOST_TITLE), "input_message": cut(_hint(ask), MOST_MESSAGE, "…")}
        return {**rule, **said}

    def _example(self, sheet: FormSheet, on: Worksheet) -> None:
        self._head(sheet, on)
        put(on, 1, 0, sheet.lead[0], self.styles.of(bold=True, font_color="#C00000"))
        for number, row in enumerate(sheet.rows, start=_FIRST_ROW):
            self._row(sheet, row, on, number)
        on.protect("", _PROTECTED)
        set_up(on, self.book, sheet, (_HEAD_ROW, _FIRST_ROW + len(sheet.rows) - 1, _last_column(sheet)))


def _last_column(sheet: FormSheet) -> int:
    """Return the last column that is shown: the one that marks complete rows, where there is one."""
    return len(sheet.columns) - (not sheet.is_marked)


def _heading_look(column: FormColumn) -> Look:
    if column.ask is None:
        return HEAD_GIVEN
    return HEAD_ASKED if column.ask.expected else HEAD_OPTIONAL


def _look(column: FormColumn, row: FormRow) -> dict[str, object]:
    if column.ask is None:
        return {**(QUIET if row.quiet else GIVEN), "bold": column.key in ("number", "title")}
    return {**(ASKED if column.ask.expected and not row.quiet else OPTIONAL), **UNLOCKED}


def _is_for_text(column: FormColumn) -> bool:
    """Return whether Excel is to take what is typed as a text, so that 1-1 becomes no date."""
    return column.ask is None or column.ask.kind in ("text", "word")


def _hint(ask: Ask) -> str:
    return "\n".join([ask.hint, *(_meanings(ask) if ask.kind == "word" else ())])


def _meanings(ask: Ask) -> Iterator[str]:
    """Yield what the words mean, as far as a message holds it."""
    room = MOST_MESSAGE - len(ask.hint) - 1
    lines = [f"{word.shown}：{word.meaning}" if word.meaning else word.shown for word in ask.words]
    if sum(map(len, lines)) + len(lines) > room:
        most = max(0, room // max(1, len(lines)) - 2)
        lines = [line if len(line) <= most else f"{line[:most]}…" for line in lines]
    return iter(lines)


def _filled(sheet: FormSheet, row: FormRow) -> int:
    count = sum(bool(str(row.cells.get(key, "")).strip()) for key in sheet.expected)
    return min(len(sheet.expected), count + (not count and "missing" in row.cells))


def _is_full(sheet: FormSheet, row: FormRow) -> bool:
    return _filled(sheet, row) == len(sheet.expected)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
