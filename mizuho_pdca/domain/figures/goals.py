"""What an indicator should reach in a fiscal year: the target that holds for it, and the guide 目安 up to it."""

from __future__ import annotations

from fractions import Fraction

from mizuho_pdca.domain.digits import reckoned
from mizuho_pdca.domain.plan.indicator import Indicator, Measured, Target
from mizuho_pdca.domain.plan.targets import chosen_year


def target_of(indicator: Indicator, year: int) -> tuple[int, Target] | None:
    """Return the target that holds for a year: its own, else the next given, else the last."""
    targets = indicator.target_values
    target_year = chosen_year(targets, year)
    return None if target_year is None else (target_year, targets[target_year])


def figure_of_year(indicator: Indicator, year: int) -> Measured | None:
    """Return what an actual is divided by in a year, None where its target is no figure."""
    goal = target_of(indicator, year)
    return None if goal is None else indicator.figure_of(goal[1])


def guide_of(indicator: Indicator, year: int) -> Fraction | None:
    """Return 目安: the straight line from the last anchor before ``year`` to its target.

    The anchor is the baseline or an earlier target, of a running total else the 0 that it begins
    with. A year with a target of its own has none, and nothing has that is only watched.
    """
    goal = target_of(indicator, year)
    if goal is None or indicator.method == "done" or goal[0] <= year:
        return None
    anchor, figure = anchor_of(indicator, year), indicator.figure_of(goal[1])
    if anchor is None or figure is None or indicator.kind == "input" or indicator.direction == "none":
        return None
    start, low, high = anchor[0], Fraction(anchor[1]), Fraction(figure)
    exact = low + (high - low) * Fraction(year - start, goal[0] - start)
    return digits(indicator, exact, indicator.places, figure)


def anchor_of(indicator: Indicator, year: int) -> tuple[int, Measured] | None:
    """Return from where the line of ``guide_of`` starts: the last target before ``year``, or the baseline."""
    targets = ((given, indicator.figure_of(value)) for given, value in indicator.target_values.items())
    anchors = {given: value for given, value in targets if given < year and value is not None}
    if indicator.baseline is not None and indicator.baseline_value is not None and indicator.baseline.year < year:
        anchors.setdefault(indicator.baseline.year, indicator.baseline_value)
    if (start := opening(indicator, year)) is not None:
        anchors.setdefault(*start)
    return max(anchors.items(), key=lambda item: item[0], default=None)


def opening(indicator: Indicator, year: int) -> tuple[int, Measured] | None:
    """Return from where a running total counts: its baseline, else 0 in the year before the indicator begins."""
    if indicator.aggregate != "cumulative":
        return None
    if indicator.baseline is not None:
        value = indicator.baseline_value
        return (indicator.baseline.year, value) if value is not None and indicator.baseline.year < year else None
    return None if indicator.since is None else (indicator.since - 1, Fraction(0))


def digits(indicator: Indicator, exact: Fraction, places: int, beside: Measured | None) -> Fraction:
    """Return a mean, a guide or a difference: it is printed with at most one decimal more than the figures."""
    other = None if beside is None else Fraction(beside)
    if indicator.decimals is not None:
        return reckoned(exact, indicator.decimals, other, fixed=True)
    return reckoned(exact, places + 1, other)
