"""Exact shares, and the one place that rounds: half up 四捨五入, away from zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_HUNDRED = 100


def half_up(number: Fraction | Decimal, places: int = 1) -> Decimal:
    """Return a number rounded half up (四捨五入, away from zero) to ``places`` decimals."""
    exact = Fraction(number)
    scaled = abs(exact) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    rounded = Decimal(whole).scaleb(-places)
    return -rounded if exact < 0 and whole else rounded


@dataclass(frozen=True)
class Share:
    """An exact share with its two parts, both in the indicator's unit."""

    numerator: Fraction
    denominator: Fraction

    @property
    def percent(self) -> Decimal:
        """Return the share in percent, rounded half up to one decimal place."""
        return half_up(self.numerator / self.denominator * _HUNDRED)
