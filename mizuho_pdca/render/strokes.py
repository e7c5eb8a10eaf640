"""A chart's layers as SVG, written directly: a dozen charts take a few milliseconds, and the same bytes everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_GRID, _FAINT, _INK = "#dddddd", "#767676", "#333333"
_TICK = 3
_ROOM_FOR_YEAR = 13


@dataclass(frozen=True)
class Frame:
    """Where a chart is drawn: its size, the room around the plot in pixels, and what its axes span."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    years: tuple[float, float]
    values: tuple[float, float]

    def x(self, year: float) -> float:
        """Return where a year stands."""
        first, last = self.years
        return self.left + (year - first) / (last - first) * (self.width - self.left - self.right)

    def y(self, value: float) -> float:
        """Return where a value stands."""
        low, high = self.values
        return self.top + (high - value) / (high - low) * (self.height - self.top - self.bottom)


def picture(frame: Frame, body: Sequence[str], font: str, size: float) -> str:
    """Return the SVG of elements in a frame."""
    view = f'viewBox="0 0 {_n(frame.width)} {_n(frame.height)}" width="{_n(frame.width)}" height="{_n(frame.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {view}><g font-family="{font}" font-size="{_n(size)}">'
        f"{''.join(body)}</g></svg>"
    )


def axes(frame: Frame, ticks: Mapping[float, str], years: Mapping[int, str], *, is_cut: bool) -> Iterator[str]:
    """Yield the lines of the values with their labels, and the years; an axis that does not begin at 0 has a break."""
    right, foot = frame.width - frame.right, frame.height - frame.bottom
    for value, label in ticks.items():
        y = frame.y(value)
        yield line(frame.left, y, right, y, _GRID)
        yield text(frame.left - 4, y + 3.5, label, _INK, anchor="end")
    yield line(frame.left, foot, right, foot, _FAINT)
    for year, label in years.items():
        x = frame.x(year)
        yield line(x, foot, x, foot + _TICK, _FAINT)
        yield text(x, foot + _ROOM_FOR_YEAR, label, _INK)
    if is_cut:
        at = frame.left
        yield path(f"M{_n(at)} {_n(foot)}l-3 -3l6 -3l-6 -3l3 -3", _INK, width=1.2)


def band(frame: Frame, span: tuple[float, float], values: tuple[float, float], color: str) -> str:
    """Return the area between two values in a span of years."""
    low, high = sorted(frame.y(max(frame.values[0], min(frame.values[1], value))) for value in values)
    left, right = (frame.x(year) for year in span)
    return (
        f'<rect x="{_n(left)}" y="{_n(low)}" width="{_n(right - left)}" height="{_n(high - low)}" '
        f'fill="{color}" fill-opacity="0.22"/>'
    )


def arrow(frame: Frame, *, up: bool) -> str:
    """Return the arrow at the right edge that points to where better is."""
    x, foot, tip = frame.width - 6, (30.0 if up else 6.0), (6.0 if up else 30.0)
    head = 5 if up else -5
    return path(f"M{_n(x)} {_n(foot)}L{_n(x)} {_n(tip)}m-3.5 {head}L{_n(x)} {_n(tip)}l3.5 {head}", _FAINT, width=1.4)


def joined(frame: Frame, points: Sequence[tuple[float, float]], color: str, width: float, dash: str = "") -> str:
    """Return points as a line."""
    steps = "L".join(f"{_n(frame.x(year))} {_n(frame.y(value))}" for year, value in points)
    return path(f"M{steps}", color, width=width, dash=dash)


def sign(frame: Frame, point: tuple[float, float], shape: str, color: str, fill: str) -> str:
    """Return the sign of a point: a circle, a diamond, a square, or a cross at the foot for a year without a value."""
    x, y = frame.x(point[0]), frame.y(point[1])
    shapes = {
        "circle": f"M{_n(x - 3.8)} {_n(y)}a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0 -7.6 0Z",
        "diamond": f"M{_n(x)} {_n(y - 5)}l4.2 5l-4.2 5l-4.2 -5Z",
        "square": f"M{_n(x - 3.4)} {_n(y - 3.4)}h6.8v6.8h-6.8Z",
        "cross": f"M{_n(x - 3)} {_n(y - 3)}l6 6m0 -6l-6 6",
    }
    return path(shapes[shape], color, fill=fill)


def line(left: float, top: float, right: float, bottom: float, color: str) -> str:
    """Return a straight line."""
    return path(f"M{_n(left)} {_n(top)}L{_n(right)} {_n(bottom)}", color)


def path(steps: str, color: str, *, width: float = 1, dash: str = "", fill: str = "none") -> str:
    """Return a path."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{steps}" fill="{fill}" stroke="{color}" stroke-width="{_n(width)}"{dashed}/>'


def blank(box: tuple[float, float, float, float]) -> str:
    """Return white paper from left and top to right and bottom, so that no line strikes what stands on it through."""
    left, top, right, bottom = box
    return (
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" height="{_n(bottom - top)}" '
        'fill="white" fill-opacity="0.85"/>'
    )


def text(x: float, y: float, words: str, color: str, *, anchor: str = "middle") -> str:
    """Return digits at a place."""
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" fill="{color}">{words}</text>'


def _n(value: float) -> str:
    """Return a number of pixels, the same on every machine."""
    return f"{round(value, 2):g}"
