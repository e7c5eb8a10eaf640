"""The council's papers as PDF: A4 landscape, tagged (PDF/UA-1), in a font that comes along.

Typst draws them by the template ``pdf/papers.typ``. Texts reach it as JSON, where they are strings
and nothing else, so none of them can be markup.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.render import charts
from mizuho_pdca.render.pdf.fonts import FAMILY, Font, folders
from mizuho_pdca.text import display_width

if TYPE_CHECKING:
    from mizuho_pdca.papers.chart import Chart
    from mizuho_pdca.papers.paper import Cell, Paper, Papers

Data = Mapping[str, object]

_SHORT = 15
"""Up to this width, in half-width characters, a column is as wide as its words; wider ones share the
rest by the square root of how much they say."""

_WIDEST_NUMBER = 18
_LEAST = 20

_POINTS = 3.9
"""Points that a half-width character takes in a table."""

_INSET = 6
_NARROW = 8 * _POINTS + _INSET
"""Points of a column of a number of the plan, which does not get narrower."""

_ROOM = 773
"""Points between the margins of a page."""

_FIXED = 0.89
"""The part of the page that columns of fixed widths may take where there are others."""

_LONG = 16
"""Lines from which on a row may be cut between two pages: a taller one would leave half a page empty."""

_TALL = 240
"""Half-width characters of a heading from which on it does not stand again on the next page."""

_RUNNING = 60
"""Characters of the title that stand above every page."""

_RUN = re.compile(r"[^\s\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]{17,}")
"""What has no place for a line break: anything but kana and kanji, which break anywhere."""

_PIECE = re.compile(r"[^/._?&=\-]{0,7}[/._?&=\-]|.{1,8}")
"""Where an address may break, and else every eighth sign."""

_SAFE = 0.7
"""The part of a column that a run of any letters takes at most, as wide as the widest of them are."""

_ACROSS = 90
"""Half-width characters that a line across the page takes in the largest letters."""

_ZERO_WIDTH_SPACE = "\u200b"


def pdf(papers: Papers, t: Translate) -> bytes:
    """Return the papers for the council, those of the office left out, as PDF."""
    with needed_for("PDF"):
        import typst

    template = files("mizuho_pdca.render.pdf") / "papers.typ"
    data = json.dumps(_Press(papers.for_council, t).data(), ensure_ascii=False)
    return typst.compile(
        template.read_bytes(),
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders()]
        ),
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        timestamp=papers.dated,
    )


class _Printed(NamedTuple):
    """A column of the page: a width in points, or None and a share of what the others leave."""

    headings: list[str]
    number: bool
    fixed: float | None
    share: int


class _Press:
    """Turns papers into the template's data: every text printable, every column with a width."""

    def __init__(self, papers: Papers, t: Translate) -> None:
        self.papers = papers
        self.t = t
        self.font = Font()

    def data(self) -> Data:
        papers, t = self.papers, self.t
        return {
            "name": self.font.printable(_named(papers)),
            "running": self.font.printable(_shortened(papers.title)),
            "title": self.text(papers.title),
            "author": self.text(papers.author),
            "language": papers.language,
            "subtitles": [self.text(line) for line in papers.subtitles],
            "banner": papers.banner and self.text(papers.banner),
            "label": papers.label and self.text(papers.label),
            "edition": papers.edition and self.text(papers.edition),
            "legend": [self.text(note) for note in papers.legend],
            "papers": [self.paper(paper) for paper in papers.papers],
            "charts": [self.chart(chart) for chart in papers.charts],
            "words": {
                "nothing": t(N_("Nothing to report.")),
                "charts": t(N_("Indicators in charts")),
                "signs": self.text(charts.legend(t)),
                "legend": t(N_("Legend")),
            },
        }

    def text(self, text: str, room: float = _ACROSS) -> str:
        return _breakable(self.font.printable(text), room)

    def paper(self, paper: Paper) -> Data:
        columns = _fitted(list(self.columns(paper)))
        room = list(_room(columns))
        return {
            "name": paper.name,
            "title": self.text(paper.title),
            "columns": [column._asdict() for column in columns],
            "again": all(display_width("".join(column.headings)) <= _TALL for column in columns),
            "rows": [self.row(paper, row, room) for row in paper.rows],
        }

    def columns(self, paper: Paper) -> Iterator[_Printed]:
        for stack in paper.stacks:
            columns = [paper.columns[position] for position in stack]
            lines = [line for row in paper.rows for position in stack for line in row[position].text.split("\n")]
            widths = [*map(display_width, lines), *(display_width(column.heading) for column in columns)]
            is_number = all(column.number for column in columns)
            is_short = max(column.width for column in columns) <= _SHORT
            yield _Printed(
                headings=[self.text(column.heading, _LEAST) for column in columns],
                number=is_number,
                fixed=_points(widths, is_number=is_number) if is_number or is_short else None,
                share=max(_LEAST, math.isqrt(sum(widths))),
            )

    def row(self, paper: Paper, row: Sequence[Cell], room: Sequence[float]) -> Data:
        lines = (
            sum(_lines(row[position].text, width) for position in stack)
            for stack, width in zip(paper.stacks, room, strict=True)
        )
        return {
            "long": max(lines) > _LONG,
            "cells": [
                [{"text": self.text(row[position].text, width), "tone": row[position].tone} for position in stack]
                for stack, width in zip(paper.stacks, room, strict=True)
            ],
        }

    def chart(self, chart: Chart) -> Data:
        return {
            "caption": self.text(chart.caption, _LEAST * 2),
            "description": self.text(chart.description),
            "svg": charts.svg(chart).replace(charts.FONT, FAMILY),
        }


def _fitted(columns: Sequence[_Printed]) -> Sequence[_Printed]:
    """Return the columns so that they stand between the margins, and the wide ones have a part of the page.

    Narrow ones stay as they are, where the others can give way: a number such as 1-1②-1 has no
    place for a line break and would run into the next column.
    """
    fixed = [column.fixed or 0 for column in columns]
    most = _ROOM if all(column.fixed is not None for column in columns) else _ROOM * _FIXED
    if sum(fixed) <= most:
        return columns
    narrow = sum(points for points in fixed if points <= _NARROW)
    kept = narrow if narrow <= most / 2 else 0
    scale = (most - kept) / (sum(fixed) - kept)
    return [
        column if kept and points <= _NARROW else column._replace(fixed=column.fixed and points * scale)
        for column, points in zip(columns, fixed, strict=True)
    ]


def _room(columns: Sequence[_Printed]) -> Iterator[float]:
    """Yield how many half-width characters a line of each column takes."""
    rest = _ROOM - sum(column.fixed or 0 for column in columns)
    shares = sum(column.share for column in columns if column.fixed is None)
    for column in columns:
        points = rest * column.share / shares if column.fixed is None else column.fixed
        yield max(1, (points - _INSET) / _POINTS)


def _lines(text: str, room: float) -> int:
    return sum(max(1, math.ceil(display_width(line) / room)) for line in text.split("\n"))


def _named(papers: Papers) -> str:
    """Return the document's title: a numbered paper has its number and its own title before that of all."""
    return papers.title if papers.label is None else f"{papers.label} {papers.papers[0].title} {papers.title}"


def _shortened(text: str) -> str:
    return text if len(text) <= _RUNNING else text[:_RUNNING] + "…"


def _points(widths: Iterable[int], *, is_number: bool) -> float:
    return min(max(widths), _WIDEST_NUMBER if is_number else _SHORT) * _POINTS + _INSET


def _breakable(text: str, room: float) -> str:
    """Return a text whose runs without a place for a line break have some where they are wider than their column.

    The sign of no width that makes one would stand in what is copied from the page, so others stay whole.
    """
    return _RUN.sub(lambda run: _pieces(run[0]) if display_width(run[0]) > room * _SAFE else run[0], text)


def _pieces(run: str) -> str:
    return _ZERO_WIDTH_SPACE.join(_PIECE.findall(run))
