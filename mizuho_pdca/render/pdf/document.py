"""The council's papers as PDF: A4 or A3 on its side, tagged (PDF/UA-1), in a font that comes along.

Typst draws them by the template ``pdf/papers.typ``. Texts reach it as JSON, where they are strings
and nothing else, so none of them can be markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import repeat
from typing import TYPE_CHECKING

from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import named_count
from mizuho_pdca.render import charts
from mizuho_pdca.render.layout import wrap
from mizuho_pdca.render.pdf.columns import (
    LEAST,
    LEFT,
    LONG,
    ROOMS,
    TALL,
    Printed,
    across,
    columns_of,
    fitted,
    lines_of,
    pieces_of,
    room_of,
    text_width,
)
from mizuho_pdca.render.pdf.fonts import FAMILY, Font, fonts
from mizuho_pdca.render.pdf.listing import listing
from mizuho_pdca.text import display_width

if TYPE_CHECKING:
    from mizuho_pdca.papers.chart import Chart
    from mizuho_pdca.papers.paper import Cell, Paper, Papers

Data = Mapping[str, object]

_GAP = 10
"""Half-width characters left free between the title and the banner above every page."""

_RUN = re.compile(r"[^\s\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]{17,}")
"""What has no place for a line break: anything but kana and kanji, which break anywhere."""

_PIECE = re.compile(r"[^/._?&=\-]{0,7}[/._?&=\-]|.{1,8}")
"""Where an address may break, and else every eighth sign."""

_SAFE = 0.7
"""The part of a column that a run of any letters takes at most, as wide as the widest of them are."""

_ACROSS = 80
"""Half-width characters that a line across the page takes in the largest letters."""

TEMPLATE = "papers.typ"
_ZERO_WIDTH_SPACE = "\u200b"


def pdf(papers: Papers, t: Translate) -> bytes:
    """Return the papers for the council, those of the office left out, as PDF."""
    with needed_for("PDF"):
        import typst

    template = files("mizuho_pdca.render.pdf") / TEMPLATE
    data = json.dumps(data_of(papers.for_council, t), ensure_ascii=False)
    return typst.compile(
        template.read_bytes(),
        font_paths=fonts(),
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        timestamp=papers.dated,
    )


def data_of(papers: Papers, t: Translate) -> Data:
    """Return papers as the data of the template."""
    return _Press(papers, t).data()


class _Press:
    """Turns papers into the template's data: every text printable, every column with a width."""

    def __init__(self, papers: Papers, t: Translate) -> None:
        self.papers = papers
        self.t = t
        self.font = Font()
        self.room = ROOMS[papers.size]

    def data(self) -> Data:
        papers, t = self.papers, self.t
        return {
            "name": self.font.printable(_named(papers)),
            "paper": papers.size,
            "room": LEFT[papers.size],
            "located": False,
            "running": self.font.printable(self.shortened(papers.title)),
            "title": self.text(papers.title),
            "author": self.text(papers.author),
            "language": papers.language,
            "subtitles": [self.text(line) for line in papers.subtitles],
            "banner": papers.banner and self.text(papers.banner),
            "label": papers.label and self.text(papers.label),
            "edition": papers.edition and self.text(papers.edition),
            "front": papers.front and self.front(papers.front),
            "legend": [self.text(note) for note in papers.legend],
            "overview": [self.block(paper) for paper in papers.overview],
            "papers": [self.paper(paper.printed) for paper in papers.papers],
            "charts": [self.chart(chart) for chart in papers.charts],
            "words": {
                "nothing": t(N_("Nothing to report.")),
                "charts": t(N_("Indicators in charts")),
                "signs": self.text(charts.legend(t)),
                "legend": t(N_("Legend")),
                "overview": t(N_("The year at a glance")),
                "contents": t(N_("Contents")),
            },
        }

    def front(self, front: Papers) -> Data:
        """Return the cover of the whole set, which the contents follow."""
        return {
            "subtitles": [self.text(line) for line in front.subtitles],
            "papers": [self.paper(paper.printed) for paper in front.papers],
        }

    def text(self, text: str, room: float = _ACROSS) -> str:
        return _breakable(self.font.printable(text), room)

    def block(self, paper: Paper) -> Data:
        """Return a part of the first page."""
        columns = fitted(list(columns_of(paper, paper.stacks, self.text)), self.room)
        return {
            "title": self.text(paper.title),
            "keys": paper.keys,
            "labelled": len(paper.columns) > paper.keys + 1,
            "columns": [
                {
                    **column._asdict(),
                    "shades": [paper.columns[at].shade(name) for name in paper.columns[at].bars],
                }
                for at, column in enumerate(columns)
            ],
            "rows": [
                [
                    {
                        **self.cell(cell, _ACROSS / 2),
                        "counts": counts,
                        "named": list(map(self.text, map(named_count, column.bars, counts))),
                    }
                    for column, cell in zip(paper.columns, row, strict=True)
                    for counts in ([int(number or 0) for number in cell.numbers] if column.bars else [],)
                ]
                for row in paper.rows
            ],
        }

    def shortened(self, text: str) -> str:
        """Return the title as it stands above every page, in one line with the banner."""
        room = across(self.room) - (display_width(self.papers.banner) + _GAP if self.papers.banner else 0)
        first, *more = wrap(text, int(room))
        return f"{first}…" if more else first

    def cell(self, cell: Cell, room: float, column: Printed | None = None) -> Data:
        """Return a cell; one of a narrow column, where it takes more than a line, in words that stay whole."""
        pieces = [self.text(piece, room) for piece in cell.pieces]
        text = self.text(cell.text, room)
        is_narrow = column is not None and column.fixed is not None and not cell.grade
        is_broken = is_narrow and any(text_width(line) > room for line in cell.text.split("\n"))
        words = pieces_of(text, figures=column.number) if column and is_broken else []
        return {"text": text, "tone": cell.tone, "grade": cell.grade, "pieces": pieces, "words": words}

    def paper(self, paper: Paper) -> Data:
        also = [self.paper(one) for one in paper.also]
        if paper.rows and (paper.groups or any(column.across for column in paper.columns)):
            return {**listing(paper, self.room, self.text, self.cell), "also": also}
        columns = fitted(list(columns_of(paper, paper.stacks, self.text)), self.room)
        room = list(room_of(columns, self.room))
        wide = (stack for stack, column in zip(paper.stacks, columns, strict=True) if column.fixed is None)
        texts = {at for stack in wide for at in stack if at >= paper.keys}
        if texts and any(self.is_long(paper, row, room) for row in paper.rows):
            # What goes on on the next page stands below its row there, which comes again as a heading.
            told = (replace(one, across=at in texts) for at, one in enumerate(paper.columns))
            return {**listing(replace(paper, columns=tuple(told)), self.room, self.text, self.cell), "also": also}
        return {
            "kind": "table",
            "also": also,
            "name": paper.name,
            "title": self.text(paper.title),
            "columns": [column._asdict() for column in columns],
            "again": all(display_width("".join(column.headings)) <= TALL for column in columns),
            "rows": [
                {**self.row(paper, row, columns, room), "anchor": anchor}
                for anchor, row in zip(paper.anchors or repeat(""), paper.rows, strict=False)
            ],
        }

    def is_long(self, paper: Paper, row: Sequence[Cell], room: Sequence[float]) -> bool:
        """Return whether a row may be cut between two pages."""
        lines = (
            sum(lines_of(row[position].text, width) for position in stack)
            for stack, width in zip(paper.stacks, room, strict=True)
        )
        return max(lines) > LONG

    def row(self, paper: Paper, row: Sequence[Cell], columns: Sequence[Printed], room: Sequence[float]) -> Data:
        return {
            "long": self.is_long(paper, row, room),
            "cells": [
                [self.cell(row[position], width, column) for position in stack]
                for stack, width, column in zip(paper.stacks, room, columns, strict=True)
            ],
        }

    def chart(self, chart: Chart) -> Data:
        return {
            "caption": self.text(chart.caption, LEAST * 2),
            "description": self.text(chart.description),
            "svg": charts.svg(chart).replace(charts.FONT, FAMILY),
        }


def _named(papers: Papers) -> str:
    """Return the document's title: a numbered paper has its number and its own title before that of all."""
    return papers.title if papers.label is None else f"{papers.label} {papers.papers[0].title} {papers.title}"


def _breakable(text: str, room: float) -> str:
    """Return a text whose runs without a place for a line break have some where they are wider than their column.

    The sign of no width that makes one would stand in what is copied from the page, so others stay whole.
    """
    return _RUN.sub(lambda run: _pieces(run[0]) if display_width(run[0]) > room * _SAFE else run[0], text)


def _pieces(run: str) -> str:
    return _ZERO_WIDTH_SPACE.join(_PIECE.findall(run))
