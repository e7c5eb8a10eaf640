"""Native charts of the indicators, and the table of numbers that they are drawn from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.chart import Chart
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part
from mizuho_pdca.papers.words import print_number
from mizuho_pdca.render.xlsx.cells import FONT
from mizuho_pdca.text import NONE, printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.chart_line import ChartLine  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Line = tuple[str, Mapping[int, Decimal]]
"""What a series is, ``actual``, ``target``, ``guide`` or ``baseline``, with its values by year."""

_INK, _FAINT = "#1F3864", "#7F7F7F"
TREND = "trend"
"""The name of the paper with the numbers."""

_SERIES, _FIRST_YEAR = 2, 4
"""The columns of the numbers that name the series and that hold the first year."""

_THOUSAND = 1000
_GAP = 12
_LEAST_WIDTH = 400
_MOST_ABREAST = 3
_HEIGHT = 280
BAND = (_HEIGHT + _GAP) * 0.75
"""The height of a row of charts in points, of which a pixel has three quarters."""

_SIGNS: Mapping[str, Mapping[str, object]] = {
    "actual": {
        "line": {"color": _INK, "width": 2.25},
        "marker": {"type": "circle", "size": 7, "fill": {"color": _INK}, "border": {"color": _INK}},
    },
    "target": {
        "line": {"none": True},
        "marker": {"type": "diamond", "size": 9, "fill": {"color": "#A33B00"}, "border": {"color": "#A33B00"}},
    },
    "guide": {"line": {"color": _FAINT, "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}},
    "baseline": {
        "line": {"none": True},
        "marker": {"type": "square", "size": 7, "fill": {"color": "#BFBFBF"}, "border": {"color": "#404040"}},
    },
}


def _lines(chart: Chart) -> Iterator[Line]:
    """Yield the series of a chart that have values; actuals always."""
    actuals = {actual.year: actual.value for actual in chart.actuals if actual.value is not None}
    yield "actual", actuals
    if chart.targets:
        yield "target", dict(chart.targets)
    if chart.guide:
        yield "guide", dict(chart.guide) | dict(chart.guide_line)
    if chart.baseline is not None:
        yield "baseline", dict((chart.baseline,))


def _years(charts: Iterable[Chart]) -> range:
    years = [year for chart in charts for year in chart.years]
    return range(min(years), max(years) + 1)


def trend(charts: Sequence[Chart], t: Translate) -> Paper:
    """Return the numbers behind the charts: a row for each series, a column for each fiscal year."""
    years = _years(charts)
    columns = (
        Column(t(N_("No.")), 8),
        Column(t(N_("Indicator")), 22),
        Column(t(N_("Line of the chart")), 8),
        Column(t(N_("Unit")), 4),
        *(Column(label, number=True, parts=(Part(label, "value"),)) for label in _labels(charts, years)),
    )
    rows = tuple(_row(chart, line, years, t) for chart in charts for line in _lines(chart))
    return Paper(TREND, t(N_("Indicators by fiscal year")), columns, rows, keys=2)


def _labels(charts: Sequence[Chart], years: range) -> Iterator[str]:
    """Yield what the charts call the years."""
    known = {year: chart.label(year) for chart in charts for year in chart.years}
    return (known.get(year, str(year)) for year in years)


def _row(chart: Chart, line: Line, years: range, t: Translate) -> tuple[Cell, ...]:
    kind, values = line
    _, actual, target, guide = chart.headings
    words = {"actual": actual, "target": target, "guide": guide, "baseline": t(N_("Baseline"))}
    return (
        Cell(chart.number),
        Cell(chart.title),
        Cell(words[kind]),
        Cell(chart.unit or NONE),
        *(Cell(print_number(values[year]), (values[year],)) if year in values else Cell("", (None,)) for year in years),
    )


def _abreast(width: int) -> int:
    return min(_MOST_ABREAST, max(1, width // _LEAST_WIDTH))


def bands(charts: Sequence[Chart], width: int) -> int:
    """Return how many rows the charts take on a sheet so many pixels wide."""
    return -(-len(charts) // _abreast(width))


def draw(
    book: Workbook, sheet: Worksheet, charts: Sequence[Chart], numbers: tuple[int, int], top: int, width: int
) -> None:
    """Draw the charts side by side from the row ``top`` on.

    ``numbers`` is where the table of them begins, ``width`` the pixels there are. Each row of
    charts stands in one row of the sheet, which no page break cuts.
    """
    abreast = _abreast(width)
    size = (width - _GAP * (abreast - 1)) // abreast
    data, left = numbers
    first_year = left + _FIRST_YEAR - _years(charts).start
    row = data + 1
    for number, chart in enumerate(charts):
        band, place = divmod(number, abreast)
        drawn = book.add_chart({"type": "line"})
        columns = first_year + chart.years[0], first_year + chart.years[-1]
        for kind, _ in _lines(chart):
            drawn.add_series(
                {
                    "name": [sheet.name, row, left + _SERIES],
                    "categories": [sheet.name, data, columns[0], data, columns[1]],
                    "values": [sheet.name, row, columns[0], row, columns[1]],
                    **_SIGNS[kind],
                }
            )
            row += 1
        _dress(drawn, chart)
        drawn.set_size({"width": size, "height": _HEIGHT})
        sheet.insert_chart(
            top + band,
            0,
            drawn,
            {
                "x_offset": place * (size + _GAP),
                "y_offset": _GAP // 2,
                "object_position": 2,
                "description": printable(chart.description),
            },
        )
    for band in range(bands(charts, width)):
        sheet.set_row(top + band, BAND)


def _dress(drawn: ChartLine, chart: Chart) -> None:
    font = {"name": FONT, "size": 9}
    title = printable(chart.caption).replace("!", "！")  # XlsxWriter would take it for a sheet's name
    title = f" {title}" if title.startswith("=") else title  # XlsxWriter would take it for a formula
    drawn.set_title({"name": title, "name_font": {**font, "size": 10, "bold": True}, "overlay": False})
    axis = {"num_font": font, "line": {"color": _FAINT}}
    drawn.set_x_axis(axis)
    highest = max((abs(value) for _, values in _lines(chart) for value in values.values()), default=Decimal(0))
    digits = "#,##0" if highest >= _THOUSAND else "General"
    drawn.set_y_axis(
        {
            **axis,
            "min": math.floor(chart.span[0]),
            "num_format": f'{digits};"△"{digits}',
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    drawn.set_legend({"position": "bottom", "font": font})
    drawn.show_blanks_as("gap")
    drawn.show_hidden_data()
