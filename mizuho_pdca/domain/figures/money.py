"""Money 予算・決算: what indicators of kind ``input`` add up to, exactly, in one unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.domain.digits import exact_decimal
from mizuho_pdca.domain.figures.achievement import Achievement, Provisional, YearValue, together
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.money import UNITS, unit_of


@dataclass(frozen=True)
class Money:
    """What a part of the plan was to cost in a year and what it did, in one unit; None where nothing is known.

    ``is_partial`` marks 一部未把握: of some budget the spending is not known, or the other way round;
    ``provisional`` 速報: whether what was spent, or some of it, may still change.
    """

    budget: Decimal | None = None
    spent: Decimal | None = None
    is_partial: bool = False
    provisional: Provisional | None = None

    @property
    def execution(self) -> Share | None:
        """Return 執行率, what was spent of the budget; None where a part of either is not known."""
        if self.budget is None or self.spent is None or self.is_partial or self.budget <= 0:
            return None
        return Share(self.spent, self.budget)


def common_unit(indicators: Iterable[Indicator]) -> str | None:
    """Return the smallest unit among indicators of money, in which all of them are whole."""
    units = {unit for indicator in indicators if (unit := unit_of(indicator)) is not None}
    return min(units, key=UNITS.__getitem__, default=None)


def money(rows: Iterable[tuple[Indicator, YearValue, Achievement]], year: int, unit: str) -> Money:
    """Return what indicators of money come to in a year: the budgets of that year itself, and what was spent."""
    budgets, spent, unbudgeted, unspent = list[Fraction](), list[Fraction](), False, False
    firsts = list[Provisional | None]()
    for indicator, value, result in rows:
        factor = Fraction(UNITS[unit_of(indicator) or unit], UNITS[unit])
        budget = result.target if result.target_year == year and isinstance(result.target, Decimal | Fraction) else None
        actual = value.value if isinstance(value.value, Decimal | Fraction) else None
        budgets += [] if budget is None else [Fraction(budget) * factor]
        spent += [] if actual is None else [Fraction(actual) * factor]
        firsts += [] if actual is None else [value.provisional]
        unbudgeted |= budget is None and actual is not None
        unspent |= value.partial or (actual is None and (budget is not None or value.missing is not None))
    is_partial = bool(spent) and (unspent or (bool(budgets) and unbudgeted))
    return Money(_sum(budgets), _sum(spent), is_partial, together(firsts))


def _sum(amounts: list[Fraction]) -> Decimal | None:
    return exact_decimal(sum(amounts, Fraction(0))) if amounts else None
