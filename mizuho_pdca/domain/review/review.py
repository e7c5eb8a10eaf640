"""The yearly review 検証: one report, computed once, that every format only draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Literal, TypeVar

from mizuho_pdca.domain.calendar import half_of, last_day
from mizuho_pdca.domain.figures.achievement import (
    Achievement,
    Halves,
    Observation,
    YearValue,
    achievement,
    half_years,
    year_value,
)
from mizuho_pdca.domain.figures.counting import State, Tally, tally
from mizuho_pdca.domain.figures.suggestion import Hindrance, hindrance, suggested_rating
from mizuho_pdca.domain.plan.header import Header
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.numbers import sort_key
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry, Evaluation, Improvement
from mizuho_pdca.domain.records.kinds import KINDS, texts
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.council import OpinionRow, about, opinions, shown_in
from mizuho_pdca.domain.schema.faults import Problem

Change = Literal["up", "same", "down"]

E = TypeVar("E", Evaluation, Improvement)

_MEASURE = 1


@dataclass(frozen=True)
class Scope:
    """Which part of the plan a report covers: everything, unless something is named."""

    policy: str | None = None
    measure: str | None = None
    department: str | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is left out."""
        return self == Scope()

    def covers(self, place: Place, departments: Collection[str]) -> bool:
        """Return whether a node, seen to by ``departments``, is in the scope."""
        lineage = {step.id for step in place.lineage}
        return (
            (self.policy is None or self.policy in lineage)
            and (self.measure is None or self.measure in lineage)
            and (self.department is None or self.department in departments)
        )


@dataclass(frozen=True)
class SummaryRow:
    """The counts of the whole plan (``place`` None), a policy or a measure."""

    place: Place | None
    submeasures: int
    tally: Tally


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator in the year: values in its unit, and what they mean."""

    indicator: Indicator
    place: Place
    value: YearValue
    previous: YearValue
    result: Achievement
    suggestion: str | None
    history: tuple[tuple[int, YearValue], ...]
    halves: Halves = field(default_factory=Halves)


@dataclass(frozen=True)
class InitiativeRow:
    """One listing of an initiative; a relisting shows the state of its original.

    ``hindrances`` are why its figures suggest no rank although an indicator of its own would.
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

    @property
    def is_relisting(self) -> bool:
        """Return whether the initiative is counted elsewhere."""
        return self.place is not self.original


@dataclass(frozen=True)
class ReviewReport:
    """Everything that the papers of a year's council meeting show.

    ``meetings`` are the days on which the council met about the year; ``made`` is when the last
    entry of the whole data was recorded: papers carry that time, never the clock's.
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
    meetings: tuple[date, ...] = ()
    made: datetime | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_running(self) -> bool:
        """Return whether the data ends before the year does, so that its figures are those so far."""
        return is_running(self.plan.header, self.made, self.year)

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
            opinions=tuple(row for row in self.opinions if row.place is None or self.covers(row.place)),
            elsewhere=tuple(sorted(self.elsewhere(), key=lambda entry: sort_key(entry.target))),
            meetings=self.meetings(),
            made=self.made,
            problems=problems,
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

    def covers(self, place: Place) -> bool:
        return self.scope.covers(place, self.plan.original(place).departments)

    @cached_property
    def observations(self) -> dict[str, dict[int, list[Observation]]]:
        """Return what the entries in force say of each indicator, by fiscal year, oldest first."""
        result: defaultdict[str, defaultdict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
        for entry in self.ledger.in_force:
            if not isinstance(entry, Activity | Actual):
                continue
            half = entry.half if isinstance(entry, Actual) else half_of(entry.date, self.plan.header.starts)
            for slug, figure in entry.values.items():
                value = self.whole.indicators[slug][0].read(figure)
                result[slug][entry.year].append(Observation(entry.id, value, half=half))
            for slug, reason in entry.missing.items() if isinstance(entry, Actual) else ():
                result[slug][entry.year].append(Observation(entry.id, missing=reason, half=half))
        return {slug: dict(by_year) for slug, by_year in result.items()}

    @cached_property
    def indicators(self) -> dict[str, IndicatorRow]:
        """Return a row for every indicator in force, in the plan's order."""
        return {
            slug: self.indicator(indicator, place)
            for slug, (indicator, place) in self.plan.indicators.items()
            if indicator.in_force(self.year) and place.in_force(self.year)
        }

    def indicator(self, indicator: Indicator, place: Place) -> IndicatorRow:
        observed = self.observations.get(indicator.id, {})
        years = range(self.plan.header.period.since, self.year + 1)
        history = tuple((year, year_value(indicator, observed, year)) for year in years)
        value = year_value(indicator, observed, self.year)
        result = achievement(indicator, value, self.year, running=is_running(self.plan.header, self.made, self.year))
        return IndicatorRow(
            indicator=indicator,
            place=place,
            value=value,
            previous=year_value(indicator, observed, self.year - 1),
            result=result,
            suggestion=suggested_rating(self.plan.scheme.scale, result, self.year),
            history=history,
            halves=half_years(indicator, observed, self.year),
        )

    def initiative(self, place: Place) -> InitiativeRow:
        original = self.plan.original(place)
        entries = reports(self.ledger.of(self.year, original.id))
        before = self.ledger.of(self.year - 1, original.id)
        evaluation = _last(entries, Evaluation)
        rating = self.rating(evaluation)
        previous = self.rating(_last(before, Evaluation), self.year - 1)
        suggestion, hindrances = self.suggestion(original)
        return InitiativeRow(
            place=place,
            original=original,
            title=original.node.heading,
            state=State(bool(entries), self.status(entries), rating),
            previous_rating=previous,
            suggestion=suggestion,
            activities=tuple(entry for entry in entries if isinstance(entry, Activity)),
            evaluation=evaluation,
            improvement=_last(entries, Improvement),
            promised=_last(before, Improvement),
            unchanged=_unchanged(entries, before),
            opinions=about(self.opinions, original),
            change=self.change(previous, rating),
            entries=len(entries),
            hindrances=hindrances,
        )

    def status(self, entries: Iterable[Entry]) -> str | None:
        words = [entry.status for entry in entries if isinstance(entry, Activity) and entry.status]
        status = self.plan.scheme.status(words[-1]) if words else None
        return None if status is None else status.code

    def rating(self, evaluation: Evaluation | None, year: int | None = None) -> str | None:
        scale = self.whole.scheme_at(year or self.year).scale
        found = None if evaluation is None else scale.find(evaluation.rating)
        return None if found is None else found.code

    @cached_property
    def opinions(self) -> list[OpinionRow]:
        """Return the opinions that the year's review shows."""
        shown = shown_in(opinions(self.whole, self.ledger), self.year)
        return [replace(row, place=self.plan.places.get(row.opinion.target, row.place)) for row in shown]

    def change(self, previous: str | None, rating: str | None) -> Change | None:
        """Return how the rank moved since last year; None unless both years hold a rank of this scale."""
        ranks = [rank.code for rank in self.plan.scheme.scale.ranks]
        if (
            previous not in ranks
            or rating not in ranks
            or self.whole.scheme_at(self.year - 1).scale != self.plan.scheme.scale
        ):
            return None
        step = ranks.index(previous) - ranks.index(rating)
        return "up" if step > 0 else "down" if step < 0 else "same"

    def suggestion(self, original: Place) -> tuple[str | None, tuple[Hindrance, ...]]:
        """Return the lowest rank that an indicator of the initiative itself suggests, and what hinders it."""
        ranks = [rank.code for rank in self.plan.scheme.scale.ranks]
        found = (self.indicators.get(indicator.id) for indicator in original.node.indicators)
        rows = [row for row in found if row is not None]
        rank = max((row.suggestion for row in rows if row.suggestion is not None), key=ranks.index, default=None)
        if rank is None:
            return None, ()
        hindrances = [one for row in rows for one in hindrance(row.indicator, row.value, row.result, row.suggestion)]
        return None if hindrances else rank, tuple(hindrances)

    def summaries(self, level: int, rows: Sequence[InitiativeRow]) -> tuple[SummaryRow, ...]:
        places = self.plan.in_force(self.year, level)
        summaries = (self.summary(place, rows) for place in places)
        return tuple(row for row in summaries if self.scope.is_whole or row.tally.listed)

    def summary(self, place: Place | None, rows: Iterable[InitiativeRow]) -> SummaryRow:
        own = [row for row in rows if place is None or any(step is place for step in row.place.lineage)]
        originals = [row.state for row in own if not row.is_relisting]
        ranks = tuple(rank.code for rank in self.plan.scheme.scale.ranks)
        submeasures = {step.id for row in own for step in row.place.lineage if step is row.place.parent}
        return SummaryRow(place, len(submeasures), tally(originals, len(own) - len(originals), ranks))

    def elsewhere(self) -> Iterable[Activity]:
        """Yield the activities of the year that were recorded for a node above the initiatives."""
        for entry in self.ledger.in_force:
            place = self.plan.places.get(entry.target)
            if place is None or place.is_initiative or not self.covers(place):
                continue
            if entry.year == self.year and isinstance(entry, Activity):
                yield entry


def _last(entries: Sequence[Entry], kind: type[E]) -> E | None:
    return next((entry for entry in reversed(entries) if isinstance(entry, kind)), None)


def reports(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries by which an office reports: not what the council said, nor the answers."""
    return [entry for entry in entries if KINDS[entry.kind].reports]


def _unchanged(entries: Iterable[Entry], before: Iterable[Entry]) -> tuple[str, ...]:
    """Return the keys whose text of this year is one of last year's."""
    old = _texts(before)
    return tuple(sorted({key for text, key in _texts(entries).items() if text in old}))


def _texts(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the texts by which an office reports by what they say, each with the key that holds it."""
    return {text: key for entry in entries if KINDS[entry.kind].reports for key, text in texts(entry)}
