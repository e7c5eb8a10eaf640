"""Ratings and indicator values of all years side by side, each from the review of its year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from mizuho_pdca.domain.figures.achievement import YearValue
from mizuho_pdca.domain.figures.counting import State
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import Evaluator, Scale
from mizuho_pdca.domain.records.entries import Activity, Actual, Evaluation
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.ratings import Change, Judgement
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow, ReviewReport, review
from mizuho_pdca.domain.schema.faults import Problem

Subject = Place | Indicator | None
"""What a trend is limited to: what lies below a node, one indicator, or nothing."""


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
class RatedTrend:
    """What one evaluator said through the years of anything but an initiative, or another than the first of one.

    ``place`` is None for the plan itself; ``indicator`` is given where it is rated, and not the place.
    ``is_first`` tells the evaluator whose ratings count, who may have been nobody named in earlier years.
    """

    place: Place | None
    indicator: Indicator | None
    evaluator: Evaluator | None
    is_first: bool
    years: Mapping[int, Judgement]


@dataclass(frozen=True)
class Trend:
    """All years of the plan up to ``report``, the review of the last one."""

    report: ReviewReport
    plans: Mapping[int, Plan]
    initiatives: tuple[InitiativeTrend, ...]
    indicators: tuple[IndicatorRow, ...]
    rated: tuple[RatedTrend, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Return the fiscal years, rising."""
        return tuple(self.plans)

    @property
    def rates_initiatives(self) -> bool:
        """Return whether initiatives are rated in any year: that is expected, or somebody has done it all the same."""
        sources = (source for one in self.initiatives for each in one.years for source in each.sources)
        is_expected = any(plan.scheme.expects("initiative") for plan in self.plans.values())
        return is_expected or any(source.state.rating for source in sources)

    @property
    def running(self) -> int | None:
        """Return the last year, if nothing was recorded after its end: its figures are those so far."""
        return self.report.year if self.report.is_running else None

    @property
    def recorded_until(self) -> date | None:
        """Return the day in Japan on which the last entry was recorded."""
        return self.report.until

    @property
    def before(self) -> tuple[int, ...]:
        """Return the years before the plan of which it tells figures, rising."""
        return tuple(sorted({year for row in self.indicators for year in row.indicator.history}))

    def since(self, first: int) -> Trend:
        """Return the same without the years before one, and without what was in none of the others."""

        def kept(years: Iterable[RatingYear]) -> tuple[RatingYear, ...]:
            return tuple(each for each in years if each.year >= first)

        initiatives = (replace(one, years=kept(one.years)) for one in self.initiatives)
        rated = (
            replace(one, years={year: said for year, said in one.years.items() if year >= first}) for one in self.rated
        )
        return replace(
            self,
            plans={year: plan for year, plan in self.plans.items() if year >= first},
            initiatives=tuple(one for one in initiatives if any(each.sources for each in one.years)),
            rated=tuple(one for one in rated if any(said.rating for said in one.years.values())),
        )

    def history(self, row: IndicatorRow) -> list[tuple[int, YearValue]]:
        """Return an indicator's values of all years, those before the plan first."""
        told = row.indicator.history_values
        return [*((year, YearValue(told.get(year))) for year in self.before), *row.history]

    def values(self, row: IndicatorRow) -> list[Measured | None]:
        """Return an indicator's values of the years that are over, in its unit."""
        return [value.value for year, value in self.history(row) if year != self.running]


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
    return compared(plan, {year: review(plan, ledger, year, as_of=as_of, problems=problems) for year in years}, subject)


def compared(
    plan: Plan, reports: Mapping[int, ReviewReport], subject: Subject = None, *, with_ended: bool = False
) -> Trend:
    """Return what the reviews of years say side by side: of what is in the last one, or also of what ended before."""
    report, plans = reports[max(reports)], {year: each.plan for year, each in reports.items()}
    history = _History(plan, reports)
    of = report.plan.original(subject) if isinstance(subject, Place) else subject
    rows = [row for row in report.initiatives if _covers(subject, row.place)]
    shown = {row.place.id for row in rows}
    rows = [row for row in rows if not row.is_relisting or row.original.id not in shown]
    indicators = [row for row in report.indicators if _speaks_of(of, row.place, row.indicator)]
    if with_ended:
        rows = _in_order(plan, [*rows, *history.ended(row.original.id for row in rows)])
        indicators = _in_order(plan, [*indicators, *_ended(reports, indicators)])
    return Trend(
        report=report,
        plans=plans,
        initiatives=tuple(InitiativeTrend(row, tuple(history.of(row.original))) for row in rows),
        indicators=tuple(indicators),
        rated=tuple(_rated(plan, reports, of, list(plans.values()) if with_ended else [report.plan])),
    )


_Row = TypeVar("_Row", InitiativeRow, IndicatorRow)


def _in_order(plan: Plan, rows: Iterable[_Row]) -> list[_Row]:
    """Return the rows as the whole plan has what they are of."""
    order = {place_id: at for at, place_id in enumerate(plan.places)}
    return sorted(rows, key=lambda row: order[row.place.id])


def _ended(reports: Mapping[int, ReviewReport], kept: Iterable[IndicatorRow]) -> list[IndicatorRow]:
    """Return the last rows of the indicators that ended before the last year."""
    last = {row.indicator.id: row for each in reports.values() for row in each.indicators}
    known = {row.indicator.id for row in kept}
    return [row for slug, row in last.items() if slug not in known]


_Voice = tuple[str | None, str | None, str]
"""A target, None for the plan itself; an indicator, where that is rated; an evaluator, empty for the first."""


def _places_of(reports: Mapping[int, ReviewReport]) -> Mapping[str, int]:
    """Return where each evaluator stands in the lists of the years, the last year's first; the first one leads."""
    listed = [one.code for each in reversed([*reports.values()]) for one in each.plan.scheme.evaluators]
    return {"": -1} | {code: number for number, code in enumerate(dict.fromkeys(listed))}


def _rated(
    plan: Plan, reports: Mapping[int, ReviewReport], subject: Subject, shown: Sequence[Plan]
) -> Iterator[RatedTrend]:
    """Yield who rated what, as far as it is in one of the plans ``shown``: the plan itself first, then in its order."""
    places = {target: place for one in shown for target, place in one.places.items()}
    indicators = {slug: found[0] for one in shown for slug, found in one.indicators.items()}
    found: dict[_Voice, dict[int, Judgement]] = {}
    for year, each in reports.items():
        for voice, judgement in _voices(each):
            found.setdefault(voice, {})[year] = judgement
    order = {None: -1} | {target: number for number, target in enumerate(plan.places) if target in places}
    who = _places_of(reports)
    known = (one for one in found if one[0] in order)
    for voice in sorted(known, key=lambda one: (order[one[0]], one[1] or "", who[one[2]])):
        target, slug, code = voice
        place = None if target is None else places[target]
        indicator = None if slug is None else indicators.get(slug)
        is_gone = (slug is None) != (indicator is None)
        is_text = not any(one.rating for one in found[voice].values())
        if is_gone or is_text or not _speaks_of(subject, place, indicator):
            continue
        last = found[voice][max(found[voice])]
        yield RatedTrend(place, indicator, last.evaluator, not code, found[voice])


def _voices(report: ReviewReport) -> Iterator[tuple[_Voice, Judgement]]:
    """Yield what was said in a year, but for the first evaluator's ratings of initiatives."""
    above = ((None if row.place is None else row.place.id, None, row.judgements) for row in report.rated)
    measured = ((row.place.id, row.indicator.id, row.judgements) for row in report.indicators)
    beside = ((row.place.id, None, row.judgements) for row in report.initiatives if not row.is_relisting)
    for is_first, rows in ((True, (*above, *measured)), (False, tuple(beside))):
        for target, slug, judgements in rows:
            for number, one in enumerate(judgements):
                if one.evaluations and (number or is_first):
                    yield (target, slug, one.evaluator.code if one.evaluator and number else ""), one


def _speaks_of(subject: Subject, place: Place | None, indicator: Indicator | None) -> bool:
    match subject:
        case Indicator():
            return indicator is not None and indicator.id == subject.id
        case Place():
            return place is not None and _covers(subject, place)
        case _:
            return True


def _covers(subject: Subject, place: Place) -> bool:
    match subject:
        case Place():
            return any(step.id == subject.id for step in place.lineage)
        case Indicator():
            return False
        case _:
            return True


class _History:
    """Finds what stood for an initiative in earlier years."""

    def __init__(self, plan: Plan, reports: Mapping[int, ReviewReport]) -> None:
        self.reports = reports
        self.rows = {year: {row.place.id: row for row in each.initiatives} for year, each in reports.items()}
        self.before = plan.came_from

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

    def ended(self, kept: Iterable[str]) -> list[InitiativeRow]:
        """Return the last rows of the initiatives that are none of those kept, nor what these came from."""
        known = {one for node_id in kept for one in self.came_from(node_id)}
        last = {node_id: row for rows in self.rows.values() for node_id, row in rows.items() if not row.is_relisting}
        return [row for node_id, row in last.items() if node_id not in known]

    def came_from(self, node_id: str) -> list[str]:
        """Return an initiative with all that it came from, the nearest first."""
        found = [node_id]
        for one in found:
            found += [each.id for each in self.before.get(one, ()) if each.id not in found]
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
