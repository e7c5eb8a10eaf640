"""A month as a person types it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mizuho_pdca.domain.calendar import parse_year, plain_day
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

_MONTH = re.compile(r"(?:(?P<year>[^年/.-]+)[年/.-])?(?P<month>[0-9]{1,2})月?")
_LAST = 12


def typed_month(text: str, today: date) -> tuple[int | None, int]:
    """Return the year (None for any) and the month that were typed: 11, 11月, 2024-11, R6.11; raise ``UsageFault``."""
    plain = plain_day(text)
    if plain in ("今月", "先月"):
        day = today if plain == "今月" else today.replace(day=1) - timedelta(days=1)
        return day.year, day.month
    match = _MONTH.fullmatch(plain)
    month = 0 if match is None else int(match["month"])
    named = None if match is None else match["year"]
    year = None if named is None else parse_year(named)
    if not 1 <= month <= _LAST or (named is not None and year is None):
        raise UsageFault(
            N_('"{value}" is not a month'),
            value=text,
            remedy=message(N_("Write it such as 11, 11月, 2024-11 or R6.11.")),
        )
    return year, month
