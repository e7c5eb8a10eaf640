"""指標一覧: the table of the indicators, their lines in other papers, and what their charts show."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.domain.figures.achievement import guide_of
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.chart import Actual, Chart, Point
from mizuho_pdca.papers.paper import Cell, Column, Form, Paper, Part
from mizuho_pdca.papers.words import (
    KINDS,
    decimal_of,
    method_words,
    print_indicator,
    print_measured,
    print_number,
    print_share,
    year_label,
)
from mizuho_pdca.text import NONE


def indicator_anchor(indicator: Indicator) -> str:
    """Return the name of an indicator's row, for other papers to point at."""
    return f"indicator-{indicator.id}"


def indicator_paper(report: ReviewReport, t: Translate) -> Paper:
    """Return 指標一覧."""
    rows = tuple(_row(report, row, t) for row in report.indicators)
    anchors = tuple(indicator_anchor(row.indicator) for row in report.indicators)
    return Paper("indicators", t(N_("Indicators")), tuple(_columns(t)), rows, keys=2, anchors=anchors)


def _columns(t: Translate) -> Iterator[Column]:
    yield Column(t(N_("No.")), 8, shows=())
    yield Column(t(N_("Indicator")), 22, shows=())
    yield Column(t(N_("Kind")), 8, essential=False, choices=True, shows=())
    yield Column(t(N_("Unit")), 4, shows=())
    yield _dated_column(t(N_("Baseline (FY)")), t(N_("Baseline")), t(N_("Baseline: fiscal year")))
    yield _dated_column(t(N_("Target (FY)")), t(N_("Target")), t(N_("Target: fiscal year")))
    yield _value_column(t(N_("Guide")), 6, essential=False)
    yield _value_column(t(N_("Last year")), 8)
    yield _value_column(t(N_("April to September")), 8, essential=False)
    yield _value_column(t(N_("October to March")), 8, essential=False)
    yield _value_column(t(N_("This year")), 8)
    yield share_column(t(N_("Achievement")), 14, "value", t)
    yield Column(t(N_("Method")), 10, shows=())
    yield Column(t(N_("Met")), 6, choices=True)
    yield share_column(t(N_("Pace")), 14, "value", t, essential=False)


def _dated_column(heading: str, value: str, year: str) -> Column:
    return Column(heading, 12, number=True, parts=(Part(value, "value"), Part(year, "year")), shows=())


def _value_column(heading: str, width: int, *, essential: bool = True) -> Column:
    return Column(heading, width, number=True, essential=essential, parts=(Part(heading, "value"),))


def share_column(heading: str, width: int, form: Form, t: Translate, *, essential: bool = True) -> Column:
    """Return a column of rates, each with its numerator and denominator, both numbers of ``form``."""
    parts = (
        Part(f"{heading} (%)", "percent"),
        Part(f"{heading}: {t(N_('numerator'))}", form),
        Part(f"{heading}: {t(N_('denominator'))}", form),
    )
    return Column(heading, width, number=True, essential=essential, parts=parts)


def _row(report: ReviewReport, row: IndicatorRow, t: Translate) -> tuple[Cell, ...]:
    indicator, result, baseline = row.indicator, row.result, row.indicator.baseline
    is_listed = any(row.place is one.place for one in report.initiatives)
    return (
        Cell(row.place.number, link=row.place.id if is_listed else None),
        Cell(print_indicator(indicator, t)),
        Cell(t(KINDS[indicator.kind])),
        Cell(indicator.unit or NONE),
        _dated(indicator, indicator.baseline_value, None if baseline is None else baseline.year, t),
        _dated(indicator, result.target, result.target_year, t),
        Cell(NONE if result.guide is None else print_number(result.guide), (_number(result.guide),)),
        Cell(print_value(row, t, previous=True), (_number(row.previous.value),)),
        *(Cell(print_measured(indicator, half.value), (_number(half.value),)) for half in row.halves),
        Cell(print_value(row, t), (_number(row.value.value),), tone="plain" if row.value.used else "alert"),
        _share(result.rate),
        Cell(_method(indicator, t)),
        Cell(print_met(report, row, t)),
        _share(result.pace),
    )


def _number(value: Measured | None) -> Decimal | None:
    return None if value is None or isinstance(value, bool) else decimal_of(value)


def _share(share: Share | None) -> Cell:
    if share is None:
        return Cell(NONE, (None, None, None))
    return Cell(print_share(share), (share.percent, decimal_of(share.numerator), decimal_of(share.denominator)))


def _dated(indicator: Indicator, value: Measured | None, year: int | None, t: Translate) -> Cell:
    text = print_measured(indicator, value)
    if year is not None and text != NONE:
        text = t(N_("{value} ({year})")).format(value=text, year=year)
    return Cell(text, (_number(value), None if year is None or value is None else Decimal(year)))


def print_value(row: IndicatorRow, t: Translate, *, previous: bool = False, unit: str = "") -> str:
    """Return the value of this year or of the last one, or why there is none."""
    value = row.previous if previous else row.value
    if value.value is None:
        return value.missing or (NONE if previous else t(N_("not reported")))
    partial = t(N_(" (partly unknown)")) if value.partial else ""
    return print_measured(row.indicator, value.value) + unit + partial


def print_met(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    """Return whether the target is met; what is not met yet is no failure before the target's year is over."""
    result = row.result
    if result.met is None:
        return NONE
    if result.met:
        return t(N_("met"))
    if result.target_year is not None and result.target_year > report.year:
        return t(N_("before the target year"))
    return t(N_("not met"))


def _method(indicator: Indicator, t: Translate) -> str:
    words = method_words(indicator, t)
    if indicator.method == "maintain" and indicator.direction == "maintain" and indicator.tolerance is not None:
        return t(N_("{method} (±{tolerance})")).format(method=words, tolerance=print_number(indicator.tolerance))
    return words


def indicator_line(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    """Return an indicator in one line, as it stands beside its initiative."""
    unit = "" if row.indicator.method == "done" else row.indicator.unit or ""
    return f"{print_indicator(row.indicator, t)} {print_value(row, t, unit=unit)} {_outcome(report, row, t)}".rstrip()


def _outcome(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    if row.result.rate is not None:
        year = row.result.target_year
        words = method_words(row.indicator, t)
        against = "" if year == report.year else t(N_(", target of FY{year}")).format(year=year)
        return f"{print_share(row.result.rate)} {words}{against}"
    if row.result.met is not None:
        return print_met(report, row, t)
    return ""


# -- charts -----------------------------------------------------------------------------------


def indicator_charts(report: ReviewReport, t: Translate) -> Iterator[Chart]:
    """Yield what a chart of each indicator shows; one that is only done or not has none."""
    for row in report.indicators:
        if row.indicator.method == "done":
            continue
        chart = _chart(report, row, t)
        if chart.targets or chart.baseline is not None or any(chart.runs):
            yield chart


def _chart(report: ReviewReport, row: IndicatorRow, t: Translate) -> Chart:
    indicator = row.indicator
    targets = tuple((year, decimal_of(Fraction(value))) for year, value in indicator.target_values.items())
    baseline = None
    if indicator.baseline is not None and indicator.baseline_value is not None:
        baseline = indicator.baseline.year, decimal_of(Fraction(indicator.baseline_value))
    actuals = tuple(
        Actual(year, value.missing or NONE if value.value is None else print_measured(indicator, value.value),
               _number(value.value))
        for year, value in row.history
    )  # fmt: skip
    marks = [year for year, _ in (*targets, *((baseline,) if baseline else ()))]
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
        description=_description(row, actuals, targets, baseline, t),
        headings=(t(N_("Fiscal year")), t(N_("Actual")), t(N_("Target")), t(N_("Guide"))),
    )


def _caption(row: IndicatorRow, note: str, t: Translate) -> Iterator[str]:
    yield f"{row.place.number} {print_indicator(row.indicator, t)}"
    if row.indicator.unit:
        yield t(N_(" ({unit})")).format(unit=row.indicator.unit)
    if note:
        yield t(N_(", {note}")).format(note=note)


def _note(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    """Return why the reviewed year has no actual, empty where it has one."""
    if row.value.value is not None:
        return ""
    return t(N_("FY{year}: {reason}")).format(year=report.year, reason=row.value.missing or t(N_("not reported")))


def _guide(indicator: Indicator, years: tuple[int, ...]) -> tuple[Point, ...]:
    """Return the guide of every year that has one: between baseline and target, or between two targets."""
    guides = ((year, guide_of(indicator, year)) for year in years)
    return tuple((year, decimal_of(guide)) for year, guide in guides if guide is not None)


def _description(
    row: IndicatorRow, actuals: tuple[Actual, ...], targets: tuple[Point, ...], baseline: Point | None, t: Translate
) -> str:
    joint, unit = t(N_(", ")), row.indicator.unit or ""
    said = [t(N_("{name} over the years")).format(name=print_indicator(row.indicator, t))]
    if baseline is not None:
        said.append(f"{t(N_('Baseline'))} {_dot(baseline, unit, t)}")
    known = (
        f"{year_label(actual.year, t)} {actual.text}{unit if actual.value is not None else ''}" for actual in actuals
    )
    said.append(f"{t(N_('Actual'))} {joint.join(known)}")
    if targets:
        said.append(f"{t(N_('Target'))} {joint.join(_dot(point, unit, t) for point in targets)}")
    return t(N_("; ")).join(said)


def _dot(point: Point, unit: str, t: Translate) -> str:
    return f"{year_label(point[0], t)} {print_number(point[1])}{unit}"
