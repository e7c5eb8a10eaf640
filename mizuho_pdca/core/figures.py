"""How numbers are printed for people: △ for negative, － for none, one decimal for rates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.core.indicator import Indicator, Measured
from mizuho_pdca.core.rounding import Share, half_up

NONE = "－"
NEGATIVE = "△"
_MOST_PLACES = 6


def decimal_of(number: Fraction) -> Decimal:
    """Return a number exactly if six decimals suffice, else rounded half up to one."""
    for places in range(_MOST_PLACES + 1):
        if (number * 10**places).denominator == 1:
            return half_up(number, places)
    return half_up(number)


def print_number(number: Fraction | Decimal) -> str:
    """Return a number for people: thousands apart, △ for negative."""
    exact = decimal_of(number) if isinstance(number, Fraction) else number
    sign = NEGATIVE if exact < 0 else ""
    return f"{sign}{abs(exact):,f}"


def print_measured(indicator: Indicator, value: Measured | None) -> str:
    """Return a value without its unit; yes and no in the indicator's own words."""
    if value is None:
        return NONE
    return indicator.spell(value) if isinstance(value, bool) else print_number(value)


def print_share(share: Share | None) -> str:
    """Return ``80.0% (48/60)``, or － where there is none."""
    if share is None:
        return NONE
    parts = f"{print_number(share.numerator)}/{print_number(share.denominator)}"
    return f"{print_number(share.percent)}% ({parts})"
