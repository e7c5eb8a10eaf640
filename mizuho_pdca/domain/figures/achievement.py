"""How far an indicator has come in a fiscal year: value, target, rate, guide, pace.

Everything is an exact Fraction; only ``Share.percent`` rounds, half up to one decimal place, and
bands are applied to that printed rate. Worked cases: tests/core/test_achievement.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import assert_never

from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.scheme import Scale

_APRIL, _SEPTEMBER = 4, 9


@dataclass(frozen=True)
class Observation:
    """What one entry says of an indicator: a value, or the reason why there is none."""

    entry: str
    value: Measured | None = None
    missing: str | None = None
    date: date | None = None


@dataclass(frozen=True)
class YearValue:
    """An indicator's value in a fiscal year, in its unit.

    ``missing`` is the recorded reason where there is none, None where nothing was recorded;
    ``partial`` marks 一部未把握: some part of the value is missing.
    """

    value: Measured | None = None
    missing: str | None = None
    partial: bool = False
    used: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class Achievement:
    """What a year's value means against baseline and targets.

    ``guide`` is 目安 in the indicator's unit; ``met`` is None where nothing can be said.
    """

    target: Measured | None = None
    target_year: int | None = None
    guide: Fraction | None = None
    rate: Share | None = None
    met: bool | None = None
    pace: Share | None = None


Observed = Mapping[int, Sequence[Observation]]
"""The observations of one indicator by fiscal year, oldest first."""


def year_value(indicator: Indicator, observed: Observed, year: int) -> YearValue:
    """Return the indicator's value in ``year``, made of its entries by its ``aggregate``."""
    own = tuple(observed.get(year, ()))
    if not own:
        return YearValue()
    if indicator.aggregate == "latest":
        return YearValue(own[-1].value, own[-1].missing, used=own[-1:])
    used = own
    gap = False
    if indicator.aggregate == "cumulative":
        first = min(known for known in observed if observed[known])
        used = tuple(item for known in range(first, year + 1) for item in observed.get(known, ()))
        gap = any(not observed.get(known) for known in range(first, year))
    values = [item.value for item in used if item.value is not None]
    if not values:
        return YearValue(missing=own[-1].missing, used=used)
    return YearValue(_aggregated(indicator, values), partial=gap or len(values) < len(used), used=used)


def _aggregated(indicator: Indicator, values: Sequence[Measured]) -> Measured:
    match indicator.aggregate:
        case "max":
            return max(values)
        case "mean":
            return sum(map(Fraction, values), Fraction(0)) / len(values)
        case _:
            return sum(map(Fraction, values), Fraction(0))


def half_years(indicator: Indicator, observed: Observed, year: int) -> tuple[YearValue, YearValue]:
    """Return what April to September and October to March add to a year, by the entries' days.

    Only for what is summed up; a figure whose day lies outside the year (an actual recorded after
    its end) belongs to neither half, and then neither is known.
    """
    own = observed.get(year, ())
    days = [item.date for item in own]
    if indicator.aggregate not in ("sum", "cumulative") or not own:
        return YearValue(), YearValue()
    if any(day is None or fiscal_year(day) != year for day in days):
        return YearValue(), YearValue()
    first: list[Observation] = []
    second: list[Observation] = []
    for item in own:
        month = 0 if item.date is None else item.date.month
        (first if _APRIL <= month <= _SEPTEMBER else second).append(item)
    summed = indicator.model_copy(update={"aggregate": "sum"})
    return year_value(summed, {year: first}, year), year_value(summed, {year: second}, year)


def target_of(indicator: Indicator, year: int) -> tuple[int, Measured] | None:
    """Return the target that holds for a year: its own, else the next given, else the last."""
    targets = indicator.target_values
    if not targets:
        return None
    target_year = next((given for given in targets if given >= year), max(targets))
    return target_year, targets[target_year]


def guide_of(indicator: Indicator, year: int) -> Fraction | None:
    """Return 目安: the straight line from the last anchor before ``year`` to its target.

    The anchor is the baseline or an earlier target. A year with a target of its own has none.
    """
    goal = target_of(indicator, year)
    if goal is None or indicator.method == "done" or goal[0] <= year:
        return None
    anchor = anchor_of(indicator, year)
    if anchor is None:
        return None
    start, low, high = anchor[0], Fraction(anchor[1]), Fraction(goal[1])
    return low + (high - low) * Fraction(year - start, goal[0] - start)


def anchor_of(indicator: Indicator, year: int) -> tuple[int, Measured] | None:
    """Return from where the line of ``guide_of`` starts: the last target before ``year``, or the baseline."""
    anchors = {given: value for given, value in indicator.target_values.items() if given < year}
    if indicator.baseline is not None and indicator.baseline_value is not None and indicator.baseline.year < year:
        anchors.setdefault(indicator.baseline.year, indicator.baseline_value)
    return max(anchors.items(), default=None)


def achievement(indicator: Indicator, actual: Measured | None, year: int) -> Achievement:
    """Return what ``actual`` means for the indicator in a fiscal year."""
    goal = target_of(indicator, year)
    if goal is None:
        return Achievement()
    target_year, target = goal
    guide = guide_of(indicator, year)
    if actual is None:
        return Achievement(target, target_year, guide)
    return Achievement(
        target,
        target_year,
        guide,
        rate=_rate(indicator, actual, target),
        met=is_met(indicator, actual, target),
        pace=_pace(indicator, actual, guide),
    )


def is_met(indicator: Indicator, actual: Measured, target: Measured) -> bool:
    """Return whether the actual reaches the target, in the indicator's own direction."""
    if indicator.method == "done":
        return actual == target
    match indicator.direction:
        case "increase":
            return actual >= target
        case "decrease":
            return actual <= target
        case "maintain":
            return abs(Fraction(actual) - Fraction(target)) <= Fraction(indicator.tolerance or 0)
        case _:
            assert_never(indicator.direction)


def _rate(indicator: Indicator, actual: Measured, target: Measured) -> Share | None:
    match indicator.method:
        case "ratio":
            return Share(Fraction(actual), Fraction(target)) if target else None
        case "progress":
            return _share(indicator.baseline_value, actual, Fraction(target))
        case "maintain" | "done":
            return None
        case _:
            assert_never(indicator.method)


def _pace(indicator: Indicator, actual: Measured, guide: Fraction | None) -> Share | None:
    if guide is None or indicator.method not in ("ratio", "progress"):
        return None
    return _share(indicator.baseline_value, actual, guide)


def _share(baseline: Measured | None, actual: Measured, goal: Fraction) -> Share | None:
    """Return how much of the way from baseline to goal is done; None where there is no way."""
    if baseline is None or goal == Fraction(baseline):
        return None
    return Share(Fraction(actual) - Fraction(baseline), goal - Fraction(baseline))


def suggested_rating(scale: Scale, result: Achievement, year: int) -> str | None:
    """Return the rank that the figures suggest: target met first, then the band.

    The band is that of the printed rate where the year has a target of its own, else of the
    printed pace.
    """
    if result.met:
        return scale.ranks[0].code
    share = banded_share(result, year)
    return None if share is None else scale.band(share.percent)


def banded_share(result: Achievement, year: int) -> Share | None:
    """Return what a band is applied to: the rate where the year has a target of its own, else the pace."""
    return result.rate if result.target_year == year else result.pace
