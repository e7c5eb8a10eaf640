"""Lay a wide table out on a narrow page: bands of columns, each beginning with the key column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mizuho_pdca.papers.paper import Cell, Paper
from mizuho_pdca.text import display_width


@dataclass(frozen=True)
class Band:
    """Columns that stand beside each other, with their widths in half-width characters."""

    positions: tuple[int, ...]
    widths: tuple[int, ...]


def bands(paper: Paper, positions: Sequence[int], width: int, border: int) -> list[Band]:
    """Return bands no wider than ``width``, where every column costs ``border`` more than its text.

    The spare width of a band goes to narrow columns most of whose words are longer, at most half of what there is
    to one, and to the widest columns, where long texts are.
    """
    keys = list(range(paper.keys))
    groups: list[list[int]] = [list(keys)]
    for position in positions:
        if position in keys:
            continue
        if _cost(paper, [*groups[-1], position], border) > width and len(groups[-1]) > len(keys):
            groups.append(list(keys))
        groups[-1].append(position)
    return [_spread(paper, group, width, border) for group in groups]


def _cost(paper: Paper, positions: Sequence[int], border: int) -> int:
    return sum(paper.columns[position].width + border for position in positions) + 1


def _spread(paper: Paper, positions: Sequence[int], width: int, border: int) -> Band:
    least = [paper.columns[position].width for position in positions]
    spare = max(0, width - _cost(paper, positions, border))
    total = sum(wanted for wanted in least if wanted >= _LONG)
    grown = list(least)
    for place, position in enumerate(positions):
        lacking = _most(paper, position) - least[place] if least[place] < _LONG else 0
        if 0 < lacking <= spare // 2:
            grown[place] += lacking
            spare -= lacking
    for place, wanted in enumerate(least):
        grown[place] += spare * wanted // total if wanted >= _LONG else 0
    return Band(tuple(positions), tuple(grown))


def _most(paper: Paper, position: int) -> int:
    """Return the width that at least half of a column's cells keep to."""
    widths = sorted(display_width(row[position].text) for row in paper.rows)
    return widths[len(widths) // 2] if widths else 0


_LONG = 14
"""From this width on a column is one of text that takes what space there is."""

_BAR = 40
"""Letters that a bar has at most."""


def plain_rows(paper: Paper, band: Band) -> list[list[str]]:
    """Return the rows of a band as plain text shows them, a text a cell."""
    columns = list(zip(band.positions, band.widths, strict=True))
    return [[plain(paper, row, position, width) for position, width in columns] for row in paper.rows]


def plain(paper: Paper, row: Sequence[Cell], position: int, width: int = 2 * _BAR) -> str:
    """Return a cell as plain text shows it: a bar stands in a line below its figures, a letter for each that it counts.

    Where ``width``, in half-width characters, has no room for so many, each letter is for more than one.
    """
    column, cell = paper.columns[position], row[position]
    if not column.bars:
        return cell.text
    parts = column.segments(cell)
    whole = sum(count for _, count in parts)
    bar = _bar(parts, 1, 1)
    for most in range(min(whole, _BAR), 0, -1):
        bar = _bar(parts, most, whole)
        if display_width(bar) <= width:
            break
    return f"{cell.text}\n{bar}" if bar else cell.text


def _bar(parts: Iterable[tuple[str, int]], most: int, whole: int) -> str:
    return "".join(name[:1] * max(1, count * most // whole) for name, count in parts)
