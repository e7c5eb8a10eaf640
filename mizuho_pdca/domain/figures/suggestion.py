"""The rank that figures suggest 評価の目安: it is one until somebody evaluates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.domain.figures.achievement import Achievement, YearValue
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.scheme import Rank, Scale
from mizuho_pdca.domain.plan.targets import WordedTarget

_HUNDRED = 100

Reason = Literal["no_value", "not_met"]


@dataclass(frozen=True)
class Hindrance:
    """An indicator that keeps its initiative from a suggestion, and why."""

    indicator: Indicator
    reason: Reason


def suggested_rating(scale: Scale, result: Achievement, year: int) -> str | None:
    """Return the rank that the figures of a year suggest; none while the year is running, or where no rank has a bound.

    A target that is met gives at least the rank of 100 %, and ranks above it by the rate. Else the
    band is that of the printed rate where the year has a target of its own, or of the printed pace.
    """
    if result.running or not scale.has_bands:
        return None
    if result.met:
        ranks = [rank.code for rank in scale.ranks]
        by_rate = ranks[-1] if result.rate is None else scale.band(result.rate.percent)
        return min(rank_of_met(scale).code, by_rate, key=ranks.index)
    share = banded_share(result, year)
    return None if share is None else scale.band(share.percent)


def rank_of_met(scale: Scale) -> Rank:
    """Return the best rank that asks for no more than the target: what a target that is met gives at least."""
    return next(rank for rank in scale.ranks if rank.at_least is None or rank.at_least <= _HUNDRED)


def banded_share(result: Achievement, year: int) -> Share | None:
    """Return what a band is applied to: the rate where the year has a target of its own, else the pace."""
    return result.rate if result.target_year == year else result.pace


def hindrance(
    indicator: Indicator, value: YearValue, result: Achievement, suggestion: str | None
) -> Iterator[Hindrance]:
    """Yield why an indicator keeps its initiative from a suggestion: no value, or unmet without a rank.

    One without a target, or with words alone for one, is never judged, so nothing is missing where it
    has no value; nor where none is due.
    """
    is_worded = isinstance(result.target, WordedTarget) and not result.target.has_figure
    if result.target is None or is_worded or not indicator.is_rated:
        return
    if value.value is None:
        if value.is_due:
            yield Hindrance(indicator, "no_value")
    elif result.met is False and suggestion is None:
        yield Hindrance(indicator, "not_met")
