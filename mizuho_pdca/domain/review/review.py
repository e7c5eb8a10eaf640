"""The yearly review 検証: one report, computed once, that every format only draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.figures.achievement import (
    Achievement,
    Halves,
    YearValue,
    achievement,
    half_years,
    known_value,
    met,
    year_value,
)
from mizuho_pdca.domain.figures.counting import Met, State, Tally, tally
from mizuho_pdca.domain.figures.plan_total import PlanTotal, plan_total
from mizuho_pdca.domain.figures.suggestion import Hindrance, hindrance, suggested_rating
from mizuho_pdca.domain.plan.header import Header
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.numbers import sort_key
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry, Evaluation, Improvement
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.links import counted_twice
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.council import OpinionRow, about, opinions, shown_in
from mizuho_pdca.domain.review.observations import Moved, Observations, moved, observations
from mizuho_pdca.domain.review.ratings import Change, Judgement, RatedRow, Ratings
from mizuho_pdca.domain.review.scope import Scope, SummaryRow
from mizuho_pdca.domain.review.states import done_above, of_office, predecessor, says_the_same, state_of, unchanged
from mizuho_pdca.domain.schema.faults import Problem

_MEASURE, _SUBMEASURE = 1, 2


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator in the year: values in its unit, and what they mean.

    ``counted_twice`` are the activities and actuals that the year's value adds up, if there are both;
    ``judgements`` are the ratings of the indicator itself, an evaluator's each.
    """

    indicator: Indicator
    place: Place
    value: YearValue
    previous: YearValue
    result: Achievement
    suggestion: str | None
    history: tuple[tuple[int, YearValue], ...]
    halves: Halves = field(default_factory=Halves)
    counted_twice: tuple[Activity | Actual, ...] = ()
    total: PlanTotal = field(default_factory=PlanTotal)
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True)
class InitiativeRow:
    """One listing of an initiative; a relisting shows the state of its original.

    ``hindrances`` are why its figures suggest no rank although an indicator of its own would.
    ``came_from`` is the initiative whose rating and plans of last year stand here, None where they
    are its own; ``moved`` are figures that are others than when it was evaluated. ``is_same`` says
    that evaluation and improvement say word for word what last year's did. Rating and evaluations
    are the first evaluator's; ``judgements`` has what every evaluator said.
    """

    place: Place
    original: Place
    title: str
    state: State
    previous_rating: str | None
    suggestion: str | None
    activities: tuple[Activity, ...]
    evaluation: Evaluation | None
    improvement: Improvement | None
    promised: Improvement | None
    unchanged: tuple[str, ...]
    opinions: tuple[OpinionRow, ...]
    change: Change | None
    entries: int
    hindrances: tuple[Hindrance, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    came_from: Place | None = None
    moved: tuple[Moved, ...] = ()
    is_same: bool = False
    judgements: tuple[Judgement, ...] = ()

    @property
    def is_relisting(self) -> bool:
        """Return whether the initiative is counted elsewhere."""
        return self.place is not self.original


@dataclass(frozen=True)
class ReviewReport:
    """Everything that the papers of a year's council meeting show.

    ``rated`` has the plan itself and its parts above the initiatives, as far as they are rated or that is expected.
    ``meetings`` are the days on which the council met about the year; ``made`` is when the last entry was recorded:
    papers carry that time, never the clock's. ``tags`` and ``kinds`` count what has a tag, and indicators of a kind.
    """

    plan: Plan
    previous_plan: Plan
    year: int
    as_of: AsOf
    scope: Scope
    sample: bool
    total: SummaryRow
    policies: tuple[SummaryRow, ...]
    measures: tuple[SummaryRow, ...]
    initiatives: tuple[InitiativeRow, ...]
    indicators: tuple[IndicatorRow, ...]
    elsewhere: tuple[Activity, ...]
    opinions: tuple[OpinionRow, ...]
    relisted: tuple[IndicatorRow, ...] = ()
    rated: tuple[RatedRow, ...] = ()
    entries: tuple[Entry, ...] = ()
    meetings: tuple[date, ...] = ()
    made: datetime | None = None
    problems: tuple[Problem, ...] = ()
    submeasures: tuple[SummaryRow, ...] = ()
    tags: tuple[SummaryRow, ...] = ()
    kinds: tuple[SummaryRow, ...] = ()

    @property
    def is_running(self) -> bool:
        """Return whether the data ends before the year does, so that its figures are those so far."""
        return is_running(self.plan.header, self.made, self.year)

    @property
    def rates_initiatives(self) -> bool:
        """Return whether the initiatives are rated: that is expected of them, or somebody has done it all the same."""
        scheme = self.plan.scheme
        given = (one.rating for row in self.initiatives for one in row.judgements)
        return scheme.expects("initiative") or (scheme.has_ratings and any(given))

    @property
    def until(self) -> date | None:
        """Return the plan's day on which the last entry was recorded."""
        return None if self.made is None else self.plan.header.day_of(self.made)


def is_running(header: Header, made: datetime | None, year: int) -> bool:
    """Return whether a year was still going on when the last entry of the whole data was recorded."""
    return made is not None and header.day_of(made) <= last_day(year, header.starts)


def review(
    plan: Plan,
    ledger: Ledger,
    year: int,
    *,
    as_of: AsOf | None = None,
    scope: Scope | None = None,
    problems: Sequence[Problem] = (),
) -> ReviewReport:
    """Return the report on a fiscal year of the plan's period."""
    return _Review(plan, ledger, year, scope or Scope()).report(as_of or AsOf(), tuple(problems))


class _Review:
    """Works out one report: the states of originals once, then every row from them."""

    def __init__(self, plan: Plan, ledger: Ledger, year: int, scope: Scope) -> None:
        self.whole = plan
        self.plan = plan.at(year)
        self.ledger = ledger
        self.year = year
        self.scope = scope

    def report(self, as_of: AsOf, problems: tuple[Problem, ...]) -> ReviewReport:
        listings = [place for place in self.plan.in_force(self.year) if place.is_initiative and self.covers(place)]
        rows = tuple(self.initiative(place) for place in listings)
        above = done_above(self.plan, self.ledger, self.year, self.covers)
        return ReviewReport(
            plan=self.plan,
            previous_plan=self.whole.at(self.year - 1),
            year=self.year,
            as_of=as_of,
            scope=self.scope,
            sample=any(entry.sample for entry in self.ledger.entries),
            total=self.summary(None, rows),
            policies=self.summaries(0, rows),
            measures=self.summaries(_MEASURE, rows),
            initiatives=rows,
            indicators=tuple(row for row in self.indicators.values() if self.covers(row.place)),
            relisted=tuple(self.relisted()),
            opinions=tuple(row for row in self.opinions if row.place is None or self.covers(row.place)),
            rated=tuple(self.ratings.rows(self.above())),
            elsewhere=tuple(sorted(above, key=lambda entry: sort_key(entry.target))),
            entries=tuple(filter(self.concerns, self.ledger.in_force)),
            meetings=self.meetings(),
            made=self.made,
            problems=problems,
            submeasures=self.summaries(_SUBMEASURE, rows) if self.plan.depth - 1 > _SUBMEASURE else (),
            tags=self.tags(rows),
            kinds=self.kinds(),
        )

    @cached_property
    def made(self) -> datetime | None:
        """Return when the last entry of the whole data was recorded."""
        return max((entry.recorded for entry in self.ledger.entries), default=None)

    def meetings(self) -> tuple[date, ...]:
        """Return the days of the council's meetings: the one that the plan names, else those of its opinions."""
        named = self.whole.header.council.meetings.get(self.year)
        if named is not None:
            return (named,)
        return tuple(sorted({row.opinion.meeting for row in self.opinions if row.opinion.year == self.year}))

    def covers(self, place: Place | None) -> bool:
        return self.scope.is_whole or (place is not None and self.scope.covers(place, self.plan.original(place)))

    def concerns(self, entry: Entry) -> bool:
        return entry.year == self.year and self.covers(self.plan.places.get(entry.target))

    @cached_property
    def observations(self) -> Observations:
        """Return what the entries in force say of each indicator."""
        return observations(self.whole, self.ledger)

    @cached_property
    def twice(self) -> dict[tuple[int, str], list[Activity | Actual]]:
        """Return what activities and actuals both add to, by year and indicator."""
        return counted_twice(self.whole, self.ledger)

    @cached_property
    def indicators(self) -> dict[str, IndicatorRow]:
        """Return a row for every indicator in force, in the plan's order."""
        return {
            slug: self.indicator(indicator, place)
            for slug, (indicator, place) in self.plan.indicators.items()
            if indicator.in_force(self.year) and place.in_force(self.year)
        }

    def relisted(self) -> Iterable[IndicatorRow]:
        """Yield the indicators that the report's part of the plan lists again from elsewhere."""
        for slug, places in self.plan.also_at.items():
            row = self.indicators.get(slug)
            if row is not None and not self.covers(row.place) and any(map(self.covers, places)):
                yield row

    def indicator(self, indicator: Indicator, place: Place) -> IndicatorRow:
        observed = self.observations.get(indicator.id, {})
        years = range(self.plan.header.period.since, self.year + 1)
        known = {year: year_value(indicator, observed, year) for year in years}
        history = tuple(known.items())
        value = known.get(self.year) or year_value(indicator, observed, self.year)
        result = achievement(indicator, value, self.year, running=is_running(self.plan.header, self.made, self.year))
        return IndicatorRow(
            indicator=indicator,
            place=place,
            value=value,
            previous=known_value(indicator, observed, self.year - 1),
            result=result,
            suggestion=suggested_rating(self.plan.scheme.scale, result, self.year) if indicator.is_rated else None,
            history=history,
            halves=half_years(indicator, observed, self.year),
            counted_twice=tuple(self.twice.get((self.year, indicator.id), ())),
            total=plan_total(indicator, history, self.year),
            judgements=self.ratings.of(place.id, indicator.id),
        )

    def initiative(self, place: Place) -> InitiativeRow:
        original = self.plan.original(place)
        entries = of_office(self.whole, self.ledger.of(self.year, original.id))
        came_from = predecessor(self.whole, original, self.year)
        last = original.id if came_from is None else came_from.id
        before = of_office(self.whole, self.ledger.of(self.year - 1, last))
        judgements = self.ratings.of(original.id, before=last)
        own = judgements[0]
        improvement, promised = _last(entries), _last(before)
        suggestion, hindrances = self.suggestion(original)
        return InitiativeRow(
            place=place,
            original=original,
            title=original.node.heading,
            state=state_of(self.whole, self.ledger, original, self.year, own.rating),
            previous_rating=own.previous_rating,
            suggestion=suggestion,
            activities=tuple(entry for entry in entries if isinstance(entry, Activity)),
            evaluation=own.last,
            improvement=improvement,
            promised=promised,
            unchanged=unchanged(entries, () if came_from is not None else before),
            opinions=about(self.opinions, original),
            change=own.change,
            entries=len(entries),
            hindrances=hindrances,
            evaluations=own.evaluations,
            came_from=came_from,
            moved=self.moved(original, own.last),
            is_same=came_from is None and says_the_same(((own.last, own.before), (improvement, promised))),
            judgements=judgements,
        )

    def moved(self, original: Place, evaluation: Evaluation | None) -> tuple[Moved, ...]:
        """Return the initiative's own figures that are others than when it was evaluated."""
        if evaluation is None:
            return ()
        figures = [(row.indicator, row.value) for row in self.own(original)]
        return moved(self.whole, self.ledger, evaluation, figures)

    def own(self, original: Place) -> list[IndicatorRow]:
        """Return the rows of an initiative's own indicators."""
        found = (self.indicators.get(indicator.id) for indicator in original.node.indicators)
        return [row for row in found if row is not None]

    @cached_property
    def ratings(self) -> Ratings:
        """Return what finds the ratings of the year."""
        return Ratings(self.whole, self.ledger, self.year)

    def above(self) -> list[Place | None]:
        """Return what may be rated above the initiatives: the plan, where all of it is reviewed, and its parts."""
        parts = [place for place in self.plan.places.values() if not place.is_initiative and self.covers(place)]
        return [None, *parts] if self.scope.is_whole else [*parts]

    @cached_property
    def opinions(self) -> list[OpinionRow]:
        """Return the opinions that the year's review shows."""
        shown = shown_in(opinions(self.whole, self.ledger), self.year, self.plan.header.starts)
        return [replace(row, place=self.plan.places.get(row.opinion.target, row.place)) for row in shown]

    def suggestion(self, original: Place) -> tuple[str | None, tuple[Hindrance, ...]]:
        """Return the lowest rank that an indicator of the initiative itself suggests, and what hinders it."""
        ranks = [rank.code for rank in self.plan.scheme.scale.ranks]
        rows = self.own(original)
        rank = max((row.suggestion for row in rows if row.suggestion is not None), key=ranks.index, default=None)
        if rank is None:
            return None, ()
        hindrances = [one for row in rows for one in hindrance(row.indicator, row.value, row.result, row.suggestion)]
        return None if hindrances else rank, tuple(hindrances)

    def summaries(self, level: int, rows: Sequence[InitiativeRow]) -> tuple[SummaryRow, ...]:
        places = self.plan.in_force(self.year, level)
        summaries = (self.summary(place, rows) for place in places)
        return tuple(
            row for row in summaries if self.scope.is_whole or row.tally.listed or row.submeasures or row.met.number
        )

    def summary(self, place: Place | None, rows: Iterable[InitiativeRow]) -> SummaryRow:
        own = [row for row in rows if row.place.is_within(place)]
        found = [row for row in self.judged if row.place.is_within(place)]
        return SummaryRow(place, self.submeasures(place, own), self.tally(own), self.met(found))

    def tally(self, own: Sequence[InitiativeRow]) -> Tally:
        originals = [row.state for row in own if not row.is_relisting]
        return tally(originals, len(own) - len(originals), tuple(rank.code for rank in self.plan.scheme.scale.ranks))

    def submeasures(self, place: Place | None, own: Iterable[InitiativeRow]) -> int:
        """Return how many parts right above the initiatives are in force; of a department those that it works on."""
        if self.scope.is_scattered:
            return _parents(own)
        parts = self.plan.in_force(self.year, self.plan.depth - 2)
        return sum(part.is_within(place) and self.covers(part) for part in parts)

    @cached_property
    def judged(self) -> list[IndicatorRow]:
        """Return the rows of the scope whose targets are counted as met or not."""
        return [row for row in self.indicators.values() if row.indicator.is_rated and self.covers(row.place)]

    def met(self, rows: Iterable[IndicatorRow]) -> Met:
        """Return how many indicators met their targets."""
        return met((row.result for row in rows), self.plan.scheme.near)

    def tags(self, rows: Sequence[InitiativeRow]) -> tuple[SummaryRow, ...]:
        """Return the counts of what has a tag, for every tag of the scope in the order of the plan."""
        places = [self.plan.original(place) for place in self.plan.places.values() if self.covers(place)]
        known = dict.fromkeys(tag for place in places for tag in place.tags)
        found = []
        for tag in known:
            own = [row for row in rows if tag in row.original.tags]
            results = [row for row in self.judged if tag in row.place.tags]
            found.append(SummaryRow(None, _parents(own), self.tally(own), self.met(results), tag))
        return tuple(found)

    def kinds(self) -> tuple[SummaryRow, ...]:
        """Return the counts of the indicators of each kind."""
        nothing, kinds = self.tally(()), dict.fromkeys(row.indicator.kind for row in self.judged)
        results = {kind: [row for row in self.judged if row.indicator.kind == kind] for kind in kinds}
        return tuple(SummaryRow(None, 0, nothing, self.met(rows), kind=kind) for kind, rows in results.items())


def _parents(rows: Iterable[InitiativeRow]) -> int:
    return len({row.place.parent.id for row in rows if row.place.parent})


def _last(entries: Sequence[Entry]) -> Improvement | None:
    return next((entry for entry in reversed(entries) if isinstance(entry, Improvement)), None)
