"""What entries say of indicators, and which figures moved after somebody had evaluated them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mizuho_pdca.domain.calendar import half_of
from mizuho_pdca.domain.figures.achievement import Observation, YearValue, year_value
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry, Evaluation, Withdrawal
from mizuho_pdca.domain.records.kinds import displaced
from mizuho_pdca.domain.records.ledger import Ledger

Observations = Mapping[str, Mapping[int, list[Observation]]]
"""What is said of each indicator, by its id and by fiscal year, in the order of the entries."""


@dataclass(frozen=True)
class Moved:
    """A figure that is another than when its initiative was evaluated, and the entries recorded since."""

    indicator: Indicator
    before: YearValue
    now: YearValue
    entries: tuple[Entry, ...]


def observations(plan: Plan, ledger: Ledger) -> Observations:
    """Return what the entries in force say of each indicator; ``plan`` is that of all years."""
    result: defaultdict[str, defaultdict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for entry in ledger.in_force:
        if not isinstance(entry, Activity | Actual):
            continue
        for slug, one in _observed(plan, entry):
            result[slug][entry.year].append(one)
    return {slug: dict(by_year) for slug, by_year in result.items()}


def _observed(plan: Plan, entry: Activity | Actual) -> Iterator[tuple[str, Observation]]:
    """Yield what an entry says of each indicator."""
    if isinstance(entry, Activity):
        for slug, figure in entry.values.items():
            value = plan.indicators[slug][0].read(figure)
            yield slug, Observation(entry.id, value, half=half_of(entry.date, plan.header.starts), links=entry.links)
        return
    for slug, figure in entry.values.items():
        value = plan.indicators[slug][0].read(figure)
        yield (
            slug,
            Observation(
                entry.id,
                value,
                half=entry.half,
                source=entry.source,
                as_of=entry.as_of,
                provisional=bool(entry.provisional),
            ),
        )
    for slug, reason in entry.missing.items():
        yield slug, Observation(entry.id, missing=reason, half=entry.half, source=entry.source)


def _came_after(entry: Entry, evaluation: Evaluation, ledger: Ledger) -> bool:
    """Return whether an entry that counts was recorded since, or undid one that was there before."""
    if entry.recorded <= evaluation.recorded:
        return False
    if not isinstance(entry, Withdrawal):
        return entry.id not in ledger.withdrawn_by and entry.id not in ledger.superseded_by
    undone = ledger.by_id.get(entry.withdraws)
    holds = ledger.withdrawn_by.get(entry.withdraws) is entry
    return holds and undone is not None and undone.recorded <= evaluation.recorded


def moved(
    plan: Plan,
    ledger: Ledger,
    evaluation: Evaluation,
    figures: Iterable[tuple[Indicator, YearValue]],
) -> tuple[Moved, ...]:
    """Return the figures that are others than when an evaluation was recorded."""

    def came_since(indicator: Indicator, entry: Entry) -> bool:
        if not _came_after(entry, evaluation, ledger):
            return False
        told = {entry.year, *(ledger.by_id[name].year for _, name in displaced(entry) if name in ledger.by_id)}
        return evaluation.year in told or (indicator.aggregate == "cumulative" and min(told) <= evaluation.year)

    since = [
        (indicator, value, [one for one in ledger.by_indicator.get(indicator.id, ()) if came_since(indicator, one)])
        for indicator, value in figures
    ]
    if not any(entries for *_, entries in since):
        return ()
    known = observations(plan, Ledger(entry for entry in ledger.entries if entry.recorded <= evaluation.recorded))
    found = []
    for indicator, value, entries in since:
        before = year_value(indicator, known.get(indicator.id, {}), evaluation.year)
        if entries and before.value != value.value:
            found.append(Moved(indicator, before, value, tuple(entries)))
    return tuple(found)
