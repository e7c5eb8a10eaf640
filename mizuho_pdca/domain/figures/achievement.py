"""How far an indicator has come in a fiscal year: value, target, rate, guide, pace, met or not.

Everything is exact; only what is printed is rounded, and bands are applied to the printed rate.
Worked cases: tests/domain/figures/test_achievement.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Literal, assert_never

from mizuho_pdca.domain.calendar import Half
from mizuho_pdca.domain.digits import half_up, places_of, reckoned
from mizuho_pdca.domain.figures.goals import digits, figure_of_year, guide_of, opening, target_of
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import UNRATED, Indicator, Measured, Target
from mizuho_pdca.domain.plan.targets import WordedTarget

if TYPE_CHECKING:
    from mizuho_pdca.domain.figures.counting import Met


@dataclass(frozen=True)
class Observation:
    """What one entry says of an indicator: a value, or the reason why there is none.

    ``half`` is the half of the year that the value belongs to, None where nobody said; ``source``
    and ``links`` are where it comes from; ``as_of`` is of when it is, if not of the year's end.
    """

    entry: str
    value: Measured | None = None
    missing: str | None = None
    half: Half | None = None
    source: str | None = None
    links: tuple[str, ...] = ()
    as_of: str | None = None
    provisional: bool = False


Provisional = Literal["all", "partly"]
"""How much of a figure is a first one 速報 that may still change."""


def together(parts: Iterable[Provisional | None]) -> Provisional | None:
    """Return how much of a sum is provisional, by its parts."""
    known = list(parts)
    if not any(known):
        return None
    return "all" if all(part == "all" for part in known) else "partly"


@dataclass(frozen=True)
class YearValue:
    """An indicator's value in a fiscal year, in its unit.

    ``missing`` is the recorded reason where there is none, None where nothing was recorded;
    ``partial`` marks 一部未把握: some part of the value is missing. ``before`` is a running total
    of the years before, where this year's part of it is missing; ``gaps`` are the years since it
    begins of which nothing was recorded. ``is_due`` says whether a figure of the year is to be expected.
    """

    value: Measured | None = None
    missing: str | None = None
    partial: bool = False
    used: tuple[Observation, ...] = ()
    before: Measured | None = None
    gaps: tuple[int, ...] = ()
    is_due: bool = True

    @property
    def provisional(self) -> Provisional | None:
        """Return whether its figures, or some of them, are first ones 速報, which may still change."""
        return together("all" if one.provisional else None for one in self._figures)

    @property
    def dates(self) -> list[str]:
        """Return of when the figures are, each once, where somebody said."""
        return list(dict.fromkeys(one.as_of.strip() for one in self._figures if one.as_of))

    @property
    def as_of(self) -> str | None:
        """Return of when the value is: None where nobody said that of all its figures, or said different days."""
        return self.dates[0] if len(self.dates) == 1 and all(one.as_of for one in self._figures) else None

    @property
    def _figures(self) -> list[Observation]:
        return [one for one in self.used if one.value is not None]

    @property
    def sources(self) -> list[str]:
        """Return where the figures come from, each once."""
        return list(dict.fromkeys(one.source.strip() for one in self.used if one.source))

    @property
    def links(self) -> list[str]:
        """Return papers and pages of what gave the figures, each once."""
        return list(dict.fromkeys(link for one in self.used for link in one.links))


@dataclass(frozen=True)
class Halves:
    """What the halves of a year add to it, and what belongs to neither because nobody said when it was."""

    first: YearValue = YearValue()
    second: YearValue = YearValue()
    neither: YearValue = YearValue()

    @property
    def values(self) -> tuple[Measured | None, Measured | None]:
        """Return the values of the two halves."""
        return self.first.value, self.second.value


@dataclass(frozen=True)
class Achievement:
    """What a year's value means against baseline and targets.

    ``guide`` is 目安 in the indicator's unit. ``met`` is None where nothing can be said, or not yet:
    before the target's year, or in a ``running`` year whose value may still change.
    """

    target: Target | None = None
    target_year: int | None = None
    guide: Fraction | None = None
    rate: Share | None = None
    met: bool | None = None
    pace: Share | None = None
    running: bool = False


Observed = Mapping[int, Sequence[Observation]]
"""The observations of one indicator by fiscal year, oldest first."""


# -- the value of a year ------------------------------------------------------------------------


def year_value(indicator: Indicator, observed: Observed, year: int) -> YearValue:
    """Return the indicator's value in ``year``, made of its entries by its ``aggregate``."""
    own = tuple(observed.get(year, ()))
    if not own:
        return YearValue(is_due=indicator.is_due(year))
    known = [item for item in own if item.value is not None]
    if indicator.aggregate == "cumulative":
        return _running_total(indicator, observed, year)
    if indicator.aggregate == "latest":  # a figure settles what was missing, whatever its date
        used = (known or own)[-1:]
        value = used[-1].value
        return YearValue(None if value is None else _fixed(indicator, value, year), used[-1].missing, used=tuple(used))
    if not known:
        return YearValue(missing=own[-1].missing, used=own)
    return YearValue(_aggregated(indicator, known, year), partial=len(known) < len(own), used=own)


def known_value(indicator: Indicator, observed: Observed, year: int) -> YearValue:
    """Return what was recorded of a year, else what the plan tells of a year before it, of which nothing is due."""
    found = year_value(indicator, observed, year)
    if found.used:
        return found
    is_before = indicator.since is not None and year < indicator.since
    return YearValue(indicator.history_values.get(year), is_due=found.is_due or is_before)


def _running_total(indicator: Indicator, observed: Observed, year: int) -> YearValue:
    """Return the baseline with all that was added to it in the years after it."""
    own = observed[year]
    start = opening(indicator, year)
    years = [known for known in sorted(observed) if observed[known] and known <= year]
    if start is not None:
        years = [known for known in years if known > start[0]]
    used = tuple(item for known in years for item in observed[known])
    values = [start[1]] if start is not None and indicator.baseline is not None else []
    if all(item.value is None for item in own):
        values += [item.value for known in years[:-1] for item in observed[known] if item.value is not None]
        before = _sum(indicator, values, year) if values else None
        return YearValue(missing=own[-1].missing, used=tuple(own), before=before)
    values += [item.value for item in used if item.value is not None]
    first = years[0] if start is None else max(start[0] + 1, indicator.since or start[0] + 1)
    gaps = tuple(known for known in range(first, year) if not observed.get(known) and indicator.is_due(known))
    partial = bool(gaps) or any(item.value is None for item in used)
    return YearValue(_sum(indicator, values, year), partial=partial, used=used, gaps=gaps)


def _aggregated(indicator: Indicator, known: Sequence[Observation], year: int) -> Measured:
    values = [item.value for item in known if item.value is not None]
    match indicator.aggregate:
        case "max":
            highest = max(values, key=indicator.step if indicator.method == "done" else _exact)
            return _fixed(indicator, highest, year)
        case "mean":
            places = max(indicator.places, *map(_places, values))
            mean = sum(map(_exact, values), Fraction(0)) / len(values)
            return digits(indicator, mean, places, figure_of_year(indicator, year))
        case _:
            return _sum(indicator, values, year)


def _sum(indicator: Indicator, values: Sequence[Measured], year: int) -> Measured:
    """Return a sum with the most decimals that its parts have, or as the indicator asks for."""
    figures = [value for value in values if isinstance(value, Decimal)]
    others = [_exact(value) for value in values if not isinstance(value, Decimal)]
    exact = Fraction(reduce(_EXACTLY.add, figures, Decimal(0))) + sum(others, Fraction(0))
    return half_up(exact, max(map(_places, values))) if indicator.decimals is None else _fixed(indicator, exact, year)


_EXACTLY = Context(prec=200, traps=[Inexact])
"""Adds what was typed to the last digit, much faster than fractions are added."""


def _fixed(indicator: Indicator, value: Measured, year: int) -> Measured:
    """Return a value with the decimals that the indicator asks for, and as many more as the target of a year wants."""
    if indicator.decimals is None or isinstance(value, bool | str):
        return value
    goal = figure_of_year(indicator, year)
    return reckoned(Fraction(value), indicator.decimals, None if goal is None else Fraction(goal), fixed=True)


def _exact(value: Measured) -> Fraction:
    return Fraction(value)


def _places(value: Measured | None) -> int:
    return 0 if value is None or isinstance(value, str | bool) else places_of(value)


def half_years(indicator: Indicator, observed: Observed, year: int) -> Halves:
    """Return what April to September and October to March add to a year, of what is summed up."""
    own = observed.get(year, ())
    if indicator.aggregate not in ("sum", "cumulative") or not any(item.half for item in own):
        return Halves()
    summed = indicator.model_copy(update={"aggregate": "sum"})
    parts = ({year: [item for item in own if item.half == half]} for half in ("first", "second", None))
    return Halves(*(year_value(summed, part, year) for part in parts))


# -- what a value means against them --------------------------------------------------------------


def achievement(indicator: Indicator, value: YearValue, year: int, *, running: bool = False) -> Achievement:
    """Return what a year's value means for the indicator; ``running`` says that the year is not over."""
    goal = target_of(indicator, year)
    if goal is None:
        return Achievement(running=running)
    target_year, target = goal
    guide, actual, divisor = guide_of(indicator, year), value.value, indicator.figure_of(target)
    if actual is None:
        return Achievement(target, target_year, guide, running=running)
    return Achievement(
        target,
        target_year,
        guide,
        rate=_rate(indicator, actual, divisor) if has_rate(indicator, target_year, year) else None,
        met=_met(indicator, value, goal, year, running=running),
        pace=None if guide is None else _rate(indicator, actual, guide, is_guide=True),
        running=running,
    )


def has_rate(indicator: Indicator, target_year: int, year: int) -> bool:
    """Return whether a value can be held against the target of a year.

    One year's sum, mean or highest value says nothing of the target of another year; a running
    total, a last value and progress are on their way to it. Means are held against their own year's.
    """
    if indicator.kind == "input":
        return target_year == year
    is_yearly = indicator.method in ("ratio", "inverse") and indicator.aggregate in ("sum", "max", "mean")
    return target_year == year or not is_yearly


def _met(indicator: Indicator, value: YearValue, goal: tuple[int, Target], year: int, *, running: bool) -> bool | None:
    """Return whether the target is met, None as long as that may still change."""
    target_year, target = goal
    if value.value is None or not indicator.is_rated:
        return None
    if running and not _is_settled(indicator, value, value.value, target):
        return None
    met = is_met(indicator, value.value, target)
    is_early = year < target_year and indicator.method != "maintain"
    return None if is_early and not met else met


def _is_settled(indicator: Indicator, value: YearValue, actual: Measured, target: Target) -> bool:
    """Return whether nothing that is still recorded in the year can change what is met, and what is not."""
    added = [item.value for item in value.used if item.value is not None]
    match indicator.aggregate:
        case "max":
            only_grows = True
        case "sum" | "cumulative":
            only_grows = all(Fraction(figure) >= 0 for figure in added)
        case _:
            only_grows = False
    if indicator.method == "done" and not isinstance(target, WordedTarget):
        is_beyond = bool(actual) if isinstance(actual, bool) else indicator.step(actual) >= indicator.step(target)
        return only_grows and is_beyond
    low, high = indicator.bounds_of(target)
    if high is not None:
        return only_grows and Fraction(actual) > high
    return only_grows and low is not None and Fraction(actual) >= low


Unjudged = Literal[
    "not_rated", "no_direction", "no_target", "worded", "not_due", "no_value", "before_target", "running"
]
"""Why nobody can say whether a target is met."""


def unjudged(indicator: Indicator, value: YearValue, result: Achievement, year: int) -> Unjudged | None:
    """Return why nobody can say whether the target is met, None where one can."""
    target, target_year = result.target, result.target_year
    if result.met is not None:
        return None
    if not indicator.is_rated:
        return "not_rated" if indicator.kind in UNRATED else "no_direction"
    if target is None or target_year is None:
        return "no_target"
    if isinstance(target, WordedTarget) and not target.has_figure:
        return "worded"
    if value.value is None:
        return "no_value" if value.is_due else "not_due"
    return "before_target" if target_year > year and indicator.method != "maintain" else "running"


def met(results: Iterable[Achievement], near: Decimal) -> Met:
    """Return how many results met their targets; ``near`` is the printed rate from which one nearly did."""
    from mizuho_pdca.domain.figures.counting import Met  # what a single figure is worked out for needs no counts

    return Met(**Counter(met_state(result, near) for result in results))


def met_state(result: Achievement, near: Decimal) -> str:
    """Return how a result stands to its target, by its name in ``Met``."""
    if result.met is None:
        return "unknown"
    if result.met:
        return "met"
    return "near" if result.rate is not None and result.rate.percent >= near else "not_met"


def is_met(indicator: Indicator, actual: Measured, target: Target) -> bool | None:
    """Return whether the actual reaches the target, in the indicator's own direction; None where words alone say it."""
    if isinstance(target, WordedTarget) and not target.has_figure:
        return None
    if indicator.method == "done" and not isinstance(target, WordedTarget):
        if isinstance(actual, str):  # steps, of which one may be past what was wanted
            return indicator.step(actual) >= indicator.step(target)
        return actual == target
    low, high = indicator.bounds_of(target)
    return (low is None or Fraction(actual) >= low) and (high is None or Fraction(actual) <= high)


def _rate(indicator: Indicator, actual: Measured, goal: Measured | None, *, is_guide: bool = False) -> Share | None:
    """Return an actual against the target, or by the same measure against the guide; None where there is no way."""
    if goal is None or (indicator.direction == "none" and indicator.kind != "input"):
        return None
    match "ratio" if indicator.kind == "input" else indicator.method:
        case "ratio":
            return _ratio(indicator, actual, goal, is_guide=is_guide)
        case "inverse":
            return _inverse(indicator, actual, goal, is_guide=is_guide)
        case "progress":
            return _progress(indicator, actual, Fraction(goal))
        case "maintain" | "done":
            return None
        case _:
            assert_never(indicator.method)


def _ratio(indicator: Indicator, actual: Measured, goal: Measured, *, is_guide: bool) -> Share | None:
    if isinstance(actual, bool | str) or isinstance(goal, bool | str) or goal == 0 or (is_guide and goal < 0):
        return None
    return Share(actual, digits(indicator, Fraction(goal), indicator.places, actual) if is_guide else goal)


def _inverse(indicator: Indicator, actual: Measured, goal: Measured, *, is_guide: bool) -> Share | None:
    """Return the target against an actual that should fall; there is none where nothing is left to divide by."""
    if isinstance(actual, bool | str) or isinstance(goal, bool | str) or actual <= 0 or goal < 0:
        return None
    return Share(digits(indicator, Fraction(goal), indicator.places, actual) if is_guide else goal, actual)


def _progress(indicator: Indicator, actual: Measured, goal: Fraction) -> Share | None:
    """Return how much of the way from baseline to goal is done."""
    low = indicator.baseline_value
    if low is None or goal == Fraction(low):
        return None
    done, way = Fraction(actual) - Fraction(low), goal - Fraction(low)
    is_typed = isinstance(actual, Decimal)
    places = max(indicator.places, _places(actual) if is_typed else _places(actual) - 1)
    return Share(digits(indicator, done, places, way), digits(indicator, way, indicator.places, done))
