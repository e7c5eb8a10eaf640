"""Fiscal years as a person types them."""

from __future__ import annotations

from datetime import date

from mizuho_pdca.domain.calendar import fiscal_year, parse_year
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.eras import era_year
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message


def fiscal_year_of(text: str) -> int:
    """Return the fiscal year; raise ``UsageFault``."""
    year = parse_year(text)
    if year is None:
        raise UsageFault(
            N_('"{value}" is not a fiscal year'),
            value=text,
            remedy=message(N_("Write it such as 2024, R6 or 令和6年度.")),
        )
    return year


def typed_year(plan: Plan, text: int | str, today: date) -> int:
    """Return the fiscal year that was typed, if the plan covers it and it has begun; raise ``UsageFault``."""
    year = fiscal_year_of(str(text))
    if check_year(plan, year) > fiscal_year(today, plan.header.starts):
        raise UsageFault(
            N_("FY{year} has not begun yet"),
            year=year,
            remedy=message(N_("Record what has happened; correct the year.")),
        )
    return year


def check_year(plan: Plan, year: int) -> int:
    """Return the fiscal year if the plan covers it; raise ``UsageFault``."""
    period = plan.header.period
    if not period.since <= year <= period.until:
        raise UsageFault(
            N_("FY{year} is outside the plan's period (FY{since}-FY{until})"),
            year=year,
            since=period.since,
            until=period.until,
            remedy=message(
                N_("Give a fiscal year of the plan, such as {since} or {era}."),
                since=period.since,
                era=era_year(period.since),
            ),
        )
    return year
