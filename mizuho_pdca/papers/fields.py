"""A column in every form that it has: printed, in a spreadsheet, in a data file, and in the code book.

Each paper of a review declares its columns once, in order, as fields; whatever draws, exports, explains
or compares a paper goes through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Generic, TypeVar

from mizuho_pdca.domain.calendar import APRIL
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import Cell, Column, Form, Paper, Part
from mizuho_pdca.papers.words import Percentage, print_number, print_percentage
from mizuho_pdca.text import NONE

if TYPE_CHECKING:
    from mizuho_pdca.domain.review.review import ReviewReport

R = TypeVar("R")
"""What a row of a paper is made of."""

Value = str | int | Decimal | date | Place | None
"""What a cell of a data file holds: a place stands for its number, None is an empty cell."""

COUNT, YEAR, DAY = N_("count"), N_("year A.D."), "YYYY-MM-DD"

NUMBER = N_("The printed number in the plan, written so that it can't become a date.")
"""What the number of a place means in a data file."""

SCHEDULE = N_("The step of the schedule that the plan has for the year; empty where it has none.")
"""What a step of the schedule means in a data file."""


@dataclass(frozen=True)
class Meaning:
    """What the code book says of a column: its meaning, its unit, and the words of a list that it holds."""

    text: str
    unit: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Datum(Generic[R]):
    """A column of a data file, with what it holds for a row."""

    heading: str
    meaning: Meaning
    value: Callable[[R], Value]


@dataclass(frozen=True)
class Field(Generic[R]):
    """A column of a paper: ``key`` is its name in JSON, and the one that the errata know it by.

    Without a ``column`` it stands in data files only. Without a ``cell`` it is printed as what the
    first of its ``data`` holds. A ``sheet`` is a column that spreadsheets alone have; ``sheet_cell`` is what
    they have in the column, or in the printed one: there one cell has one value.
    """

    key: str
    column: Column | None = None
    cell: Callable[[R], Cell] | None = None
    data: tuple[Datum[R], ...] = ()
    sheet: Column | None = None
    sheet_cell: Callable[[R], Cell] | None = None

    def printed(self, row: R) -> Cell:
        """Return the cell of a row."""
        if self.cell is not None:
            return self.cell(row)
        value = self.data[0].value(row)
        return number_cell(value) if self.column and self.column.number else Cell(_said(value))

    def spread(self, row: R) -> Cell:
        """Return the cell of a row in a spreadsheet."""
        return self.printed(row) if self.sheet_cell is None else self.sheet_cell(row)


def number_cell(value: Value) -> Cell:
    """Return a number as a cell, or the word that stands in its place."""
    return Cell(
        _said(value), (Decimal(value) if isinstance(value, int) else value if isinstance(value, Decimal) else None,)
    )


def _said(value: Value) -> str:
    match value:
        case None | "":
            return NONE
        case Decimal():
            return print_number(value)
        case Place():
            return value.number
        case _:
            return str(value)


def field(
    key: str,
    place: Column | str,
    meaning: Meaning,
    value: Callable[[R], Value],
    cell: Callable[[R], Cell] | None = None,
) -> Field[R]:
    """Return a column that has one heading in print and in data files; given as a heading, it is in these only."""
    column, heading = (None, place) if isinstance(place, str) else (place, place.heading)
    return Field(key, column, cell, (Datum(heading, meaning, value),))


@dataclass(frozen=True)
class Listing:
    """A paper, and the same as a data file: what its columns mean by heading, and its records.

    ``keys`` has the headings in the data file of every column by its key, none of what is only printed.
    The paper is drawn, and the records are made, when they are asked for.
    """

    drawn: Callable[[], Paper]
    keys: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Meaning]
    made: Callable[[], Iterator[tuple[Value, ...]]]

    @cached_property
    def paper(self) -> Paper:
        """Return what is printed."""
        return self.drawn()

    @cached_property
    def records(self) -> tuple[tuple[Value, ...], ...]:
        """Return what each record holds, column by column."""
        return tuple(self.made())


def listing(paper: Paper, fields: Iterable[Field[R]], rows: Sequence[R], records: Sequence[R] | None = None) -> Listing:
    """Return a paper with the columns and the cells of its fields; its file has other records where these are given."""
    known = tuple(fields)
    data = [datum for one in known for datum in one.data]
    meanings = {datum.heading: datum.meaning for datum in data}
    of_file = rows if records is None else records
    named = [one for one in known if one.column is not None or one.data]
    keys = {one.key: tuple(d.heading for other in known for d in other.data if other.key == one.key) for one in named}
    drawn = partial(_drawn, paper, known, rows)
    return Listing(drawn, keys, meanings, lambda: (tuple(datum.value(row) for datum in data) for row in of_file))


def _drawn(paper: Paper, fields: Sequence[Field[R]], rows: Sequence[R]) -> Paper:
    """Return a paper as it is printed; ``sheet`` makes it as spreadsheets have it, where that is another."""
    printed = [(replace(one.column, key=one.key), one) for one in fields if one.column is not None]
    columns = tuple(column for column, _ in printed)
    beside = [(replace(one.sheet, key=one.key, beside=True), one) for one in fields if one.sheet is not None]

    def sheet() -> Paper:
        """Return the paper with what spreadsheets alone have beside the rest."""
        cells = tuple(tuple(one.spread(row) for _, one in (*printed, *beside)) for row in rows)
        return replace(paper, columns=(*columns, *(column for column, _ in beside)), rows=cells)

    cells = tuple(tuple(one.printed(row) for _, one in printed) for row in rows)
    return replace(paper, columns=columns, rows=cells, sheet=sheet if beside else None)


def of_records(paper: Paper, found: Listing) -> Paper:
    """Return a paper of the columns and values of a data file, a cell each."""
    columns = tuple(Column(heading, 10, key=str(at)) for at, heading in enumerate(found.columns))
    rows = tuple(tuple(Cell(_said(value)) for value in record) for record in found.records)
    return replace(paper, columns=columns, rows=rows)


# -- columns of several papers ----------------------------------------------------------------


def common(report: ReviewReport, t: Translate) -> Iterator[Field[R]]:
    """Yield what stands before the columns of every data file."""
    in_april = N_("The reviewed fiscal year, April to March, named by its first year.")
    words = in_april if report.plan.header.starts == APRIL else N_("The reviewed year, named by the year it begins in.")
    meaning = Meaning(t(words), t(YEAR))
    yield field("fiscal_year", t(N_("Fiscal year")), meaning, lambda _: report.year)
    if report.sample:
        meaning = Meaning(t(N_("Says that every entry is invented; the column is missing where they are real.")))
        yield field("sample", t(N_("Sample")), meaning, lambda _: t(N_("SAMPLE")))


def share_column(heading: str, width: int, form: Form, t: Translate, *, essential: bool = True) -> Column:
    """Return a column of rates, each with its numerator and denominator, both numbers of ``form``."""
    parts = tuple(map(Part, _share_headings(heading, t), ("percent", form, form)))
    return Column(heading, width, number=True, essential=essential, parts=parts)


def share_field(
    key: str, column: Column, meaning: Meaning, share: Callable[[R], Percentage], t: Translate, heading: str = ""
) -> Field[R]:
    """Return a rate with its parts, both in the unit of the meaning; ``heading`` is another one for data files."""
    percent, numerator, denominator = _share_headings(heading or column.heading, t)
    above, below = t(N_("The share's numerator.")), t(N_("The share's denominator."))
    data = (
        Datum[R](percent, Meaning(meaning.text, "%"), lambda row: share(row)[0]),
        Datum[R](numerator, Meaning(above, meaning.unit), lambda row: share(row)[1]),
        Datum[R](denominator, Meaning(below, meaning.unit), lambda row: share(row)[2]),
    )
    return Field(key, column, lambda row: Cell(print_percentage(*share(row)), share(row)), data)


def _share_headings(heading: str, t: Translate) -> tuple[str, str, str]:
    return f"{heading} (%)", f"{heading}: {t(N_('numerator'))}", f"{heading}: {t(N_('denominator'))}"
