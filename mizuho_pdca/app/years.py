"""A fiscal year as a person types it."""

from __future__ import annotations

from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message


def fiscal_year_of(text: str) -> int:
    """Return the fiscal year; raise ``UsageFault``."""
    from mizuho_pdca.domain.calendar import parse_year

    year = parse_year(text)
    if year is None:
        raise UsageFault(
            N_('"{value}" is not a fiscal year'),
            value=text,
            remedy=message(N_("Write it such as 2024, R6 or 令和6年度.")),
        )
    return year
