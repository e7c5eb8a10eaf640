"""The terminal: rich tables, right at any width, never by colour alone."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import Paper, Papers, Tone
from mizuho_pdca.render.bands import Band, bands, plain_rows
from mizuho_pdca.render.layout import wrap
from mizuho_pdca.text import NONE, display_width, printable

_STYLE: dict[Tone, Style] = {
    "plain": Style.null(),
    "strong": Style(bold=True),
    "quiet": Style(dim=True),
    "alert": Style(color="yellow"),
}
_HEAD = Style(bold=True, underline=True)
_PADDING = 1


def console(stream: TextIO | None = None) -> Console:
    """Return a console that never reads markup, emoji codes or highlights into data."""
    return Console(file=stream or sys.stdout, markup=False, emoji=False, highlight=False, soft_wrap=False)


def show(papers: Papers, t: Translate, out: Console | None = None, last: str | None = None) -> None:
    """Print the papers at the terminal's width; where ``last`` is given, that one and the overview end them.

    There a person looks first; what reads from the beginning finds the overview first.
    """
    out = out or console()
    out.print(Text(printable(papers.title), style="bold"))
    for line in papers.subtitles:
        _lines(line, out)
    ending = [paper for paper in papers.papers if paper.name == last]
    begun = papers.overview if last is None else ()
    for paper in (*begun, *(paper for paper in papers.papers if paper not in ending)):
        for table in (paper, *paper.also):
            _headed(table, papers.banner, t, out)
    out.print()
    for line in papers.legend:
        _lines(f"※ {line}", out, "dim")
    for paper in (*ending, *(() if last is None else papers.overview)):
        _headed(paper, papers.banner, t, out)


def shown(papers: Papers, t: Translate, last: str | None = None) -> str:
    """Return the papers as the terminal shows them, without colours: for a pager, which may know none."""
    kept = io.StringIO()
    show(papers, t, Console(file=kept, width=console().width, markup=False, emoji=False, highlight=False), last)
    return kept.getvalue()


def _headed(paper: Paper, banner: str | None, t: Translate, out: Console) -> None:
    out.print()
    said = f" 【{banner}】" if banner else ""
    out.print(Text.assemble((f"■ {printable(paper.title)}", "bold"), (said, "bold red")))
    show_paper(paper, t, out)


def _lines(text: str, out: Console, style: str = "") -> None:
    out.print(Text(_wrapped(text, out.width), style=style))


def show_paper(paper: Paper, t: Translate, out: Console) -> None:
    """Print one table; columns that don't fit are named, or stand in a further band."""
    shown, left_out = _fitting(paper, out.width)
    for band in bands(paper, shown, out.width, _PADDING):
        _show_band(paper, band, out)
    if left_out:
        names = t(N_(", ")).join(paper.columns[position].heading for position in left_out)
        _lines(t(N_("Not shown at this width: {columns} (-f text shows all)")).format(columns=names), out, "dim")


def _fitting(paper: Paper, width: int) -> tuple[list[int], list[int]]:
    """Return the essential columns with as many others as fit beside them, and the rest that says something."""
    everything = [position for position in range(len(paper.columns)) if position < paper.keys or _says(paper, position)]
    shown = [position for position in everything if paper.columns[position].essential]
    fullest_first = sorted(everything, key=lambda position: -paper.columns[position].width)
    for position in fullest_first:
        wanted = sorted({*shown, position})
        if sum(paper.columns[column].width + _PADDING for column in wanted) + 1 <= width:
            shown = wanted
    return shown, [position for position in everything if position not in shown]


def _says(paper: Paper, position: int) -> bool:
    """Return whether any cell of a column holds something, or there is none that could."""
    return not paper.rows or any(row[position].text not in ("", NONE) for row in paper.rows)


def _show_band(paper: Paper, band: Band, out: Console) -> None:
    """Print the columns of a band; rich's own tables take a second for a thousand rows."""
    columns = [paper.columns[position] for position in band.positions]
    heads = [column.heading for column in columns]
    rows = plain_rows(paper, band)
    cells = [[_measured(text, width) for text, width in zip(row, band.widths, strict=True)] for row in (heads, *rows)]
    tallest = max(map(len, cells[0]))
    cells[0] = [[("", 0)] * (tallest - len(head)) + head for head in cells[0]]  # headings stand on what is below them
    widths = [
        max(min(width, column.width), *(used for row in cells for _, used in row[place]))
        for place, (column, width) in enumerate(zip(columns, band.widths, strict=True))
    ]
    styles = [
        [_HEAD] * len(columns),
        *([_STYLE[row[position].tone] for position in band.positions] for row in paper.rows),
    ]
    table = Segments(list(_segments(cells, styles, widths, [column.number for column in columns])))
    out.print(table, end="", crop=sum(widths) + _PADDING * (len(widths) - 1) > out.width)


def _segments(
    cells: Sequence[Sequence[Sequence[tuple[str, int]]]],
    styles: Sequence[Sequence[Style]],
    widths: Sequence[int],
    numbers: Sequence[bool],
) -> Iterator[Segment]:
    """Yield the cells of a table line by line, numbers to the right."""
    last = len(widths) - 1
    for row, looks in zip(cells, styles, strict=True):
        for height in range(max(map(len, row))):
            for place, cell in enumerate(row):
                said, used = cell[height] if height < len(cell) else ("", 0)
                blank = " " * (widths[place] - used)
                text = blank + said if numbers[place] else said + blank
                yield Segment(text if place == last else text + " " * _PADDING, looks[place])
            yield Segment.line()


def _measured(text: str, width: int) -> list[tuple[str, int]]:
    """Return the lines of a cell, each with the columns that it takes."""
    return [(line, display_width(line)) for line in wrap(printable(text), width)]


def _wrapped(text: str, width: int) -> str:
    """Return a text in lines that fit, without what could move the cursor or turn what follows."""
    return "\n".join(wrap(printable(text), width))
