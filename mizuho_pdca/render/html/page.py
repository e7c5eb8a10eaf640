"""HTML: all papers as one page that needs no other file, for the council and for citizens.

The page reads and prints whole without its script, which only adds filters and sorting. Nothing in
it refers to the outside, and a policy in its head lets a browser run and load no more than that.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from itertools import zip_longest
from typing import TYPE_CHECKING
from urllib.parse import quote

from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import named_count
from mizuho_pdca.papers.words import print_number
from mizuho_pdca.render.charts import legend, svg
from mizuho_pdca.text import NONE, printable

if TYPE_CHECKING:
    from mizuho_pdca.papers.chart import Chart
    from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers

_PICTURE = re.compile(r'<svg [^>]*\bviewBox="([^"]*)"[^>]*>(.*)</svg>\s*', re.DOTALL)
_FOR_MACHINES = re.compile(r' (?:role|class|font-family|pointer-events|aria-[a-z]+)="[^"]*"')
_CHARTS = "page-charts"
_LEGEND = "page-legend"
_OWN_NAMES = ("contents", "main", "page-overview", _CHARTS, _LEGEND)
_HALF_WIDTH = 0.52
"""Width of a half-width character, in em."""

_PADDING = 2.2
"""What a cell's padding adds to the width of a column, in half-width characters."""

_SHORT = 6
"""A heading of this width is not broken, in the same."""

_FIGURE = re.compile("[!-~△]+")
_WIDE = 140
"""Half-width characters that a window surely has beside each other."""

_MARK = 5
"""What the link to its own row adds to a column, in the same."""

_SIGNS_A_STEP, _MOST_STEPS = 5, 30
"""A column is wider by one for so many signs in its usual row, but by no more than so much."""

_WORDS = {
    "skip": N_("Skip to the papers"),
    "contents": N_("Contents"),
    "overview": N_("The year at a glance"),
    "charts": N_("Indicators in charts"),
    "legend": N_("Legend"),
    "empty": N_("Nothing to report."),
    "find": N_("Words in the row"),
    "all": N_("All of them"),
    "reset": N_("Show all rows"),
    "count": N_("{shown} of {all} rows"),
    "tools": N_("{paper}: filter and sort"),
    "order": N_("Sort by"),
    "original": N_("As printed"),
    "ascending": N_("{column}: ascending"),
    "descending": N_("{column}: descending"),
    "here": N_("Link to this row"),
    "chart": N_("Chart"),
    "figures": N_("The figures of this chart"),
    "unit": N_("Unit: {unit}"),
}


def page(papers: Papers, t: Translate) -> bytes:
    """Return the papers for the council as one HTML file."""
    with needed_for("HTML"):
        import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        finalize=_shown,
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    view = _View(papers.for_council, t)
    style, script = _part("page.css") + view.style, _part("page.js")
    drawn = environment.from_string(_part("page.html.jinja")).render(
        papers=view.papers,
        view=view,
        words={name: t(msgid) for name, msgid in _WORDS.items()},
        signs=legend(t),
        none=NONE,
        named_count=named_count,
        safe_style=style,
        safe_script=script,
        policy=_policy(style, script),
    )
    return drawn.encode()


def _part(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return what a browser may load: the page's own style and script, known by their hashes."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _shown(value: object) -> object:
    """Return a value of the template as a browser can show it; every text of the papers goes through here."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return printable(value)
    return value


def _name(anchor: str) -> str:
    """Return an anchor as the id of an element."""
    return re.sub(r"\s", "-", str(_shown(anchor)))


def _href(name: str) -> str:
    return f"#{quote(name)}"


@dataclass(frozen=True)
class _Field:
    """A cell as it stands on the page; ``here`` leads to its own row, ``chart`` to that of its indicator."""

    column: Column
    cell: Cell
    href: str | None = None
    here: str | None = None
    chart: str | None = None

    @property
    def number(self) -> str | None:
        """Return the number to sort by."""
        number = self.cell.number if self.column.number else None
        return None if number is None else f"{number:f}"


@dataclass(frozen=True)
class _Stack:
    """The fields that stand in one cell of the table, below each other; a head names its row."""

    fields: tuple[_Field, ...]
    is_head: bool


@dataclass(frozen=True)
class _Row:
    id: str | None
    stacks: tuple[_Stack, ...]


@dataclass(frozen=True)
class _PaperView:
    """A paper as a section of the page; ``choices`` has the words that each column is filtered by."""

    id: str
    paper: Paper
    rows: tuple[_Row, ...]

    @cached_property
    def choices(self) -> dict[int, tuple[str, ...]]:
        """Return the words to filter by, in the order of their appearance, by the column's position."""
        return {
            position: tuple(dict.fromkeys(row[position].choice for row in self.paper.rows))
            for position, column in enumerate(self.paper.columns)
            if column.choices and self.paper.rows
        }

    @property
    def is_wide(self) -> bool:
        """Return whether figures that do not break may take more room than a window has."""
        return sum(_tight(self.paper, group) for group in self.paper.stacks) > _WIDE


@dataclass(frozen=True)
class _Figure:
    """A chart with its picture: ``box`` and ``drawing`` are what makes an SVG element."""

    id: str
    chart: Chart
    row: str | None
    box: str
    drawing: str

    @property
    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the figures as printed: year, actual, target, guide."""
        for year, actual, *numbers in self.chart.rows:
            printed = (NONE if number is None else print_number(number) for number in numbers)
            yield self.chart.label(year), NONE if actual is None else actual.text, *printed


class _View:
    """The papers with everything named that a link may lead to."""

    def __init__(self, papers: Papers, t: Translate) -> None:
        self.papers = papers
        self.t = t
        self.language = papers.language
        names = [_name(anchor) for paper in papers.papers for anchor in paper.anchors[: len(paper.rows)]]
        self.rows = set(names)
        self.charts = {_name(chart.anchor): f"chart-{_name(chart.anchor)}" for chart in papers.charts}
        self._free = self.rows - {*_OWN_NAMES, *self.charts.values(), *map(self._sheet_name, papers.papers)}
        self.sheets = tuple(map(self._sheet, papers.papers))
        self.overview = papers.overview
        self.figures = tuple(map(self._figure, papers.charts))

    @property
    def sections(self) -> Iterator[_PaperView | None]:
        """Yield the papers in their order, and None where the charts stand: behind the indicators."""
        names = [sheet.paper.name for sheet in self.sheets]
        before = names.index("indicators") + 1 if "indicators" in names else len(names)
        yield from self.sheets[:before]
        if self.figures:
            yield None
        yield from self.sheets[before:]

    def href(self, cell: Cell) -> str | None:
        """Return what a cell of the overview leads to."""
        target = None if cell.link is None else _name(cell.link)
        return _href(target) if target in self.rows else None

    @property
    def style(self) -> str:
        """Return the style that depends on the papers: the widths of columns, the banner on each sheet of paper."""
        rules = [rule for place, sheet in enumerate(self.sheets) for rule in _rules(place, sheet.paper)]
        counts = {count for paper in self.overview for count in _counts(paper)}
        rules += [f".grow-{count} {{ flex-grow: {count} }}\n" for count in sorted(counts)]
        if self.papers.banner:
            spelled = "".join(f"\\{ord(sign):x} " for sign in str(_shown(self.papers.banner)))
            rules.append(f'@page {{ @bottom-left {{ content: "{spelled}"; font-size: 10px; font-weight: 700 }} }}\n')
        return "".join(rules)

    @staticmethod
    def _sheet_name(paper: Paper) -> str:
        return f"paper-{_name(paper.name)}"

    def _sheet(self, paper: Paper) -> _PaperView:
        rows = (self._row(paper, row, anchor) for row, anchor in zip_longest(paper.rows, self._anchors(paper)))
        return _PaperView(self._sheet_name(paper), paper, tuple(rows))

    def _anchors(self, paper: Paper) -> Iterator[str | None]:
        """Yield the id of each row that has one; no id is given twice."""
        for _, anchor in zip(paper.rows, paper.anchors, strict=False):
            name = _name(anchor)
            yield name if name in self._free else None
            self._free.discard(name)

    def _row(self, paper: Paper, row: Sequence[Cell], anchor: str | None) -> _Row:
        heads = [position for position in range(paper.keys) if row[position].text.strip()]
        fields = []
        for position, (column, cell) in enumerate(zip(paper.columns, row, strict=True)):
            target = None if cell.link is None else _name(cell.link)
            fields.append(
                _Field(
                    column,
                    cell,
                    href=_href(target) if target in self.rows else None,
                    here=_href(anchor) if anchor is not None and position in heads[:1] else None,
                    chart=_href(self.charts[anchor]) if anchor in self.charts and position in heads[-1:] else None,
                )
            )
        stacks = (
            _Stack(tuple(fields[position] for position in group), is_head=group[0] in heads) for group in paper.stacks
        )
        return _Row(anchor, tuple(stacks))

    def _figure(self, chart: Chart) -> _Figure:
        anchor = _name(chart.anchor)
        box, drawing = _drawing(chart)
        row = _href(anchor) if anchor in self.rows else None
        return _Figure(self.charts[anchor], chart, row, box, drawing)


def _counts(paper: Paper) -> Iterator[int]:
    """Yield how long the parts of a paper's bars are."""
    for row in paper.rows:
        for column, cell in zip(paper.columns, row, strict=True):
            yield from (count for _, count in column.segments(cell))


def _drawing(chart: Chart) -> tuple[str, str]:
    """Return the view box of a chart and its marks, in the page's own font and without words of their own."""
    drawn = _PICTURE.fullmatch(svg(chart))
    if drawn is None:
        raise ValueError(chart.anchor)
    return drawn[1], _FOR_MACHINES.sub("", drawn[2])


def _rules(place: int, paper: Paper) -> Iterator[str]:
    """Yield the style of a table's columns: the least that they need, and more where much is said."""
    widths = [_width(paper, group) for group in paper.stacks]
    whole = sum(widths)
    yield f".grid-{place} {{ --least: {whole * _HALF_WIDTH:.1f}em }}\n"
    for number, width in enumerate(widths, 1):
        yield f".grid-{place} col:nth-child({number}) {{ width: {width * 100 / whole:.2f}% }}\n"


def _tight(paper: Paper, group: Sequence[int]) -> float:
    """Return the room that a column takes when its words break and its figures do not."""
    figures = (
        run
        for position in group
        if paper.columns[position].number
        for row in paper.rows
        for run in _FIGURE.findall(row[position].text)
    )
    return max(map(len, figures), default=_SHORT) + _PADDING


def _width(paper: Paper, group: Sequence[int]) -> float:
    columns = [paper.columns[position] for position in group]
    least = max(max(column.width, min(2 * len(column.heading), _SHORT)) for column in columns) + _PADDING
    mark = _MARK if group[0] == 0 and paper.anchors else 0
    said = sum(len(row[position].text) for row in paper.rows for position in group) / max(len(paper.rows), 1)
    return least + mark + min(said / _SIGNS_A_STEP, _MOST_STEPS)
