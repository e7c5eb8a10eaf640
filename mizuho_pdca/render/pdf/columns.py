"""How wide the columns of a page are, and how many lines a text takes in one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mizuho_pdca.text import display_width

if TYPE_CHECKING:
    from mizuho_pdca.papers.paper import Paper, Size

Text = Callable[[str, float], str]
"""Makes a text printable and breakable in so many half-width characters."""

_SHORT = 15
"""Up to this width, in half-width characters, a column is as wide as its words; wider ones share the
rest by the square root of how much they say."""

_WIDEST_NUMBER = 18
_IN_ONE_LINE = 8
"""Half-width characters of a heading above figures that is not broken."""

LEAST = 20

_POINTS = 4.65
"""Points that a half-width character takes in a table."""

_INSET = 6
_NARROW = 8 * _POINTS + _INSET
"""Points of a column of a number of the plan, which does not get narrower."""

ROOMS: Mapping[Size, float] = {"a4": 773, "a3": 1122}
"""Points between the margins of a page."""

_FIXED = 0.89
"""The part of the page that columns of fixed widths may take where there are others."""

LONG = 12
"""Lines from which on a row may be cut between two pages: a taller one would leave half a page empty."""

TALL = 240
"""Half-width characters of a heading from which on it does not stand again on the next page."""


class Printed(NamedTuple):
    """A column of the page: a width in points, or None and a share of what the others leave."""

    headings: list[str]
    number: bool
    fixed: float | None
    share: int


def columns_of(paper: Paper, stacks: Sequence[Sequence[int]], text: Text, widest: int = _SHORT) -> Iterator[Printed]:
    """Yield the columns of a page, each of columns of the paper that stand below each other.

    A narrow one takes its words in one line up to ``widest`` half-width characters.
    """
    for stack in stacks:
        columns = [paper.columns[position] for position in stack]
        lines = [line for row in paper.rows for position in stack for line in row[position].text.split("\n")]
        is_number = all(column.number for column in columns)
        headings = (
            _heading_width(column.heading) if is_number else display_width(column.heading) for column in columns
        )
        widths = [*map(display_width, lines), *headings]
        is_short = max(column.width for column in columns) <= _SHORT
        yield Printed(
            headings=[text(column.heading, LEAST) for column in columns],
            number=is_number,
            fixed=_points(widths, _WIDEST_NUMBER if is_number else widest) if is_number or is_short else None,
            share=max(LEAST, math.isqrt(sum(widths))),
        )


def _heading_width(heading: str) -> int:
    """Return what a heading above figures takes in one line, or in two where it is long."""
    width = display_width(heading)
    return width if width <= _IN_ONE_LINE else width // 2 + 2


def fitted(columns: Sequence[Printed], room: float) -> Sequence[Printed]:
    """Return the columns so that they stand between the margins, and the wide ones have a part of the page.

    Narrow ones stay as they are, where the others can give way: a number such as 1-1②-1 has no
    place for a line break and would run into the next column.
    """
    fixed = [column.fixed or 0 for column in columns]
    most = room if all(column.fixed is not None for column in columns) else room * _FIXED
    if sum(fixed) <= most:
        return columns
    narrow = sum(points for points in fixed if points <= _NARROW)
    kept = narrow if narrow <= most / 2 else 0
    scale = (most - kept) / (sum(fixed) - kept)
    return [
        column if kept and points <= _NARROW else column._replace(fixed=column.fixed and points * scale)
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


def _points(widths: Iterable[int], most: int) -> float:
    return min(max(widths), most) * _POINTS + _INSET
