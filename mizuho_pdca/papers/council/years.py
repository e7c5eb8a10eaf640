"""中間評価・総括評価: several years side by side, as tables of typed cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.review.review import IndicatorRow
from mizuho_pdca.domain.review.trend import InitiativeTrend, RatedTrend
from mizuho_pdca.domain.review.years import IndicatorYears, YearsReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.council.year_columns import as_printed, number_of, sample_mark, title_of, year_heading
from mizuho_pdca.papers.council.year_counts import best_ranks, counts, rates
from mizuho_pdca.papers.council.year_words import opinions_of_years, texts
from mizuho_pdca.papers.fields import Field, Listing, Meaning, Value, field, listing
from mizuho_pdca.papers.indicators import met_cell, year_cell
from mizuho_pdca.papers.notes import edition, rating_share, scope_words, status_rates, targets_met
from mizuho_pdca.papers.paper import Cell, Column, Look, Paper, Papers, Part
from mizuho_pdca.papers.ratings.columns import other_scales, scales
from mizuho_pdca.papers.trend import initiative_title, rated_title, rating_cells, rating_in
from mizuho_pdca.papers.words import (
    SAMPLE_BANNER,
    day_label,
    faulty_data,
    goal_value,
    level_words,
    measured_value,
    of_plan,
    print_goal,
    print_indicator,
    year_label,
)
from mizuho_pdca.text import NONE


def years_papers(found: YearsReport, t: Translate, look: Look | None = None) -> Papers:
    """Return the papers of several years in the language of ``t``."""
    report = found.last
    t, header = of_plan(t, report.plan), report.plan.header
    span = t(N_("{since} to {until}")).format(since=year_label(found.years[0], t), until=year_label(report.year, t))
    title = t(N_("{plan}: review of {year}")).format(plan=header.title, year=span)
    if not report.scope.is_whole:
        title += t(N_(" (part: {scope})")).format(scope=scope_words(report, t))
    papers = [make(found, t).paper for make in LISTINGS.values()]
    return Papers(
        title=title,
        subtitles=(
            t(N_("Council: {name}")).format(name=header.council.name),
            *faulty_data(report.problems, t),
        ),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=tuple(paper for paper in papers if paper.rows),
        legend=tuple(_legend(found, t)),
        edition=edition(report, t),
        made=report.made,
        language=t(N_("en")),
        author=" ".join(filter(None, (header.municipality, header.office))),
        size=(look or Look()).size,
    )


def _legend(found: YearsReport, t: Translate) -> Iterator[str]:
    if any(plan.scheme.has_ratings for plan in found.trend.plans.values()):
        yield from scales(found.trend.plans, t)
        yield from other_scales(found.trend.plans, t)
        yield t(N_("↑ better, → the same, ↓ worse than the year before; only from one rank to another of one scale."))
        if any(item.predecessors for item in found.trend.initiatives):
            yield t(N_("Where an initiative came from others, earlier years show their ratings, joined by ・."))
    report = found.last
    if report.plan.scheme.statuses:
        yield from status_rates(report, t)
    if len(best_ranks(found.trend.plans.values())) == 1:
        yield from rating_share(report, t)
    else:
        yield t(N_("The best two ranks are those of each year's own scale; their share is of all that hold a rank."))
    yield from targets_met(report, t)
    yield t(N_("Each year stands as its own review says it; what ended before the last year is shown as well."))
    if found.running is not None and found.last.until is not None:
        words = N_("FY{year} is not over in the records: they end on {day}.")
        yield message(words, year=found.running, day=day_label(found.last.until, t)).text(t)
    yield t(N_("－ none, △ negative. Rates are rounded half up; parts may not add up to 100."))


# -- ratings ----------------------------------------------------------------------------------


def _initiatives(found: YearsReport, t: Translate) -> Listing:
    """Return the rating of every initiative in every year, of those that ended as well."""
    rows = found.trend.initiatives if found.trend.rates_initiatives else ()
    cells = {item.row.place.id: tuple(rating_cells(found.trend, item, t)) for item in rows}
    heading = level_words(found.last.plan, -1, N_("Initiative"), "{level}", t)

    def fields() -> Iterator[Field[InitiativeTrend]]:
        yield from sample_mark(found, t)
        yield number_of(lambda row: row.row.place, t)
        yield title_of(heading, lambda row: _until(found, row.row.place, initiative_title(row, t), t), t)
        meaning = Meaning(t(N_("The rating of the year, with how it changed; else why there is none.")))
        for at, year in enumerate(found.years):
            column = Column(year_heading(found, year, t), 10)
            yield as_printed(f"year.{year}", column, meaning, partial(_own, cells, at))

    paper = Paper("ratings", t(N_("Ratings over the years")), keys=2)
    return listing(paper, fields(), rows)


def _until(found: YearsReport, place: Place, title: str, t: Translate) -> str:
    """Return a title, with the last year of what ended before the last one."""
    if place.id in found.last.plan.places:
        return title
    year = max(year for year, plan in found.trend.plans.items() if place.id in plan.places)
    return message(N_("{name} (until FY{year})"), name=title, year=year).text(t)


def _indicator(found: YearsReport, one: IndicatorYears, t: Translate) -> str:
    name, last = print_indicator(one.indicator, t), max(one.years)
    return name if last == found.last.year else message(N_("{name} (until FY{year})"), name=name, year=last).text(t)


def _own(cells: Mapping[str, tuple[Cell, ...]], at: int, row: InitiativeTrend) -> Cell:
    return cells[row.row.place.id][at]


def _said(found: YearsReport, year: int, row: RatedTrend) -> Cell:
    return Cell(rating_in(found.trend, row, year))


def _rated(found: YearsReport, t: Translate) -> Listing:
    """Return the ratings of the plan, its parts and its indicators, and of further evaluators."""

    def fields() -> Iterator[Field[RatedTrend]]:
        yield from sample_mark(found, t)
        yield number_of(lambda row: row.place, t)
        yield title_of(t(N_("What is rated")), lambda row: rated_title(found.trend, row, t), t)
        meaning = Meaning(t(N_("The rating of the year, with how it changed; else why there is none.")))
        for year in found.years:
            column = Column(year_heading(found, year, t), 10)
            yield as_printed(f"year.{year}", column, meaning, partial(_said, found, year))

    paper = Paper("rated", t(N_("Other ratings over the years")), keys=2)
    return listing(paper, fields(), found.trend.rated)


# -- indicators -------------------------------------------------------------------------------


class _IndicatorLine(NamedTuple):
    """One of the lines of an indicator: its targets, its values, or whether it met them."""

    of: IndicatorYears
    name: str
    cell: Callable[[int, IndicatorRow], Cell]
    value: Callable[[IndicatorRow], Value]


def _indicators(found: YearsReport, t: Translate) -> Listing:
    """Return target over actual of every indicator in every year, and whether it was met."""
    rows = [line for one in found.indicators for line in _lines(found, one, t)]
    paper = Paper("indicators", t(N_("Indicators over the years")), keys=4)
    return listing(paper, _indicator_fields(found, t), rows)


def _lines(found: YearsReport, one: IndicatorYears, t: Translate) -> Iterator[_IndicatorLine]:
    indicator = one.indicator

    def target(year: int, row: IndicatorRow) -> Cell:
        text = print_goal(row.indicator, row.result.target, t)
        if row.result.target_year not in (None, year):
            text = message(N_("{value} ({year})"), value=text, year=row.result.target_year).text(t)
        return Cell(text, (_number(goal(row)),))

    def goal(row: IndicatorRow) -> str | Decimal | None:
        return goal_value(row.indicator, row.result.target, t)

    def actual(_: int, row: IndicatorRow) -> Cell:
        cell = year_cell(row.indicator, row.value, NONE, t)
        return Cell(cell.text, (_number(measured_value(row.indicator, row.value.value)),))

    def is_met(year: int, row: IndicatorRow) -> Cell:
        return met_cell(found.reports[year], row, t)

    def met_words(row: IndicatorRow) -> str | None:
        met = row.result.met
        return None if met is None else t(N_("met")) if met else t(N_("not met"))

    yield _IndicatorLine(one, t(N_("Target")), target, goal)
    yield _IndicatorLine(one, t(N_("Actual")), actual, lambda row: measured_value(indicator, row.value.value))
    yield _IndicatorLine(one, t(N_("Met")), is_met, met_words)


def _number(value: str | Decimal | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _indicator_fields(found: YearsReport, t: Translate) -> Iterator[Field[_IndicatorLine]]:
    yield from sample_mark(found, t)
    yield number_of(lambda row: row.of.place, t)
    yield title_of(t(N_("Indicator")), lambda row: _indicator(found, row.of, t), t)
    meaning = Meaning(t(N_("The unit of the values.")))
    yield field("unit", Column(t(N_("Unit")), 4), meaning, lambda row: row.of.indicator.unit)
    names = (t(N_("Target")), t(N_("Actual")), t(N_("Met")))
    meaning = Meaning(t(N_("What the row has of the indicator.")), words=names)
    yield field("line", Column(t(N_("Line")), 6, choices=True), meaning, lambda row: row.name)
    meaning = Meaning(t(N_("The target, the actual, or whether that met it.")))
    for year in found.years:
        heading = year_heading(found, year, t)
        column = Column(heading, 10, number=True, parts=(Part(heading, "value"),))

        def cell(row: _IndicatorLine, year: int = year) -> Cell:
            own = row.of.years.get(year)
            return Cell(NONE, (None,)) if own is None else row.cell(year, own)

        def value(row: _IndicatorLine, year: int = year) -> Value:
            own = row.of.years.get(year)
            return None if own is None else row.value(own)

        yield field(f"year.{year}", column, meaning, value, cell)


LISTINGS: Mapping[str, Callable[[YearsReport, Translate], Listing]] = {
    "rates": rates,
    "counts": counts,
    "texts": texts,
    "ratings": _initiatives,
    "rated": _rated,
    "indicators": _indicators,
    "opinions": opinions_of_years,
}
"""The papers of several years by name, in their order; each is a data file as well."""
