"""The terminal: rich tables, right at any width, never by colour alone."""

from __future__ import annotations

import io
import sys
from typing import Literal, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.paper import Paper, Papers, Tone
from mizuho_pdca.render.bands import Band, bands, plain
from mizuho_pdca.render.layout import wrap
from mizuho_pdca.text import printable

_STYLES: dict[Tone, str] = {"plain": "", "strong": "bold", "quiet": "dim", "alert": "yellow"}
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
        out.print(_table(paper, band))
    if left_out:
        names = t(N_(", ")).join(paper.columns[position].heading for position in left_out)
        _lines(t(N_("Not shown at this width: {columns} (-f text shows all)")).format(columns=names), out, "dim")


def _fitting(paper: Paper, width: int) -> tuple[list[int], list[int]]:
    """Return the essential columns with as many others as fit beside them, and the rest."""
    everything = range(len(paper.columns))
    shown = [position for position in everything if paper.columns[position].essential]
    fullest_first = sorted(everything, key=lambda position: -paper.columns[position].width)
    for position in fullest_first:
        wanted = sorted({*shown, position})
        if sum(paper.columns[column].width + _PADDING for column in wanted) + 1 <= width:
            shown = wanted
    return shown, [position for position in everything if position not in shown]


def _table(paper: Paper, band: Band) -> Table:
    table = Table(box=None, padding=(0, _PADDING, 0, 0), pad_edge=False, header_style="bold underline")
    for position, width in zip(band.positions, band.widths, strict=True):
        column = paper.columns[position]
        justify: Literal["left", "right"] = "right" if column.number else "left"
        heading = Text(_wrapped(column.heading, width))
        table.add_column(heading, justify=justify, max_width=width, min_width=min(width, column.width))
    for row in paper.rows:
        table.add_row(
            *(
                Text(_wrapped(plain(paper, row, position), width), style=_STYLES[row[position].tone])
                for position, width in zip(band.positions, band.widths, strict=True)
            )
        )
    return table


def _wrapped(text: str, width: int) -> str:
    """Return a text in lines that fit, without what could move the cursor or turn what follows."""
    return "\n".join(wrap(printable(text), width))
