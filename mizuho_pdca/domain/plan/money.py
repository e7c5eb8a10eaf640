"""Which indicators are of money 予算・決算, in which unit, and what an amount of it may be."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.schema.shapes import Figure

UNITS: Mapping[str, int] = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
"""Units of money, and how many yen each is."""


def unit_of(indicator: Indicator) -> str | None:
    """Return the unit of money that an indicator counts, None where it counts none."""
    unit = unicodedata.normalize("NFKC", indicator.unit or "").strip()
    return unit if indicator.kind == "input" and unit in UNITS else None


def is_amount(indicator: Indicator, figure: Figure) -> bool:
    """Return whether a figure may be one of the indicator: of money nothing below 0, and no part of a yen."""
    unit = unit_of(indicator)
    if unit is None or not isinstance(figure, Decimal):
        return True
    return figure >= 0 and (Fraction(figure) * UNITS[unit]).denominator == 1
