"""A table of a publication: its columns once, for CSV, Parquet, their description, and whoever collects them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Generic, Literal, TypeVar

from mizuho_pdca.domain.digits import Number, exact_decimal, half_up
from mizuho_pdca.domain.plan.indicator import Measured
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_

SCHEMA = "pdca.publication/1"
"""The form of a publication. One whose tables only gain columns stays of this form."""

PLACES = 15
"""Decimals of a figure: as many as can be typed, so that sums are exact in every engine."""

Kind = Literal["string", "integer", "boolean", "decimal"]
Value = str | int | Decimal | None
"""What a cell holds; None is unknown, and another column of the row says why."""

Row = Mapping[str, Value]

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)
"""What a row of a table is made of."""


@dataclass(frozen=True)
class Publication:
    """A year's review with what its town is known by; ``closed`` and ``seal`` are None while the year is open."""

    code: str
    report: ReviewReport
    closed: str | None = None
    seal: str | None = None

    @property
    def plan(self) -> str:
        """Return the plan's id."""
        return self.report.plan.header.id


@dataclass(frozen=True)
class OpenColumn(Generic[R_contra]):
    """A column: its name, the kind of its values, what it means in words, and its value of a row."""

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Publication, R_contra], Value]


@dataclass(frozen=True)
class OpenTable(Generic[R]):
    """A table: what its rows are, the columns of its own, and which of them tell the rows of a publication apart."""

    name: str
    meaning: str
    key: tuple[str, ...]
    rows_of: Callable[[Publication], Iterable[R]]
    own: tuple[OpenColumn[R], ...]

    @cached_property
    def columns(self) -> tuple[OpenColumn[R], ...]:
        """Return all columns, first those that every table begins with."""
        return (*COMMON, *self.own)

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """Return the kind of each column, by name."""
        return {column.name: column.kind for column in self.columns}

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the columns that tell all rows apart, of all towns."""
        return (*KEYS, *self.key)

    def rows(self, published: Publication) -> list[Row]:
        """Return the rows of a publication."""
        return [
            {column.name: column.value(published, row) for column in self.columns} for row in self.rows_of(published)
        ]


KEYS = ("code", "plan", "fiscal_year")
"""What a publication is of: text in every file, also the year, which older programs wrote as a number."""

COMMON: tuple[OpenColumn[object], ...] = (
    OpenColumn(
        "code", "string", N_("The municipality's code (全国地方公共団体コード), six digits."), lambda of, _: of.code
    ),
    OpenColumn(
        "prefecture", "string", N_("The prefecture: the first two digits of the code."), lambda of, _: of.code[:2]
    ),
    OpenColumn("plan", "string", N_("The plan's id."), lambda of, _: of.plan),
    OpenColumn(
        "fiscal_year",
        "string",
        N_("The fiscal year, named by the year it begins in."),
        lambda of, _: str(of.report.year),
    ),
    OpenColumn("sample", "boolean", N_("Whether the entries are invented."), lambda of, _: of.report.sample),
)
"""The columns that every table begins with."""


def decimal(value: Number) -> Decimal:
    """Return a number as a table holds it: exact, an endless one to 12 digits, without zeros at the end."""
    plain = half_up(exact_decimal(value), PLACES).normalize()
    return plain or Decimal(0)


def figure(value: Measured | None) -> Decimal | None:
    """Return a value that is a number, as a table holds it."""
    return None if value is None or isinstance(value, bool | str) else decimal(value)
