"""What a chart of an indicator shows, as numbers and words and blind to any format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

Point = tuple[int, Decimal]
"""A fiscal year and a value in the indicator's unit."""


@dataclass(frozen=True)
class Actual:
    """The actual of one year: as printed, and as a number where there is one."""

    year: int
    text: str
    value: Decimal | None


@dataclass(frozen=True)
class Chart:
    """An indicator over the years: actuals with their gaps, targets, the line of the guide, the baseline.

    ``year`` is the reviewed one, ``years`` are all fiscal years of the axis; ``guide`` has the years
    between baseline and target alone; ``description`` says in words what the picture shows;
    ``headings`` are those of its table: year, actual, target, guide.
    """

    anchor: str
    number: str
    title: str
    unit: str
    year: int
    years: tuple[int, ...]
    actuals: tuple[Actual, ...]
    targets: tuple[Point, ...]
    guide: tuple[Point, ...]
    baseline: Point | None
    description: str
    headings: tuple[str, str, str, str]

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
    def rows(self) -> Iterator[tuple[int, Actual | None, Decimal | None, Decimal | None]]:
        """Yield the table behind the picture: year, actual, target and guide, None where there is none."""
        actuals = {actual.year: actual for actual in self.actuals}
        targets, guide = dict(self.targets), dict(self.guide)
        for year in self.years:
            yield year, actuals.get(year), targets.get(year), guide.get(year)
