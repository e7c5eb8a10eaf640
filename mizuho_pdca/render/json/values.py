"""Numbers and rates as JSON holds them."""

from __future__ import annotations

from mizuho_pdca.domain.digits import exact_decimal
from mizuho_pdca.domain.figures.achievement import YearValue
from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Measured
from mizuho_pdca.render.json.text import Json


def rate_parts(rate: Rate) -> Json:
    """Return a rate with its parts; null percent where there is nothing to divide by."""
    percent = rate.percent
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "percent": None if percent is None else str(percent),
    }


def number(value: Measured | None) -> int | float | bool | str | None:
    """Return a value as a JSON number, boolean or word: exact, an endless number to 12 significant digits."""
    if value is None or isinstance(value, bool | str):
        return value
    exact = exact_decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def reason(value: YearValue) -> str | None:
    """Return why there is no value, where there is none."""
    return value.missing if value.value is None else None


def percent(share: Share | None) -> str | None:
    """Return a share in percent as printed, with ASCII signs."""
    return None if share is None else str(share.percent)
