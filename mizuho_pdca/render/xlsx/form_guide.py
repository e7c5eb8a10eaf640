"""The first sheet of a form: what it is, how it is filled in, how far it is, and what the words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from mizuho_pdca.papers.forms.sheet import OFFICE_AT, PERSON_AT, FormBook
from mizuho_pdca.render.layout import wrap
from mizuho_pdca.render.xlsx.cells import Styles, put
from mizuho_pdca.render.xlsx.form_looks import ASKED, GIVEN, HEAD_GIVEN, LINE, TITLE
from mizuho_pdca.text import printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]


class Count(NamedTuple):
    """How many rows of a sheet are complete: the formula, and what it comes to now."""

    name: str
    formula: str
    now: str


_WIDTHS = (4, 24, 70)
_A4 = 9
_MOST_ON_A_PAGE = 64
"""So many rows can still be read on one page."""


def draw_guide(on: Worksheet, book: FormBook, styles: Styles, counts: Sequence[Count]) -> None:
    """Draw the first sheet; ``counts`` has for each sheet of rows the formula that says how far it is."""
    for column, width in enumerate(_WIDTHS):
        on.set_column(column, column, width)
    put(on, 0, 0, book.title, styles.of(**{**TITLE, "font_size": 18}))
    on.set_row(0, 30)
    put(on, 1, 0, book.subtitle, styles.of(font_size=12))
    on.set_row(1, 20)
    label = styles.of(**{**HEAD_GIVEN, "align": "left"})
    for (at, column), text, given in (
        (OFFICE_AT, book.labels["office"], book.department),
        (PERSON_AT, book.respondent, None),
    ):
        put(on, at, column - 1, text, label)
        put(on, at, column, given or (book.office if at == OFFICE_AT[0] else "") or "", _answer(styles, given))
    row = PERSON_AT[0] + 2
    for number, line in enumerate(book.guide, start=1):
        put(on, row, 0, str(number), styles.of(align="right", font_color="#1F3864", bold=True))
        on.merge_range(row, 1, row, 2, "", styles.of(text_wrap=True))
        put(on, row, 1, printable(line), styles.of(text_wrap=True))
        on.set_row(row, LINE * len(wrap(line, sum(_WIDTHS[1:]) - 2)) + 3)
        row += 1
    row = _counts(on, book, styles, counts, row + 1)
    for heading, words in book.words:
        put(on, row, 1, heading, styles.of(**HEAD_GIVEN))
        put(on, row, 2, book.labels["meaning"], styles.of(**HEAD_GIVEN))
        for word in words:
            row += 1
            put(on, row, 1, printable(word.shown), styles.of(**GIVEN))
            put(on, row, 2, printable(word.meaning), styles.of(**GIVEN))
            on.set_row(row, LINE * len(wrap(word.meaning, _WIDTHS[2] - 2)) + 2)
        row += 2
    on.set_paper(_A4)
    on.fit_to_pages(1, 1 if row <= _MOST_ON_A_PAGE else 0)
    on.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    on.hide_gridlines(2)


def _answer(styles: Styles, given: str | None) -> Format:
    look = {**ASKED, "locked": False} if given is None else GIVEN
    return styles.of(**look, num_format="@")


def _counts(on: Worksheet, book: FormBook, styles: Styles, counts: Sequence[Count], row: int) -> int:
    """Draw how far each sheet is filled in; return the row below."""
    if not counts:
        return row
    put(on, row, 1, book.labels["contents"], styles.of(bold=True, font_size=12, font_color="#1F3864"))
    on.set_row(row, 20)
    for count in counts:
        row += 1
        put(on, row, 1, count.name, styles.of(**GIVEN))
        on.write_formula(row, 2, count.formula, styles.of(**GIVEN, bold=True), count.now)
    return row + 2
