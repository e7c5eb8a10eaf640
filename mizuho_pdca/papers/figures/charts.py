"""What the charts of indicators show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from mizuho_pdca.domain.digits import exact_decimal
from mizuho_pdca.domain.figures.achievement import YearValue, achievement
from mizuho_pdca.domain.figures.goals import guide_of
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.targets import WordedTarget
from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.chart import ActualPoint, Better, Chart, Point
from mizuho_pdca.papers.indicators import indicator_anchor, nothing_words
from mizuho_pdca.papers.words import (
    print_goal,
    print_indicator,
    print_measured,
    print_missing,
    print_number,
    year_label,
)
from mizuho_pdca.text import NONE


def indicator_charts(report: ReviewReport, t: Translate, *, every: bool = False) -> Iterator[Chart]:
    """Yield what a chart of each indicator that matters shows, or of every one that has a figure.

    One that is only done or not has none.
    """
    for row in report.indicators:
        if row.indicator.method == "done" or not (every or _matters(report, row)):
            continue
        chart = chart_of(report, row, t)
        if any(chart.runs):
            yield chart


def _matters(report: ReviewReport, row: IndicatorRow) -> bool:
    """Return whether the plan names an indicator first, it missed its target, or is judged otherwise than last year."""
    last = achievement(row.indicator, row.previous, report.year - 1)
    is_other = row.result.met is not None and last.met not in (None, row.result.met)
    return row.indicator.headline or row.result.met is False or is_other


def chart_of(report: ReviewReport, row: IndicatorRow, t: Translate) -> Chart:
    """Return what the chart of an indicator shows."""
    indicator = row.indicator
    given = ((year, _number(indicator.figure_of(value))) for year, value in indicator.target_values.items())
    targets = tuple((year, value) for year, value in given if value is not None)
    baseline, begun = None, _number(indicator.baseline_value)
    if indicator.baseline is not None and begun is not None:
        baseline = indicator.baseline.year, begun
    before = ((year, YearValue(value)) for year, value in indicator.history_values.items())
    actuals = tuple(
        ActualPoint(year, print_missing(indicator, value, t) or NONE if value.value is None
                    else print_measured(indicator, value.value), _number(value.value))
        for year, value in (*before, *row.history)
    )  # fmt: skip
    ranges = tuple(_ranges(indicator))
    marks = [year for year, *_ in (*targets, *ranges, *((baseline,) if baseline else ()))]
    years = tuple(range(min([actuals[0].year, *marks]), max([actuals[-1].year, *marks]) + 1))
    note = _note(report, row, t)
    return Chart(
        anchor=indicator_anchor(indicator),
        number=row.place.number,
        title=print_indicator(indicator, t),
        caption="".join(_caption(row, note, t)),
        note=note,
        unit=indicator.unit or "",
        year=report.year,
        years=years,
        actuals=actuals,
        targets=targets,
        guide=_guide(indicator, years),
        baseline=baseline,
        description=_description(row, actuals, targets, ranges, baseline, t),
        better=_BETTER.get(indicator.direction, ""),
        tolerance=_tolerance(indicator),
        ranges=ranges,
        headings=(t(N_("Fiscal year")), t(N_("Actual")), t(N_("Target")), t(N_("Guide"))),
        labels=tuple(message(N_("{year:s}"), year=year).text(t) for year in years),
    )


_BETTER: Mapping[str, Better] = {"increase": "up", "decrease": "down"}


def _tolerance(indicator: Indicator) -> Decimal | None:
    if indicator.method != "maintain" or indicator.direction != "maintain" or indicator.tolerance is None:
        return None
    return exact_decimal(indicator.tolerance)


def _ranges(indicator: Indicator) -> Iterator[tuple[int, Decimal, Decimal]]:
    for year, target in indicator.target_values.items():
        if isinstance(target, WordedTarget) and target.low is not None and target.high is not None:
            yield year, exact_decimal(target.low), exact_decimal(target.high)


def _number(value: Measured | None) -> Decimal | None:
    return None if value is None or isinstance(value, bool | str) else exact_decimal(value)


def _caption(row: IndicatorRow, note: str, t: Translate) -> Iterator[str]:
    yield f"{row.place.number} {print_indicator(row.indicator, t)}"
    if row.indicator.unit:
        yield t(N_(" ({unit})")).format(unit=row.indicator.unit)
    if note:
        yield t(N_(", {note}")).format(note=note)


def _note(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    """Return why the reviewed year and those before have no actual, empty where all have one."""
    gaps: dict[str, list[int]] = {}
    for year, value in row.history:
        if value.value is None:
            words = nothing_words(report, row, t) if year == report.year else NONE
            reason = print_missing(row.indicator, replace(value, before=None), t) or words
            gaps.setdefault(reason, []).append(year)
    return t(N_(", ")).join(
        message(N_("FY{years}: {reason}"), years=years, reason=reason).text(t)
        for reason, years in gaps.items()
        if reason != NONE or report.year in years
    )


def _guide(indicator: Indicator, years: tuple[int, ...]) -> tuple[Point, ...]:
    """Return the guide of every year that has one: between baseline and target, or between two targets."""
    guides = ((year, guide_of(indicator, year)) for year in years)
    return tuple((year, exact_decimal(guide)) for year, guide in guides if guide is not None)


def _description(
    row: IndicatorRow,
    actuals: tuple[ActualPoint, ...],
    targets: tuple[Point, ...],
    ranges: tuple[tuple[int, Decimal, Decimal], ...],
    baseline: Point | None,
    t: Translate,
) -> str:
    joint, unit = t(N_(", ")), row.indicator.unit or ""
    said = [t(N_("{name} over the years")).format(name=print_indicator(row.indicator, t))]
    if baseline is not None:
        said.append(f"{t(N_('Baseline'))} {_dot(baseline, unit, t)}")
    known = (
        f"{year_label(actual.year, t)} {actual.text}{unit if actual.value is not None else ''}" for actual in actuals
    )
    said.append(f"{t(N_('Actual'))} {joint.join(known)}")
    goals = {point[0]: _dot(point, unit, t) for point in targets}
    for year, *_ in ranges:
        goals[year] = f"{year_label(year, t)} {print_goal(row.indicator, row.indicator.target_values[year], t)}{unit}"
    if goals:
        said.append(f"{t(N_('Target'))} {joint.join(said for _, said in sorted(goals.items()))}")
    return t(N_("; ")).join(said)


def _dot(point: Point, unit: str, t: Translate) -> str:
    return f"{year_label(point[0], t)} {print_number(point[1])}{unit}"
