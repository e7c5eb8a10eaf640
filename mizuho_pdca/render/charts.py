"""Charts of indicators: one Vega-Lite spec each, drawn as SVG or PNG by vl-convert.

Everything that depends on measuring text is fixed in the spec (no automatic size, no legend, no
words), so that a picture has the same bytes wherever it is drawn, and it carries digits and
the letters of eras only: what the signs mean stands in words around it. All signs differ by form, none by colour alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mizuho_pdca.domain.digits import shown
from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, Translate

if TYPE_CHECKING:
    from mizuho_pdca.papers.chart import Chart, Point

Spec = dict[str, object]

_WIDTH, _HEIGHT = 300, 132
_TOP, _RIGHT, _BOTTOM = 16, 18, 18
_DIGIT = 6.2
"""Width of a digit at the size of the labels, in pixels."""

_SIZE = 10
_INK, _ACTUAL, _TARGET, _FAINT = "#333333", "#1f4e79", "#a33b00", "#767676"
FONT = "Liberation Sans"
_MINUS = "\u2212"
"""What Vega writes on the axis before a negative value."""

_MOST_LABELS = 6
_ABOVE: Mapping[str, object] = {"dy": -9}
_BELOW: Mapping[str, object] = {"dy": 15}
_BESIDE: Mapping[str, object] = {"dx": 7, "dy": 4, "align": "left"}
_ROOM_BELOW = 0.15
"""The part of the height that a label needs below its point."""


def legend(t: Translate) -> str:
    """Return what the signs of every chart mean."""
    return t(N_("● actual  ◇ target  □ baseline  - - - guide (between them in a straight line; no target)"))


def spec(chart: Chart) -> Spec:
    """Return the Vega-Lite spec of a chart."""
    low, high = map(float, chart.span)
    left = 10 + _DIGIT * max(len(_plain(value, thousands=True)) for value in _ticks(low, high))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _WIDTH - left - _RIGHT,
        "height": _HEIGHT,
        "autosize": "none",
        "padding": {"left": left, "right": _RIGHT, "top": _TOP, "bottom": _BOTTOM},
        "background": "white",
        "layer": list(_layers(chart)),
        "encoding": {
            "x": {
                "field": "year",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [chart.years[0] - 0.5, chart.years[-1] + 0.5], "nice": False, "zero": False},
                "axis": {
                    "values": _labelled(chart),
                    "labelExpr": f"({json.dumps({year: chart.label(year) for year in chart.years})})[datum.value]",
                    "grid": False,
                    "tickSize": 3,
                    "labelFlush": False,
                },
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [low, high], "nice": False, "zero": False},
                "axis": {
                    "values": _ticks(low, high),
                    "labelExpr": "format(datum.value, ',.6~f')",
                    "tickSize": 0,
                    "domain": False,
                },
            },
        },
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": _SIZE,
                "labelColor": _INK,
                "labelOverlap": False,
                "labelLimit": 0,
                "gridColor": "#dddddd",
                "domainColor": _FAINT,
                "tickColor": _FAINT,
            },
        },
    }


def _layers(chart: Chart) -> Iterator[Spec]:
    if chart.guide_line:
        yield _layer(chart.guide_line, {"type": "line", "color": _FAINT, "strokeDash": [4, 3], "strokeWidth": 1})
    for run in chart.runs:
        yield _layer(run, {"type": "line", "color": _ACTUAL, "strokeWidth": 2})
    if chart.baseline is not None:
        yield _layer([chart.baseline], _point("square", _FAINT))
    yield _layer(chart.targets, _point("diamond", _TARGET))
    yield _layer([point for run in chart.runs for point in run], _point("circle", _ACTUAL) | {"fill": _ACTUAL})
    yield from _labels(chart)


def _layer(points: Sequence[Point], mark: Mapping[str, object]) -> Spec:
    return {"data": {"values": [{"year": year, "value": float(value)} for year, value in points]}, "mark": mark}


def _point(shape: str, color: str) -> dict[str, object]:
    return {"type": "point", "shape": shape, "stroke": color, "fill": "white", "size": 46, "opacity": 1}


def _labels(chart: Chart) -> Iterator[Spec]:
    """Yield the values that one looks for, the reviewed year's actual and the targets, none on another."""
    actuals = {year: value for run in chart.runs for year, value in run}
    actual = actuals.get(chart.year)
    target = dict(chart.targets).get(chart.year)
    beside = target if target is not None else dict(chart.guide).get(chart.year)
    is_below = actual is not None and beside is not None and actual < beside
    low, high = map(float, chart.span)

    def below(value: Decimal) -> Mapping[str, object]:
        return _BELOW if float(value) - low > (high - low) * _ROOM_BELOW else _BESIDE

    for year, value in chart.targets:
        if year != chart.year or actual is None or is_below:
            yield _label((year, value), _TARGET, _ABOVE)
        elif value != actual:
            yield _label((year, value), _TARGET, below(value))
    if actual is not None:
        yield _label((chart.year, actual), _ACTUAL, below(actual) if is_below else _ABOVE)


def _label(point: Point, color: str, place: Mapping[str, object]) -> Spec:
    text = f"{shown(point[1]):,f}".replace("-", _MINUS)
    words = {"type": "text", "text": text, "fontSize": _SIZE, "color": color}
    return _layer([point], {**words, **place})


def _labelled(chart: Chart) -> list[int]:
    """Return the years that the axis names: every one, or every other so that they don't touch."""
    step = 1 + (len(chart.years) - 1) // _MOST_LABELS
    return [year for year in chart.years if (year - chart.year) % step == 0]


def _ticks(low: float, high: float) -> list[float]:
    """Return round values between low and high, about four of them."""
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [round(step * count, 9) for count in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _plain(value: float | Decimal, *, thousands: bool = False) -> str:
    exact = Decimal(str(value)).normalize()
    return f"{exact:,f}" if thousands else f"{exact:f}"


def svg(chart: Chart) -> str:
    """Return a chart as SVG, without words."""
    with needed_for("SVG"):
        import vl_convert

    return vl_convert.vegalite_to_svg(spec(chart))


def png(chart: Chart) -> bytes:
    """Return a chart as PNG at three times the size of the SVG."""
    with needed_for("PNG"):
        import vl_convert

    return vl_convert.svg_to_png(vl_convert.vegalite_to_svg(spec(chart)), scale=3)
