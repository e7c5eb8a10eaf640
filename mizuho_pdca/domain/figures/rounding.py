"""Exact shares, as percentages rounded half up 四捨五入."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.domain.digits import Number, half_up

_HUNDRED = 100


@dataclass(frozen=True)
class Share:
    """An exact share with its two parts, both in the indicator's unit."""

    numerator: Number
    denominator: Number

    @property
    def exact(self) -> Fraction:
        """Return the share in percent, not rounded."""
        return Fraction(self.numerator) / Fraction(self.denominator) * _HUNDRED

    @property
    def percent(self) -> Decimal:
        """Return the share in percent, rounded half up to one decimal place.

        What is not exactly 100 has as many decimals as keep it from being printed as 100.
        """
        exact, places = self.exact, 1
        percent = half_up(exact, places)
        while percent == _HUNDRED != exact:
            places += 1
            percent = half_up(exact, places)
        return percent
