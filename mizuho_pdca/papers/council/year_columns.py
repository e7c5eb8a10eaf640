"""Columns that the papers of several years share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.review.years import YearsReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.fields import NUMBER, YEAR, Field, Meaning, common, field
from mizuho_pdca.papers.paper import Cell, Column

R = TypeVar("R")


def year_named(year: int, t: Translate) -> str:
    """Return a year in short: R6."""
    return message(N_("{year:s}"), year=year).text(t)


def sample_mark(found: YearsReport, t: Translate) -> Iterator[Field[R]]:
    """Yield the column that marks samples: the years stand in columns of their own."""
    shared: Iterator[Field[R]] = common(found.last, t)
    return (one for one in shared if one.key == "sample")


def number_of(place: Callable[[R], Place | None], t: Translate) -> Field[R]:
    """Return the number of what a row is about, none for the plan as a whole."""

    def number(row: R) -> Cell:
        at = place(row)
        return Cell("" if at is None else at.number)

    whole = t(N_("whole plan"))
    return field("number", Column(t(N_("No.")), 8), Meaning(t(NUMBER)), lambda row: place(row) or whole, number)


def title_of(heading: str, said: Callable[[R], str], t: Translate, width: int = 20) -> Field[R]:
    """Return the title of what a row is about."""
    return field("title", Column(heading, width), Meaning(t(N_("The title in the plan."))), said)


def year_heading(found: YearsReport, year: int, t: Translate) -> str:
    """Return what heads the column of a year, which may not be over."""
    words = N_("{year} (so far)") if year == found.running else N_("{year}")
    return message(words, year=year).text(t)


def year_of(year: Callable[[R], int], t: Translate) -> Field[R]:
    """Return the fiscal year that a row is of."""

    def cell(row: R) -> Cell:
        return Cell(year_named(year(row), t))

    meaning = Meaning(t(N_("The fiscal year, named by the year it begins in.")), t(YEAR))
    return field("fiscal_year", Column(t(N_("Fiscal year")), 8, choices=True), meaning, year, cell)


def as_printed(key: str, column: Column, meaning: Meaning, cell: Callable[[R], Cell]) -> Field[R]:
    """Return a column whose data file says what is printed."""
    return field(key, column, meaning, lambda row: None if cell(row).is_blank else cell(row).text, cell)
