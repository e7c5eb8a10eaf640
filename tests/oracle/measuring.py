"""What an indicator's entries come to in a year, and what that means: reckoned from plain dicts with Fractions.

An indicator here is a dict as in ``measures.yaml`` with the targets as in force in the reviewed year.
A value is a Fraction, or for ``done`` yes or no, or one of the indicator's own ordered words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

Indicator = Mapping[str, Any]
Value = Fraction | bool | str

NEAR = 80
"""The printed rate from which an unmet indicator is near, unless the scheme says otherwise."""

_HUNDRED = 100
_GROWING = ("sum", "cumulative", "max")
"""Aggregates whose value can only rise while a year goes on."""


class Observation(NamedTuple):
    """What one entry says of an indicator: a value or the reason why there is none, and the half-year it belongs to."""

    value: Value | None = None
    reason: str | None = None
    half: str | None = None


class Measured(NamedTuple):
    """A year's value: None with the recorded reason, or with none where nothing was recorded."""

    value: Value | None = None
    missing: str | None = None
    partial: bool = False
    shrinks: bool = False
    """Whether it is a sum with a part below zero, which what is still to come may take back."""
    due: bool = True
    """Whether a figure of the year is to be expected."""


class Worded(NamedTuple):
    """A target in words, and the figures that meet it where the plan says which."""

    text: str | None = None
    low: Fraction | None = None
    high: Fraction | None = None


Goal = Value | Worded


class Result(NamedTuple):
    """What a year's value means; rates as printed, with ASCII signs."""

    target: Goal | None = None
    target_year: int | None = None
    guide: Fraction | None = None
    rate: str | None = None
    pace: str | None = None
    met: bool | None = None
    suggested: str | None = None


Observed = Mapping[int, Sequence[Observation]]


def exact(raw: object) -> Fraction:
    """Return a number of a file exactly as it is written."""
    return Fraction(repr(raw))


def read(indicator: Indicator, raw: object) -> Value:
    """Return what a figure in a file means for an indicator."""
    if indicator["method"] != "done":
        return exact(raw)
    words = indicator.get("words")
    if isinstance(words, Sequence):
        return str(raw)
    if isinstance(raw, bool):
        return raw
    return raw in ("yes", (words or {}).get("yes"))


def percent(numerator: Fraction | int, denominator: Fraction | int) -> str:
    """Return a share as printed: half up to one decimal, and to as many as keep what is not 100 from looking so."""
    share = Fraction(numerator) / Fraction(denominator) * _HUNDRED
    places = 1
    while share != _HUNDRED and _half_up(share, places) == _HUNDRED * 10**places:
        places += 1
    units = _half_up(share, places)
    whole, part = divmod(abs(units), 10**places)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{places}d}"


def _half_up(share: Fraction, places: int) -> int:
    """Return a number in units of its last printed decimal, rounded half up, away from zero."""
    units = int(abs(share) * 10**places + Fraction(1, 2))
    return -units if share < 0 else units


# -- a year's value ---------------------------------------------------------------------------


def year_value(indicator: Indicator, observed: Observed, year: int, begins: int) -> Measured:
    """Return the indicator's value in a year; ``begins`` is the first year in which anything can be recorded of it."""
    own = observed.get(year, ())
    figures = [item.value for item in own if item.value is not None]
    reasons = [item.reason for item in own if item.reason is not None]
    if not figures:
        return Measured(missing=reasons[-1] if own else None, due=bool(own) or is_due(indicator, year, begins))
    match indicator["aggregate"]:
        case "latest":
            return Measured(figures[-1])
        case "cumulative":
            return _running_total(indicator, observed, year, begins)
        case "max":
            return Measured(max(figures, key=lambda value: _height(indicator, value)), partial=bool(reasons))
        case "mean":
            return Measured(_sum(figures) / len(figures), partial=bool(reasons))
        case _:
            return Measured(_sum(figures), partial=bool(reasons), shrinks=any(map(_below_zero, figures)))


def _running_total(indicator: Indicator, observed: Observed, year: int, begins: int) -> Measured:
    """Return all that was counted from the baseline on, else from the indicator's first year."""
    start, first = Fraction(0), begins
    baseline = indicator.get("baseline")
    if baseline is not None and baseline["year"] < year:
        start, first = exact(baseline["value"]), baseline["year"] + 1
    used = [item for known in observed for item in observed[known] if first <= known <= year]
    expected = (known for known in range(max(first, begins), year) if is_due(indicator, known, begins))
    is_gap = any(not observed.get(known) for known in expected)
    total = start + _sum([item.value for item in used if item.value is not None])
    shrinks = any(_below_zero(item.value) for item in used)
    return Measured(total, partial=is_gap or any(item.reason is not None for item in used), shrinks=shrinks)


def is_due(indicator: Indicator, year: int, begins: int) -> bool:
    """Return whether a survey takes place in a year; its rhythm counts from the baseline, the first target or year."""
    if "surveyed" in indicator:
        return year in indicator["surveyed"]
    if "every" not in indicator:
        return True
    first = begins if not indicator.get("targets") else min(indicator["targets"])
    if indicator.get("baseline"):
        first = indicator["baseline"]["year"]
    return bool((year - first) % indicator["every"] == 0)


def plan_total(indicator: Indicator, years: Mapping[int, Measured], year: int, begins: int) -> dict[str, object]:
    """Return the plan's total beside yearly targets, and what its years come to."""
    totals = indicator.get("total") or {}
    if not totals:
        return {"target": None, "target_year": None, "actual": None, "partial": False, "rate": None}
    chosen = min((given for given in totals if given >= year), default=max(totals))
    known = [one for of, one in years.items() if begins <= of <= year]
    if indicator["aggregate"] == "cumulative":
        known = known[-1:]
    figures = [one.value for one in known if one.value is not None]
    actual = _sum(figures) if figures else None
    partial = actual is not None and any(one.partial or (one.value is None and one.due) for one in known)
    target = exact(totals[chosen])
    has_rate = actual is not None and target > 0 and indicator["direction"] != "none"
    rate = percent(actual, target) if actual is not None and has_rate else None
    return {"target": target, "target_year": chosen, "actual": actual, "partial": partial, "rate": rate}


def _below_zero(value: Value | None) -> bool:
    return isinstance(value, Fraction) and value < 0


def half_years(indicator: Indicator, observed: Observed, year: int) -> tuple[Fraction | None, Fraction | None]:
    """Return what each half adds to the year's sum; what belongs to no half stands in neither."""
    own = observed.get(year, ())
    if indicator["aggregate"] not in ("sum", "cumulative"):
        return None, None
    first, second = ([item.value for item in own if item.half == half] for half in ("first", "second"))
    parts = [[value for value in half if value is not None] for half in (first, second)]
    return (_sum(parts[0]) if parts[0] else None), (_sum(parts[1]) if parts[1] else None)


def _sum(values: Sequence[Value]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0))


def _height(indicator: Indicator, value: Value) -> Fraction:
    """Return how high a value stands: a word by its place among the indicator's words."""
    return Fraction(list(indicator["words"]).index(value)) if isinstance(value, str) else Fraction(value)


# -- targets ----------------------------------------------------------------------------------


def target_of(indicator: Indicator, year: int) -> tuple[int, Goal] | None:
    """Return the target that holds for a year: its own, else the next given, else the last."""
    targets = indicator.get("targets") or {}
    if not targets:
        return None
    chosen = min((given for given in targets if given >= year), default=max(targets))
    return chosen, _goal(indicator, targets[chosen])


def _goal(indicator: Indicator, raw: object) -> Goal:
    if not isinstance(raw, Mapping):
        return read(indicator, raw)
    low, high = raw.get("at_least", raw.get("from")), raw.get("at_most", raw.get("to"))
    return Worded(raw.get("text"), None if low is None else exact(low), None if high is None else exact(high))


def _figure(indicator: Indicator, goal: Goal) -> Value | None:
    """Return what an actual is held against: of words with one bound that bound, if the actual is to go there."""
    if not isinstance(goal, Worded):
        return goal
    if indicator["direction"] == "increase":
        return goal.low if goal.high is None else None
    return goal.high if indicator["direction"] == "decrease" and goal.low is None else None


def guide_of(indicator: Indicator, year: int, begins: int) -> Fraction | None:
    """Return 目安, the straight line from the last anchor before the year to its target, where that lies ahead."""
    goal = target_of(indicator, year)
    if goal is None or goal[0] <= year or indicator["method"] == "done" or _is_watched(indicator):
        return None
    end = _figure(indicator, goal[1])
    if end is None:
        return None
    anchors = {}
    baseline = indicator.get("baseline")
    if baseline is not None:
        anchors[baseline["year"]] = exact(baseline["value"])
    elif indicator["aggregate"] == "cumulative":
        anchors[begins - 1] = Fraction(0)
    given = {year: _figure(indicator, _goal(indicator, raw)) for year, raw in indicator["targets"].items()}
    anchors |= {of: Fraction(value) for of, value in given.items() if value is not None}
    known = [of for of in anchors if of < year]
    if not known:
        return None
    low, high = max(known), goal[0]
    return anchors[low] + (Fraction(end) - anchors[low]) * Fraction(year - low, high - low)


# -- judging ----------------------------------------------------------------------------------


def is_judged(indicator: Indicator) -> bool:
    """Return whether an indicator is ever rated: not one of money or context, nor one without a direction."""
    return indicator["kind"] not in ("input", "context") and indicator["direction"] != "none"


def _is_watched(indicator: Indicator) -> bool:
    """Return whether nothing is to lie on a line toward its target: of money, and of what has no direction."""
    return bool(indicator["kind"] == "input" or indicator["direction"] == "none")


def holds_back(measured: Measured, result: Result) -> bool:
    """Return whether an indicator without a rank keeps its initiative from one."""
    goal = result.target
    if goal is None or (isinstance(goal, Worded) and goal.low is goal.high is None):
        return False
    return measured.due if measured.value is None else result.met is False


def judge(
    indicator: Indicator,
    measured: Measured,
    year: int,
    begins: int,
    scale: Mapping[str, Any] | None,
    *,
    running: bool,
) -> Result:
    """Return what a year's value means for the indicator."""
    goal = target_of(indicator, year)
    if goal is None:
        return Result()
    target_year, target = goal
    guide, actual = guide_of(indicator, year, begins), measured.value
    if actual is None:
        return Result(target, target_year, guide)
    rate = _rate(indicator, actual, _figure(indicator, target), is_own=target_year == year)
    pace = None if guide is None else _way(indicator, actual, guide)
    settles = not running or (indicator["aggregate"] in _GROWING and not measured.shrinks)
    met = _met(indicator, actual, target, is_due=year >= target_year, running=running) if settles else None
    suggested = None
    if scale is not None and not running and is_judged(indicator):
        suggested = _suggested(scale, met, rate, rate if target_year == year else pace)
    return Result(target, target_year, guide, rate, pace, met, suggested)


def _rate(indicator: Indicator, actual: Value, target: Value | None, *, is_own: bool) -> str | None:
    if target is None:
        return None
    if indicator["kind"] == "input":
        is_number = indicator["method"] != "done"
        return percent(Fraction(actual), Fraction(target)) if is_number and is_own and target else None
    if indicator["direction"] == "none":
        return None
    if indicator["method"] in ("ratio", "inverse") and indicator["aggregate"] in ("sum", "max", "mean") and not is_own:
        return None
    return _way(indicator, actual, target)


def _way(indicator: Indicator, actual: Value, goal: Value) -> str | None:
    """Return how much of the way to a target or a guide is done, by the indicator's method."""
    match indicator["method"]:
        case "ratio":
            return percent(Fraction(actual), Fraction(goal)) if Fraction(goal) > 0 else None
        case "inverse":
            return percent(Fraction(goal), Fraction(actual)) if Fraction(actual) > 0 <= Fraction(goal) else None
        case "progress":
            base = exact(indicator["baseline"]["value"])
            way = Fraction(goal) - base
            return percent(Fraction(actual) - base, way) if way else None
        case _:
            return None


def _met(indicator: Indicator, actual: Value, target: Goal, *, is_due: bool, running: bool) -> bool | None:
    if not is_judged(indicator) or (isinstance(target, Worded) and target.low is target.high is None):
        return None
    hit, lost = _reached(indicator, actual, target), _exceeded(indicator, actual, target)
    is_due = is_due or indicator["method"] == "maintain"
    if running:
        if hit and _stays_reached(indicator, actual, target):
            return True
        return False if lost and is_due else None
    return True if hit else (False if is_due else None)


def _reached(indicator: Indicator, actual: Value, target: Goal) -> bool:
    if isinstance(target, Worded):
        is_enough = target.low is None or Fraction(actual) >= target.low
        return is_enough and (target.high is None or Fraction(actual) <= target.high)
    if indicator["method"] == "done":
        if isinstance(actual, bool):
            return actual == target
        return _height(indicator, actual) >= _height(indicator, target)
    distance = Fraction(actual) - Fraction(target)
    match indicator["direction"]:
        case "increase":
            return distance >= 0
        case "decrease":
            return distance <= 0
        case _:
            return abs(distance) <= exact(indicator.get("tolerance", 0))


def _stays_reached(indicator: Indicator, actual: Value, target: Goal) -> bool:
    """Return whether more entries can't undo that the target is reached."""
    if isinstance(target, Worded):
        return target.high is None
    return actual is not False if indicator["method"] == "done" else indicator["direction"] == "increase"


def _exceeded(indicator: Indicator, actual: Value, target: Goal) -> bool:
    """Return whether a value that only rises has gone past where it should stay."""
    if isinstance(target, Worded):
        return target.high is not None and Fraction(actual) > target.high
    if indicator["method"] == "done":
        return actual is True and target is False
    allowed = exact(indicator.get("tolerance", 0)) if indicator["direction"] == "maintain" else Fraction(0)
    return indicator["direction"] != "increase" and Fraction(actual) - Fraction(target) > allowed


def _suggested(scale: Mapping[str, Any], met: bool | None, rate: str | None, banded: str | None) -> str | None:  # noqa: FBT001 (a result)
    ranks = scale["ranks"]
    by_rate = [_band(ranks, Fraction(rate))] if rate is not None else []
    if met:
        return str(ranks[min([_band(ranks, Fraction(_HUNDRED)), *by_rate])]["code"])
    return None if banded is None else str(ranks[_band(ranks, Fraction(banded))]["code"])


def _band(ranks: Sequence[Mapping[str, Any]], printed: Fraction) -> int:
    """Return the position of the best rank whose bound a printed rate reaches; the last has none."""
    return next(at for at, rank in enumerate(ranks) if "at_least" not in rank or printed >= exact(rank["at_least"]))
