"""What a table says again in another way: the statuses behind the rates, the years behind an indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport
from mizuho_pdca.domain.review.scope import SummaryRow
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part, Tone
from mizuho_pdca.papers.summary import summary_rows
from mizuho_pdca.papers.words import (
    goal_value,
    measured_value,
    print_goal,
    print_indicator,
    print_measured,
    print_missing,
    print_percentage,
)
from mizuho_pdca.text import NONE


def statuses(report: ReviewReport, t: Translate) -> Paper:
    """Return the counts by status of the rows of the summary, from which both rates can be reckoned."""
    plan, total = report.plan, report.total.tally
    columns = [
        Column(t(N_("No.")), 4, key="number"),
        Column(t(N_("Title")), 16, key="title"),
        _count(t(N_("Distinct")), "distinct"),
        *(_count(status.name, f"status.{status.code}") for status in plan.scheme.statuses),
        _count(t(N_("Not reported")), "not_reported"),
    ]
    if total.no_status:
        columns.append(_count(t(N_("No status")), "no_status"))
    for key, heading in (("implementation", N_("Implementation rate")), ("completion", N_("Completion rate"))):
        parts = (Part(f"{t(heading)} (%)", "percent"),)
        columns.append(Column(t(heading), 12, number=True, parts=parts, key=key))
    cells = tuple(tuple(_counted(report, row, t)) for row in summary_rows(report))
    title = t(N_("Counts by status: what the rates come of"))
    return Paper("statuses", title, tuple(columns), cells if plan.scheme.statuses else (), keys=2)


def _count(heading: str, key: str) -> Column:
    return Column(heading, 4, number=True, parts=(Part(heading, "count"),), key=key)


def _counted(report: ReviewReport, row: SummaryRow, t: Translate) -> Iterator[Cell]:
    tally = row.tally
    tone: Tone = "strong" if row.place is None or row.place.level == 0 else "plain"
    yield Cell("" if row.place is None else row.place.number, tone=tone)
    yield Cell(t(N_("Total")) if row.place is None else row.place.node.heading, tone=tone)
    unknown = tally.no_status if report.total.tally.no_status else None
    counts = (tally.distinct, *(tally.status.get(one.code, 0) for one in report.plan.scheme.statuses))
    for count in (*counts, tally.not_reported, *(() if unknown is None else (unknown,))):
        yield Cell(str(count), (Decimal(count),))
    for rate in (tally.implementation, tally.completion):
        printed = print_percentage(rate.percent, Decimal(rate.numerator), Decimal(rate.denominator))
        yield Cell(printed, (rate.percent,))


def crossed(report: ReviewReport, t: Translate) -> Paper:
    """Return how many initiatives hold each rating, by their status; without rows where only one of both is there."""
    scheme = report.plan.scheme
    # What is not reported has no status yet; what is, may be without one.
    states = [row.state for row in report.initiatives if not row.is_relisting]
    found = [
        (one.rating, "not_reported" if one.is_due else "no_status" if one.status is None else f"status.{one.status}")
        for one in states
    ]
    columns = [Column(t(N_("Rating")), 16, key="rating"), _count(t(N_("Distinct")), "distinct")]
    columns += [_count(status.name, f"status.{status.code}") for status in scheme.statuses]
    columns.append(_count(t(N_("Not reported")), "not_reported"))
    if report.total.tally.no_status:
        columns.append(_count(t(N_("No status")), "no_status"))
    held = {rank.code: f"{rank.code} {rank.name}" for rank in scheme.scale.ranks}
    held |= {state.code: state.name for state in scheme.scale.states}
    rows = [(t(N_("Total")), found)]
    rows += [(name, [one for one in found if one[0] == code]) for code, name in held.items()]
    rows.append((t(N_("not evaluated")), [one for one in found if one[0] is None]))
    cells = tuple(
        (Cell(name), *(_of_status([status for _, status in counted], column.key) for column in columns[1:]))
        for name, counted in rows
    )
    title = t(N_("Ratings by status"))
    return Paper("crossed", title, tuple(columns), cells if scheme.statuses and report.rates_initiatives else ())


def _of_status(statuses: Sequence[str], key: str) -> Cell:
    count = len(statuses) if key == "distinct" else statuses.count(key)
    return Cell(str(count), (Decimal(count),))


def years(report: ReviewReport, t: Translate) -> Paper:
    """Return the indicators over the years: baseline, each year's target above its actual, the plan's last target."""
    since = report.plan.header.period.since
    shown = range(since, report.year + 1)
    columns = (
        Column(t(N_("No.")), 8, key="number"),
        Column(t(N_("Indicator and unit")), 22, key="name"),
        Column(t(N_("Baseline (FY)")), 12, number=True, parts=(Part(t(N_("Baseline")), "value"),), key="baseline"),
        *(Column(_named(year, t), 8, number=True, parts=_parts(year, t), key=f"year.{year}") for year in shown),
        Column(t(N_("Last target (FY)")), 12, number=True, parts=(Part(t(N_("Last target")), "value"),), key="last"),
    )
    rows = tuple(tuple(_over_years(row, shown, t)) for row in report.indicators)
    title = t(N_("Over the years (target above, actual below)"))
    return Paper("years", title, columns, rows, keys=2)


def _named(year: int, t: Translate) -> str:
    return message(N_("{year:s}"), year=year).text(t)


def _parts(year: int, t: Translate) -> tuple[Part, Part]:
    of = _named(year, t)
    return Part(f"{of} {t(N_('Target'))}", "value"), Part(f"{of} {t(N_('Actual'))}", "value")


def _over_years(row: IndicatorRow, shown: range, t: Translate) -> Iterator[Cell]:
    indicator = row.indicator
    unit = t(N_(" ({unit})")).format(unit=indicator.unit) if indicator.unit else ""
    yield Cell(row.place.number)
    yield Cell(print_indicator(indicator, t) + unit)
    baseline = indicator.baseline
    begun = indicator.baseline_value
    year = None if baseline is None else baseline.year
    yield _dated(year, print_measured(indicator, begun), measured_value(indicator, begun), t)
    actuals = dict(row.history)
    for year in shown:
        target, actual = indicator.target_values.get(year), actuals[year]
        reason = NONE if actual.value is not None else print_missing(indicator, actual, t) or NONE
        said = reason if actual.value is None else print_measured(indicator, actual.value)
        text = f"{print_goal(indicator, target, t)}\n{said}"
        yield Cell(text, (_decimal(goal_value(indicator, target, t)), _number(indicator, actual.value)))
    last = max(indicator.target_values, default=None)
    goal = None if last is None else indicator.target_values[last]
    yield _dated(last, print_goal(indicator, goal, t), goal_value(indicator, goal, t), t)


def _dated(year: int | None, printed: str, value: str | Decimal | None, t: Translate) -> Cell:
    if year is None or value is None:
        return Cell(NONE, (None,))
    return Cell(message(N_("{value} ({year})"), value=printed, year=year).text(t), (_decimal(value),))


def _number(indicator: Indicator, value: Measured | None) -> Decimal | None:
    return _decimal(measured_value(indicator, value))


def _decimal(value: str | Decimal | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
