"""The years side by side, as tables of ratings and of values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mizuho_pdca.domain.digits import half_up
from mizuho_pdca.domain.plan.indicator import Measured
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.review.review import IndicatorRow
from mizuho_pdca.domain.review.trend import InitiativeTrend, RatedTrend, Source, Trend
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.indicators import year_cell
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.ratings.columns import other_scales, scales
from mizuho_pdca.papers.words import (
    ARROWS,
    SAMPLE_BANNER,
    day_label,
    faulty_data,
    level_words,
    of_plan,
    print_ended,
    print_goal,
    print_indicator,
    print_rating,
    year_label,
)
from mizuho_pdca.text import NONE, display_width

BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
"""A year without a value in a sparkline."""


def sparkline(values: Sequence[Measured | int | None]) -> str:
    """Return a bar for each value between the lowest ▁ and the highest █, and · where there is none.

    Values that are all the same stand in the middle.
    """
    known = [Fraction(value) for value in values if value is not None]
    low, span = min(known, default=Fraction(0)), max(known, default=Fraction(0)) - min(known, default=Fraction(0))
    return "".join(GAP if value is None else BARS[_height(Fraction(value) - low, span)] for value in values)


def _height(above: Fraction, span: Fraction) -> int:
    return (len(BARS) - 1) // 2 if span == 0 else int(half_up(above / span * (len(BARS) - 1), 0))


# -- as papers --------------------------------------------------------------------------------


def trend_papers(found: Trend, t: Translate) -> Papers:
    """Return the tables of ratings and of values, with what explains their signs."""
    t = of_plan(t, found.report.plan)
    header, years = found.report.plan.header, found.years
    span = t(N_("{since} to {until}")).format(since=year_label(years[0], t), until=year_label(years[-1], t))
    ratings = [_ratings(found, t)] if found.initiatives and found.rates_initiatives else []
    rated = [_rated(found, t)] if found.rated else []
    values = [_values(found, t)] if found.indicators else []
    return Papers(
        title=t(N_("{plan}: ratings and indicators over the years")).format(plan=header.title),
        subtitles=(span, *faulty_data(found.report.problems, t)),
        banner=t(SAMPLE_BANNER) if found.report.sample else None,
        papers=(*ratings, *rated, *values),
        legend=tuple(_legend(found, t)),
    )


def _year_columns(found: Trend, years: Sequence[int], t: Translate, *, number: bool) -> Iterator[Column]:
    for year in years:
        label = message(N_("{year}"), year=year).text(t)
        heading = message(N_("{year} (so far)"), year=year).text(t) if year == found.running else label
        yield Column(heading, max(8 if number else 9, display_width(label)), number=number)


def _ratings(found: Trend, t: Translate) -> Paper:
    columns = (
        Column(t(N_("No.")), 8),
        Column(level_words(found.report.plan, -1, N_("Initiative"), "{level}", t), 24),
        *_year_columns(found, found.years, t, number=False),
    )
    rows = tuple(
        (Cell(item.row.place.number), Cell(initiative_title(item, t)), *rating_cells(found, item, t))
        for item in found.initiatives
    )
    return Paper("ratings", t(N_("Ratings over the years")), columns, rows, keys=2)


def _rated(found: Trend, t: Translate) -> Paper:
    columns = (
        Column(t(N_("No.")), 8),
        Column(t(N_("What is rated")), 24),
        *_year_columns(found, found.years, t, number=False),
    )
    whole = t(N_("whole plan"))
    rows = tuple(
        (
            Cell(whole if item.place is None else item.place.number),
            Cell(rated_title(found, item, t)),
            *(Cell(rating_in(found, item, year)) for year in found.years),
        )
        for item in found.rated
    )
    return Paper("rated", t(N_("Other ratings over the years")), columns, rows, keys=2)


def rated_title(found: Trend, item: RatedTrend, t: Translate) -> str:
    """Return what is rated, with who rates where there are several."""
    plan = found.report.plan
    title = plan.header.title if item.place is None else plan.title(item.place)
    if item.indicator is not None:
        title = print_indicator(item.indicator, t)
    if item.evaluator is None or len(plan.scheme.evaluators) == 1:
        return title
    return t(N_("{name} ({id})")).format(name=title, id=item.evaluator.name)


def rating_in(found: Trend, item: RatedTrend, year: int) -> str:
    """Return a year's rating with how it changed, as printed."""
    judgement = item.years.get(year)
    if judgement is None:
        return NONE
    arrow = "" if judgement.change is None else f" {ARROWS[judgement.change]}"
    return print_rating(found.plans[year], judgement.rating, item.evaluator) + arrow


def initiative_title(item: InitiativeTrend, t: Translate) -> str:
    """Return an initiative's title with where it is counted and what it came from."""
    title = item.row.title
    if item.row.is_relisting:
        title += t(N_(" (relisted → {number})")).format(number=item.row.original.number)
    if item.predecessors:
        numbers = t(N_(", ")).join(place.number for place in item.predecessors)
        title += t(N_(" (came from {numbers})")).format(numbers=numbers)
    return title


def rating_cells(found: Trend, item: InitiativeTrend, t: Translate) -> Iterator[Cell]:
    """Yield what stands for an initiative in each year."""
    for each in item.years:
        texts = [print_source(found.plans[each.year], source, t) for source in each.sources]
        arrow = "" if each.change is None else f" {ARROWS[each.change]}"
        is_open = any(source.state.rating is None for source in each.sources)
        yield Cell((t(N_("・")).join(texts) or NONE) + arrow, tone="quiet" if is_open else "plain")


def print_source(plan: Plan, source: Source, t: Translate) -> str:
    """Return a rating as printed, or why there is none yet where one is expected."""
    if source.state.rating is not None:
        return print_rating(plan, source.state.rating)
    if source.state.is_carried:
        return print_ended(plan, source.state, t)
    if not plan.scheme.expects("initiative"):
        return NONE
    return t(N_("not evaluated") if source.state.reported else N_("not reported"))


def _values(found: Trend, t: Translate) -> Paper:
    columns = (
        Column(t(N_("No.")), 8),
        Column(t(N_("Indicator")), 24),
        Column(t(N_("Unit")), 4),
        Column(t(N_("Trend")), max(6, len(found.before) + len(found.years))),
        *_year_columns(found, found.before, t, number=True),
        *_year_columns(found, found.years, t, number=True),
        Column(t(N_("Target (FY)")), 12, number=True),
    )
    rows = tuple(tuple(_value_cells(found, row, t)) for row in found.indicators)
    return Paper("values", t(N_("Indicators over the years")), columns, rows, keys=2)


def _value_cells(found: Trend, row: IndicatorRow, t: Translate) -> Iterator[Cell]:
    indicator, target = row.indicator, print_goal(row.indicator, row.result.target, t)
    yield Cell(row.place.number)
    yield Cell(print_indicator(indicator, t))
    yield Cell(indicator.unit or NONE)
    yield Cell(sparkline([indicator.step(value) if isinstance(value, str) else value for value in found.values(row)]))
    for _, value in found.history(row):
        yield Cell(year_cell(indicator, value, NONE, t).text, tone="quiet" if value.value is None else "plain")
    if row.result.target_year is not None:
        target = message(N_("{value} ({year})"), value=target, year=row.result.target_year).text(t)
    yield Cell(target)


def _legend(found: Trend, t: Translate) -> Iterator[str]:
    if (found.initiatives and found.rates_initiatives) or found.rated:
        yield from scales(found.plans, t)
        yield from other_scales(found.plans, t)
        yield t(N_("↑ better, → the same, ↓ worse than the year before; only from one rank to another of one scale."))
        if any(item.predecessors for item in found.initiatives):
            yield t(N_("Where an initiative came from others, earlier years show their ratings, joined by ・."))
    if found.indicators:
        yield t(
            N_(
                "Trend: each year's value from ▁ (the lowest) to █ (the highest), · for none; "
                "a higher bar is not always better."
            )
        )
    if found.before:
        yield t(N_("Years before the plan show what its file tells of them; nothing is counted of them."))
    if found.running is not None and found.recorded_until is not None:
        words = N_("FY{year} is not over in the records: they end on {day}, and the trend leaves the year out.")
        yield message(words, year=found.running, day=day_label(found.recorded_until, t)).text(t)
    yield t(N_("－ none, △ negative."))
    if any(not row.indicator.adopted for row in found.indicators):
        yield t(N_("(draft): a reference indicator that has not been adopted; its targets are drafts as well."))
