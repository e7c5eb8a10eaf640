"""Plain text and Markdown: the papers as tables that line up with Japanese text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from tabulate import tabulate

from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.render.bands import Band, bands, plain_rows
from mizuho_pdca.render.layout import hanging, wrap
from mizuho_pdca.text import BREAK, printable

_WIDTH = 100
_BORDER = 3
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")
_hanging = partial(hanging, width=_WIDTH, least=1)


def text(papers: Papers) -> str:
    """Return the papers for a printer: 100 half-width characters wide, nothing left out."""
    parts = list(_head(papers))
    for paper in papers.tables:
        parts += ["", *wrap(f"■ {paper.title}", _WIDTH), *_grids(paper), *_details(paper)]
    legend = (line for note in papers.legend for line in _hanging("※ ", note))
    return printable("\n".join([*parts, "", *legend, ""]))


def _head(papers: Papers) -> Iterator[str]:
    yield from wrap(papers.title, _WIDTH)
    for line in papers.subtitles:
        yield from wrap(line, _WIDTH)
    if papers.banner:
        yield f"【{papers.banner}】"


def _grids(paper: Paper) -> Iterator[str]:
    """Yield the essential columns as grids, side by side as the width allows."""
    if not paper.rows:
        return
    essential = [position for position, column in enumerate(paper.columns) if column.essential]
    for band in bands(paper, essential, _WIDTH, _BORDER):
        yield _grid(paper, band)


def _grid(paper: Paper, band: Band) -> str:
    """Return one band as a grid no wider than it says.

    The headings go in as the first row: as headings, tabulate would widen their columns by two.
    """
    columns = [paper.columns[position] for position in band.positions]
    headings = _lines([column.heading for column in columns], band.widths)
    rows = [_lines(texts, band.widths) for texts in plain_rows(paper, band)]
    drawn = tabulate(
        [headings, *rows],
        tablefmt="grid",
        colalign=["right" if column.number else "left" for column in columns],
        disable_numparse=True,
        preserve_whitespace=True,
    ).split("\n")
    rule = 1 + max(heading.count("\n") + 1 for heading in headings)
    drawn[rule] = drawn[rule].replace("-", "=")
    return "\n".join(drawn)


def _lines(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    return ["\n".join(wrap(text, width)) for text, width in zip(texts, widths, strict=True)]


def _details(paper: Paper) -> Iterator[str]:
    """Yield what the grid left out, row by row."""
    hidden = [position for position, column in enumerate(paper.columns) if not column.essential]
    for row in paper.rows:
        filled = [position for position in hidden if not row[position].is_blank]
        if filled:
            yield ""
            yield from wrap(" ".join(cell.text.strip() for cell in row[: paper.keys]), _WIDTH)
        for position in filled:
            yield from _field(paper.columns[position], row[position])


def _field(column: Column, cell: Cell) -> Iterator[str]:
    if "\n" not in cell.text:
        yield from _hanging(f"  {column.heading}: ", cell.text)
        return
    yield f"  {column.heading}:"
    for line in cell.text.split("\n"):
        yield from _hanging("    ", line)


def markdown(papers: Papers) -> str:
    """Return the papers as Markdown tables; no text of an entry can become markup."""
    lines = [f"# {_escaped(papers.title)}", "", *(f"{_escaped(line)}  " for line in papers.subtitles)]
    if papers.banner:
        lines += ["", f"> **{_escaped(papers.banner)}**"]
    for paper in papers.tables:
        lines += ["", f"## {_escaped(paper.title)}", "", *_pipe_table(paper)]
    return printable("\n".join([*lines, "", *(f"- {_escaped(line)}" for line in papers.legend), ""]))


def _pipe_table(paper: Paper) -> Sequence[str]:
    headings = [_escaped(column.heading) for column in paper.columns]
    rows = [[BREAK.sub("<br>", _escaped(cell.text.strip())) for cell in row] for row in paper.rows]
    aligned = ["right" if column.number else "left" for column in paper.columns]
    return tabulate(rows, headings, tablefmt="pipe", colalign=aligned, disable_numparse=True).split("\n")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("&", "&#38;")
