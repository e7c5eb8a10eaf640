"""Lay a wide table out on a narrow page: bands of columns, each beginning with the key column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mizuho_pdca.papers.paper import Cell, Paper


@dataclass(frozen=True)
class Band:
    """Columns that stand beside each other, with their widths in half-width characters."""

    positions: tuple[int, ...]
    widths: tuple[int, ...]


def bands(paper: Paper, positions: Sequence[int], width: int, border: int) -> list[Band]:
    """Return bands no wider than ``width``, where every column costs ``border`` more than its text.

    The spare width of a band goes to its widest columns, where long texts are.
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
    grown = [wanted + (spare * wanted // total if wanted >= _LONG else 0) for wanted in least]
    return Band(tuple(positions), tuple(grown))


_LONG = 14
"""From this width on a column is one of text that takes what space there is."""

_BAR = 40
"""Letters that a bar has at most."""


def plain(paper: Paper, row: Sequence[Cell], position: int) -> str:
    """Return a cell as plain text shows it: a bar stands below its figures, a letter for each that it counts."""
    column, cell = paper.columns[position], row[position]
    if not column.bars:
        return cell.text
    parts = column.segments(cell)
    most = max(_BAR, sum(count for _, count in parts))
    bar = "".join(name[:1] * max(1, count * _BAR // most) for name, count in parts)
    return f"{cell.text}\n{bar}" if bar else cell.text
