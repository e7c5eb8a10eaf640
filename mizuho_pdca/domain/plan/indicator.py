"""An indicator (KPI) 指標: what it measures, from where, to where, and how a year is counted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import Field

from mizuho_pdca.domain.schema.shapes import Figure, InForce, Number, RawFigure, Shape, Text, Year

Measured = Fraction | bool
"""A value of an indicator: an exact number in its unit, or yes/no where its method is ``done``."""

Direction = Literal["increase", "decrease", "maintain"]
Method = Literal["ratio", "progress", "maintain", "done"]
Aggregate = Literal["sum", "cumulative", "latest", "max", "mean"]

DIRECTIONS_OF: Mapping[Method, tuple[Direction, ...]] = {
    "ratio": ("increase",),
    "progress": ("increase", "decrease"),
    "maintain": ("increase", "decrease", "maintain"),
    "done": ("increase", "decrease", "maintain"),
}
"""For which directions a method has a meaning."""

_YES = {"yes", "true", "はい", "有", "済"}
_NO = {"no", "false", "いいえ", "無", "未"}


class Baseline(Shape):
    """A value before the plan, in the indicator's unit, with the section that gives it."""

    year: Year
    value: RawFigure
    source: Text | None = None


class Words(Shape):
    """What yes and no are called for this indicator, such as 設置 and なし."""

    yes: Text
    no: Text


class RevisedTargets(InForce):
    """Targets that take the place of those of the same years, in reviews from ``from`` on."""

    since: Year = Field(alias="from")
    targets: dict[Year, RawFigure]


class Indicator(InForce):
    """An indicator at the node that it measures; targets are by fiscal year, in its unit."""

    id: Text
    name: Text
    unit: Text | None = None
    kind: Literal["output", "outcome"]
    direction: Direction
    method: Method
    aggregate: Aggregate
    baseline: Baseline | None = None
    targets: dict[Year, RawFigure] = Field(default_factory=dict)
    revised_targets: tuple[RevisedTargets, ...] = ()
    tolerance: Number | None = None
    words: Words | None = None
    source: Text | None = None
    note: Text | None = None
    adopted: bool

    def accepts(self, figure: Figure) -> bool:
        """Return whether a figure in a file means anything for this indicator."""
        return isinstance(figure, Decimal) if self.method != "done" else self.read(figure) is not None

    def read(self, figure: Figure) -> Measured | None:
        """Return what a figure in a file means for this indicator, or None if it means nothing."""
        if self.method != "done":
            return Fraction(figure) if isinstance(figure, Decimal) else None
        if isinstance(figure, bool):
            return figure
        word = str(figure)
        if self.words is not None and word in (self.words.yes, self.words.no):
            return word == self.words.yes
        if word in _YES or word in _NO:
            return word in _YES
        return None

    @cached_property
    def baseline_value(self) -> Measured | None:
        """Return the baseline in the indicator's unit."""
        return None if self.baseline is None else self.read(self.baseline.value)

    @property
    def target_values(self) -> dict[int, Measured]:
        """Return the targets by fiscal year, in rising order."""
        read = ((year, self.read(figure)) for year, figure in sorted(self.targets.items()))
        return {year: value for year, value in read if value is not None}

    def spell(self, value: bool) -> str:  # noqa: FBT001 (the value itself is yes or no)
        """Return the indicator's own word for yes or no."""
        if self.words is None:
            return "yes" if value else "no"
        return self.words.yes if value else self.words.no
