"""Fiscal years as a person types them."""

from __future__ import annotations

import re
from datetime import date

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.domain.calendar import APRIL, fiscal_year, parse_year, plain_day
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.eras import era_of, era_sign, era_year
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, message

_SPOKEN = {
    **dict.fromkeys(("今年度", "本年度", "当年度", "今年", "thisyear"), 0),
    **dict.fromkeys(("昨年度", "前年度", "去年度", "昨年", "前年", "去年", "lastyear"), -1),
    **dict.fromkeys(("一昨年度", "前々年度", "前前年度", "一昨年"), -2),
    **dict.fromkeys(("来年度", "翌年度", "次年度", "来年", "nextyear"), 1),
}
_AS_PRINTED = r"(.+)\((.+)\)"
"""令和6年度(2024年度)"""
_NUMBER = r"(?P<number>\d{1,2}|元(?=年))(?:年?度?)"
_SPAN = r"(?P<first>[^-~〜]+)(?:[-~〜]|から)(?P<last>[^-~〜]+?)(?:まで)?"
"""令和4年度～8年度, 2022から2026まで"""
_AHEAD = 10
"""Years that a plan reaches beyond today at most: 24 is no year of the era 令和 yet, nor one of the century."""


def fiscal_year_of(text: str, desk: Desk) -> int:
    """Return the fiscal year that was typed: 2024, R6, 令和6年度, 6, 昨年度; raise ``UsageFault``."""
    plain = plain_day(text)
    told = re.fullmatch(_AS_PRINTED, plain)
    years = [parse_year(each) for each in ([plain] if told is None else told.groups())]
    if years[0] is not None and years[0] == years[-1]:
        return years[0]
    this = _this_year(desk)
    year = _by_today(plain.lower(), this, desk.today)
    if year is None:
        raise UsageFault(
            N_('"{value}" is not a fiscal year'),
            value=text,
            remedy=message(
                N_("Write it such as {western}, {short}, {era}, 今年度 or 昨年度."),
                western=str(this),
                short=era_sign(this),
                era=f"{era_year(this)}年度",
            ),
        )
    return year


def year_range(text: str, desk: Desk) -> range | None:
    """Return the fiscal years that were typed as a span: 2022-2026, R4〜R8, 令和4～8年度; None where that is none.

    Raise ``UsageFault`` where they are turned round.
    """
    match = re.fullmatch(_SPAN, plain_day(text))
    if match is None:
        return None
    try:
        first = fiscal_year_of(match["first"], desk)
        last = fiscal_year_of(_in_full(match["last"], match["first"]), desk)
    except UsageFault:
        return None
    if last < first:
        raise UsageFault(
            N_('"{value}" ends before it begins'),
            value=text,
            remedy=message(N_("Write the earlier year first: {span}"), span=f"{last}-{first}"),
        )
    return range(first, last + 1)


def _in_full(last: str, first: str) -> str:
    """Return the last year of a span with the first one's era or century, where it has none: 令和4～8, 2022-26."""
    era = re.match(r"[^\d元]+|\d\d(?=\d\d)", first)
    return f"{era[0]}{last}" if era is not None and re.fullmatch(_NUMBER, last) else last


def _by_today(plain: str, this: int, today: date) -> int | None:
    """Return a year that is told from today's, or by the number of today's era."""
    if plain in _SPOKEN:
        return this + _SPOKEN[plain]
    match, era = re.fullmatch(_NUMBER, plain), era_of(today)
    number = 0 if match is None else 1 if match["number"] == "元" else int(match["number"])
    if era is None or not number:
        return None
    year = era.first_day.year + number - 1
    return year if year <= this + _AHEAD else None


def _this_year(desk: Desk) -> int:
    """Return the fiscal year of today; that of an April where there is no plan to say when years begin."""
    try:
        starts = desk.plan.header.starts
    except PdcaError:
        starts = APRIL
    return fiscal_year(desk.today, starts)


def typed_year(desk: Desk, text: int | str) -> int:
    """Return the fiscal year that was typed, if the plan covers it and it has begun; raise ``UsageFault``."""
    year = fiscal_year_of(str(text), desk)
    if check_year(desk.plan, year) > fiscal_year(desk.today, desk.plan.header.starts):
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
