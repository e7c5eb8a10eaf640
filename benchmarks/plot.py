"""The growth of commands with the number of entries, as a picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Point(NamedTuple):
    """What one command takes at one size, in seconds of the processor."""

    name: str
    entries: int
    seconds: float


def drawn(points: Iterable[Point]) -> str:
    """Return the picture as SVG; both scales are logarithmic, so that what grows in proportion is a straight line."""
    import vl_convert

    points = list(points)
    values = [{"command": one.name, "entries": one.entries, "seconds": round(one.seconds, 3)} for one in points]
    scale = {"type": "log"}
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 520,
        "height": 320,
        "background": "white",
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 40},  # room for other fonts
        "data": {"values": values},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {
                "field": "entries",
                "type": "quantitative",
                "scale": scale,
                "axis": {"values": sorted({one.entries for one in points}), "format": ",d"},
            },
            "y": {"field": "seconds", "type": "quantitative", "scale": scale, "title": "seconds of the processor"},
            "color": {"field": "command", "type": "nominal"},
            "strokeDash": {"field": "command", "type": "nominal"},
        },
    }
    return str(vl_convert.vegalite_to_svg(chart)) + "\n"
