"""A paper with headings on a page: each row a band that says which it is, with its texts below in two columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mizuho_pdca.render.pdf.columns import TALL, Printed, Text, columns_of, fitted, lines_of, room_of
from mizuho_pdca.text import display_width

if TYPE_CHECKING:
    from mizuho_pdca.papers.paper import Cell, Heading, Paper

Data = Mapping[str, object]
Draw = Callable[["Cell", float, Printed], Data]

_SHARES = (0.3, 0.36, 0.43, 0.5, 0.57, 0.64, 0.7)
"""What part of the page the first column of texts may take."""

_TOGETHER = 8
"""Lines of notes below a heading up to which they and the first row stand on one page."""

_LINE = 160
"""Half-width characters of a line across the page."""


def listing(paper: Paper, room: float, text: Text, draw: Draw) -> Data:
    """Return a paper with headings as the data of the template."""
    return _Listing(paper, room, text, draw).data()


def _stacked(paper: Paper, bands: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the columns of the band as they stand on the page, some below others."""
    stack: list[int] = []
    for at, column in enumerate(paper.columns):
        if not bands[at]:
            continue
        if stack and column.under and stack[-1] == at - 1:
            stack.append(at)
            continue
        if stack:
            yield stack
        stack = [at]
    yield stack


class _Listing:
    def __init__(self, paper: Paper, room: float, text: Text, draw: Draw) -> None:
        self.paper = paper
        self.lineage: list[Heading] = []
        self.text = text
        self.draw = draw
        is_banded = any(column.band for column in paper.columns)
        bands = [column.band if is_banded else not column.across for column in paper.columns]
        self.band = list(_stacked(paper, bands))
        columns = list(columns_of(paper, self.band, text))
        if all(column.fixed is not None for column in columns):  # the texts below want the whole width
            widest = max(range(len(columns)), key=lambda at: columns[at].wish)
            columns[widest] = columns[widest]._replace(fixed=None)
        self.columns = fitted(columns, room)
        self.room = list(room_of(self.columns, room))
        texts = [at for at, band in enumerate(bands) if not band]
        self.across = [at for at in texts if paper.columns[at].across]
        texts = [at for at in texts if at not in self.across]
        self.below = [*texts, *self.across]
        self.sides = tuple(
            tuple(at for at in texts if paper.columns[at].outlook is outlook) for outlook in (False, True)
        )

    def data(self) -> Data:
        return {
            "kind": "list",
            "shaded": bool(self.paper.groups),
            "name": self.paper.name,
            "title": self.text(self.paper.title, _LINE / 2),
            "columns": [column._asdict() for column in self.columns],
            "items": list(self.items()),
        }

    def items(self) -> Iterator[Data]:
        groups = list(self.paper.groups)
        again: object = False
        for position, row in enumerate(self.paper.rows):
            yield from self.headed([group for group in groups if group.start == position])
            drawn = self.row(row)
            ends = bool(again) and not drawn["again"]
            again = drawn["again"]
            yield {**drawn, "ends": ends, "anchor": self.paper.anchors[position] if self.paper.anchors else ""}

    def headed(self, groups: Sequence[Heading]) -> Iterator[Data]:
        """Yield the headings before a row: the top of the plan by itself, what is below it in one line."""
        top = [group for group in groups if group.level == 0]
        yield from (self.group(group.level, [group], [group]) for group in top)
        below = [group for group in groups if group.level > 0]
        if below:
            # The line says of which measure a submeasure is, also where the measure began further above.
            above = [one for one in self.lineage if one.level < below[0].level]
            self.lineage = [*above, *below]
            yield self.group(1, self.lineage, below)

    def group(self, level: int, named: Sequence[Heading], new: Sequence[Heading]) -> Data:
        text = "　›　".join(one.text for one in named)
        notes = [note for one in new for note in one.notes]
        return {
            "kind": "group",
            "level": level,
            "text": self.text(text, _LINE / 2),
            "again": display_width(text) <= TALL,
            "notes": [self.text(note, _LINE) for note in notes],
            "together": sum(lines_of(note, _LINE) for note in notes) <= _TOGETHER,
        }

    def row(self, row: Sequence[Cell]) -> Data:
        texts = [[at for at in side if not row[at].is_blank] for side in self.sides]
        share = self.share(row, texts)
        named = "".join(row[at].text for stack in self.band for at in stack)
        return {
            "kind": "row",
            # A heading of a table must have a row below it.
            "again": display_width(named) <= TALL and not all(row[at].is_blank for at in self.below),
            "band": [
                [self.draw(row[at], width, column) for at in stack]
                for stack, width, column in zip(self.band, self.room, self.columns, strict=True)
            ],
            "texts": [[self.labelled(row, at, _LINE / 3) for at in side] for side in texts],
            "shares": [share, 1 - share],
            "across": [self.labelled(row, at, _LINE) for at in self.across if not row[at].is_blank],
        }

    def labelled(self, row: Sequence[Cell], at: int, room: float) -> Data:
        cell = row[at]
        return {
            "label": self.text(self.paper.columns[at].heading, room),
            "text": self.text(cell.text, room),
            "tone": cell.tone,
        }

    def share(self, row: Sequence[Cell], texts: Sequence[Sequence[int]]) -> float:
        """Return the part of the width at which the two columns of texts are about as high as each other."""

        def height(side: Sequence[int], width: float) -> int:
            return sum(lines_of(self.paper.columns[at].heading + row[at].text, width * _LINE) for at in side)

        left, right = texts
        return min(_SHARES, key=lambda share: max(height(left, share), height(right, 1 - share)))
