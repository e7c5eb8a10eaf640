"""Charts of indicators, as SVG or PNG.

A picture carries digits and the letters of eras only, in a size and at places that are reckoned here:
what the signs mean stands in words around it. All signs differ by form, none by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mizuho_pdca.domain.digits import shown
from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.render import strokes

if TYPE_CHECKING:
    from mizuho_pdca.papers.chart import Chart, Point

_WIDTH, _HEIGHT = 300, 158
_TOP, _RIGHT, _BOTTOM = 18, 20, 20
SIZE = 11
_DIGIT = 6.6
"""Width of a digit at the size of the labels, in pixels."""

_ACTUAL, _TARGET, _FAINT = "#1f4e79", "#a33b00", "#767676"
FONT = "Liberation Sans"
_MINUS = "\u2212"
"""Stands before a negative value."""

_MOST_LABELS = 6
_HALF = 0.5
_TICK_ROOM = 5
"""Pixels below the axis that hold nothing but the ticks."""

_WIDE_BAND = 0.5
"""The part of a year that the tolerance of a target reaches to each side."""

_SIGN, _ARROW = 4.5, 11
"""Half the width of a sign, and the room of the arrow at the right."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of something on the picture, in pixels."""

Place = Literal["above", "below", "right", "left"]
_SHIFTS: Mapping[Place, tuple[float, float]] = {"above": (0, -8), "below": (0, 17), "right": (7, 4), "left": (-7, 4)}


def legend(t: Translate) -> str:
    """Return what the signs of every chart mean."""
    return t(
        N_(
            "● actual  ◇ target  □ baseline  × no figure  - - - guide (between them in a straight line; no target)  "
            "grey: within the tolerance  ↑↓ at the right: where better is  ≷ at the foot: the axis does not begin at 0"
        )
    )


@dataclass(frozen=True)
class Label:
    """A value that is written beside its point."""

    point: Point
    text: str
    color: str
    place: Place


@dataclass(frozen=True)
class Marks:
    """What a chart shows, before it is drawn."""

    chart: Chart

    @cached_property
    def frame(self) -> strokes.Frame:
        """Return the room of the picture, with what the values need at the left."""
        chart, span = self.chart, (float(self.chart.span[0]), float(self.chart.span[1]))
        left = 12 + _DIGIT * max(len(text) for text in _ticks(*span).values())
        years = (chart.years[0] - _HALF, chart.years[-1] + _HALF)
        return strokes.Frame(_WIDTH, _HEIGHT, left, _TOP, _RIGHT, _BOTTOM, years, span)

    @property
    def ticks(self) -> Mapping[float, str]:
        """Return the values that the axis names."""
        return _ticks(*self.frame.values)

    @property
    def years(self) -> Mapping[int, str]:
        """Return the years that the axis names: every one, or so many that their names don't touch."""
        chart = self.chart
        step = 1 + (len(chart.years) - 1) // _MOST_LABELS
        return {year: chart.label(year) for year in chart.years if (year - chart.year) % step == 0}

    @property
    def gaps(self) -> tuple[int, ...]:
        """Return the years that have no figure although they are over, or the reviewed one."""
        return tuple(actual.year for actual in self.chart.actuals if actual.value is None)

    @property
    def labels(self) -> Iterator[Label]:
        """Yield the values that one looks for, those that no other one leaves room for left out."""
        taken: list[Box] = []
        signs = {point: self._sign(point) for point in self._points()}
        for point, color, places in self._wanted():
            text = f"{shown(point[1]):,f}".replace("-", _MINUS)
            others = [box for other, box in signs.items() if other != point]
            for place in places:
                box = self._box(point, text, place)
                if self._fits(box) and not any(_meet(box, other) for other in (*taken, *others)):
                    taken.append(box)
                    yield Label(point, text, color, place)
                    break

    def _wanted(self) -> Iterator[tuple[Point, str, Sequence[Place]]]:
        """Yield the reviewed year's actual, its target, and the plan's last target."""
        chart = self.chart
        actual = {year: value for run in chart.runs for year, value in run}.get(chart.year)
        targets = dict(chart.targets)
        target = targets.pop(chart.year, None)
        beside = target if target is not None else dict(chart.guide).get(chart.year)
        is_below = actual is not None and beside is not None and actual < beside
        if actual is not None:
            yield (chart.year, actual), _ACTUAL, _below() if is_below else _above()
        if target is not None and target != actual:
            yield (chart.year, target), _TARGET, _above() if actual is None or is_below else _below()
        for year, value in sorted(targets.items())[-1:]:
            yield (year, value), _TARGET, _above()

    def _points(self) -> Iterator[Point]:
        """Yield every point that has a sign."""
        chart = self.chart
        yield from (point for run in chart.runs for point in run)
        yield from chart.targets
        yield from (chart.baseline,) if chart.baseline is not None else ()

    def _sign(self, point: Point) -> Box:
        x, y = self.frame.x(point[0]), self.frame.y(float(point[1]))
        return x - _SIGN, y - _SIGN, x + _SIGN, y + _SIGN

    @property
    def _last(self) -> float:
        """Return how far to the right a label may reach: the arrow stays free."""
        return _WIDTH - (_ARROW if self.chart.better else 0)

    def _box(self, point: Point, text: str, place: Place) -> Box:
        dx, dy = _SHIFTS[place]
        x, y = self.frame.x(point[0]) + dx, self.frame.y(float(point[1])) + dy
        width = _DIGIT * len(text)
        left = x - width / 2 if dx == 0 else x if dx > 0 else x - width
        left = min(max(left, self.frame.left), self._last - width) if dx == 0 else left
        return left, y - SIZE + 1, left + width, y + 1

    def _fits(self, box: Box) -> bool:
        left, top, right, bottom = box
        return left >= self.frame.left and right <= self._last and top >= 0 and bottom <= _HEIGHT - _BOTTOM + _TICK_ROOM

    def draw(self) -> Iterator[str]:
        """Yield the elements of the picture, those behind first."""
        chart, frame = self.chart, self.frame
        yield from strokes.axes(frame, self.ticks, self.years, is_cut=frame.values[0] > 0)
        for year, low, high in chart.tolerated:
            span = (max(year - _WIDE_BAND, frame.years[0]), min(year + _WIDE_BAND, frame.years[1]))
            yield strokes.band(frame, span, (float(low), float(high)), _FAINT)
        if chart.guide_line:
            yield strokes.joined(frame, _floats(chart.guide_line), _FAINT, 1, "4 3")
        for run in chart.runs:
            yield strokes.joined(frame, _floats(run), _ACTUAL, 2)
        for year in self.gaps:
            yield strokes.sign(frame, (year, frame.values[0]), "cross", _FAINT, "none")
        if chart.baseline is not None:
            yield strokes.sign(frame, _float(chart.baseline), "square", _FAINT, "white")
        for point in chart.targets:
            yield strokes.sign(frame, _float(point), "diamond", _TARGET, "white")
        for run in chart.runs:
            yield from (strokes.sign(frame, _float(point), "circle", _ACTUAL, _ACTUAL) for point in run)
        for label in self.labels:
            left, top, right, bottom = self._box(label.point, label.text, label.place)
            yield strokes.blank((left, top, right, bottom))
            yield strokes.text((left + right) / 2, bottom - 1, label.text, label.color)
        if chart.better:
            yield strokes.arrow(frame, up=chart.better == "up")


def _above() -> Sequence[Place]:
    return ("above", "right", "left", "below")


def _below() -> Sequence[Place]:
    return ("below", "right", "left", "above")


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _float(point: Point) -> tuple[float, float]:
    return point[0], float(point[1])


def _floats(points: Sequence[Point]) -> list[tuple[float, float]]:
    return [_float(point) for point in points]


def _ticks(low: float, high: float) -> dict[float, str]:
    """Return round values between low and high, about four of them, as they are printed."""
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    found = (round(step * count, 9) for count in range(math.ceil(low / step), math.floor(high / step) + 1))
    return {value: f"{Decimal(str(value)).normalize():,f}".replace("-", _MINUS) for value in found}


def svg(chart: Chart) -> str:
    """Return a chart as SVG, without words."""
    marks = Marks(chart)
    return strokes.picture(marks.frame, list(marks.draw()), FONT, SIZE)


def png(chart: Chart) -> bytes:
    """Return a chart as PNG at three times the size of the SVG."""
    with needed_for("PNG"):
        import vl_convert

    return vl_convert.svg_to_png(svg(chart), scale=3)
