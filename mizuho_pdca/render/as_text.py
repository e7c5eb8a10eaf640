"""Plain text and Markdown: the papers as tables that line up with Japanese text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tabulate import tabulate

from mizuho_pdca.core.figures import NONE
from mizuho_pdca.core.papers import Cell, Column, Paper, Papers
from mizuho_pdca.render.bands import bands
from mizuho_pdca.render.wrapping import wrap

_WIDTH = 100
_BORDER = 3
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")


def text(papers: Papers) -> str:
    """Return the papers for a printer: 100 half-width characters wide, nothing left out."""
    parts = list(_head(papers))
    for paper in papers.papers:
        parts += ["", f"■ {paper.title}", *_grids(paper), *_details(paper)]
    return "\n".join([*parts, "", *(f"※ {line}" for line in papers.legend), ""])


def _head(papers: Papers) -> Iterator[str]:
    yield papers.title
    yield from papers.subtitles
    if papers.banner:
        yield f"【{papers.banner}】"


def _grids(paper: Paper) -> Iterator[str]:
    """Yield the essential columns as grids, side by side as the width allows."""
    if not paper.rows:
        return
    essential = [position for position, column in enumerate(paper.columns) if column.essential]
    for band in bands(paper, essential, _WIDTH, _BORDER):
        columns = [paper.columns[position] for position in band.positions]
        yield tabulate(
            [_lines([row[position].text for position in band.positions], band.widths) for row in paper.rows],
            headers=_lines([column.heading for column in columns], band.widths),
            tablefmt="grid",
            colalign=["right" if column.number else "left" for column in columns],
            disable_numparse=True,
            preserve_whitespace=True,
        )


def _lines(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    return ["\n".join(wrap(text, width)) for text, width in zip(texts, widths, strict=True)]


def _details(paper: Paper) -> Iterator[str]:
    """Yield what the grid left out, row by row."""
    hidden = [position for position, column in enumerate(paper.columns) if not column.essential]
    for row in paper.rows:
        filled = [position for position in hidden if row[position].text != NONE]
        if filled:
            yield ""
            yield " ".join(cell.text.strip() for cell in row[: paper.keys])
        for position in filled:
            yield from _field(paper.columns[position], row[position])


def _field(column: Column, cell: Cell) -> Iterator[str]:
    first, *rest = cell.text.splitlines() or [""]
    if not rest:
        yield f"  {column.heading}: {first}"
        return
    yield f"  {column.heading}:"
    yield from (f"    {line}" for line in [first, *rest])


def markdown(papers: Papers) -> str:
    """Return the papers as Markdown tables; no text of an entry can become markup."""
    lines = [f"# {_escaped(papers.title)}", "", *(f"{_escaped(line)}  " for line in papers.subtitles)]
    if papers.banner:
        lines += ["", f"> **{_escaped(papers.banner)}**"]
    for paper in papers.papers:
        lines += ["", f"## {_escaped(paper.title)}", "", *_pipe_table(paper)]
    return "\n".join([*lines, "", *(f"- {_escaped(line)}" for line in papers.legend), ""])


def _pipe_table(paper: Paper) -> Sequence[str]:
    headings = [_escaped(column.heading) for column in paper.columns]
    rows = [[_escaped(cell.text.strip()).replace("\n", "<br>") for cell in row] for row in paper.rows]
    aligned = ["right" if column.number else "left" for column in paper.columns]
    return tabulate(rows, headings, tablefmt="pipe", colalign=aligned, disable_numparse=True).split("\n")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
