"""What a chart of an indicator shows, as numbers and words and blind to any format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Point = tuple[int, Decimal]
"""A fiscal year and a value in the indicator's unit."""


Better = Literal["", "up", "down"]

_PERCENT = ("%", "％")
_ROOM = Decimal("0.08")
"""The part of the height that stays free above the highest value, and below the lowest."""


@dataclass(frozen=True)
class ActualPoint:
    """The actual of one year: as printed, and as a number where there is one."""

    year: int
    text: str
    value: Decimal | None


@dataclass(frozen=True)
class Chart:
    """An indicator over the years: actuals with their gaps, targets, the line of the guide, the baseline.

    ``year`` is the reviewed one, ``years`` are all fiscal years of the axis; ``guide`` has the years
    between baseline and target alone; ``description`` says in words what the picture shows;
    ``caption`` is number, title, unit, and the ``note``: why the reviewed year has no actual;
    ``headings`` are those of the table: year, actual, target, guide; ``labels`` what the years are
    called, if not by their numbers. ``better`` says where better is, ``tolerance`` how far from its
    target a value may be, ``ranges`` by year between which values a target is met that is no one figure.
    """

    anchor: str
    number: str
    title: str
    caption: str
    unit: str
    year: int
    years: tuple[int, ...]
    actuals: tuple[ActualPoint, ...]
    targets: tuple[Point, ...]
    guide: tuple[Point, ...]
    baseline: Point | None
    description: str
    headings: tuple[str, str, str, str]
    note: str = ""
    better: Better = ""
    tolerance: Decimal | None = None
    ranges: tuple[tuple[int, Decimal, Decimal], ...] = ()
    labels: tuple[str, ...] = ()

    def label(self, year: int) -> str:
        """Return what a year of the axis is called where room is short: R6."""
        return self.labels[self.years.index(year)] if self.labels else str(year)

    @property
    def span(self) -> tuple[Decimal, Decimal]:
        """Return from where to where the axis goes: from 0 on, unless it shows percentages that lie far above it."""
        values = [value for points in (*self.runs, self.targets, self.guide_line) for _, value in points]
        values += [self.baseline[1]] if self.baseline is not None else []
        values += [bound for _, *bounds in self.tolerated for bound in bounds]
        low, high = min(values, default=Decimal(0)), max(values, default=Decimal(1))
        if low >= 0 and (self.unit not in _PERCENT or low * 2 <= high):
            low = Decimal(0)
        room = ((high - low) or abs(high) or Decimal(1)) * _ROOM
        return (low if low == 0 else low - room), high + room

    @property
    def tolerated(self) -> Iterator[tuple[int, Decimal, Decimal]]:
        """Yield by year between which values a target is met, where it has a tolerance or is a range."""
        yield from self.ranges
        if self.tolerance is not None:
            yield from ((year, value - self.tolerance, value + self.tolerance) for year, value in self.targets)

    @property
    def runs(self) -> Iterator[tuple[Point, ...]]:
        """Yield the actuals that follow one another without a gap."""
        run: list[Point] = []
        for actual in self.actuals:
            if actual.value is not None:
                run.append((actual.year, actual.value))
            elif run:
                yield tuple(run)
                run = []
        if run:
            yield tuple(run)

    @property
    def guide_line(self) -> tuple[Point, ...]:
        """Return what the guide runs between in straight lines: the baseline and the targets."""
        ends = (*self.targets, *((self.baseline,) if self.baseline is not None else ()))
        return tuple(sorted(dict(ends[::-1]).items())) if self.guide else ()

    @property
    def rows(self) -> Iterator[tuple[int, ActualPoint | None, Decimal | None, Decimal | None]]:
        """Yield the table behind the picture: year, actual, target and guide, None where there is none."""
        actuals = {actual.year: actual for actual in self.actuals}
        targets, guide = dict(self.targets), dict(self.guide)
        for year in self.years:
            yield year, actuals.get(year), targets.get(year), guide.get(year)
