"""How wide the columns of a page are, and how many lines a text takes in one."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mizuho_pdca.papers.paper import ALERT
from mizuho_pdca.text import display_width

if TYPE_CHECKING:
    from mizuho_pdca.papers.paper import Cell, Paper, Size

Text = Callable[[str, float], str]
"""Makes a text printable and breakable in so many half-width characters."""

_SHORT = 15
"""Up to this width, in half-width characters, a column is as wide as its words; wider ones share the
rest by the square root of how much they say."""

_WIDEST_WORDS = 20
"""Half-width characters up to which the words of a narrow column stand in one line, where there is room."""

_WIDEST_NUMBER = 18
_WHOLE_NUMBER = 14
"""Half-width characters of a figure that stands in one line wherever there is any room: 100.0% (15/28)."""

_WHOLE_WORD = 22
"""Half-width characters of a word that stands in one line wherever there is any room: 令和7年10月20日."""

_FIGURES_IN_WORDS = 12.5
"""The same among figures where words stand for one: とりまとめ済."""

_IN_ONE_LINE = 8
"""Half-width characters of a heading above figures that stands in one line where there is room."""

_IN_TWO_LINES = 24
"""Half-width characters of a heading from which on it takes three lines."""

_WISHED = 40
"""Half-width characters that a column of texts wants for itself before narrow ones get more than they need."""

_BOLD = 1.06
"""How much wider bold letters are."""

_BREAKS = re.compile(
    r"(?<=[)）/・→：:、÷ ])(?![)）、。：:])|(?=[(（])|(?<=\n)|(?=\n)|(?<=[のをにがはとでたちな])(?=[一-龥])(?!化)"
)
"""Where words are told apart: at marks, and where kanji follow what binds a word to the next."""

_FIGURE_BREAKS = re.compile(r"(?<= )(?=\()|(?=（)|(?<=\n)|(?=\n)")
"""Where a figure is told from what it was reckoned of."""

_WORDS = re.compile(r"[ぁ-龥（]")
"""What no figure by itself has."""

_TWO_WORDS = re.compile(r"[一-龥]{4}")
"""Four kanji are two words of two: 評価困難."""

_LETTERS = {
    **dict.fromkeys("0123456789", 0.08),
    **dict.fromkeys(" .,", -0.4),
    **dict.fromkeys("()/", -0.25),
    **dict.fromkeys("÷△→↑↓×±…①②③④⑤⑥⑦⑧⑨⑩", 1.0),
    "%": 0.8,
}
"""How much wider than half an ideograph the signs of figures are."""

_UNBROKEN = re.compile(r"[^\s\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+")
"""What has no place for a line break in a column that is too narrow for its words: a figure, a number of the plan."""

_FRACTION = re.compile(r"(?<=/)")
"""Where one that is long breaks first."""

_LONG_RUN = 17

_TIGHT = 4
"""Half-width characters of a column that stand in one line even where there is no room for whole words."""

_MEETING_SCRIPTS = re.compile(r"(?<=[0-9A-Za-z])(?=[\u3005-\u9fff～])|(?<=[\u3005-\u9fff～])(?=[0-9A-Za-z])")
"""Where a quarter of a blank is set between letters of two scripts."""

LEAST = 20

_POINTS = 4.65
"""Points that a half-width character takes in a table."""

_INSET = 6
_NARROW = 8 * _POINTS + _INSET
"""Points of a column of a number of the plan, which does not get narrower."""

ROOMS: Mapping[Size, float] = {"a4": 773, "a3": 1122}
"""Points between the margins of a page."""

LEFT: Mapping[Size, float] = {"a4": 325, "a3": 480}
"""Points that a page that is hardly begun has left at least, and so takes another paper."""

_FIXED = 0.89
"""The part of the page that columns of fixed widths take at most where there are others."""

LONG = 12
"""Lines from which on a row may be cut between two pages: a taller one would leave half a page empty."""

TALL = 240
"""Half-width characters of a heading from which on it does not stand again on the next page."""


class Printed(NamedTuple):
    """A column of the page: a width in points, or None and a share of what the others leave.

    ``pieces`` are the words of each heading; ``tight`` is the width in points at which no figure runs into the next
    column, ``least`` the one at which no word breaks, ``wish`` the one at which all stands in one line.
    """

    headings: list[str]
    pieces: list[list[str]]
    number: bool
    fixed: float | None
    share: int
    tight: float
    least: float
    wish: float


def columns_of(paper: Paper, stacks: Sequence[Sequence[int]], text: Text) -> Iterator[Printed]:
    """Yield the columns of a page, each of columns of the paper that stand below each other."""
    for stack in stacks:
        columns = [paper.columns[position] for position in stack]
        cells = [row[position] for row in paper.rows for position in stack]
        widths = [*map(_cell_width, cells), *(display_width(column.heading) for column in columns)]
        is_number = all(column.number for column in columns)
        is_fixed = is_number or max(column.width for column in columns) <= _SHORT
        headings = [text(column.heading, LEAST) for column in columns]
        pieces = [pieces_of(heading) for heading in headings]
        if is_fixed:
            least, wish = _narrow(cells, pieces, widths, number=is_number)
        else:
            least, wish = LEAST, max(LEAST, min(max(widths), _WISHED))
        yield Printed(
            headings=headings,
            pieces=pieces,
            number=is_number,
            fixed=_points(wish) if is_fixed else None,
            share=max(LEAST, math.isqrt(int(sum(widths)))),
            tight=_points(min(least, max([_TIGHT, *(_cell_width(cell, _runs(cell.text)) for cell in cells)]))),
            least=_points(least),
            wish=_points(wish),
        )


def _narrow(
    cells: Sequence[Cell], pieces: Sequence[Sequence[str]], widths: Sequence[float], *, number: bool
) -> tuple[float, float]:
    """Return how many half-width characters a narrow column needs for its words, and how many it wants."""
    most = _WIDEST_NUMBER if number else _WIDEST_WORDS
    figures = [_cell_width(cell) for cell in cells if number and not _WORDS.search(cell.text)]
    whole = max((width for width in figures if width <= _WHOLE_NUMBER), default=0)
    words = max((_cell_width(cell, pieces_of(cell.text, figures=number)) for cell in cells), default=0)
    heads = max(map(_longest, pieces), default=0) * _BOLD
    told = _FIGURES_IN_WORDS if number and any(_WORDS.search(cell.text) for cell in cells) else _WHOLE_WORD
    least = max(whole, min(words, told), min(heads, most))
    wanted = (*map(_cell_width, cells), *map(_heading_width, pieces)) if number else widths
    return least, max(least, min(max(wanted), most))


def _runs(text: str) -> list[str]:
    """Return what of a text can't be broken."""
    return [
        part
        for run in _UNBROKEN.findall(text)
        for part in (_FRACTION.split(run) if display_width(run) >= _LONG_RUN else (run,))
    ]


def pieces_of(text: str, *, figures: bool = False) -> list[str]:
    """Return the words of a text, each with the marks that belong to it; of figures the parts in brackets."""
    if figures:
        return [piece for piece in _FIGURE_BREAKS.split(text) if piece]
    return [*_in_two(piece for piece in _BREAKS.split(text) if piece)]


def _in_two(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        yield from (piece[:2], piece[2:]) if _TWO_WORDS.fullmatch(piece) else (piece,)


def _cell_width(cell: Cell, parts: Sequence[str] | None = None) -> float:
    """Return what the longest of a cell's lines takes, or of its words."""
    parts = cell.text.split("\n") if parts is None else parts
    sign = display_width(ALERT) if cell.tone == "alert" else 0
    return (sign + _longest(parts)) * (_BOLD if cell.tone in ("strong", "alert") else 1)


def _longest(parts: Sequence[str]) -> float:
    return max((text_width(part.strip()) for part in parts), default=0)


def text_width(text: str) -> float:
    """Return what a text takes, in half-width characters: in this font some letters are wider than others."""
    letters = sum(_LETTERS.get(sign, 0) for sign in text)
    return display_width(text) + letters + len(_MEETING_SCRIPTS.findall(text)) / 2


def _heading_width(pieces: Sequence[str]) -> float:
    """Return what a heading above figures takes in one line, or in two or three where it is long."""
    whole = text_width("".join(pieces))
    if whole <= _IN_ONE_LINE:
        return whole
    lines = 2 if whole <= _IN_TWO_LINES else 3
    return max(_longest(pieces), whole / lines + 2)


def fitted(columns: Sequence[Printed], room: float) -> Sequence[Printed]:
    """Return the columns so that they stand between the margins, and no word of a narrow one breaks.

    Where there is not even room for that, words break, but no figure, which would run into the next column;
    in the last resort numbers of the plan stay as they are, if the others can give way.
    """
    least, wish = sum(column.least for column in columns), sum(column.wish for column in columns)
    if wish <= room:
        return columns
    if least < room:
        part = (room - least) / (wish - least)
        return [
            column._replace(fixed=column.fixed and column.least + (column.wish - column.least) * part)
            for column in columns
        ]
    most = room if all(column.fixed is not None for column in columns) else room * _FIXED
    tight = sum(column.tight for column in columns if column.fixed is not None)
    least = sum(column.least for column in columns if column.fixed is not None)
    if tight <= most:
        part = min(1, (most - tight) / ((least - tight) or 1))
        return [
            column._replace(fixed=column.fixed and column.tight + (column.least - column.tight) * part)
            for column in columns
        ]
    fixed = [column.tight if column.fixed is not None else 0 for column in columns]
    narrow = sum(points for points in fixed if points <= _NARROW)
    kept = narrow if narrow <= most / 2 else 0
    scale = min(1, (most - kept) / ((sum(fixed) - kept) or 1))
    return [
        column._replace(fixed=column.fixed and (points if kept and points <= _NARROW else points * scale))
        for column, points in zip(columns, fixed, strict=True)
    ]


def room_of(columns: Sequence[Printed], room: float) -> Iterator[float]:
    """Yield how many half-width characters a line of each column takes."""
    rest = room - sum(column.fixed or 0 for column in columns)
    shares = sum(column.share for column in columns if column.fixed is None)
    for column in columns:
        points = rest * column.share / shares if column.fixed is None else column.fixed
        yield max(1, (points - _INSET) / _POINTS)


def lines_of(text: str, room: float) -> int:
    """Return how many lines a text takes in a column of so many half-width characters."""
    return sum(max(1, math.ceil(display_width(line) / room)) for line in text.split("\n"))


def across(room: float) -> float:
    """Return how many half-width characters stand beside each other in so many points."""
    return room / _POINTS


def _points(characters: float) -> float:
    return characters * _POINTS + _INSET
