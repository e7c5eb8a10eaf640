"""A plan's total beside its yearly targets: what its years add up to, against what they should by a later year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.domain.digits import places_of, reckoned
from mizuho_pdca.domain.figures.achievement import Provisional, YearValue, together
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.targets import chosen_year


@dataclass(frozen=True)
class PlanTotal:
    """The total that holds for a year, and how far the years up to it came.

    ``partial`` where one has no value, ``provisional`` where the values or some of them may still change.
    """

    target: Decimal | None = None
    target_year: int | None = None
    actual: Decimal | Fraction | None = None
    rate: Share | None = None
    partial: bool = False
    provisional: Provisional | None = None


def plan_total(indicator: Indicator, history: Sequence[tuple[int, YearValue]], year: int) -> PlanTotal:
    """Return what the years of an indicator come to; ``history`` has those of the plan up to the year."""
    target_year = chosen_year(indicator.total, year)
    if target_year is None:
        return PlanTotal()
    target = indicator.total[target_year]
    begun = [(of, value) for of, value in history if indicator.since is None or of >= indicator.since]
    counted = begun[-1:] if indicator.aggregate == "cumulative" else begun
    known = [value.value for _, value in counted if isinstance(value.value, Decimal | Fraction)]
    if not known:
        return PlanTotal(target, target_year)
    partial = any(value.partial or (value.value is None and value.is_due) for _, value in counted)
    provisional = together(value.provisional for _, value in counted if value.value is not None)
    exact = sum((Fraction(value) for value in known), Fraction(0))
    actual = reckoned(exact, max(map(places_of, known)), target, fixed=True)
    has_rate = target > 0 and indicator.direction != "none"
    return PlanTotal(target, target_year, actual, Share(actual, target) if has_rate else None, partial, provisional)
