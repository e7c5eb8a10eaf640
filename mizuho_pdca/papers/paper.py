"""A paper as a table of typed cells, in a reader's language and blind to any format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mizuho_pdca.text import NONE

if TYPE_CHECKING:
    from mizuho_pdca.papers.chart import Chart

Tone = Literal["plain", "strong", "quiet", "alert"]

Form = Literal["count", "value", "percent", "year"]
"""What a number is: a whole count, a value in its unit, a percentage such as 85.7, a fiscal year."""

Grade = Literal["", "good", "low", "lowest"]
"""How a rank stands out: one of the better half, of the lower half, the lowest; "" where a cell shows none."""

Size = Literal["a4", "a3"]
"""The paper that a page is printed on, on its side."""

Mark = Literal["met", "missed"]
"""What is said of a target, beside the words for it."""

ALERT = "！"
"""Stands before what has the tone ``alert``, so that colour alone never says it."""

_DARKEST = 3

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Look:
    """What whoever prints the papers chooses: the paper's size, and charts of every indicator or those that matter."""

    size: Size = "a4"
    every_chart: bool = False


@dataclass(frozen=True)
class Cell:
    """One value: as printed, and as what a spreadsheet holds.

    ``numbers`` has one number for each part of the column, None where the text alone says it;
    ``link`` names the row of a paper that the cell points at; ``key`` is the word that it is
    filtered by, where the text says more. ``suffix`` is what the text says behind its number.
    ``tone`` never carries meaning alone. A cell with a ``grade`` shows the rank that is the middle
    one of its ``pieces``, which together are its text.
    """

    text: str
    numbers: tuple[Decimal | None, ...] = ()
    tone: Tone = "plain"
    link: str | None = None
    key: str | None = None
    suffix: str = ""
    mark: Mark | None = None
    grade: Grade = ""
    pieces: tuple[str, str, str] = ("", "", "")

    @property
    def is_blank(self) -> bool:
        """Return whether there is nothing to print."""
        return self.text in ("", NONE)

    @property
    def number(self) -> Decimal | None:
        """Return the number that the cell is sorted by."""
        return self.numbers[0] if self.numbers else None

    @property
    def choice(self) -> str:
        """Return the word that the cell is filtered by."""
        return self.text if self.key is None else self.key


@dataclass(frozen=True)
class Part:
    """One of the columns that a spreadsheet has for a printed one, each with numbers of one form."""

    heading: str
    form: Form


@dataclass(frozen=True)
class Column:
    """A column; ``width`` is the least that reads well, in half-width characters.

    An essential column stands on every screen; the others only where everything is shown. On a page of A4 a column
    that goes ``under`` stands below the one before it. ``choices`` marks one that has few words, to filter by.
    ``shows`` names the kinds of entries that it prints: none of them, where all comes from the plan; None, where
    any may change it. ``key`` names the column whatever the language and the words of the plan. ``bars`` names the
    parts where the numbers of a cell are drawn as one bar, the first of which are ``ranks``. Where a paper has
    groups, a ``band`` heads each row on a page and the others are texts below it, beside each other: what was done,
    and the ``outlook``; one that goes ``across`` takes the whole width. One that stands ``beside`` is there to sort
    and filter by, in a spreadsheet alone, and is not printed.
    """

    heading: str
    width: int = 4
    number: bool = False
    essential: bool = True
    under: bool = False
    choices: bool = False
    parts: tuple[Part, ...] = ()
    shows: tuple[str, ...] | None = None
    key: str = ""
    bars: tuple[str, ...] = ()
    ranks: int = 0
    band: bool = False
    across: bool = False
    outlook: bool = False
    beside: bool = False

    def shade(self, name: str) -> int:
        """Return how dark a part of a bar is, 0 to 3: the lower the rank, the darker; what is no rank is not."""
        place = self.bars.index(name)
        return round(place * _DARKEST / (self.ranks - 1)) if place < self.ranks > 1 else 0

    def segments(self, cell: Cell) -> tuple[tuple[str, int], ...]:
        """Return the parts of a cell's bar that have any length, each with its name."""
        counts = zip(self.bars, cell.numbers, strict=False)
        return tuple((name, int(count)) for name, count in counts if count)


def named_count(name: str, count: int) -> str:
    """Return a count behind what it counts: A2; apart where that ends in a figure: two that are rated 3 are 3(2)."""
    return f"{name}({count})" if name[-1:].isdigit() else f"{name}{count}"


@dataclass(frozen=True)
class Heading:
    """A part of the plan that heads the rows from ``start`` on, with what is said of it as a whole."""

    level: int
    start: int
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One table with its title; ``keys`` leading columns say which row one is in.

    ``anchors`` has a name for each row that other papers may point at, ``subjects`` the id of what
    each is about, where that is not its name; an ``internal`` paper is the office's own and is not
    put before the council. ``groups`` are the headings within it, from the top of the plan down; what is
    in ``also`` stands below it and says the same in another way. ``sheet`` makes the paper as a spreadsheet has it,
    where one cell has one value, and ``beside`` is what only a spreadsheet has below it.
    """

    name: str
    title: str
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    keys: int = 1
    anchors: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    internal: bool = False
    groups: tuple[Heading, ...] = ()
    also: tuple[Paper, ...] = ()
    sheet: Callable[[], Paper] | None = None
    beside: tuple[Paper, ...] = ()

    @cached_property
    def printed(self) -> Paper:
        """Return the paper as it is printed: without further columns in which nothing stands."""
        kept = [
            position
            for position, column in enumerate(self.columns)
            if column.essential or not self.rows or any(not row[position].is_blank for row in self.rows)
        ]
        columns = tuple(self.columns[position] for position in kept)
        # What stood below a column that is left out stands in its place.
        firsts = [before is None or before + 1 != at for before, at in zip([None, *kept], kept, strict=False)]
        columns = tuple(
            replace(column, under=column.under and not first) for column, first in zip(columns, firsts, strict=True)
        )
        return replace(self, columns=columns, rows=tuple(tuple(row[at] for at in kept) for row in self.rows))

    @cached_property
    def stacks(self) -> tuple[tuple[int, ...], ...]:
        """Return the positions of the columns as they stand on a page of A4, some below others."""
        groups: list[list[int]] = []
        for position, column in enumerate(self.columns):
            if column.under:
                groups[-1].append(position)
            else:
                groups.append([position])
        return tuple(map(tuple, groups))


@dataclass(frozen=True)
class Papers:
    """All papers of a review, with what stands above and below them.

    ``overview`` is what the first page says in short; the first column of each of its tables names
    the row, and the other ``keys`` stand beside it. ``raw`` makes the table of the entries themselves,
    which spreadsheets have as a last sheet.
    ``author`` is whose papers they are. ``edition`` says from which state of the data they were
    made; ``made`` is the time of the last entry in it, so that the same data gives the same bytes.
    ``label`` is the number that the papers have at the meeting, such as 資料1. ``front`` is the cover of the whole set.
    """

    title: str
    subtitles: tuple[str, ...]
    banner: str | None
    papers: tuple[Paper, ...]
    legend: tuple[str, ...]
    edition: str | None = None
    made: datetime | None = None
    language: str = "ja"
    author: str = ""
    charts: tuple[Chart, ...] = ()
    label: str | None = None
    overview: tuple[Paper, ...] = ()
    size: Size = "a4"
    raw: Callable[[], Paper] | None = None
    front: Papers | None = None

    @property
    def dated(self) -> datetime:
        """Return the time that the papers carry in UTC: never the clock's."""
        return (self.made or _EPOCH).astimezone(UTC)

    @property
    def tables(self) -> Iterator[Paper]:
        """Yield every table in its order: those of the first page, each paper, and what stands below it."""
        yield from self.overview
        for paper in self.papers:
            yield from (paper, *paper.also)

    @property
    def for_council(self) -> Papers:
        """Return the papers without those that are the office's own."""
        return replace(self, papers=tuple(paper for paper in self.papers if not paper.internal), raw=None)

    @property
    def filled(self) -> Papers:
        """Return the papers without those that have no row."""
        return replace(self, papers=tuple(paper for paper in self.papers if paper.rows))

    def only(self, names: Collection[str], label: str | None = None) -> Papers:
        """Return some of the papers, numbered; the charts belong to the indicators, the overview to the summary."""
        papers = tuple(paper for paper in self.papers if paper.name in names)
        charts = self.charts if "indicators" in names else ()
        overview = self.overview if "summary" in names else ()
        return replace(self, papers=papers, charts=charts, overview=overview, label=label, front=None)
