"""Several years of a plan reviewed together, as half and at the end of its time: each as its own review says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.council import OpinionRow, opinions
from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport, review
from mizuho_pdca.domain.review.scope import Scope, SummaryRow
from mizuho_pdca.domain.review.trend import Trend, compared
from mizuho_pdca.domain.schema.faults import Problem


@dataclass(frozen=True)
class IndicatorYears:
    """An indicator with its row in the review of each year in which it was in force."""

    indicator: Indicator
    place: Place
    years: Mapping[int, IndicatorRow]


@dataclass(frozen=True)
class PartYears:
    """The counts of the whole (``place`` None) or of a policy in each year in which it was in force."""

    place: Place | None
    years: Mapping[int, SummaryRow]


@dataclass(frozen=True)
class YearsReport:
    """The reviews of several years and what they say side by side; ``opinions`` are told with all that became of them.

    Its indicators and initiatives are also those that ended before the last year.
    """

    reports: Mapping[int, ReviewReport]
    trend: Trend
    opinions: tuple[OpinionRow, ...]

    @property
    def last(self) -> ReviewReport:
        """Return the review of the last year."""
        return self.trend.report

    @property
    def years(self) -> tuple[int, ...]:
        """Return the fiscal years, rising."""
        return tuple(self.reports)

    @property
    def running(self) -> int | None:
        """Return the year in which the records end before it does; those after it had not begun."""
        return next((year for year, each in self.reports.items() if each.is_running), None)

    @property
    def parts(self) -> tuple[PartYears, ...]:
        """Return the counts of the whole, then those of each policy, as it stands in its last year."""
        total = PartYears(None, {year: each.total for year, each in self.reports.items()})
        rows = [
            (row.place, year, row)
            for year, each in self.reports.items()
            for row in each.policies
            if row.place is not None
        ]
        places = {place.id: place for place, *_ in rows}
        found: dict[str, dict[int, SummaryRow]] = {node_id: {} for node_id in places}
        for place, year, row in rows:
            found[place.id][year] = row
        return (total, *(PartYears(places[node_id], years) for node_id, years in found.items()))

    @property
    def indicators(self) -> tuple[IndicatorYears, ...]:
        """Return the indicators that were in force in any of the years, in the plan's order."""
        found: dict[str, dict[int, IndicatorRow]] = {row.indicator.id: {} for row in self.trend.indicators}
        for year, each in self.reports.items():
            for row in each.indicators:
                found[row.indicator.id][year] = row
        known = {row.indicator.id: row for row in self.trend.indicators}
        return tuple(
            IndicatorYears(known[slug].indicator, known[slug].place, years) for slug, years in found.items() if years
        )


def review_years(
    plan: Plan,
    ledger: Ledger,
    years: range,
    *,
    as_of: AsOf | None = None,
    scope: Scope | None = None,
    problems: Sequence[Problem] = (),
) -> YearsReport:
    """Return the report on some fiscal years of the plan's period; the year before them tells what changed."""
    first = max(years.start - 1, plan.header.period.since)
    reports = {
        year: review(plan, ledger, year, as_of=as_of, scope=scope, problems=problems)
        for year in range(first, years.stop)
    }
    return YearsReport(
        reports={year: reports[year] for year in years},
        trend=compared(plan, reports, with_ended=True).since(years.start),
        opinions=tuple(_opinions(plan, ledger, years, scope or Scope(), reports[years.stop - 1].plan)),
    )


def _opinions(plan: Plan, ledger: Ledger, years: range, scope: Scope, last: Plan) -> Iterator[OpinionRow]:
    """Yield the opinions of the years, and older ones that were open when these began, each with the last numbers."""
    begun, over = (last_day(year, plan.header.starts) for year in (years.start - 1, years.stop))
    for row in opinions(plan, ledger):
        year, place = row.opinion.year, last.places.get(row.opinion.target, row.place)
        is_covered = scope.is_whole if place is None else scope.covers(place, last.original(place))
        is_waiting = year < years.start and row.until(begun).is_open
        if is_covered and (year in years or is_waiting):
            yield replace(row.until(over), place=place)
