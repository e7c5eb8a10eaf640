"""Ratings and indicator values of all years side by side, each from the review of its year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mizuho_pdca.core.achievement import YearValue
from mizuho_pdca.core.as_of import AsOf
from mizuho_pdca.core.calendar import last_day
from mizuho_pdca.core.counting import State
from mizuho_pdca.core.entries import Activity, Actual, Evaluation
from mizuho_pdca.core.faults import Problem
from mizuho_pdca.core.figures import NONE, print_measured
from mizuho_pdca.core.indicator import Indicator, Measured
from mizuho_pdca.core.ledger import Ledger
from mizuho_pdca.core.paper import Cell, Column, Paper, Papers
from mizuho_pdca.core.plan import Place, Plan
from mizuho_pdca.core.review import Change, IndicatorRow, InitiativeRow, ReviewReport, review
from mizuho_pdca.core.rounding import half_up
from mizuho_pdca.core.scheme import Scale
from mizuho_pdca.core.wording import (
    ARROWS,
    SAMPLE_BANNER,
    faulty_data,
    level_words,
    print_indicator,
    print_rating,
    year_label,
)
from mizuho_pdca.message import N_, Translate

Subject = Place | Indicator | None
"""What a trend is limited to: what lies below a node, one indicator, or nothing."""

BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
"""A year without a value in a sparkline."""


@dataclass(frozen=True)
class Source:
    """An initiative whose rating stands in a year: itself as it was then, or one that it came from."""

    place: Place
    state: State


@dataclass(frozen=True)
class RatingYear:
    """The ratings that stand for an initiative in one year, and how they changed; None where that can't be said."""

    year: int
    sources: tuple[Source, ...]
    change: Change | None = None


@dataclass(frozen=True)
class InitiativeTrend:
    """An initiative in force in the last year, through all years."""

    row: InitiativeRow
    years: tuple[RatingYear, ...]

    @property
    def predecessors(self) -> tuple[Place, ...]:
        """Return the initiatives that it came from, each as last numbered."""
        found = {item.place.id: item.place for year in self.years for item in year.sources}
        return tuple(place for node_id, place in found.items() if node_id != self.row.original.id)


@dataclass(frozen=True)
class Trend:
    """All years of the plan up to ``report``, the review of the last one."""

    report: ReviewReport
    plans: Mapping[int, Plan]
    initiatives: tuple[InitiativeTrend, ...]
    indicators: tuple[IndicatorRow, ...]
    recorded_until: date | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """Return the fiscal years, rising."""
        return tuple(self.plans)

    @property
    def running(self) -> int | None:
        """Return the last year, if nothing was recorded after its end: its figures are those so far."""
        last = self.years[-1]
        return last if self.recorded_until is not None and self.recorded_until <= last_day(last) else None

    def bars(self, row: IndicatorRow) -> str:
        """Return the sparkline of an indicator, without a year that is not over."""
        return sparkline([value.value for year, value in row.history if year != self.running])


def last_year(plan: Plan, ledger: Ledger) -> int:
    """Return the last fiscal year of the plan with an activity, an actual or an evaluation, else its first."""
    period = plan.header.period
    years = (entry.year for entry in ledger.in_force if isinstance(entry, Activity | Actual | Evaluation))
    return max((year for year in years if period.since <= year <= period.until), default=period.since)


def last_year_of(plan: Plan, subject: Subject, last: int) -> int | None:
    """Return the last year up to ``last`` in which the subject is in force, or None if it is in none."""
    years = range(last, plan.header.period.since - 1, -1)
    return next((year for year in years if _is_in_force(plan.at(year), subject)), None)


def _is_in_force(plan: Plan, subject: Subject) -> bool:
    match subject:
        case Place():
            return subject.id in plan.places
        case Indicator():
            return subject.id in plan.indicators
        case _:
            return True


def trend(
    plan: Plan,
    ledger: Ledger,
    last: int,
    subject: Subject = None,
    *,
    as_of: AsOf | None = None,
    problems: Sequence[Problem] = (),
) -> Trend:
    """Return the ratings and values of all years up to ``last``, of the whole plan or of a part."""
    years = range(plan.header.period.since, last + 1)
    reports = {year: review(plan, ledger, year, as_of=as_of, problems=problems) for year in years}
    report = reports[last]
    history = _History(plan, reports)
    rows = [row for row in report.initiatives if _covers(subject, row.place)]
    shown = {row.place.id for row in rows}
    return Trend(
        report=report,
        plans={year: each.plan for year, each in reports.items()},
        initiatives=tuple(
            InitiativeTrend(row, tuple(history.of(row.original)))
            for row in rows
            if not row.is_relisting or row.original.id not in shown
        ),
        indicators=tuple(row for row in report.indicators if _measures(report.plan, subject, row)),
        recorded_until=max((entry.date for entry in ledger.in_force), default=None),
    )


def _covers(subject: Subject, place: Place) -> bool:
    match subject:
        case Place():
            return any(step.id == subject.id for step in place.lineage)
        case Indicator():
            return False
        case _:
            return True


def _measures(plan: Plan, subject: Subject, row: IndicatorRow) -> bool:
    match subject:
        case Indicator():
            return row.indicator.id == subject.id
        case Place():
            return _covers(plan.original(plan.places[subject.id]), row.place)
        case _:
            return True


class _History:
    """Finds what stood for an initiative in earlier years."""

    def __init__(self, plan: Plan, reports: Mapping[int, ReviewReport]) -> None:
        self.reports = reports
        self.rows = {year: {row.place.id: row for row in each.initiatives} for year, each in reports.items()}
        self.before: dict[str, list[str]] = {}
        for place in plan.places.values():
            for successor in place.node.superseded_by:
                self.before.setdefault(successor, []).append(place.id)

    def of(self, place: Place) -> Iterator[RatingYear]:
        """Yield every year with the ratings that stand for an initiative in it."""
        earlier: RatingYear | None = None
        for year, rows in self.rows.items():
            found = [rows[node_id] for node_id in self.came_from(place.id) if node_id in rows]
            sources = tuple(Source(row.place, row.state) for row in found)
            now = RatingYear(year, sources)
            if earlier is not None:
                now = RatingYear(year, sources, self.change(earlier, now))
            yield now
            earlier = now

    def came_from(self, node_id: str) -> list[str]:
        """Return an initiative with all that it came from, the nearest first."""
        found = [node_id]
        for one in found:
            found += [each for each in self.before.get(one, ()) if each not in found]
        return found

    def change(self, earlier: RatingYear, now: RatingYear) -> Change | None:
        """Return how one rank became one other; there is no telling across scales or from several ratings."""
        scales = [self.reports[each.year].plan.scheme.scale for each in (earlier, now)]
        first, second = _rank(earlier, scales[0]), _rank(now, scales[1])
        if first is None or second is None or scales[0] != scales[1]:
            return None
        return "same" if first == second else "up" if second < first else "down"


def _rank(each: RatingYear, scale: Scale) -> int | None:
    """Return the place in the scale of a year's only rating, the best being 0."""
    codes: list[str | None] = [rank.code for rank in scale.ranks]
    rating = each.sources[0].state.rating if len(each.sources) == 1 else None
    return codes.index(rating) if rating in codes else None


def sparkline(values: Sequence[Measured | None]) -> str:
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
    header, years = found.report.plan.header, found.years
    span = t(N_("{since} to {until}")).format(since=year_label(years[0], t), until=year_label(years[-1], t))
    ratings = [_ratings(found, t)] if found.initiatives else []
    values = [_values(found, t)] if found.indicators else []
    return Papers(
        title=t(N_("{plan}: ratings and indicators over the years")).format(plan=header.title),
        subtitles=(span, *faulty_data(found.report.problems, t)),
        banner=t(SAMPLE_BANNER) if found.report.sample else None,
        papers=(*ratings, *values),
        legend=tuple(_legend(found, t)),
    )


def _year_columns(found: Trend, t: Translate, *, number: bool) -> Iterator[Column]:
    for year in found.years:
        heading = t(N_("{year} (so far)") if year == found.running else N_("{year}")).format(year=year)
        yield Column(heading, 8 if number else 9, number=number)


def _ratings(found: Trend, t: Translate) -> Paper:
    columns = (
        Column(t(N_("No.")), 8),
        Column(level_words(found.report.plan, -1, N_("Initiative"), "{level}", t), 24),
        *_year_columns(found, t, number=False),
    )
    rows = tuple(
        (Cell(item.row.place.number), Cell(_title(item, t)), *_rating_cells(found, item, t))
        for item in found.initiatives
    )
    return Paper("ratings", t(N_("Ratings over the years")), columns, rows, keys=2)


def _title(item: InitiativeTrend, t: Translate) -> str:
    title = item.row.title
    if item.row.is_relisting:
        title += t(N_(" (relisted → {number})")).format(number=item.row.original.number)
    if item.predecessors:
        numbers = t(N_(", ")).join(place.number for place in item.predecessors)
        title += t(N_(" (came from {numbers})")).format(numbers=numbers)
    return title


def _rating_cells(found: Trend, item: InitiativeTrend, t: Translate) -> Iterator[Cell]:
    for each in item.years:
        texts = [print_source(found.plans[each.year], source, t) for source in each.sources]
        arrow = "" if each.change is None else f" {ARROWS[each.change]}"
        is_open = any(source.state.rating is None for source in each.sources)
        yield Cell((t(N_("・")).join(texts) or NONE) + arrow, tone="quiet" if is_open else "plain")


def print_source(plan: Plan, source: Source, t: Translate) -> str:
    """Return a rating as printed, or why there is none yet."""
    if source.state.rating is not None:
        return print_rating(plan, source.state.rating)
    return t(N_("not evaluated") if source.state.reported else N_("not reported"))


def _values(found: Trend, t: Translate) -> Paper:
    columns = (
        Column(t(N_("No.")), 8),
        Column(t(N_("Indicator")), 24),
        Column(t(N_("Unit")), 4),
        Column(t(N_("Trend")), max(6, len(found.years))),
        *_year_columns(found, t, number=True),
        Column(t(N_("Target (FY)")), 12, number=True),
    )
    rows = tuple(tuple(_value_cells(found, row, t)) for row in found.indicators)
    return Paper("values", t(N_("Indicators over the years")), columns, rows, keys=2)


def _value_cells(found: Trend, row: IndicatorRow, t: Translate) -> Iterator[Cell]:
    indicator, target = row.indicator, print_measured(row.indicator, row.result.target)
    yield Cell(row.place.number)
    yield Cell(print_indicator(indicator, t))
    yield Cell(indicator.unit or NONE)
    yield Cell(found.bars(row))
    for _, value in row.history:
        yield Cell(print_value(indicator, value, t), tone="quiet" if value.value is None else "plain")
    if row.result.target_year is not None:
        target = t(N_("{value} ({year})")).format(value=target, year=row.result.target_year)
    yield Cell(target)


def print_value(indicator: Indicator, value: YearValue, t: Translate) -> str:
    """Return a year's value without its unit, or the reason why there is none."""
    if value.value is None:
        return value.missing or NONE
    return print_measured(indicator, value.value) + (t(N_(" (partly unknown)")) if value.partial else "")


def _legend(found: Trend, t: Translate) -> Iterator[str]:
    if found.initiatives:
        yield from _scales(found, t)
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
    if found.running is not None and found.recorded_until is not None:
        text = t(N_("FY{year} is not over in the records: they end on {day}, and the trend leaves the year out."))
        yield text.format(year=found.running, day=found.recorded_until.isoformat())
    yield t(N_("－ none, △ negative."))
    if any(not row.indicator.adopted for row in found.indicators):
        yield t(N_("(draft): a reference indicator that has not been adopted; its targets are drafts as well."))


def _scales(found: Trend, t: Translate) -> Iterator[str]:
    """Yield what the ratings mean; where the plan's scale was revised, for each span of years."""
    spans: list[tuple[Scale, list[int]]] = []
    for year, plan in found.plans.items():
        if not spans or spans[-1][0] != plan.scheme.scale:
            spans.append((plan.scheme.scale, []))
        spans[-1][1].append(year)
    joint = t(N_(", "))
    for scale, years in spans:
        words = {
            "ranks": joint.join(f"{rank.code} {rank.name}" for rank in scale.ranks),
            "states": joint.join(state.name for state in scale.states) or NONE,
        }
        if len(spans) == 1:
            yield t(N_("Ratings: {ranks}. No rank: {states}.")).format(**words)
        else:
            text = t(N_("Ratings of FY{since} to FY{until}: {ranks}. No rank: {states}."))
            yield text.format(since=years[0], until=years[-1], **words)
