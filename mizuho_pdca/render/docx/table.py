"""A paper as a table of WordprocessingML, written as text: python-docx would take seconds cell by cell."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from mizuho_pdca.papers.paper import ALERT
from mizuho_pdca.render.bands import plain
from mizuho_pdca.render.docx.look import ALERT_COLOR, CELL_MARGIN, HEAD_COLOR, TABLE_SIZE, TEXT_WIDTH
from mizuho_pdca.text import printable

if TYPE_CHECKING:
    from mizuho_pdca.papers.paper import Cell, Column, Paper, Tone

_WORD = re.compile("[!-~\u00a0-\u024f]+")
_LETTERS = re.compile("[\u3040-\u9fffA-Za-z]")
_TONES: dict[Tone, str] = {"strong": "Strong", "quiet": "Quiet", "alert": "Alert"}

_UNIT = TABLE_SIZE * 10
"""Half a letter's width in a table, in twentieths of a point."""

_NARROW, _NARROW_BOLD = 1.15, 1.22
"""How much wider digits and Latin letters of the font are than half a letter."""

_WHOLE = 15.5
"""Up to this width a number and its fraction stay in one line."""

_LITTLE_MORE = 1.6
"""Texts that are at most so much longer than the width that their column asks for stay in one line."""

_SHORT_HEADING = 9

_TIGHT = 4
"""Half letters of a column that stand in one line even where there is no room for whole words."""

_RUN = re.compile("[!-~\u00a0-\u024f①-⑳△]+")
_LONG_RUN = 17
"""Half letters of a run that is broken at its signs."""
_FRACTION = re.compile("(?<=/)")
"""Where a figure that is long breaks first."""

_LINES = 20
"""Lines up to which a row is kept together on a page."""

_SIDES = 2 * CELL_MARGIN + 30
"""What a cell keeps free: its margins and a little for letters wider than expected."""


def attribute(text: str) -> str:
    """Return a text as a quoted attribute."""
    return quoteattr(printable(text).replace("\n", " "))


def run(text: str, style: str = "") -> str:
    """Return a text as a run; its line breaks and tabs stay what they are, and nothing in it is markup."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = printable(text).split("\n")
    return f"<w:r>{look}{'<w:br/>'.join(map(_line, lines))}</w:r>"


def _line(line: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))


def paragraph(text: str, style: str, *, tone: str = "", new_page: bool = False) -> str:
    """Return a text as a paragraph of a style."""
    page = "<w:pageBreakBefore/>" if new_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page}</w:pPr>{run(text, tone)}</w:p>'


def grid(widths: Sequence[int], rows: Iterable[str], *, style: str, title: str) -> str:
    """Return rows as a table of fixed columns, over the whole width of the page."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val={attribute(title)}/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def cell(width: int, content: str, *, shade: str = "", middle: bool = False, span: int = 1) -> str:
    """Return paragraphs as a cell over as many columns."""
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    place = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}{fill}{place}</w:tcPr>{content}</w:tc>'


def table(paper: Paper, widths: Sequence[int] | None = None) -> str:
    """Return a paper as a table; its headings come again on every page.

    What goes across the page stands in a row of its own below each.
    """
    band = banded(paper)
    widths = column_widths(paper) if widths is None else widths
    heads = (
        cell(width, _heads([band.columns[position] for position in stack]), shade=HEAD_COLOR, middle=True)
        for width, stack in zip(widths, band.stacks, strict=True)
    )
    head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
    rows = (
        drawn
        for row, whole in zip(band.rows, paper.rows, strict=True)
        for drawn in (_row(band, row, widths), *_across(paper, whole, len(widths)))
    )
    return grid(widths, [head, *rows], style="PaperTable", title=paper.title)


def banded(paper: Paper) -> Paper:
    """Return a paper without what goes across the page."""
    kept = [not column.across for column in paper.columns]
    columns = tuple(compress(paper.columns, kept))
    return replace(paper, columns=columns, rows=tuple(tuple(compress(row, kept)) for row in paper.rows))


def _across(paper: Paper, row: Sequence[Cell], columns: int) -> Iterator[str]:
    """Yield a row of what goes across the page, where there is any."""
    told = [
        paragraph(f"【{column.heading}】{_shown(given)}", "TableText", tone=_TONES.get(given.tone, ""))
        for column, given in zip(paper.columns, row, strict=True)
        if column.across and not given.is_blank
    ]
    if told:
        yield f"<w:tr>{cell(TEXT_WIDTH, ''.join(told), span=columns)}</w:tr>"


def _heads(columns: Sequence[Column]) -> str:
    return "".join(
        paragraph(column.heading, "TableHeadBelow" if count else "TableHead") for count, column in enumerate(columns)
    )


def _row(paper: Paper, row: Sequence[Cell], widths: Sequence[int]) -> str:
    groups = [[row[position] for position in stack] for stack in paper.stacks]
    height = max(_height(group, width) for group, width in zip(groups, widths, strict=True))
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if height <= _LINES else ""
    cells = (
        cell(width, "".join(_parts(paper, row, stack)), shade=_shade(group))
        for width, stack, group in zip(widths, paper.stacks, groups, strict=True)
    )
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _parts(paper: Paper, row: Sequence[Cell], stack: Sequence[int]) -> Iterator[str]:
    for count, position in enumerate(stack):
        given = row[position]
        style = "TableNumber" if paper.columns[position].number else "TableText"
        yield paragraph(_barred(paper, row, position), style + "Below" * bool(count), tone=_TONES.get(given.tone, ""))


def _barred(paper: Paper, row: Sequence[Cell], position: int) -> str:
    column = paper.columns[position]
    return plain(paper, row, position, column.width) if column.bars else _shown(row[position])


def _shown(given: Cell) -> str:
    return ALERT + given.text if given.tone == "alert" else given.text


def _shade(group: Sequence[Cell]) -> str:
    return ALERT_COLOR if any(given.tone == "alert" for given in group) else ""


# -- widths -----------------------------------------------------------------------------------


def _measure(text: str, narrow: float = _NARROW) -> float:
    """Return how wide a text is in print, in half letters."""
    if text.isascii():
        return len(text) * narrow
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else narrow for sign in text)


def _height(group: Sequence[Cell], width: int) -> int:
    room = (width - _SIDES) / _UNIT
    return sum(max(1, math.ceil(_measure(line) / room)) for given in group for line in _lines(_shown(given)))


def _lines(text: str) -> list[str]:
    return printable(text).split("\n")


def column_widths(paper: Paper) -> list[int]:
    """Return the widths of the columns in print, which add up to the width of the page.

    None is narrower than it reads well, nor wider than its longest line as long as another needs
    the room. Between these a column is as wide as the cube root of its squared lengths: so the
    squared heights of all cells add up to the least.
    """
    paper = banded(paper)
    groups = [_Group(paper, stack) for stack in paper.stacks]
    room = TEXT_WIDTH / _UNIT - len(groups) * _SIDES / _UNIT
    least, most = [group.least for group in groups], [group.most for group in groups]
    if sum(least) > room:  # words break before figures do
        least, most = [group.tight for group in groups], least
    shares = _shared(least, most, [group.weight for group in groups], room)
    widths = [math.floor(share * _UNIT) + _SIDES for share in shares]
    widths[max(range(len(widths)), key=widths.__getitem__)] += TEXT_WIDTH - sum(widths)
    return widths


class _Group:
    """What one printed column has to hold: the columns of a paper that stand below each other."""

    def __init__(self, paper: Paper, stack: Sequence[int]) -> None:
        columns = [paper.columns[position] for position in stack]
        texts = [[_barred(paper, row, position) for position in stack] for row in paper.rows]
        lines = {line for parts in texts for text in parts for line in _lines(text)}
        longest = max((_measure(line) for line in lines), default=0.0)
        heading = max(_least_of_heading(column.heading) for column in columns)
        self.most = max(longest + 2, heading)
        asked = float(max(column.width for column in columns))
        if asked < longest <= asked * _LITTLE_MORE:
            asked = longest
        if all(column.number for column in columns):
            asked = max((_least_of_number(line, asked) for line in lines), default=asked)
        self.least = max(min(asked, self.most), heading)
        cells = (row[position] for row in paper.rows for position in stack)
        runs = (_measure(run, _NARROW_BOLD if given.tone in _TONES else _NARROW)
                for given in cells for run in _runs(_shown(given)))  # fmt: skip
        self.tight = min(self.least, max([_TIGHT, asked / 2, *runs]))
        self.weight = sum(sum(map(_measure, parts)) ** 2 for parts in texts) ** (1 / 3) + 1


def _runs(line: str) -> Iterator[str]:
    """Yield what of a line can't be broken."""
    for run in _RUN.findall(line):
        yield from _FRACTION.split(run) if len(run) >= _LONG_RUN else (run,)


def _least_of_heading(heading: str) -> float:
    """Return the width that a heading needs: a short one stays in one line, no word is cut."""
    whole = _measure(heading, _NARROW_BOLD) + 0.5
    if whole <= _SHORT_HEADING:
        return whole
    words = (_measure(word, _NARROW_BOLD) + 0.5 for word in _WORD.findall(heading))
    return max([min(whole / 2 + 1, _SHORT_HEADING), *words])


def _least_of_number(line: str, asked: float) -> float:
    """Return the width that a figure needs: it stays in one line, its fraction goes below it at worst."""
    whole = _measure(line)
    if _LETTERS.search(line):
        return max([min(whole, asked), *map(_measure, _WORD.findall(line))])
    return whole if whole <= _WHOLE else max(map(_measure, line.split()))


def _shared(least: Sequence[float], most: Sequence[float], weights: Sequence[float], room: float) -> list[float]:
    """Share the room out by weight, each share held between its bounds; the bounds give way if they must."""
    if sum(least) >= room:
        return [share * room / sum(least) for share in least]
    if sum(most) <= room:
        return [share * room / sum(most) for share in most]
    low, high = 0.0, room / min(weights)
    for _ in range(60):
        middle = (low + high) / 2
        if sum(_held(least, most, weights, middle)) > room:
            high = middle
        else:
            low = middle
    return _held(least, most, weights, low)


def _held(least: Sequence[float], most: Sequence[float], weights: Sequence[float], factor: float) -> list[float]:
    return [min(max(weight * factor, low), high) for low, high, weight in zip(least, most, weights, strict=True)]
